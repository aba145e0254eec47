import { charClass, classOf } from './chars.ts';
import { slot } from './mask.ts';

/**
 * Whether a place at which lines that are otherwise alike differ holds a value. What differs in few ways is a choice of the program's author (`Started`,
 * `Stopped`); what differs in many, or looks like a name that was given, is a value. How many is enough depends on how such words look and where they stand.
 */
export function isValuePlace(values: readonly string[], lines: number, tokens: readonly string[], place: number): boolean {
  const constants = wordsBeside(tokens, place);
  if (constants === 0) return false;
  const least = leastValues(values, tokens, place) + (constants === 1 ? alone : 0);
  return values.length >= Math.floor(least * Math.max(1, Math.log(lines) / usualLog));
}

/** Of more lines than some four hundred, more different values are asked for: choices come back, names keep coming. */
const usualLog = 6;

/** A line with a single word of its own needs more evidence. */
const alone = 3;

function leastValues(values: readonly string[], tokens: readonly string[], place: number): number {
  const names = values.filter((value) => value !== slot);
  if (names.length < values.length && names.every((name) => name.includes(slot))) return 2;
  if (names.every(hasDigit)) return new Set(names.map(withoutDigits)).size === 1 ? 3 : 4;
  if (names.every(isDotted) || isQuoted(tokens, place)) return 3;
  const before = wordBefore(tokens, place);
  if (before === undefined) return 24;
  return owners.has(before.toLowerCase()) && names.length >= 3 ? 3 : 5;
}

/** Nouns after which a name that somebody gave follows. */
const owners: ReadonlySet<string> = new Set(['user', 'username', 'account', 'login', 'host', 'hostname', 'domain']);

function wordsBeside(tokens: readonly string[], place: number): number {
  let count = 0;
  for (let at = 0; at < tokens.length; at++) if (at !== place && isWord(tokens[at] as string)) count++;
  return count;
}

function wordBefore(tokens: readonly string[], place: number): string | undefined {
  for (let at = place - 1; at >= 0; at--) if (isWord(tokens[at] as string)) return tokens[at];
  return undefined;
}

function isQuoted(tokens: readonly string[], place: number): boolean {
  const before = tokens[place - 1];
  return (before === '"' || before === "'") && tokens[place + 1] === before;
}

/** At least two letters. */
export function isWord(token: string): boolean {
  let letters = 0;
  for (let at = 0; at < token.length && letters < 2; at++) if (classOf(token.charCodeAt(at)) === charClass.letter) letters++;
  return letters > 1;
}

function hasDigit(token: string): boolean {
  for (let at = 0; at < token.length; at++) if (classOf(token.charCodeAt(at)) === charClass.digit || token.charCodeAt(at) === 1) return true;
  return false;
}

function isDotted(token: string): boolean {
  let dots = 0;
  for (let at = 1; at < token.length - 1; at++) if (token.charCodeAt(at) === 46) dots++;
  return dots > 1 || token.includes(slot);
}

function withoutDigits(token: string): string {
  let out = '';
  for (const character of token) if (classOf(character.charCodeAt(0)) !== charClass.digit && character !== slot) out += character;
  return out;
}
