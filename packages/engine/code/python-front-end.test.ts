import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type IrModule, op } from '#model/ir.ts';
import { valueInA, valueInB, valueInC } from '#normalize/ir/module-builder.ts';
import type { FrontEnd } from './lower.ts';
import { loadFrontEnds } from './front-ends.ts';

let lower: FrontEnd;
beforeAll(async () => {
  lower = (await loadFrontEnds(['python'])).get('python') as FrontEnd;
});

const read = (text: string, path = 'pkg/app.py'): IrModule => lower(path, text, { typescript: false, jsx: false });
const operations = new Map<number, string>(Object.entries(op).map(([name, code]) => [code, name]));

/** An instruction in words; values that are constants stand for themselves. */
function words(module: IrModule, value: number): string {
  if (value < 0) return '';
  const code = module.ops[value] as number;
  const [a, b, c] = [module.a[value] as number, module.b[value] as number, module.c[value] as number];
  const name = operations.get(code) ?? '';
  const operands = [...module.operands.subarray(module.operandsAt[value], module.operandsAt[value + 1])].map((one) => words(module, one)).join(', ');
  const text = (at: number): string => (at < 0 ? '' : (module.strings[at] ?? ''));
  switch (code) {
    case op.constant: return JSON.stringify(module.constants[a]?.text);
    case op.global: return text(a);
    case op.import: return `import ${text(a)}`;
    case op.closure: return `fn ${module.functions[a]?.name}`;
    case op.param: return `param ${a}`;
    case op.load: return `${words(module, a)}.${text(b)}`;
    case op.loadAt: return `${words(module, a)}[${words(module, b)}]`;
    case op.typed: return `${words(module, a)} as ${text(b)}`;
    case op.invoke: return `${words(module, a)}.${text(b)}(${operands})${c < 0 ? '' : ` by ${text(c)}`}`;
    case op.call: return `${b < 0 ? '' : `${words(module, b)} -> `}${words(module, a)}(${operands})${c < 0 ? '' : ` by ${text(c)}`}`;
    case op.test:
    case op.arithmetic: return `(${words(module, a)} ${text(c)} ${words(module, b)})`;
    case op.refine: return `${words(module, a)}${c === 1 ? '+' : '-'}`;
    case op.phi:
    case op.concat: return `${name}(${operands})`;
    default: return valueInA.has(code as never) ? `${name} ${words(module, a)}` : name;
  }
}

/** What the last call of `sink` is passed. */
function sunk(text: string, path?: string): string {
  const module = read(text, path);
  const call = [...module.ops.keys()].findLast((value) => module.ops[value] === op.call && words(module, module.a[value] as number) === 'sink');
  if (call === undefined) throw new Error('no call of sink');
  return words(module, call).replace(/^sink\(/, '').replace(/\)$/, '');
}

function exported(text: string, name: string, path?: string): string {
  const module = read(text, path);
  const at = [...module.ops.keys()].find((value) => module.ops[value] === op.export && module.strings[module.a[value] as number] === name);
  return at === undefined ? 'nothing' : words(module, module.b[at] as number);
}

describe('texts', () => {
  it.each([
    ['sink("a" + x + \'b\')', 'concat("a", x, "b")'],
    ['sink(f"a{x!r:>10}b{{c}}{y:.2f}")', 'concat("a", x, "b{c}", (y + ))'],
    ['sink("a" f"{x}" "b" \'c\')', 'concat("a", x, "bc")'],
    ['sink("%s-%d%%" % (x, y))', 'concat(x, "-", (y + ), "%")'],
    ['sink("%(a)s" % x)', 'concat(x["a"])'],
    ['sink("{}-{0.name}-{b[k]}-{:d}".format(x, y, b=z))', 'concat(x, "-", x.name, "-", z["k"], "-", (y + ))'],
    ['t = "{} b"\nsink(t.format(x))', 'concat(x, " b")'],
    ['sink(", ".join(x))', 'concat(element x, ", ", element x)'],
    ['a = g()\na += "b"\nsink(a)', 'concat(g(), "b")'],
    ['sink(r"a\\n", b"\\x41\\n")', '"a\\\\n", "A\\n"'],
    ['sink(x[1:3])', 'copy x'],
    ['sink(str(x))', 'concat(x)'],
    ['sink(x + 1)', '(x + "1")'],
    ['sink(0x10 + 0o7 + 1_000)', '"1023"'],
  ])('%s', (text, wanted) => {
    expect(sunk(text)).toBe(wanted);
  });
});

