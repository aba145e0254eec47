import type { Tally } from '../verdict.ts';
import { comparisonAt, operandAt } from './operands.ts';
import { token, type SqlToken } from './tokens.ts';
import { word } from './words.ts';

/** Conditions: what makes a statement true, false, slow or an error at the attacker's will. */
export function judgeConditions(tally: Tally, tokens: readonly SqlToken[], first: number): void {
  for (let at = first; at < tokens.length; at += 1) {
    const one = tokens[at] as SqlToken;
    if (isLogic(one)) judgeCondition(tally, tokens, at, first);
    else if (one.kind === token.open || one.kind === token.comma) judgeInner(tally, tokens, at);
    else if (one.word === word.compare && one.kind === token.word) judgeMatch(tally, tokens, at);
    else if (one.word === word.caseWord && one.text === 'case') judgeCase(tally, tokens, at);
  }
  judgeDirect(tally, tokens, first);
}

function isLogic(one: SqlToken): boolean {
  return one.kind === token.logic || (one.kind === token.word && one.word === word.logic);
}

function judgeCondition(tally: Tally, tokens: readonly SqlToken[], at: number, first: number): void {
  const direct = tokens.slice(first, at).every(({ kind }) => kind === token.close);
  const comparison = comparisonAt(tokens, at + 1);
  // A value that begins with `where` is prose: nothing stands before it that it could add to.
  if (comparison === 'constants') return tally.add('adds a condition that compares constants', at === 0 && /^(?:where|when|having)$/.test(tokens[at]?.text ?? '') ? 2 : 3);
  if (comparison === 'computed') return tally.add('adds a condition on a call or subselect', 3);
  if (comparison === 'column') return tally.add('adds a condition', first > 0 && direct ? 2 : 1);
  const operand = operandAt(tokens, at + 1);
  if (operand === undefined) return;
  const behind = tokens[operand.next]?.kind;
  const ends = behind === undefined || behind === token.comment || behind === token.close || behind === token.semicolon;
  if (first === 1 && direct) tally.add('adds a condition', 1.2);
  if (operand.nature === 'fixed' && ends) tally.add('adds a condition that is a constant', direct || (at === 1 && first === 0 && tokens[0]?.kind === token.number) ? 2 : 1);
  if (operand.nature === 'computed') tally.add('adds a condition that is a call or subselect', tokens[at + 1]?.text === 'exists' ? 2 : 1.5);
}

/** `(1=1)`, `if(1=1, ...)`: constants are compared for the answer alone. */
function judgeInner(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  const comparison = comparisonAt(tokens, at + 1);
  if (comparison === 'constants') tally.add('compares constants inside parentheses', 2);
  if (comparison === 'constants' && at === 0 && operandAt(tokens, 0)?.next === tokens.length && tokens.at(-1)?.kind === token.number) tally.add('calculates with a condition', 1.2);
  if (comparison === 'computed' && tokens[at + 1]?.word === word.select) tally.add('compares a subselect', 1.5);
}

/** `rlike (select ...)`, `like sleep(5)`. */
function judgeMatch(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  const operand = operandAt(tokens, at + 1);
  if (operand?.nature === 'computed') tally.add('matches against a call or subselect', tokens[at + 1]?.kind === token.open ? 2 : 1);
  const one = tokens[at] as SqlToken;
  if (one.text === 'in' && tokens[at + 1]?.text === 'boolean' && tokens[at + 2]?.text === 'mode') tally.add('ends a full-text search', 2);
}

function judgeCase(tally: Tally, tokens: readonly SqlToken[], at: number): void {
  const rest = tokens.slice(at + 1, at + 40);
  const when = rest.findIndex(({ text }) => text === 'when');
  const then = rest.findIndex(({ text }) => text === 'then');
  if (when < 0 || then < when || !rest.some(({ text }) => text === 'end')) return;
  tally.add('branches with case', comparisonAt(tokens, at + 2 + when) === 'constants' ? 3 : 1.8);
}

/** Right behind the quote, or as the whole value: `'='`, `1=1--`, `x'='x`. */
function judgeDirect(tally: Tally, tokens: readonly SqlToken[], first: number): void {
  if (first === 1) {
    let at = 1;
    while (tokens[at]?.kind === token.close) at += 1;
    const one = tokens[at];
    const right = one?.kind === token.compare || (one?.kind === token.word && one.word === word.compare) ? operandAt(tokens, at + 1) : undefined;
    if (right !== undefined && right.nature !== 'column') tally.add('compares the closed string', right.next >= tokens.length - 1 && tokens[at + 1]?.kind === token.openText ? 2.2 : 1.5);
    return;
  }
  if (comparisonAt(tokens, first) !== 'constants') return;
  if (tokens.at(-1)?.kind === token.comment) tally.add('compares constants', 2);
  if (tokens[first]?.kind === token.text && tokens[first + 1]?.start === tokens[first].end && tokens[first + 2]?.kind === token.text) tally.add('compares constants and nothing else', 3);
}
