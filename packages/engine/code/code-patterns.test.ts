import { expect, it } from 'vitest';
import { loadPatternRules } from '#analyze/patterns/load.ts';
import { runRule } from '#analyze/patterns/run-rule.ts';
import { CodeFinder } from '#analyze/patterns/code-finder.ts';
import { codeLoaders } from './code-patterns.ts';

/** Lines of a program where a rule matches. `rule` is what stands beside the rule's id and message. */
async function linesOf(language: string, rule: string, program: string): Promise<number[]> {
  const { rules, problems } = loadPatternRules(`rules:\n- id: r\n  message: m\n  severity: ERROR\n  languages: [${language}]\n${rule.replace(/^/gm, '  ')}\n`);
  expect(problems).toEqual([]);
  const reader = await codeLoaders.get(language)?.();
  const [only] = rules;
  if (only === undefined || reader === undefined) throw new Error('no rule');
  const target = reader.read(program, 0, only.options, () => undefined);
  if (target === undefined || !(target.finder instanceof CodeFinder)) throw new Error('no tree');
  return [...new Set(runRule(only, target.finder).map(({ start }) => program.slice(0, start).split('\n').length))];
}

const pattern = (text: string): string => `pattern: |\n${text.replace(/^/gm, '  ')}`;

const cases: readonly (readonly [language: string, what: string, pattern: string, program: readonly string[], lines: readonly number[]])[] = [
  ['javascript', 'arguments round an ellipsis', 'f(..., 1, ...)', ['f(1)', 'f(a, 1, b)', 'f(a)', 'g(1)'], [1, 2]],
  ['javascript', 'a metavariable twice is the same twice', 'f($X, $X)', ['f(a.b, a.b)', 'f(a, b)'], [1]],
  ['javascript', 'what was imported goes by any name', 'child_process.exec(...)', ['const { exec: run } = require("child_process")', 'run(a)', 'exec(b)', 'child_process.exec(c)'], [2, 4]],
  ['javascript', 'names of ES modules', 'fs.readFile(...)', ['import * as files from "node:fs"', 'import { readFile } from "fs"', 'files.readFile(a)', 'readFile(b)'], [3, 4]],
  ['javascript', 'a constant is its literal', 'f("...")', ['const a = "x"', 'f(a)', 'f(b)', 'f("c" + a)', 'let d = "x"; d = g()', 'f(d)'], [2, 4]],
  ['javascript', 'statements with others between', 'a()\n...\nb()', ['a()', 'if (c) { x = b() }', 'function g() { b() }'], [1]],
  ['javascript', 'deep expressions', 'if (<... a ...>) {...}', ['if (b(c, a)) {}', 'if (c) { a }'], [1]],
  ['javascript', 'members of an object in any order', '({ a: 1, b: $X })', ['f({ c: 0, b: 2, a: 1 })', 'f({ a: 2, b: 1 })'], [1]],
  ['javascript', 'any part of a chain', '$X.a(). ... .b()', ['x.a().c(1).d.b()', 'x.b().a()'], [1]],
  ['javascript', 'an assignment may declare', '$X = f(...)', ['const a = f(1)', 'b.c = f(2)', 'let d'], [1, 2]],
  ['javascript', 'strings by expression', 'f("=~/^a+$/")', ['f("aa")', 'f("ab")'], [1]],
  ['javascript', 'markup', '<a href={$X}>...</a>', ['x = <a class="b" href={c}>d</a>', 'y = <a>d</a>'], [1]],
  ['typescript', 'types of parameters', '($X: Request).body', ['function f(a: Request, b: Other) {', '  a.body', '  b.body', '}'], [2]],
  ['python', 'arguments by name in any order', 'f(..., shell=True, ...)', ['f(a, shell=True)', 'f(shell=True, b=1)', 'f(shell=False)'], [1, 2]],
  ['python', 'a metavariable is no argument by name', 'f($X, ...)', ['f(1, a=2)', 'f(a=2)', 'f(*b)', 'f(**c)'], [1, 3, 4]],
  ['python', 'a package is also what lies in it', 'import a', ['import a.b', 'from a.c import d', 'import ab'], [1, 2]],
  ['python', 'names that were imported', 'os.path.join(...)', ['from os.path import join as j', 'import os.path as p', 'j(a)', 'p.join(b)', 'join(c)'], [3, 4]],
  ['python', 'functions with decorators', '@route(...)\ndef $F(...):\n    ...', ['@route("/")', 'async def f(a, b=1):', '    pass', 'def g(): pass'], [1]],
  ['python', 'text with holes', 'f(f"...{$X}...")', ['f(f"a{b}c")', 'f("a")'], [1]],
  ['java', 'values of a type', '(java.sql.Statement $S).execute($Q)', ['import java.sql.Statement;', 'class A { void f(Statement s, Other o, String q) {', 's.execute(q);', 'o.execute(q);', '} }'], [3]],
  ['java', 'methods of a class', 'class $C { ... $T $M(..., String $X, ...) { ... f($X); ... } ... }', ['class A { int b; void m(int i, String s) { g(); f(s); } }', 'class B { void m(String s) { f(t); } }'], [1]],
  ['java', 'caught exceptions', 'try { ... } catch (...) { }', ['class A { void f() { try { g(); } catch (E e) { }', 'try { g(); } catch (E e) { h(); } } }'], [1]],
  ['go', 'fields of a literal', 'http.Cookie{..., Secure: false, ...}', ['package a', 'var c = http.Cookie{Name: "b", Secure: false}', 'var d = &http.Cookie{Secure: true}'], [2]],
  ['php', 'what comes in, which looks like a metavariable', 'f($_GET[$K])', ['<?php f($_GET["a"]);', 'f($a["a"]);'], [1]],
  ['php', 'loops over what is held, and short echoes', 'foreach ($A as $V) { ... }', ['<?php foreach ($a as $b) { f($b); }', 'while ($a) { f($b); }'], [1]],
  ['php', 'what is shown', 'echo $X;', ['<?php echo $a; ?>', '<b><?= $b ?></b>'], [1, 2]],
  ['php', 'functions of the name space of all', 'unserialize(...)', ['<?php \\unserialize($a);', 'A\\unserialize($a);'], [1]],
  ['ruby', 'arguments by name in any order, in either way to write them', 'f(..., with: :a, ...)', ['f with: :a', 'f(b, c: 1, with: :a)', 'f :with => :a', 'f with: :b'], [1, 2, 3]],
  ['ruby', 'members that are set, and blocks', '$X.a = false', ['f do |c|', '  c.a = false', '  c.a', 'end'], [2]],
  ['ruby', 'text with holes, also below its line', 'f("...#{$X}...")', ['f("a#{b}")', 'f("a")', 'f(<<~A)', '  b #{c}', 'A'], [1, 3]],
  ['csharp', 'what is set while a thing is made', 'new A { ..., B = $X, ... }', ['class C { void M() {', 'var a = new A { D = 1, B = 2 };', 'var b = new A() { B = 2 };', 'var c = new A { D = 1 };', '} }'], [2, 3]],
  ['csharp', 'methods with their attributes and types', '[Post]\n$T $M(..., string $X, ...) { ... }', ['class C {', '[Post] public int A(int a, string b) { return 1; }', 'public int B(string b) { return 1; }', '}'], [2]],
  ['csharp', 'conversions and values', '(int) $X', ['class C { void M() {', 'var a = (int)b; f((long)b);', '} }'], [2]],
  ['c', 'a declared size and what is put into it', 'char $B[$N];\n...\nstrcpy($B, $S);', ['void f(char *s) {', '  char b[4], *p;', '  g();', '  strcpy(b, s);', '}'], [2]],
  ['c', 'a statement alone behind a condition', 'return f($X);', ['int g(int a) {', '  if (a)', '    return f(a);', '  else return 1;', '}'], [3]],
  ['rust', 'macros and chains', 'Command::new($S). ... .arg(format!($T, ...))', ['fn f() {', '  Command::new("sh").arg("-c").arg(format!("a {}", b.c)).spawn()?;', '  Command::new("sh").arg(&d);', '}'], [2]],
  ['bash', 'commands in conditions and pipes', 'curl ... | sh', ['if true; then', '  curl -s https://a | sh', 'fi', 'curl https://a > b'], [2]],
  ['javascript', 'statements inside of functions and classes that follow', 'a()\n...\nb($X)', ['a()', 'function g() { class C { m() { b(1) } } }'], [1]],
  ['javascript', 'a metavariable is one name, not two of the same letters', 'f($X)\n...\ng($X)', ['function h(a) { f(a); g(a) }', 'function i(b) { f(b) }', 'function j(b) { g(b) }'], [1]],
  ['javascript', 'the constant that a variable has at a place', 'f("...")', ['function g(c) { let a = "x"; f(a)', 'a = h(); f(a)', 'a = "y"', 'if (c) { f(a) }', 'while (c) { f(a); a = h() }', 'if (c) a = h()', 'f(a) }'], [1, 4]],
  ['javascript', 'texts with values, and their own parts', 'f(`$T${$X}...`)', ['f(`a${b}c`)', 'f(`${b}c`)', 'f(`a`)', 'f("a")'], [1]],
  ['javascript', 'texts in backquotes', 'f(`...`)', ['f(`a`)', 'f(`a${b}`)', 'f("a")'], [1, 2]],
  ['javascript', 'what is imported from a part of a package', 'import "@a/b"', ['import c from "@a/b/c"', 'import * as d from "@a/b"', 'import e from "@a/be"'], [1, 2]],
  ['javascript', 'a regular expression under a name', '/a+/.test($X)', ['const r = /a+/', 'r.test(b)'], [2]],
  ['typescript', 'decorators before what is exported', '@A()\nclass $C { ... }', ['export const b = 1', '@A()', 'export class C {}'], [2]],
  ['typescript', 'import of what a module gives', '$A = require("a")', ['import b = require("a")', 'import c = require("c")'], [1]],
  ['python', 'packages and what is imported from them', 'import a.b', ['import a.b.c as d', 'from a import b', 'from a.b.c import e', 'import a', 'from . import b'], [1, 2, 3]],
  ['python', 'parts of a dotted name', 'from a.$X import $Y', ['from a.b import c', 'import a.b', 'from b.a import c'], [1]],
  ['python', 'a name that is imported again', 'a.f(...)', ['from a import f', 'f(1)', 'from b import f', 'f(2)'], [2]],
  ['python', 'texts beside each other', '"..." "..."', ['f("a" "b" "c")', 'f("a")', 'f(f"a{b}")'], [1]],
  ['python', 'a text for values that has none', 'f(f"...{$X}...")', ['f(f"a")', 'f("a" "b")', 'f(f"{a}")'], [3]],
  ['java', 'annotations by name, with members among others', '@A(..., b = $X, ...)\n$T $M(...) { ... }', ['class C {', '@A(a = 1, b = 2) void f() {}', '@A(a = 1) void g() {}', '}'], [2]],
  ['java', 'the name of an annotation', 'Mapped', ['class C {', '@Mapped("/") void f() {}', '}'], [2]],
  ['go', 'all fields of a literal', 'tls.Config{ $...FIELDS }', ['package a', 'var c = &tls.Config{Rand: b}', 'var d = tls.Other{Rand: b}'], [2]],
  ['go', 'a field alone', 'Director: $F', ['package a', 'var p = A{Director: f}', 'var q = A{Other: f}'], [2]],
  ['javascript', 'any import of a module, also by require', "import 'm'", ["const { a } = require('m')", "let b = require('m')", "const c = require('m').d", "require('m')", "import e from 'm'", "const f = require('n')"], [1, 2, 5]],
  ['javascript', 'what is imported by its name, also by require', "import { $X } from 'm'", ["const { a } = require('m')", "const b = require('m')", "import { c } from 'm'"], [1, 3]],
  ['javascript', 'the constant of a variable that nothing declares', 'f("x")', ['a = "x"', 'function g() { f(a) }', 'function h() { b = "x"; b = c; f(b) }'], [2]],
  ['javascript', 'code that returns where no function is', '<A $B="c" />', ['return <A b="c" />'], [1]],
  ['javascript', 'a variable that is declared again', '$X = 1\n...\nf($X)', ['var a = 1', 'f(a)', 'var a = 2', 'f(a)', 'var b = 1', 'var b = 2', 'f(b)'], [1]],
  ['javascript', 'an expression as a statement is the statement that has it', 'f();', ['const a =', '  f()', 'f()', 'if (f()) {}', 'g(() => f())'], [1, 3, 4, 5]],
  ['java', 'an array, where one is made by its size', 'int[] $A = {...};', ['class A { void f() {', 'int[] a = {1};', 'int[] b = new int[]{1};', 'int[] c = new int[1]; } }'], [2, 3]],
  ['java', 'what a condition gave to a variable', 'f(true)', ['class A { void f(boolean b) { boolean a;', 'if (a = true) {}', 'f(a);', 'a = b;', 'f(a); } }'], [3]],
  ['java', 'a field that is set later is no constant', 'f(true)', ['class A { boolean a; void f() { a = true; f(a); }', 'void g() {', 'f(a); } }'], []],
  ['python', 'a parameter with a value, of nothing though it be', 'def $F($A={}): ...', ['def f(a={}): pass', 'def g(a): pass'], [1]],
  ['python', 'what a resource is called is no assignment', '$X = open(...)', ['with open(a) as b: pass', 'b = open(a)'], [2]],
  ['python', 'an attribute of a class is no constant', 'f("...")', ['class A:', '    b = "c"', '    def g(self):', '        f(self.b)', '        f("d")'], [5]],
  ['python', 'functions in branches, called behind them', 'def $G():\n    ...\n    def $F(): ...\n    ...\n    $F()', ['def g():', '    if a:', '        def h(): pass', '    h()'], [1]],
  ['python', 'what a lambda gives back is returned', 'return ...', ['f(lambda a: a)', 'def g():', '    return 1'], [1, 3]],
  ['go', 'an import of a group', 'import "a/b"', ['package a', 'import (', '\t"fmt"', '\tc "a/b"', ')'], [2]],
  ['go', 'the beginning of a chain among statements', '$A := f()\n...\n$A. ... .g($X)', ['package a', 'func h() {', '\tb := f()', '\tb.g(1).i(2)', '}'], [3]],
  ['go', 'packages by any name', 'exec.Command($X)', ['package a', 'import run "os/exec"', 'func f(x string) { run.Command(x) }'], [3]],
];

