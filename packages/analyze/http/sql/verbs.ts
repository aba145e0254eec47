import { token, type SqlToken } from './tokens.ts';
import { functions } from './words.ts';

type Rest = readonly SqlToken[];

const objects = /^(?:table|database|user|procedure|function|view|index|schema|trigger|login|or|column|role|temporary|alias)$/;

const names = (rest: Rest, ...texts: readonly string[]): boolean => rest.some(({ text }) => texts.includes(text));
const textAt = (rest: Rest, at: number): string => rest[at]?.text ?? '';
const ends = (one: SqlToken | undefined): boolean => one === undefined || one.kind === token.comment || one.kind === token.semicolon;

const definition = (rest: Rest): boolean => objects.test(textAt(rest, 0));
const insertion = (rest: Rest): boolean => (textAt(rest, 0) === 'into' && names(rest, 'values', 'select', '(')) || (textAt(rest, 1) === '(' && names(rest, 'values'));
const execution = (rest: Rest): boolean => /^(?:\(|master|xp_|sp_|@|immediate|'|xp$)/.test(textAt(rest, 0));
const variable = (rest: Rest): boolean => textAt(rest, 0).startsWith('@') || textAt(rest, 0) === 'global';
const call = (rest: Rest): boolean => textAt(rest, 0) === '(' || rest[1]?.kind === token.open;

/** What must follow a verb so that a statement comes of it: `drop table`, `insert into`, `set @x`. Prose has the same verbs. */
const statements: ReadonlyMap<string, (rest: Rest) => boolean> = new Map([
  ['drop', definition], ['create', definition], ['alter', definition], ['truncate', definition],
  ['insert', insertion], ['replace', insertion], ['merge', insertion],
  ['delete', (rest) => textAt(rest, 0) === 'from' && (ends(rest[2]) || textAt(rest, 2) === 'where')],
  ['update', (rest) => textAt(rest, 1) === 'set'],
  ['exec', execution], ['execute', execution],
  ['declare', variable], ['set', variable],
  ['waitfor', (rest) => /^(?:delay|time)$/.test(textAt(rest, 0))],
  ['shutdown', (rest) => ends(rest[0]) || textAt(rest, 0) === 'with'],
  ['begin', (rest) => names(rest, 'end') || functions.has(textAt(rest, 0))],
  ['call', call], ['do', call], ['if', call],
  ['load', (rest) => textAt(rest, 0) === 'data'],
  ['copy', (rest) => names(rest, 'program', 'from', 'to')],
  ['grant', (rest) => names(rest, 'on', 'to')],
]);

export function makesStatement(verb: string, rest: Rest): boolean {
  return statements.get(verb)?.(rest) ?? false;
}