describe('control flow', () => {
  it.each([
    ['a = g()\nif c: a = "x"\nelse: a = "y"\nsink(a)', 'phi("x", "y")'],
    ['a = g()\nif a not in t: raise E\nsink(a)', 'g()+'],
    ['a = g()\nassert a == "x"\nsink(a)', 'g()+'],
    ['a = g()\nif a == "x" or a == "y": sink(a)', 'phi(g()+, g()-+)'],
    ['import sys\na = g()\nif not a: sys.exit(1)\nsink(a)', 'g()+'],
    ['from flask import abort\na = g()\nif a != "x": abort(404)\nsink(a)', 'g()-'],
    ['sink(a if (a := g()) else "x")', 'phi(g()+, "x")'],
    ['sink(g() or "x")', 'phi(g(), "x")'],
    ['for a in g(): sink(a)', 'element g()'],
    ['for a, (b, *c) in g(): sink(a, b, c)', 'element g()["0"], element g()["1"]["0"], copy element g()["1"]'],
    ['for k, v in g().items(): sink(k, v)', 'element array["0"], element array["1"]'],
    ['a = "x"\ntry:\n  a = g()\n  h()\nexcept E as e:\n  sink(a)', 'phi("x", g())'],
    ['try: pass\nfinally: sink(g())', 'g()'],
    ['with g() as (a, b): sink(b)', 'g()["1"]'],
    ['match g():\n  case {"k": a}: sink(a)', 'g()["k"]'],
    ['match g():\n  case P(x=[a, *_]) if a: sink(a)', 'g().x["0"]+'],
    ['a, b = g(), h()\na, b = b, a\nsink(a)', 'h()'],
  ])('%s', (text, wanted) => {
    expect(sunk(text)).toBe(wanted);
  });
});

describe('names', () => {
  it.each([
    ['from os import path as p\nsink(p)', 'import os.path'],
    ['import a.b.c\nsink(a.b)', 'import a.b'],
    ['import a.b as c\nsink(c)', 'import a.b'],
    ['from . import x\nsink(x)', 'import pkg.x'],
    ['from ..m import x as y\nsink(y)', 'import m.x'],
    ['sink(open)', 'open'],
    ['def f():\n  global a\n  a = g()\na = h()\nsink(a)', 'getCell'],
    ['x = g()\nclass C:\n  x = h()\n  def m(self): sink(x)', 'g()'],
    ['a = g()\nb = [a for a in h()]\nsink(a)', 'g()'],
    ['a = g()\nsink(lambda a=a: a)', 'fn '],
    ['def f(a):\n  def h():\n    nonlocal a\n    a = 1\n  sink(a)', 'getCell'],
  ])('%s', (text, wanted) => {
    expect(sunk(text)).toBe(wanted);
  });

  it('relative imports of a file in a folder whose name cannot be imported start below it', () => {
    expect(sunk('from .m import x\nsink(x)', 'my-app/app.py')).toBe('import m.x');
    expect(sunk('from . import x\nsink(x)', 'app.py')).toBe('import x');
  });

  it('exports what the module names in the end', () => {
    expect(exported('try: import a\nexcept E: a = None', 'a')).toBe('phi(import a, "null")');
    expect(exported('class C: pass', 'C')).toBe('fn C');
    expect(exported('from m import *', '*')).toBe('import m');
    expect(exported('@app.get("/")\ndef f(): pass', 'f')).toBe('decorate fn f');
  });
});

describe('functions and classes', () => {
  it.each([
    ['def f(a, b: C = 1, *c, **d): sink(a, b, c, d)', 'param 0, phi(param 1, "1"), param 2, param 3'],
    ['from m import T\ndef f(a: T | None, b: "T", c: list[T]): sink(a, b, c)', 'param 0 as m.T, param 1 as m.T, param 2'],
    ['class T: pass\ndef f(a: T): sink(a)', 'param 0 as .T'],
    ['def f(a: Annotated[str, Query()]): sink(a)', 'decorate param 0'],
    ['class C:\n  def m(self, a): sink(self, a)', 'param -1, param 0'],
    ['class C:\n  @staticmethod\n  def m(a): sink(a)', 'param 0'],
    ['class C:\n  def __init__(self, a): sink(a)', 'param 0'],
    ['def wrap(f):\n  def inner(self, *a): sink(self)\n  return inner', 'param -1'],
    ['async def f(): sink(await g())', 'await g()'],
    ['sink(*a, k=1, **b)', 'spread a, "1", b) by k,**'],
  ])('%s', (text, wanted) => {
    expect(sunk(text)).toBe(wanted);
  });

  const made = (text: string, code: number): string[] => {
    const module = read(text);
    return [...module.ops.keys()].filter((value) => module.ops[value] === code).map((value) => words(module, value));
  };

  it('names that nothing binds may come from a star import, those of the language do not', () => {
    expect(made('from m import *\nopen(x)', op.call)).toEqual(['open(phi(x, import m.x))']);
  });

  it('calls what stands above with the receiver', () => {
    expect(made('class C(B):\n  def m(self, a): super().m(a)', op.call)).toContain('param -1 -> B.prototype.m(param 0)');
    expect(made('class C(B):\n  def __init__(self, a): B.__init__(self, a)', op.call)).toContain('param -1 -> B(param 0)');
  });

  it('keeps members of a class on its prototype, static ones on the class, too', () => {
    const module = read('class C:\n  x = g()\n  def m(self): pass\n  @classmethod\n  def k(cls): pass');
    const stores = [...module.ops.keys()].filter((value) => module.ops[value] === op.store);
    const stored = stores.map((value) => `${words(module, module.a[value] as number)}.${module.strings[module.b[value] as number]}`);
    expect(stored).toEqual(['fn C.prototype.__init__', 'fn C.x', 'fn C.prototype.x', 'fn C.prototype.m', 'fn C.k', 'fn C.prototype.k']);
  });

  it('makes a constructor of annotated members', () => {
    const module = read('@dataclass\nclass C:\n  a: str\n  b: int = 0');
    expect(module.functions.find(({ kind }) => kind === 'constructor')?.paramNames).toEqual(['a', 'b']);
    expect([...module.ops.keys()].filter((value) => module.ops[value] === op.store && words(module, module.a[value] as number) === 'param -1')).toHaveLength(2);
  });

  it('what a function for `with` yields is what it gives', () => {
    expect(made('@contextmanager\ndef f():\n  yield g()', op.return)).toEqual(['return g()']);
    expect(made('def f():\n  yield g()', op.yield)).toEqual(['yield g()']);
  });
});

