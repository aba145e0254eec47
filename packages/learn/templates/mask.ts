import { charClass, classOf } from './chars.ts';
import { joinSlot, maskPiece, webSlot, slot } from './piece.ts';
import { colonEnd, isLongHex, isTruthOrName, pathEnd, webEnd } from './spans.ts';

export { slot } from './piece.ts';

/** Longest part of a line that is read. */
export const mostLength = 4096;

const onlyLetters = 1 << charClass.letter;
const onlyDigits = 1 << charClass.digit;

/**
 * The line with what is a value by its shape alone replaced by a slot: numbers, words with digits, paths, addresses, identifiers, truth values.
 * One pass over the character codes. Spaces are folded, and slots that touch or are joined by one of `.:/@#` are one.
 */
export function maskLine(line: string): string {
  const end = Math.min(line.length, mostLength);
  let out = '';
  /** Where what is not yet copied begins. */
  let kept = 0;
  let afterSlot = false;
  let at = 0;
  while (at < end) {
    const kind = classOf(line.charCodeAt(at));
    if (kind === charClass.outer) { at++; continue; }
    const start = at;
    if (kind === charClass.space) {
      while (++at < end && classOf(line.charCodeAt(at)) === charClass.space);
      if (at - start === 1 && line.charCodeAt(start) === 32 && start !== 0 && at !== end) continue;
      out += line.slice(kept, start);
      if (start !== 0 && at !== end) out += ' ';
      kept = at;
      afterSlot = false;
      continue;
    }
    let seen = 1 << kind;
    for (let next: number; ++at < end && (next = classOf(line.charCodeAt(at))) > charClass.outer;) seen |= 1 << next;
    let masked: string | undefined;
    if (at - start <= 4 && line.charCodeAt(at) === 58) {
      const stop = colonEnd(line, start, at, end);
      if (stop > at) { at = stop; masked = slot; }
    }
    if (masked === undefined && seen === onlyLetters) {
      if (!(at - start < 6 ? isTruthOrName(line, start, at) : isLongHex(line, start, at))) continue;
      masked = slot;
    }
    masked ??= seen === onlyDigits ? slot : maskPiece(line, start, at, end);
    if (masked === undefined) continue;
    if (masked === webSlot) at = webEnd(line, at, end);
    else if (at < end && (line.charCodeAt(start) === 47 || line.charCodeAt(start) === 92)) at = pathEnd(line, at, end);
    out = joinSlot(out, line.slice(kept, start), masked, afterSlot);
    afterSlot = masked.charCodeAt(masked.length - 1) === 1;
    kept = at;
  }
  return kept === 0 && end === line.length ? line : out + line.slice(kept, end);
}
