import { expect, test } from 'vitest';
import { FormulaEvaluator, FormulaLimit } from './formula.ts';
import { genericFinder } from './generic/finder.ts';
import { loadPatternRules } from './load.ts';

function found(formula: string, text: string): string[] {
  const { rules, problems } = loadPatternRules(`rules:\n- id: r\n  message: m\n  severity: INFO\n  languages: [generic]\n${formula.replace(/^/gm, '  ')}\n`);
  expect(problems).toEqual([]);
  const body = rules[0]?.body;
  if (body?.mode !== 'search') throw new Error('no search rule');
  return new FormulaEvaluator(genericFinder(text, 0, {}, () => undefined)).evaluate(body.formula).map(({ start, end }) => text.slice(start, end));
}

test('inside narrows, and is never the result', () => {
  expect(found('patterns:\n- pattern: a\n- pattern-inside: f(...)', 'a f(a)')).toEqual(['a']);
  expect(found('patterns:\n- pattern: f(a) b\n- pattern-inside: a', 'f(a) b')).toEqual([]);
  expect(found('patterns:\n- pattern: a\n- pattern-not-inside: f(...)', 'a f(a)')).toEqual(['a']);
});

test('a plain negation takes away equal ranges only, one by expression what it touches', () => {
  expect(found('patterns:\n- pattern: x = $V\n- pattern-not: x = 1', 'x = 1; x = 2')).toEqual(['x = 2']);
  expect(found('patterns:\n- pattern: x = $V\n- pattern-not: "1"', 'x = 1')).toEqual(['x = 1']);
  expect(found('patterns:\n- pattern: x = $V\n- pattern-not-regex: "[1]"', 'x = 1; x = 2')).toEqual(['x = 2']);
});

test('metavariables must agree across patterns, and are known behind them', () => {
  expect(found('patterns:\n- pattern: use $X\n- pattern-inside: let $X ... end', 'let a use b use a end')).toEqual(['use a']);
  expect(found('patterns:\n- pattern: use $X\n- pattern-inside: let $Y ... end\n- metavariable-regex: {metavariable: $Y, regex: "^b"}', 'let a use c end let b use d end')).toEqual(['use d']);
});

test('focus, groups as metavariables, and patterns about metavariables', () => {
  expect(found('patterns:\n- pattern: f($X, $Y)\n- focus-metavariable: $Y', 'f(a, b)')).toEqual(['b']);
  expect(found('patterns:\n- pattern-regex: "(?<N>\\\\d+)px"\n- metavariable-comparison: {metavariable: $N, comparison: $N > 5}', '3px 9px')).toEqual(['9px']);
  expect(found('patterns:\n- pattern: f($...A);\n- metavariable-pattern:\n    metavariable: $...A\n    patterns: [{pattern: b}, {pattern-not-inside: b $X}]', 'f(a b); f(b c); f(c);')).toEqual(['f(a b);']);
});

test('more pairs of ranges than the limit stop the formula', () => {
  const text = 'a '.repeat(6_000);
  expect(() => found('patterns:\n- pattern: a\n- pattern-regex: "a"', text)).toThrow(FormulaLimit);
});
