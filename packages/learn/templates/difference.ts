import { isPiece } from './form.ts';
import { slot } from './mask.ts';
import { isWord } from './wildcard.ts';

/** A place at which any piece may stand: lines that are otherwise alike had too many different ones. */
export const open = '\u0003';

export const nowhere = -1;
export const various = -2;
export const compound = -3;

/**
 * The only place at which two skeletons differ; `nowhere` where they don't, `compound` where one has a slot for what in the other is a value of several
 * pieces (`10.0.0.1` and `LOCAL(0)`), `various` where they differ otherwise.
 */
export function placeOfDifference(one: readonly string[], other: readonly string[]): number {
  if (one.length !== other.length) return one.length < other.length ? compoundPlace(one, other) : compoundPlace(other, one);
  let place = nowhere;
  for (let at = 0; at < one.length; at++) {
    const a = one[at] as string;
    const b = other[at] as string;
    if (a === b) continue;
    if (!isPiece(a) || !isPiece(b)) return various;
    if (a === open || b === open) continue;
    if (place !== nowhere) return various;
    place = at;
  }
  return place;
}

const isAlike = (a: string, b: string): boolean => a === b || (a === open && isPiece(b)) || (b === open && isPiece(a));

/** A slot of the shorter one before which all is alike, and behind which all is. */
function compoundPlace(short: readonly string[], long: readonly string[]): number {
  let start = 0;
  while (start < short.length && isAlike(short[start] as string, long[start] as string)) start++;
  let end = 0;
  while (end < short.length && isAlike(short[short.length - 1 - end] as string, long[long.length - 1 - end] as string)) end++;
  for (let place = Math.min(start, short.length - 1); place >= Math.max(0, short.length - 1 - end); place--) {
    if (short[place] !== slot && short[place] !== open) continue;
    if (isCompound(long, place, long.length - (short.length - 1 - place)) && wordsAround(short, place) > 1) return compound;
  }
  return various;
}

/** Pieces without a space, one of them with a value, that say of nothing what it is. */
function isCompound(tokens: readonly string[], from: number, to: number): boolean {
  let slots = 0;
  for (let at = from; at < to; at++) {
    const token = tokens[at] as string;
    if (token === ' ' || token === '=' || token === '"' || token === ';') return false;
    if (token.includes(slot)) slots++;
  }
  return slots > 0;
}

function wordsAround(tokens: readonly string[], place: number): number {
  let words = 0;
  for (let at = 0; at < tokens.length; at++) if (at !== place && isWord(tokens[at] as string)) words++;
  return words;
}
