import { expect, it } from 'vitest';
import { lowerJavaScript } from '#normalize/javascript/javascript-module.ts';
import { lowerScript } from '#normalize/syntax/script-code.ts';
import { holdScripts, parseScript, releaseScripts, ScriptUnparsed } from './script-parser.ts';

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

it('gives a text that is held to the second who asks, and forgets it when it is released', () => {
  const text = 'const held = 1;';
  holdScripts();
  const first = parseScript(text, { lang: 'ts' });
  expect(parseScript(text, { lang: 'ts' })).toBe(first);
  expect(parseScript(text, { lang: 'tsx' })).not.toBe(first);
  expect(parseScript(text, { lang: 'ts', sourceType: 'script' })).not.toBe(first);
  releaseScripts();
  const again = parseScript(text, { lang: 'ts' });
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

it('gives trees that nobody changes while reading them', () => {
  const text = `import type { A } from 'a'; @mark export class B<T> extends A { static #x = 1; get y(): number { return this?.z![0] ?? 1; } }
    export const f = async <T,>({ a = 1, ...rest }: A, [b, , c] = g\`x${'${1}'}y\`) => { for await (const d of rest) try { await d; } catch { delete d.e; } finally { switch (b) { case 1: break; default: throw /r/u; } } };
    enum E { X = 'x' } namespace N { export let v = 1n; } label: while (f(...c)) { if (new E) continue label; else v ||= yieldLess satisfies A; }`;
  const parsed = parseScript(text, { lang: 'ts' });
  expect(parsed.errors).toEqual([]);
  freeze(parsed.program);
  const ir = lowerJavaScript(parsed, 'a.ts', text);
  const tree = lowerScript('javascript', text, parsed.program, false);
  expect(lowerJavaScript(parsed, 'a.ts', text)).toEqual(ir);
  expect(lowerScript('javascript', text, parsed.program, false)).toEqual(tree);
});

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}
