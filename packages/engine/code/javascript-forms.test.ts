import { describe, expect, it, test } from 'vitest';
import type { IrModule } from '#model/ir.ts';
import { deedsOf, flawsOf } from '#normalize/ir/print.ts';
import { lowerJavaScript } from '#normalize/javascript/javascript-module.ts';
import { parseScript } from './script-parser.ts';

function lower(text: string): IrModule {
  return lowerJavaScript(parseScript(text, { lang: 'tsx' }), 'src/a.tsx', text);
}

/** What the module does, without the functions that it is done in. */
function deeds(text: string): string[] {
  const ir = lower(text);
  expect(flawsOf(ir)).toEqual([]);
  return deedsOf(ir).map((one) => one.replace(/^\d+: /, ''));
}

describe('forms', () => {
  it.each([
    ['import a, { b as c } from "m"; f(a, c)', 'f(import(m).default, import(m).b)'],
    ['import * as m from "m"; f(m.x)', 'f(import(m).x)'],
    ['export { a as b } from "m"', 'export b import(m).a'],
    ['export * from "m"', 'export * import(m)'],
    ['export default class { }', 'export default fn default#1'],
    ['let a = 1; export { a as b }; a = g();', 'export b g()'],
    ['const m = await import("m"); f(m)', 'f(await import(m))'],
    ['f(this)', 'f(exports)'],
    ['export {}; f(this)', 'f(undefined)'],
    ['define(["fs", "exports"], function (fs, e) { e.x = fs; })', 'fn #1(import(fs), exports)'],
    ['define(["fs"], (fs) => fs)', 'module.exports = fn #1(import(fs))'],
    ['f({ a: 1, ...b, c })', 'Object.assign({}, b)'],
    ['f({ ...b, c: 1 })', 'f(copy b)'],
    ['f([...a, b])', '[][?] = element a'],
    ['const { a = 1, ...r } = x; f(a, r)', 'f((x.a | 1), copy x without "a")'],
    ['[a.b, c] = x', 'a.b = x.0'],
    ['a ||= g()', 'globalThis.a = g()'],
    ['o[k](1)', 'o -> o[k](1)'],
    ['o?.a?.b(1)', 'o.a.b(1)'],
    ['tag`a${x}b`', 'tag([], x)'],
    ['f(`a${"b"}c` + 1 + x + "d" + "e")', 'f(("abc1" ++ x ++ "de"))'],
    ['f(typeof x, -x, void x)', 'f(typeof x, - x, undefined)'],
    ['function g() { f(arguments[0]) }', 'f(arguments.0)'],
    ['function g(...r) { f(r) }', 'f(...p0)'],
    ['function* g() { f(yield x) }', 'yield x'],
    ['for (const k in x) f(k)', 'f(key x)'],
    ['for await (const k of x) f(k)', 'f(await element x)'],
    ['f(<div a={x} {...y}>t</div>)', 'f(import(react/jsx-runtime).jsx("div", {}))'],
    ['f(<A.B c="d"/>)', 'f(A.B({}))'],
    ['enum E { A = 2, B } f(E)', '{}.B = 3'],
    ['namespace N { export const a = g() }', '{}.a = g()'],
    ['import e = require("e"); f(e)', 'f(import(e))'],
    ['export = x', 'module.exports = x'],
    ['import { T } from "m"; f(x as T)', 'f(x as m.T)'],
    ['f(x as number)', 'f(x)'],
    ['import { T } from "m"; interface U extends T {} function g(u: U | null) { f(u) }', 'f(p0 as m.T)'],
    ['function g(u: Map<string, T>) { f(u) }', 'f(p0 as global.Map)'],
  ])('%s', (text, expected) => expect(deeds(text)).toContain(expected));
});

test('a class: constructor, fields of instances, methods on its prototype, super', () => {
  const found = deeds(`
    class A extends B {
      static s = 1; #p = this; [k] = 2;
      constructor(private q: string) { super(q); }
      static { f(this.s); }
      get g() { return super.g; }
      static m() { return super.m(); }
    }`);
  expect(found).toEqual(expect.arrayContaining([
    'fn A#1 inherits B', 'fn A#1.s = 1', 'this.#p = this', 'this[k] = 2', 'this -> B(p0)', 'this.q = p0', 'f(fn A#1.s)',
    'fn A#1.prototype.g = fn g#2', 'return B.prototype.g', 'fn A#1.m = fn m#3', 'return this -> B.m()',
  ]));
});

test('decorators mark classes, methods and parameters', () => {
  const found = deeds('@c class A { @m() n(@p() x) { f(x) } }');
  expect(found).toEqual(expect.arrayContaining(['@c fn A#1', '@m() fn n#2', '@p() p0', 'f(@p() p0)']));
});

test('a handler sees what the variables held at every statement; what leaves passes finally', () => {
  expect(deeds('let a = 1; try { a = 2; g(); a = 3; g(); } catch { f(a) }').find((one) => one.startsWith('f('))).toMatch(/1.*2.*3/);
  expect(deeds('function h() { try { return g(); } finally { f(1) } }')).toContain('f(1)');
});

test('functions that stand below are read when the variables that are set once are known', () => {
  expect(deeds('use(); function use() { f(later) } const later = require("x");')).toContain('f(import(x))');
});

test('functions are called after what takes them', () => {
  const names = lower('const a = () => 1; b.c = function () {}; ({ d: () => 1, e() {} }); class F { g = () => 1 }').functions.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['a', 'c', 'd', 'e', 'F', 'g']));
});

test.each([
  ['a list', `x = ${'['.repeat(1_500)}${']'.repeat(1_500)}`, true],
  ['blocks', '{'.repeat(1_200) + '}'.repeat(1_200), true],
  ['functions', 'function f(){'.repeat(600) + '}'.repeat(600), false],
  ['else if', `${'if (x) f(1); else '.repeat(1_800)} f(2)`, false],
  ['a sum', `x = ${'a+'.repeat(4_000)}1`, false],
  ['alternatives', `x = ${'a||'.repeat(1_000)}1`, false],
])('nesting within a limit: %s', (_, text, tooDeep) => {
  const { gaps } = lower(text);
  expect(gaps.map(({ reason }) => reason)).toEqual(tooDeep ? ['too-deep'] : []);
});