it.each(cases)('%s: %s', async (language, _, text, program, lines) => {
  expect(await linesOf(language, pattern(text), program.join('\n'))).toEqual(lines);
});

const taint = `mode: taint
pattern-sources: [{pattern: source(...)}]
pattern-sinks: [{pattern: sink(...)}]
pattern-sanitizers: [{pattern: clean(...)}]`;

it('follows data through assignments, branches, parts and closures, and forgets what was cleaned or overwritten', async () => {
  const program = [
    'function f(c) {',
    '  let a = source()',
    '  sink(a)',
    '  let b = `x${a.y}`',
    '  sink(b)',
    '  if (c) { a = 1 } else { a = clean(a) }',
    '  sink(a)',
    '  const o = {}',
    '  o.p = source()',
    '  sink(o.q)',
    '  sink(o.p)',
    '  list.forEach(() => { sink(b) })',
    '  while (c) { sink(d); var d = source() }',
    '}',
    'function g() { sink(a) }',
    'sink(clean(source()))',
  ];
  expect(await linesOf('javascript', taint, program.join('\n'))).toEqual([3, 5, 11, 12, 13]);
});

it('follows data into keys and members of places that are assigned, resources, and nothing that lies in what cleans', async () => {
  const sinks = (text: string, source = 'source(...)'): string => `mode: taint\npattern-sources: [{by-side-effect: true, patterns: [${source.split(';').map((one) => `{pattern: '${one}'}`).join(', ')}]}]\npattern-sinks: [{pattern: '${text}'}]\npattern-sanitizers: [{pattern: "function clean($X) {...}"}]`;
  expect(await linesOf('javascript', sinks('$O[...]'), 'o[source()] = 1\no[a] = source()\n')).toEqual([1, 2]);
  expect(await linesOf('javascript', sinks('sink($O)', '$O.a = 1;$O'), 'let o = {}\no.a = 1\nsink(o)\nsink(p)\n')).toEqual([3]);
  expect(await linesOf('java', sinks('sink(...)'), 'class A { void f() { String a = source();\ntry (B b = new B(sink(a))) { } } }\n')).toEqual([2]);
  expect(await linesOf('javascript', sinks('sink(...)'), 'function clean(a) { if (a) {\nsink(source()) } }\nsink(source())\n')).toEqual([3]);
});

