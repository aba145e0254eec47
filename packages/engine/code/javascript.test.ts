import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type IrModule, op, type Op } from '#model/ir.ts';
import { valueInA, valueInB, valueInC } from '#normalize/ir/module-builder.ts';
import { lowerJavaScript } from '#normalize/javascript/javascript-module.ts';
import { sinksOf } from './ir-words.ts';
import { parseScript } from './script-parser.ts';

function lower(text: string, lang: 'jsx' | 'ts' | 'tsx' = 'jsx'): IrModule {
  return lowerJavaScript(parseScript(text, { lang }), `src/a.${lang}`, text);
}

/** What a function with parameters `x`, `y` and `c` passes to `o.sink`. */
function passed(body: string): string[] {
  return sinksOf(lower(`function m(x, y, c) { const o = {}; ${body} }`));
}

describe('values and branches', () => {
  it.each([
    ['let s; if (c) s = x; else s = "k"; o.sink(s);', ['("k" | p0)']],
    ['const s = c ? x : y; o.sink(s);', ['(p0 | p1)']],
    ['const s = c && x; o.sink(s);', ['(p0 | p2)']],
    ['o.sink(false ? x : y);', ['p1']],
    ['o.sink(`a${x}b`);', ['"a" + p0 + "b"']],
    ['let s = "a"; s += x; o.sink(s);', ['"a" + p0']],
    ['const [a, { b }] = x; o.sink(b);', ['p0.1.b']],
    ['if (!c) return; o.sink(x);', ['p0']],
    ['for (;;) { if (c) break; x = y; } o.sink(x);', ['(p0 | p1)']],
    ['l: for (const a of x) { for (;;) continue l; } o.sink(y);', ['p1']],
    ['switch (c) { case 1: x = y; case 2: o.sink(x); }', ['(p0 | p1)']],
    ['try { x = y; } catch (e) { o.sink(x); }', ['(p0 | p1)']],
    ['o.sink(x?.a?.["b"]);', ['p0.a.b']],
    ['const inner = () => o.sink(x);', ['p0']],
    ['function late() { o.sink(s); } const s = x;', ['p0']],
  ])('%s', (body, expected) => expect(passed(body)).toEqual(expected));
});

test('an import by require, by name and as a whole is one', () => {
  const module = lower('const a = require("fs"); import { b } from "./b.js"; import * as c from "c"; import("d");');
  const names = [...module.ops.keys()].filter((value) => module.ops[value] === op.import).map((value) => module.strings[module.a[value] as number]);
  expect(names).toEqual(['fs', './b.js', 'c', 'd']);
});

test('a type that is imported follows its parameter, a type of the language keeps its name', () => {
  const module = lower('import { Request } from "express"; function f(q: Request, n: number) { return q; }', 'ts');
  const types = [...module.ops.keys()].filter((value) => module.ops[value] === op.typed).map((value) => module.strings[module.b[value] as number]);
  expect(types).toEqual(['express.Request', 'number']);
});

test('what cannot be read is a gap', () => {
  expect(lower('let a = ;').gaps.map((gap) => gap.reason)).toEqual(['syntax']);
});

test('the body of `with` is read, its names are nobody\'s', () => {
  expect(sinksOf(lower('const o = {}; const b = 1; with (a) { o.sink(b); }\n o.sink("k");'))).toEqual(['unknown', '"k"']);
});

const leaf = fc.constantFrom('x', 'y', '"t"', '1', 'this', 'f(x)', 'x.a', 'x[y]', 'x => x', '{ a: x, ...y }', '[x, ...y]', 'class { m() { return x; } }', '`a${x}`');
const value = fc.tuple(leaf, leaf).map(([a, b]) => `(${a} || ${b === '{ a: x, ...y }' ? '1' : b})`);
const piece = value.chain((a) =>
  fc.constantFrom(
    `x = ${a};`, `if (${a}) x = y; else { y = 1; }`, `while (${a}) { if (y) break; x = y; }`, `for (const k in ${a}) y = k;`, `try { ${a}; } catch (e) { y = e; } finally { x = 1; }`,
    `switch (${a}) { case 1: x = 1; default: y = x; }`, `var { a: x = 1, ...y } = ${a};`, `function g(q, ...r) { return ${a}; }`, `l: { if (x) break l; ${a}; }`, `throw ${a};`,
  ),
);

test('the normal form of any program is well formed', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const module = lower(`var x, y; function f(z) { ${pieces.join('\n')} }\n${pieces.join('\n')}`);
      const count = module.ops.length;
      const inRange = (one: number): boolean => one >= -1 && one < count;
      for (let at = 0; at < count; at++) {
        const code = module.ops[at] as Op;
        if (valueInA.has(code)) expect(inRange(module.a[at] as number)).toBe(true);
        if (valueInB.has(code)) expect(inRange(module.b[at] as number)).toBe(true);
        if (valueInC.has(code)) expect(inRange(module.c[at] as number)).toBe(true);
        expect(module.owners[at]).toBeLessThan(module.functions.length);
      }
      expect([...module.operands].every(inRange)).toBe(true);
    }),
    { numRuns: 150 },
  );
});
