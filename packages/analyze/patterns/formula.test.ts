import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FormulaBudget, FormulaEvaluator, FormulaLimit } from './formula.ts';
import { genericFinder } from './generic/finder.ts';
import { loadPatternRules } from './load.ts';
import { covered, isCovered, type Span, SpanIndex } from './spans.ts';

function found(formula: string, text: string, budget?: FormulaBudget): string[] {
  const { rules, problems } = loadPatternRules(`rules:\n- id: r\n  message: m\n  severity: INFO\n  languages: [generic]\n${formula.replace(/^/gm, '  ')}\n`);
  expect(problems).toEqual([]);
  const body = rules[0]?.body;
  if (body?.mode !== 'search') throw new Error('no search rule');
  return new FormulaEvaluator(genericFinder(text, 0, {}, () => undefined), budget).evaluate(body.formula).map(({ start, end }) => text.slice(start, end));
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
  const formula = 'patterns:\n- pattern: a\n- pattern-regex: "[^;]+"';
  const text = 'a '.repeat(200);
  expect(found(formula, text)).toHaveLength(200);
  expect(() => found(formula, text, { left: 100, reached: false })).toThrow(FormulaLimit);
});

test('more ranges than the limit are left out, and that is said', () => {
  const budget = { left: 1_000_000, reached: false };
  expect(found('pattern: a', 'a '.repeat(20_000), budget)).toHaveLength(20_000);
  expect(budget.reached).toBe(false);
  expect(found('pattern: a', 'a '.repeat(20_001), budget)).toHaveLength(20_000);
  expect(budget.reached).toBe(true);
});

const places = fc.array(fc.record({ start: fc.nat(30), size: fc.nat(12) }).map(({ start, size }) => ({ start, end: start + size })), { maxLength: 20 });

test('an index of spans gives those that lie in another, and what they cover', () => {
  fc.assert(fc.property(places, places, (spans, outers) => {
    const index = new SpanIndex(spans);
    for (const outer of outers) {
      const inner = spans.filter(({ start, end }) => start >= outer.start && end <= outer.end);
      expect([...index.within(outer)].sort(byStart)).toEqual(inner.sort(byStart));
      if (spans.some(({ start, end }) => outer.start >= start && outer.end <= end)) expect(isCovered(covered(spans), outer)).toBe(true);
    }
  }));
});

function byStart(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}