it('takes parts of a sink for sinks where it is not exact, and metavariables for the same where the rule says so', async () => {
  const rule = (sink: string, more = ''): string => `mode: taint\n${more}pattern-sources: [{pattern: source($X)}]\npattern-sinks: [{${sink}}]`;
  expect(await linesOf('python', rule('pattern: "def $F(): ...", exact: false'), 'def f():\n    a = [source(1)]\n')).toEqual([1]);
  expect(await linesOf('python', rule('pattern: "sink($X, ...)"', 'options: {taint_unify_mvars: true}\n'), 'a = source(1)\nsink(1, a)\nsink(2, a)\n')).toEqual([2]);
});

it('takes nothing for cleaned that is a source or a sink, where the rule says so', async () => {
  const rule = (more: string): string => `mode: taint\npattern-sources: [{pattern: source(...)}]\npattern-sinks: [{pattern: sink(...)}]\npattern-sanitizers: [{pattern: $F(...)${more}}]`;
  const program = 'a = source()\nsink(a)\nsink(other(a))\n';
  expect(await linesOf('python', rule(', not-conflicting: true'), program)).toEqual([2]);
  expect(await linesOf('python', rule(''), program)).toEqual([]);
});

it('asks conditions of the text that stands behind a name', async () => {
  const rule = `patterns: [{pattern: f("$T")}, {metavariable-regex: {metavariable: $T, regex: "select .*"}}]`;
  expect(await linesOf('go', rule, 'package a\nfunc g() {\n\tq := "select x"\n\tf(q)\n\tr := "other"\n\tf(r)\n}\n')).toEqual([4]);
  expect(await linesOf('python', rule, 'f("""select x""")\nf(r"select y")\nf("""other""")\n')).toEqual([1, 2]);
  const slow = `patterns: [{pattern: f("$T")}, {metavariable-analysis: {metavariable: $T, analyzer: redos}}]`;
  expect(await linesOf('python', slow, 'a = "(x+)+$"\nf(a)\nf("x+")\nf("(\\\\w+)*@")\n')).toEqual([2, 4]);
});

