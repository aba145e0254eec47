import { token, type SqlToken } from './tokens.ts';
import { functions, word } from './words.ts';

/** What an operand is made of: `fixed` has the same value in every row, `computed` is a call or a subselect, `column` a bare name. */
export type Nature = 'fixed' | 'computed' | 'column';

export interface Operand {
  /** Index of the first token behind it. */
  readonly next: number;
  readonly nature: Nature;
  readonly text: string;
}

/** The limit on nesting; who nests deeper is not read further. */
const deepest = 24;

/** Reads an operand that starts at `at`: a literal, a name, a call, or something in parentheses, with arithmetic. */
export function operandAt(tokens: readonly SqlToken[], at: number, depth = 0): Operand | undefined {
  const first = primaryAt(tokens, at, depth);
  if (first === undefined) return undefined;
  let { next, nature } = first;
  while (tokens[next]?.kind === token.arithmetic || tokens[next]?.text === '||') {
    const more = primaryAt(tokens, next + 1, depth);
    if (more === undefined) break;
    ({ next } = more);
    nature = widest(nature, more.nature);
  }
  return { next, nature, text: next === at + 1 ? first.text : '' };
}

function primaryAt(tokens: readonly SqlToken[], start: number, depth: number): Operand | undefined {
  let at = start;
  while (isSign(tokens[at])) at += 1;
  const one = tokens[at];
  if (one === undefined || depth > deepest) return undefined;
  switch (one.kind) {
    case token.number:
    case token.text:
    case token.variable:
      return { next: at + 1, nature: 'fixed', text: one.text };
    case token.openText:
      return { next: at + 1, nature: 'fixed', text: one.text };
    case token.open:
      return groupAt(tokens, at);
    case token.word:
      return named(tokens, at, one);
    default:
      return undefined;
  }
}

function isSign(one: SqlToken | undefined): boolean {
  return one !== undefined && ((one.kind === token.arithmetic && /^[-+~!]$/.test(one.text)) || (one.kind === token.word && (one.word === word.not || one.text === 'binary')));
}

function named(tokens: readonly SqlToken[], at: number, one: SqlToken): Operand | undefined {
  if (one.word === word.constant) return { next: at + 1, nature: 'fixed', text: one.text };
  const next = tokens[at + 1];
  // `provided (see below)` is prose.
  if (next?.kind === token.open && (next.start === one.end || functions.has(one.text))) {
    const group = groupAt(tokens, at + 1);
    return group === undefined ? undefined : { next: group.next, nature: 'computed', text: one.text };
  }
  if (one.word !== word.name && one.word !== word.caseWord) return undefined;
  return { next: at + 1, nature: 'column', text: one.text };
}

/** A group closes where its parentheses do; one that never closes reaches to the end. */
function groupAt(tokens: readonly SqlToken[], at: number): Operand | undefined {
  let depth = 0;
  let computed = false;
  let column = false;
  for (let index = at; index < tokens.length; index += 1) {
    const one = tokens[index] as SqlToken;
    if (one.kind === token.open) depth += 1;
    else if (one.kind === token.close) depth -= 1;
    else if (one.word === word.select || (one.kind === token.word && tokens[index + 1]?.kind === token.open)) computed = true;
    else if (one.kind === token.word && one.word === word.name) column = true;
    if (depth === 0) return { next: index + 1, nature: computed ? 'computed' : column ? 'column' : 'fixed', text: '' };
  }
  return { next: tokens.length, nature: computed ? 'computed' : column ? 'column' : 'fixed', text: '' };
}

function widest(a: Nature, b: Nature): Nature {
  if (a === 'column' || b === 'column') return 'column';
  return a === 'computed' || b === 'computed' ? 'computed' : 'fixed';
}

export type Comparison = 'constants' | 'computed' | 'column';

/** What is compared from `at` on, if a comparison stands there. */
export function comparisonAt(tokens: readonly SqlToken[], start: number): Comparison | undefined {
  let at = start;
  while (tokens[at]?.kind === token.open || isSign(tokens[at])) at += 1;
  const left = operandAt(tokens, at);
  if (left === undefined) return undefined;
  const operator = comparatorEnd(tokens, left.next);
  if (operator === undefined) return undefined;
  const right = operandAt(tokens, skipOpen(tokens, operator));
  if (right === undefined) return undefined;
  // Only databases that keep JSON have these.
  if (/^(?:\?[|&]|@>|<@)$/.test(tokens[operator - 1]?.text ?? '')) return 'computed';
  if (left.nature === 'column' || right.nature === 'column') return left.text !== '' && left.text === right.text ? 'constants' : 'column';
  return left.nature === 'fixed' && right.nature === 'fixed' ? 'constants' : 'computed';
}

function skipOpen(tokens: readonly SqlToken[], at: number): number {
  return tokens[at]?.kind === token.open && tokens[at + 1]?.word === word.select ? at : at;
}

function comparatorEnd(tokens: readonly SqlToken[], start: number): number | undefined {
  let at = start;
  while (tokens[at]?.kind === token.close) at += 1;
  if (tokens[at]?.word === word.not && tokens[at]?.kind === token.word) at += 1;
  const one = tokens[at];
  if (one === undefined) return undefined;
  if (one.kind === token.compare) {
    // `=+`, `=-` and `==` in two tokens.
    return at + 1;
  }
  if (one.kind !== token.word || one.word !== word.compare) return undefined;
  if (one.text === 'sounds' || one.text === 'similar') return at + 2;
  if (one.text === 'is' && tokens[at + 1]?.word === word.not) return at + 2;
  return at + 1;
}
