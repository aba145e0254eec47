import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadPatternRules } from './load.ts';
import { mayMatch, TextWords, wordsOf } from './prefilter.ts';

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

it('finds the words of a text, however many are asked for', () => {
  const text = 'const exec = $run(ärger.größe, a1_b); // execute';
  const asked = ['exec', 'run', '$run', 'execut', 'execute', 'ärger', 'größe', 'gr', 'a1_b', 'a1', 'b'];
  const few = new TextWords(text);
  const many = new TextWords(text);
  for (let at = 0; at < 50; at++) many.has(`word${at}`);
  expect(asked.filter((word) => few.has(word))).toEqual(['exec', '$run', 'execute', 'ärger', 'größe', 'a1_b']);
  expect(asked.filter((word) => many.has(word))).toEqual(['exec', '$run', 'execute', 'ärger', 'größe', 'a1_b']);
});

it('never says that a word is missing that is there', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '_', '$', '1', ' ', '.', 'é', '𝒳') }), (text) => {
    const words = new TextWords(text);
    for (const word of [...wordsOf(text)].slice(0, 10)) expect(words.has(word)).toBe(true);
  }));
});