it('knows a variable by the one that it got, where the rule asks for that', async () => {
  const rule = `options: {symbolic_propagation: true}\npatterns: [{pattern-inside: "def $F($D): ..."}, {pattern: $D.append(...)}]`;
  expect(await linesOf('python', rule, 'def f(a):\n    b = a\n    b.append(1)\n    c.append(1)\n')).toEqual([3]);
});

it('asks for labels where a rule does', async () => {
  const rule = `mode: taint
pattern-sources: [{label: A, pattern: a()}, {label: B, requires: A, pattern: b($X)}]
pattern-sinks: [{requires: A and B, pattern: sink($X)}]`;
  expect(await linesOf('python', rule, 'x = a()\nsink(x)\ny = b(x)\nsink(y)\nsink(b(1))\n')).toEqual([4]);
});

it('makes parameters sources, and what they are put into by a propagator', async () => {
  const rule = `mode: taint
pattern-sources:
- patterns:
  - pattern-inside: |
      void $F(..., String $P, ...) { ... }
  - focus-metavariable: $P
pattern-propagators: [{pattern: "(StringBuilder $TO).append($FROM)", from: $FROM, to: $TO}]
pattern-sinks: [{pattern: sink(...)}]`;
  const program = ['class A { void f(String p) {', 'StringBuilder b = new StringBuilder();', 'sink(b.toString());', 'b.append(p);', 'sink(b.toString()); } }'];
  expect(await linesOf('java', rule, program.join('\n'))).toEqual([5]);
});

