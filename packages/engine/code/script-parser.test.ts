import { expect, it } from 'vitest';
import { parseScript, ScriptUnparsed } from './script-parser.ts';

interface Body {
  readonly body: readonly { readonly type: string; readonly start: number; readonly end: number }[];
}

it('parses what people write: modules, scripts, types and markup', () => {
  for (const [lang, text] of [
    ['js', "const a = require('a'); with (a) b();"],
    ['js', 'import a from "a"; await a;'],
    ['ts', 'let a: string = <any>b; enum E { A }'],
    ['tsx', 'const a = <T,>(b: T) => <p className="c">{b}</p>;'],
    ['jsx', 'export default () => <></>;'],
  ] as const) {
    const { program, errors } = parseScript(text, { lang });
    expect(errors, text).toEqual([]);
    expect((program as Body).body.length, text).toBeGreaterThan(0);
  }
});

it('counts in UTF-16 code units', () => {
  const { program } = parseScript('"😀"; f()', { lang: 'js' });
  expect((program as Body).body[1]).toMatchObject({ start: 6, end: 9 });
});

it('tells syntax errors with their place', () => {
  const { errors } = parseScript('let a = ;', { lang: 'js' });
  expect(errors[0]).toMatchObject({ start: 8 });
});

it.each([
  ['functions', 'function f(){', '}'],
  ['parentheses', '(', ')'],
  ['arrows', 'x=>', ''],
  ['conditions', 'if(x)', ''],
  ['sums', 'a+', ''],
])('survives %s nested without end', (_, open, close) => {
  expect(() => parseScript(`${open.repeat(200_000)}1${close.repeat(200_000)}`, { lang: 'js' })).toThrow(ScriptUnparsed);
  expect(parseScript('let a', { lang: 'js' }).errors).toEqual([]);
});

it('keeps its memory bounded over many files', () => {
  const text = 'f({ b: [1, 2, 3], c: "d" });\n'.repeat(2_000);
  for (let at = 0; at < 60; at++) expect(parseScript(text, { lang: 'js' }).errors).toEqual([]);
});
