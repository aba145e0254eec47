import { at } from '../behaviour/clock.ts';

/** The numbers of a line and what they usually are: for each of the first few, how often it was of which order of magnitude. */
export const mostNumbers = 6;
const bins = 40;
const cell = 1 + bins;
export const numbersSize = mostNumbers * cell;

/** The first numbers of a line that stand for themselves: digits, with a point between them at most, and no letter beside them. */
export function numbersOf(line: string, most = 2048): number[] {
  const numbers: number[] = [];
  const end = Math.min(line.length, most);
  for (let here = 0; here < end && numbers.length < mostNumbers; here++) {
    const kind = kindOf(line.charCodeAt(here));
    if (kind === apart) continue;
    const from = here;
    let points = 0;
    let whole = kind === digit;
    for (; here < end; here++) {
      const next = kindOf(line.charCodeAt(here));
      if (next === apart) break;
      if (next === digit) continue;
      if (line.charCodeAt(here) === 46) points++;
      else whole = false;
    }
    // The point at the end of a sentence.
    const to = line.charCodeAt(here - 1) === 46 ? here - 1 : here;
    if (whole && points - (here - to) < 2 && to - from < 17) numbers.push(Number(line.slice(from, to)));
  }
  return numbers;
}

const apart = 0;
const digit = 1;
const bound = 2;

/** What makes a number a part of something else: a letter, `_`, `:`, `/`, `-`; and the point. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return digit;
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return isLetter || code === 95 || code === 46 || code === 58 || code === 47 || code === 45 ? bound : apart;
});

function kindOf(code: number): number {
  return code < 128 ? (kinds[code] as number) : bound;
}

export interface NumberVerdict {
  readonly chance: number;
  /** Which number it is, from 0. */
  readonly index: number;
  /** Magnitudes seen so far, as bounds of the numbers. */
  readonly low: number;
  readonly high: number;
  readonly seen: number;
}

/** Less than this was seen: nothing can be said. */
const leastSeen = 30;

/** The oddest number of a line, if one is at least a magnitude of two beyond all that was seen on its side, nothing near; the chance counts all numbers of the line. */
export function oddestNumber(state: Float32Array, numbers: readonly number[]): NumberVerdict | undefined {
  let oddest: NumberVerdict | undefined;
  for (const [index, number] of numbers.entries()) {
    const from = index * cell;
    const seen = at(state, from);
    if (seen < leastSeen) continue;
    const bin = binOf(number);
    const { below, near } = massBeside(state, from, bin);
    if (near > 0) continue;
    const beyond = Math.min(below, seen - below);
    const chance = Math.min(1, (2 * numbers.length * (1 + beyond)) / (1 + seen));
    if (oddest === undefined || chance < oddest.chance) oddest = { chance, index, seen, ...boundsOf(state, from) };
  }
  return oddest;
}

export function learnNumbers(state: Float32Array, numbers: readonly number[], weight: number): void {
  for (const [index, number] of numbers.entries()) {
    const from = index * cell;
    if (at(state, from) > 4_000) for (let place = from; place < from + cell; place++) state[place] = at(state, place) / 2;
    const place = from + 1 + binOf(number);
    state[place] = at(state, place) + weight;
    state[from] = at(state, from) + weight;
  }
}

function massBeside(state: Float32Array, from: number, bin: number): { readonly below: number; readonly near: number } {
  let below = 0;
  let near = 0;
  for (let other = 0; other < bins; other++) {
    const mass = at(state, from + 1 + other);
    if (Math.abs(other - bin) <= 1) near += mass;
    else if (other < bin) below += mass;
  }
  return { below, near };
}

function boundsOf(state: Float32Array, from: number): { readonly low: number; readonly high: number } {
  let first = bins;
  let last = 0;
  for (let bin = 0; bin < bins; bin++) {
    if (at(state, from + 1 + bin) === 0) continue;
    first = Math.min(first, bin);
    last = bin;
  }
  return { low: first === 0 ? 0 : 2 ** (first - zeroBin), high: 2 ** (last - zeroBin + 1) };
}

const zeroBin = 6;

/** Bin 0 holds zero; a bin of others is a factor of two. */
function binOf(number: number): number {
  if (!(number > 0)) return 0;
  return Math.min(bins - 1, Math.max(1, Math.floor(Math.log2(number)) + zeroBin));
}