it.each(['javascript', 'python', 'java', 'go'])('%s: hostile nesting and broken text end, and are said to be partial', async (language) => {
  const reader = await codeLoaders.get(language)?.();
  for (const text of [`x = ${'('.repeat(5_000)}1${')'.repeat(5_000)}`, `x = ${'['.repeat(5_000)}`, `${'{'.repeat(3_000)}`, `f(${'a + '.repeat(20_000)}b)`, '}{)(', '\u0000\ud800']) {
    const target = reader?.read(text, 0, {}, () => undefined);
    if (target === undefined) continue;
    expect(target.finder.find('f(<... b ...>)').length).toBeLessThan(10);
    target.finder.find('$X + $Y');
  }
});

it.each([
  ['ruby', 'eval($X)', 'a = 1\neval(a)\n', [2]],
  ['php', 'exec($X);', '<?php\nexec($a);\n', [2]],
  ['c', 'strcpy($A, $B)', 'void f(char *a) {\n  strcpy(a, b);\n}\n', [2]],
  ['rust', 'f(..., $X)', 'fn a() {\n    f(1, 2);\n}\n', [2]],
])('%s: calls, by the table that grammars share', async (language, text, program, lines) => {
  expect(await linesOf(language, pattern(text), program)).toEqual(lines);
});
