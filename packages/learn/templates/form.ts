import { charClass, classOf } from './chars.ts';
import { slot } from './mask.ts';

/** The tokens of a masked line: pieces, and each character between them. */
export function tokensOf(masked: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < masked.length) {
    const start = at;
    while (at < masked.length && isInPiece(masked.charCodeAt(at))) at++;
    if (at > start) tokens.push(masked.slice(start, at));
    if (at < masked.length) tokens.push(masked.charAt(at++));
  }
  return tokens;
}

function isInPiece(code: number): boolean {
  return (code > 0 && code < 4) || classOf(code) > charClass.outer;
}

const units: ReadonlySet<string> = new Set(['B', 'KB', 'MB', 'GB', 'TB', 'KiB', 'MiB', 'GiB', 'TiB', 'kB', 'K', 'M', 'G', 'ns', 'us', 'ms', 's', 'sec', 'secs']);
const datewords: ReadonlySet<string> = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'UTC', 'GMT', 'EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT', 'CET', 'CEST']);

/** Dates written out (`Fri Jun 17 20:55:07 2005`) become one slot; the version of HTTP belongs to what was asked for. */
export function foldDates(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length;) {
    let stop = at;
    let words = 0;
    let slots = 0;
    for (let next = at; next < tokens.length; next += 2) {
      const token = tokens[next] as string;
      if (datewords.has(token)) words++;
      else if (token === slot) slots++;
      else break;
      stop = next + 1;
      if (tokens[next + 1] !== ' ') break;
    }
    if (words > 0 && slots > 0) { out.push(slot); at = stop; }
    else if (tokens[at] === `HTTP/${slot}` && out.at(-1) === ' ' && out.at(-2) === slot) { out.pop(); at++; }
    else out.push(tokens[at++] as string);
  }
  return out;
}

export function isUnit(token: string): boolean {
  return units.has(token);
}

/** What lines of one statement share however long their lists are and whatever their units: repeated groups once, no units, no sizes said again in brackets. */
export function skeletonOf(tokens: readonly string[]): string[] {
  return foldRepeats(dropUnits(tokens));
}

function dropUnits(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    if (token === ')' && out.at(-1) === '(' && out.at(-2) === ' ') out.push(slot, token);
    else if (token === slot && (out.at(-1) === '<' || out.at(-1) === '>') && out.at(-2) === ' ' && tokens[at + 1] !== '>') out[out.length - 1] = slot;
    else if (units.has(token) && out.at(-1) === ' ' && out.at(-2) === slot) out.pop();
    else if (token === ')' && out.at(-1) === slot && out.at(-2) === '(' && out.at(-3) === ' ' && out.at(-5) === ' ' && out.at(-6) === slot) out.length -= 3;
    else out.push(token);
  }
  return out;
}

/** Most tokens of a group, and of what stands between two. */
const mostGroup = 12;
const mostBetween = 3;

/** Of groups with a value that stand twice in a row, however separated, the second is left out. */
function foldRepeats(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (const token of tokens) {
    out.push(token);
    if (isPiece(token) || token === ')' || token === ']' || token === '>' || token === '}') foldLast(out);
  }
  return out;
}

function foldLast(out: string[]): void {
  for (let between = 0; between <= mostBetween; between++) {
    for (let length = between === 0 ? 2 : 1; length <= mostGroup && length * 2 + between <= out.length; length++) {
      if (isRepeat(out, length, between)) { out.length -= length + between; return; }
    }
  }
}

/** Whether the end is a group, separators, and the same group again. */
function isRepeat(out: readonly string[], length: number, between: number): boolean {
  const end = out.length;
  let slots = 0;
  for (let back = 1; back <= length; back++) {
    const token = out[end - back] as string;
    if (token !== out[end - back - length - between]) return false;
    if (token.includes(slot)) slots++;
  }
  for (let back = length + 1; back <= length + between; back++) if (!isBetween(out[end - back] as string)) return false;
  return slots > 0;
}

const isBetween = (token: string): boolean => !isPiece(token) && !'()[]{}<>'.includes(token);

/** Whether a token is a piece, and no separator. */
export function isPiece(token: string): boolean {
  return isInPiece(token.charCodeAt(0));
}
