import type { Tally } from '../verdict.ts';
import { isLastWord } from './anchors.ts';
import { operandAt } from './operands.ts';
import { token, type SqlText, type SqlToken } from './tokens.ts';
import { makesStatement } from './verbs.ts';
import { catalog, functions, word } from './words.ts';

/** Statements and clauses that a value adds to the one it lands in. */
export function judgeStatements(tally: Tally, { tokens, inlineComments, versioned }: SqlText, first: number): void {
  const commented = inlineComments > 0 || versioned;
  for (let at = first; at < tokens.length; at += 1) {
    const one = tokens[at] as SqlToken;
    if (one.kind === token.word) judgeWord(tally, tokens, at, first, commented);
    else if (one.kind === token.variable && one.text.startsWith('@@')) tally.add('reads a server variable', 2.2);
    else if (one.kind !== token.semicolon && tokens[at + 1]?.text === '::' && casts.test(tokens[at + 2]?.text ?? '')) tally.add('casts as PostgreSQL does', 3);
    else if (one.kind === token.semicolon) judgeStacked(tally, tokens, at, first);
  }
}

const casts = /^(?:int\d?|integer|bigint|text|jsonb?|numeric|varchar|regclass|bytea|timestamp|name|inet)$/;

function judgeWord(tally: Tally, tokens: readonly SqlToken[], at: number, first: number, commented: boolean): void {
  const one = tokens[at] as SqlToken;
  judgeName(tally, tokens, at);
  if (tokens[at + 1]?.kind === token.open) judgeCall(tally, tokens, at, commented);
  if (one.word === word.setop) judgeUnion(tally, tokens, at, first);
  else if (one.word === word.select) judgeSelect(tally, tokens, at);
  else if (one.word === word.statement && at === first) judgeStatement(tally, tokens, at, 'is a statement', 2.4);
  else if (one.word === word.clause) judgeClause(tally, tokens, at, first);
  else if (one.text === 'having' || one.text === 'where') judgeTail(tally, tokens, at, first);
}

/** What a name says by itself, wherever it stands. */
function judgeName(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  const { text } = tokens[at] as SqlToken;
  const next = tokens[at + 1];
  if (text.length > 5 && catalog.test(text)) tally.add("names the database's own tables", tokens[at - 1]?.text === 'from' ? 3.2 : 2.4);
  if (next?.kind !== token.open && text.includes('_') && (functions.get(text)?.[1] ?? 0) > 3) tally.add('names a function that reaches files or the system', 2);
  if (next?.text === '::' && casts.test(tokens[at + 2]?.text ?? '')) tally.add('casts as PostgreSQL does', 3);
  if (text === 'waitfor' && (next?.text === 'delay' || next?.text === 'time')) tally.add('makes the server wait', 3.2);
  if (text === 'procedure' && next?.text === 'analyse') tally.add('calls a function that leaks data in errors', 3.2);
}

function judgeCall(tally: Tally, tokens: readonly SqlToken[], at: number, commented: boolean): void {
  const { text, start, end } = tokens[at] as SqlToken;
  const known = functions.get(text) ?? functions.get(text.slice(text.lastIndexOf('.') + 1));
  if (known === undefined) return;
  const [what, weight] = known;
  if (at === 0 && isWhole(tokens, text)) tally.add(tokens.length === 2 ? 'is nothing but the beginning of a call' : 'is nothing but a call', tokens.length === 2 ? 3 : 0.8);
  // `time.sleep(5)` is a method of some program; only packages of the database are dotted.
  if (text.includes('.') && !functions.has(text)) return;
  const empty = tokens[at + 2]?.kind === token.close;
  const argument = empty ? undefined : operandAt(tokens, at + 2);
  if ((tokens[at + 1]?.start ?? 0) > end && tokens[at + 2]?.kind !== token.number && !commented && !inStatement(tokens[at - 1])) return;
  if (weight < 3 && !empty && argument === undefined && tokens[at + 2]?.word !== word.select) return;
  if (weight < 2 && argument?.nature === 'column') return;
  tally.add(what, start === 0 && weight > 2.5 ? weight - 0.4 : weight);
}

/** Prose puts a word before `sleep (8 hours)`, a statement `select`, a condition or a comma. */
function inStatement(before: SqlToken | undefined): boolean {
  return before !== undefined && (before.word === word.select || before.word === word.logic || before.kind === token.logic || before.kind === token.compare);
}

/** `COALESCE(` or `sleep(9)`: no prose around it. Words that prose has too are left out. */
function isWhole(tokens: readonly SqlToken[], name: string): boolean {
  if (tokens.length === 2) return !/^(?:left|right|mid|reverse|length|replicate|space|repeat|date|count|round|row|field|version|user|quote|position|char|random|max|min|exists|if|compress|convert)$/.test(name) || name.includes('_');
  return operandAt(tokens, 0)?.next === tokens.length && (functions.get(name)?.[1] ?? 0) >= 2.4;
}

