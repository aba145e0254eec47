import { charClass, classOf } from './chars.ts';

const domains: ReadonlySet<string> = new Set(['com', 'net', 'org', 'edu', 'gov', 'mil', 'int', 'info', 'biz', 'local', 'localdomain', 'lan', 'internal', 'arpa']);

/** Names of hosts: labels that end in a domain of the first level, or at least four labels with nothing in upper case. */
export function isHost(line: string, from: number, to: number, dots: number, upper: number): boolean {
  if (!isHostLike(line, from, to)) return false;
  let label = to;
  while (label > from && line.charCodeAt(label - 1) !== 46) label--;
  if (label - 1 <= from) return false;
  const last = line.slice(label, to);
  return domains.has(last) || (upper === 0 && (dots >= 3 || (dots === 2 && last.length === 2)) && isLetters(last));
}

/** Letters, digits, dots and hyphens, from a letter or digit to a letter or digit. */
export function isHostLike(line: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = line.charCodeAt(at);
    const kind = classOf(code);
    if (kind !== charClass.letter && kind !== charClass.digit && code !== 46 && code !== 45) return false;
  }
  return classOf(line.charCodeAt(from)) >= charClass.digit && classOf(line.charCodeAt(to - 1)) >= charClass.digit;
}

/** Whether a colon and the number of a port follow. */
export function isBeforePort(line: string, to: number, end: number): boolean {
  if (line.charCodeAt(to) !== 58) return false;
  let at = to + 1;
  while (at < end && classOf(line.charCodeAt(at)) === charClass.digit) at++;
  return at - to >= 3 && at - to <= 6 && (at === end || (classOf(line.charCodeAt(at)) < charClass.slash && line.charCodeAt(at) !== 58));
}

function isLetters(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (classOf(text.charCodeAt(at)) !== charClass.letter) return false;
  return true;
}
