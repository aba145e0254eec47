import { charClass, classOf, isHexCode } from './chars.ts';
import { isHost, isHostLike, isBeforePort } from './hosts.ts';
import { isTruthOrName } from './spans.ts';

/** Stands for a value in a masked line; printed as `<*>`. It never occurs in one otherwise: control characters are read as space. */
export const slot = '\u0001';

/** What stands for an address behind its scheme. */
export const webSlot = `//${slot}`;

/** A slot and one of `.:/@#` behind a slot are part of it. `afterSlot`: `out` ends with one; to look would make one text of its parts each time. */
export function joinSlot(out: string, between: string, masked: string, afterSlot: boolean): string {
  if (afterSlot) {
    if (between === '}' && out.endsWith(`{${slot}`)) return out.slice(0, -2) + masked;
    if (isJoint(between) && masked.charCodeAt(0) === 1) return out + masked.slice(1);
  }
  return out + between + masked;
}

function isJoint(between: string): boolean {
  if (between.length > 1) return false;
  if (between === '') return true;
  const code = between.charCodeAt(0);
  return code === 46 || code === 58 || code === 47 || code === 64 || code === 35;
}

/** How many characters of each class the piece at hand has; written before it is read, for each piece. */
const counts = new Int32Array(9);

/** What stands for a piece, which is what stands between spaces, brackets, quotes and `,;:=|!`; undefined where it stays as it is. */
export function maskPiece(line: string, from: number, to: number, end: number): string | undefined {
  counts.fill(0);
  let upper = 0;
  let hex = true;
  for (let at = from; at < to; at++) {
    const code = line.charCodeAt(at);
    const kind = classOf(code);
    counts[kind] = (counts[kind] as number) + 1;
    if (code >= 65 && code <= 90) upper++;
    if (hex && !isHexCode(code) && code !== 45) hex = false;
  }
  const digits = counts[charClass.digit] as number;
  const letters = counts[charClass.letter] as number;
  const dots = counts[charClass.dot] as number;
  const inner = counts[charClass.inner] as number + dots;
  if (counts[charClass.slash] as number + (counts[charClass.backslash] as number) > 0) return maskPath(line, from, to);
  if (inner === 0) return digits > 0 && isValueToken(line, from, digits, letters) ? slot : undefined;
  // 8-4-4-4-12 and the like.
  if (hex && digits > 0 && letters > 0 && letters + digits >= 8) return slot;
  if (letters > 0 && dots > 0 && (isHost(line, from, to, dots, upper) || (dots > 1 && followsEquals(line, from)))) return slot;
  if (digits + dots > 0 && (upper === 0 || upper === letters) && isBeforePort(line, to, end) && isHostLike(line, from, to)) return slot;
  if (isAddress(line, from, to)) return slot;
  return digits > 0 || letters > 0 ? maskTokens(line, from, to) : undefined;
}

/** Paths are values, `PRO/1000` has one behind its name, and `input/output` has none. */
function maskPath(line: string, from: number, to: number): string | undefined {
  const slashes = counts[charClass.slash] as number;
  const backslashes = counts[charClass.backslash] as number;
  const first = line.charCodeAt(from);
  if (to - from === slashes + backslashes) return undefined;
  if (first === 47) return line.charCodeAt(from + 1) === 47 ? webSlot : slot;
  if (first === 92 || backslashes > 1) return slot;
  if (slashes === 1) {
    let name = from;
    while (classOf(line.charCodeAt(name)) === charClass.letter) name++;
    if (name > from && line.charCodeAt(name) === 47 && classOf(line.charCodeAt(name + 1)) === charClass.digit) return line.slice(from, name + 1) + slot;
  }
  return backslashes > 0 || (counts[charClass.digit] as number) > 0 || (counts[charClass.dot] as number) > 0 ? slot : undefined;
}

/** Tokens within a piece stand between `.-+@#$%&`. */
function maskTokens(line: string, from: number, to: number): string | undefined {
  let out = '';
  let kept = from;
  for (let at = from; at < to;) {
    const kind = classOf(line.charCodeAt(at));
    if (kind === charClass.inner || kind === charClass.dot) { at++; continue; }
    const start = at;
    let digits = 0;
    let letters = 0;
    for (; at < to; at++) {
      const here = classOf(line.charCodeAt(at));
      if (here === charClass.digit) digits++;
      else if (here === charClass.letter) letters++;
      else if (here !== charClass.other) break;
    }
    if (!(digits > 0 ? isValueToken(line, start, digits, letters) : isTruthOrName(line, start, at))) continue;
    out = joinSlot(out, line.slice(kept, Math.max(valueStart(line, from, start), kept)), slot, kept !== from);
    kept = at;
  }
  return kept === from ? undefined : out + line.slice(kept, to);
}

/** The sign of a number belongs to it, and so does a name that ends in `_` with the sign behind it. */
function valueStart(line: string, from: number, start: number): number {
  if (start === from || line.charCodeAt(start - 1) !== 45) return start;
  if (start - 1 === from) return from;
  if (line.charCodeAt(start - 2) !== 95) return start;
  let at = start - 2;
  while (at > from && classOf(line.charCodeAt(at - 1)) > charClass.dot) at--;
  return at;
}

/** Whether a token with a digit is a value: all but words that hold one single digit (`ssh2`, `Log4j`, `L2`). */
function isValueToken(line: string, from: number, digits: number, letters: number): boolean {
  const first = line.charCodeAt(from);
  if (digits !== 1 || classOf(first) === charClass.digit || letters === 0) return true;
  return letters === 1 && !(first >= 65 && first <= 90);
}

/** Dotted names behind `=` are values: packages, actions, classes of objects. */
function followsEquals(line: string, from: number): boolean {
  let at = from - 1;
  while (at > 0 && line.charCodeAt(at) === 32) at--;
  return at > 0 && line.charCodeAt(at) === 61;
}

/** Something at something: mail addresses, objects and where they are. */
function isAddress(line: string, from: number, to: number): boolean {
  for (let at = from + 1; at < to - 1; at++) if (line.charCodeAt(at) === 64) return true;
  return false;
}