/** `union [all] select` with a list that a statement could have. */
function judgeUnion(tally: Tally, tokens: readonly SqlToken[], at: number, first: number): void {
  let next = at + 1;
  while (tokens[next]?.text === 'all' || tokens[next]?.text === 'distinct' || tokens[next]?.kind === token.open) next += 1;
  if (tokens[next]?.word !== word.select || tokens[next]?.kind !== token.word) return;
  if (isSelectList(tokens, next + 1)) tally.add('adds a second select by union', 4);
  // Prose may say `union select`, not at once behind a quote and never `union all select`.
  else if (tokens[at + 1]?.text === 'all' || (first === 1 && at === 1)) tally.add('adds a second select by union', 3);
}

function isSelectList(tokens: readonly SqlToken[], start: number): boolean {
  let at = start;
  while (tokens[at]?.text === 'all' || tokens[at]?.text === 'distinct' || tokens[at]?.text === 'top') at += 1;
  const one = tokens[at];
  if (one === undefined || one.text === '*' || one.kind === token.comment) return true;
  const item = operandAt(tokens, at);
  if (item === undefined) return false;
  if (item.nature !== 'column') return true;
  const behind = tokens[item.next];
  return behind !== undefined && (behind.kind === token.comma || behind.kind === token.comment || behind.text === 'from');
}

/** Prose selects too; a subselect stands in parentheses, calls something, or reads `*`. */
function judgeSelect(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  if (!isSelectList(tokens, at + 1)) return;
  const nested = tokens[at - 1]?.kind === token.open;
  const item = operandAt(tokens, at + 1);
  const technical = tokens[at + 1]?.text === '*' || (item !== undefined && item.nature !== 'column');
  const from = tokens.slice(at + 1, at + 30).some(({ text, kind }) => kind === token.word && text === 'from');
  if (nested && (technical || from)) tally.add('holds a subselect', 2.4);
  else if (technical && from) tally.add('holds a select', 1.6);
  else if (technical && item?.nature === 'computed') tally.add('holds a select', 1.2);
  const into = tokens.slice(at + 1).findIndex(({ text }) => text === 'outfile' || text === 'dumpfile');
  if (into > 0 && tokens[at + into]?.text === 'into') tally.add('writes a file', 3);
}

/** A second statement behind a semicolon. */
function judgeStacked(tally: Tally, tokens: readonly SqlToken[], at: number, first: number): void {
  const one = tokens[at + 1];
  if (one === undefined) return;
  if (one.kind === token.word && one.word === word.select && isSelectList(tokens, at + 2)) tally.add('stacks a second statement', 3);
  else if (one.word === word.select && first === 1 && at === 1 && tokens[at + 2]?.kind === token.word) tally.add('stacks a second statement behind the quote', 3);
  else if (at <= first && tokens[at + 2]?.kind === token.open && (functions.get(one.text)?.[1] ?? 0) >= 2.4) tally.add('stacks a call', 1);
  else if (one.kind === token.word && (one.word === word.statement || one.text === 'if' || one.text === 'merge')) judgeStatement(tally, tokens, at + 1, 'stacks a second statement', 3);
  else if (one.kind === token.comment && isLastWord(one) && tokens[at + 2] === undefined && at > 0) tally.add('ends the statement', 1.5);
}

function judgeStatement(tally: Tally, tokens: readonly SqlToken[], at: number, what: string, weight: number): void {
  const verb = (tokens[at] as SqlToken).text;
  const next = tokens[at + 1];
  if (next === undefined) return verb === 'shutdown' && at > 0 ? tally.add(what, weight) : undefined;
  if (makesStatement(verb, tokens.slice(at + 1, at + 60))) tally.add(what, weight);
}

function judgeClause(tally: Tally, tokens: readonly SqlToken[], at: number, first: number): void {
  const { text } = tokens[at] as SqlToken;
  if ((text === 'order' || text === 'group') && tokens[at + 1]?.text === 'by') {
    const item = tokens[at + 2];
    const behind = tokens[at + 3];
    const ends = behind === undefined || behind.kind === token.comment || behind.kind === token.comma;
    if ((item?.kind === token.number || item?.kind === token.open) && ends) tally.add('sorts by the number of a column', tokens.at(-1)?.kind === token.comment || first === 1 ? 2.2 : 1.8);
    else if (first === 1 && at <= 3) tally.add('sorts behind the quote', 1.2);
  }
  if (text === 'collate' && first === 1 && at <= 2) tally.add('compares by another alphabet behind the quote', 2);
  if (text === 'limit' && tokens[at + 1]?.kind === token.number && first === 1 && at <= 3) tally.add('limits behind the quote', 2);
  if (text === 'into' && /^(?:outfile|dumpfile)$/.test(tokens[at + 1]?.text ?? '')) tally.add('writes a file', 3);
}

/** `') where 1=1`: a clause right behind what was closed; the conditions say the rest. */
function judgeTail(tally: Tally, tokens: readonly SqlToken[], at: number, first: number): void {
  if (first === 1 && at <= 4 && operandAt(tokens, at + 1) !== undefined) tally.add('adds a clause behind the quote', 1);
}
