import { charClass, classOf, isHexCode } from './chars.ts';

/** Where values that hold separators end, and what words are values. */

/** The end of a value that goes on behind the colon at `at`: groups of hexadecimal digits, or a path on a drive. */
export function colonEnd(line: string, from: number, at: number, end: number): number {
  if (at >= end) return at;
  const groups = hexGroupsEnd(line, from, end);
  if (groups > at) return groups;
  return at - from === 1 && line.charCodeAt(at + 1) === 92 ? pathEnd(line, at + 1, end) : at;
}

/** An IPv6 address that ends in an IPv4 address has 45 characters. */
const longestGroups = 64;

/** The end of groups of hexadecimal digits between colons: hardware addresses, IPv6, times of day. The start where there are none. */
function hexGroupsEnd(line: string, from: number, end: number): number {
  let groups = 0;
  let length = 0;
  let at = from;
  for (const most = Math.min(end, from + longestGroups); at < most; at++) {
    const code = line.charCodeAt(at);
    if (isHexCode(code)) { if (++length > 4) return from; }
    else if (code === 58) { groups++; length = 0; }
    else break;
  }
  if (groups < 2 || length === 0) return from;
  return at < end && classOf(line.charCodeAt(at)) > charClass.dot ? from : at;
}

/** A query belongs to its path, and so does what comes after a drive's letter. */
export function pathEnd(line: string, from: number, end: number): number {
  let at = from;
  if (line.charCodeAt(at) !== 61 && line.charCodeAt(at) !== 92) return at;
  while (at < end) {
    const code = line.charCodeAt(at);
    if (classOf(code) <= charClass.outer && code !== 61 && code !== 58 && code !== 123 && code !== 125) break;
    at++;
  }
  return at;
}

/** An address goes on to the next space, quote, comma or closing bracket; the mark that ends a sentence is none of it. */
export function webEnd(line: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const code = line.charCodeAt(at);
    if (classOf(code) <= charClass.outer && code !== 58 && code !== 61 && code !== 33 && code !== 59) break;
    at++;
  }
  while (at > from && classOf(line.charCodeAt(at - 1)) <= charClass.dot) at--;
  return at;
}

/** Words that say a value in any program: truth, nothing, and the name of the first user. */
export function isTruthOrName(line: string, from: number, to: number): boolean {
  const length = to - from;
  if (length < 4) return false;
  switch (line.charCodeAt(from) | 32) {
    case 116: return length === 4 && isWordAt(line, from, 'true');
    case 102: return length === 5 && isWordAt(line, from, 'false');
    case 110: return length === 4 && isWordAt(line, from, 'null');
    case 114: return length === 4 && isWordAt(line, from, 'root');
    default: return false;
  }
}

function isWordAt(line: string, from: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) if ((line.charCodeAt(from + at) | 32) !== word.charCodeAt(at)) return false;
  return true;
}

/** Eight letters and more, all of them hexadecimal digits: no word. */
export function isLongHex(line: string, from: number, to: number): boolean {
  if (to - from < 8) return false;
  for (let at = from; at < to; at++) if (!isHexCode(line.charCodeAt(at))) return false;
  return true;
}
