import { decodePercent } from '../decode/percent.ts';
import { mostParameters, type Parameter } from './parameter.ts';

/** `a=1&b=2`, as the URL standard reads it (section 5.1). */
export function splitForm(text: string, place: Parameter['place']): Parameter[] {
  const found: Parameter[] = [];
  for (let start = 0; start < text.length && found.length < mostParameters; ) {
    const end = endOf(text, start);
    if (end > start) found.push(pair(text.slice(start, end), place));
    start = end + 1;
  }
  return found;
}

/** An unencoded `&&` or `&` before a space is a mistake of the client or an attack, and stays in its value. */
function endOf(text: string, start: number): number {
  for (let at = text.indexOf('&', start); at >= 0; at = text.indexOf('&', at + 1)) {
    const next = text.charAt(at + 1);
    if (next === '&') at += 1;
    else if (next !== ' ' && next !== '#' && !isReference(text, at)) return at;
  }
  return text.length;
}

/** `&lt;` and `&#60;` that nobody encoded. */
function isReference(text: string, at: number): boolean {
  return /^&(?:lt|gt|quot|apos|amp|colon|lpar|rpar|tab|newline);/i.test(text.slice(at, at + 10));
}

function pair(text: string, place: Parameter['place']): Parameter {
  const at = text.indexOf('=');
  return at < 0 ? { place, name: '', value: decodeForm(text) } : { place, name: decodeForm(text.slice(0, at)), value: decodeForm(text.slice(at + 1)) };
}

export function decodeForm(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}