/** Every reference is to something that is there, and every place lies in the text. */
function expectWhole(module: IrModule): void {
  const count = module.ops.length;
  for (let value = 0; value < count; value++) {
    const code = module.ops[value] as never;
    for (const [wanted, column] of [[valueInA, module.a], [valueInB, module.b], [valueInC, module.c]] as const) {
      if (wanted.has(code)) expect(column[value]).toBeLessThan(count);
    }
    expect(module.starts[value]).toBeLessThanOrEqual(module.ends[value] as number);
    expect(module.ends[value]).toBeLessThanOrEqual(module.length);
    expect(module.owners[value]).toBeLessThan(module.functions.length);
  }
  for (const operand of module.operands) expect(operand >= 0 && operand < count).toBe(true);
}

const pieces = [
  'def f(self, a, *b, c=1, **d):', 'class A(B):', 'if a:', 'elif b:', 'else:', 'for a, *b in c:', 'while a:', 'try:', 'except E as e:', 'finally:', 'with a as b:', 'match a:', 'case {"x": [y, *z], **r}:',
  'case A(b, c=d) | -1 as e if f:', 'return a', 'yield a', 'yield from a', 'raise A from b', 'assert a, b', 'del a[0]', 'global a', 'nonlocal a', 'import a.b as c', 'from ..a import *', 'a = b = c', 'a, (b, *c) = d', 'a.b += c[1:2]',
  'a: int = 3', '@a(b)', 'async def g():', 'await a', 'print "a" % b', 'exec a in b', 'break', 'continue', 'pass', 'x = [a for b in c if d for e in f]', '{**a, "b": c}', 'f"{a!r:>{b}}"', '(a := b)', 'lambda a, *b: a', 'super().f(a)', 'A.f(self, a)',
  '"%s %(a)d %*d" % (a,)', '"{} {0.a[b]!r:>{c}}".format(*a, **b)', 'not a in b < c', '(', ')', '[', '}', '"""', '\\', '\u0000', 'a if b else c', 'zip(a, b)', 'dict(a=b, **c)',
];

it('reads anything into a whole module', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...pieces), fc.nat(4)), { maxLength: 25 }), (lines) => {
      expectWhole(read(lines.map(([piece, indent]) => `${'  '.repeat(indent)}${piece}`).join('\n')));
    }),
    { numRuns: 300 },
  );
});

it.each([
  ['brackets', (depth: number) => `x = ${'['.repeat(depth)}1${']'.repeat(depth)}`],
  ['calls', (depth: number) => `${'f('.repeat(depth)}${')'.repeat(depth)}`],
  ['chains', (depth: number) => `x = a${'.b()'.repeat(depth)}`],
  // Text grows with the square of its indentation.
  ['blocks', (depth: number) => Array.from({ length: Math.min(depth, 1500) }, (_, at) => `${' '.repeat(at)}if a:`).join('\n')],
  ['functions', (depth: number) => Array.from({ length: Math.min(depth, 1500) }, (_, at) => `${' '.repeat(at)}def f(a):`).join('\n')],
  ['lambdas', (depth: number) => `x = ${'lambda a: '.repeat(depth)}1`],
  ['negations', (depth: number) => `x = ${'not '.repeat(depth)}1`],
  ['patterns', (depth: number) => `match a:\n case ${'['.repeat(depth)}b${']'.repeat(depth)}: pass`],
  ['targets', (depth: number) => `${'['.repeat(depth)}b${']'.repeat(depth)} = c`],
])('%s nested 5,000 deep are read down to a limit', (_name, make) => {
  const module = read(make(5000));
  expectWhole(module);
  expect(module.gaps.length).toBeGreaterThan(0);
});

it('long chains of operators are no nesting', () => {
  for (const operator of ['+', 'and', 'or', '%']) {
    const module = read(`sink(${Array.from({ length: 4000 }, (_, at) => `a${at}`).join(` ${operator} `)})`);
    expect(module.gaps).toEqual([]);
  }
});

it('what cannot be read is a gap, and what stands round it is kept', () => {
  const module = read('a = g()\nb = = 3 ) (\nsink(a)\n');
  expect(module.gaps.map(({ reason }) => reason)).toContain('syntax');
  expect(sunk('a = g()\nb = = 3 ) (\nsink(a)\n')).toBe('g()');
});
