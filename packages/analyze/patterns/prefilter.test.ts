import { expect, it } from 'vitest';
import { loadPatternRules } from './load.ts';
import { mayMatch, wordsOf } from './prefilter.ts';

function rule(body: string) {
  const [only] = loadPatternRules(`rules:\n- id: r\n  message: m\n  severity: ERROR\n  languages: [js]\n${body.replace(/^/gm, '  ')}\n`).rules;
  if (only === undefined) throw new Error('no rule');
  return only;
}

it('asks for the names that a pattern has, one of several, or all of them', () => {
  const one = rule('pattern: child_process.exec($X, "text", ...)');
  expect(mayMatch(one, wordsOf('const { exec } = require("child_process")'))).toBe(true);
  expect(mayMatch(one, wordsOf('exec(text)'))).toBe(false);
  const any = rule('pattern-either: [{pattern: foo()}, {pattern: bar()}]');
  expect(mayMatch(any, wordsOf('bar'))).toBe(true);
  expect(mayMatch(any, wordsOf('baz'))).toBe(false);
  const all = rule('patterns: [{pattern: foo()}, {pattern-inside: "function $F() { bar() }"}, {pattern-not: quux()}]');
  expect(mayMatch(all, wordsOf('const f = () => { foo(); bar() }'))).toBe(true);
  expect(mayMatch(all, wordsOf('foo()'))).toBe(false);
});

it('never says no for what has no name of its own', () => {
  for (const body of ['pattern: $X == $X', 'pattern-regex: foo', 'pattern: (a.b.Type $X)', 'pattern: "\'some text\'"', 'patterns: [{pattern-not: foo()}]']) expect(mayMatch(rule(body), new Set()), body).toBe(true);
});

it('asks taint rules for a source and a sink', () => {
  const taint = rule('mode: taint\npattern-sources: [{pattern: source()}]\npattern-sinks: [{pattern: sink(...)}]');
  expect(mayMatch(taint, wordsOf('sink(source())'))).toBe(true);
  expect(mayMatch(taint, wordsOf('sink()'))).toBe(false);
});
