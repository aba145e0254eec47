import { beforeAll, expect, test } from 'vitest';
import { loadPatternRules } from '#analyze/patterns/load.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { prepareReaders } from './code-readers.ts';
import { PatternTarget } from './pattern-run.ts';

beforeAll(() => prepareReaders(['javascript', 'typescript', 'python', 'java', 'go']));

function ruleWith(language: string, more = ''): PatternRule {
  const text = `rules:\n- id: flow\n  message: m\n  severity: ERROR\n  languages: [${language}]\n  mode: taint\n  pattern-sources: [{pattern: source(...)}]\n  pattern-sinks: [{pattern: sink(...)}]\n  pattern-sanitizers: [{pattern: clean(...)}]\n${more}`;
  return loadPatternRules(text).rules[0] as PatternRule;
}

function linesOf(language: string, text: string, rule = ruleWith(language)): number[] {
  const { matches, problem } = new PatternTarget(text).run(rule, language);
  expect(problem).toBeUndefined();
  return matches.map(({ start }) => text.slice(0, start).split('\n').length);
}

/** Lines that end in `hit` are those that are reported. */
function expectHits(language: string, text: string): void {
  const wanted = text.split('\n').flatMap((line, at) => (/(?:\/\/|#) hit$/.test(line) ? [at + 1] : []));
  expect(linesOf(language, text), text).toEqual(wanted);
}

const scripts: readonly (readonly [string, string])[] = [
  ['what a function gives back', 'function get() { return source(); }\nsink(get()); // hit\nfunction none(x) { return 1; }\nsink(none(source()));'],
  ['a parameter reaches a sink', 'function run(a, b) {\n  sink(b); // hit\n  other(a);\n}\nrun(1, source());'],
  ['only the argument that is given counts', 'function run(a, b) {\n  sink(b);\n}\nrun(source(), 1);'],
  ['through two functions, declared later', 'outer(source());\nfunction outer(x) { inner({ deep: x }); }\nfunction inner(o) {\n  sink(o.deep); // hit\n  sink(o.other);\n}'],
  ['one that cleans', 'function safe(x) { return clean(x); }\nsink(safe(source()));\nconst same = (x) => x;\nsink(same(source())); // hit'],
  ['lambdas under a name, with what is round them', 'function handler() {\n  const x = source();\n  const go = () => sink(x); // hit\n  function late() {\n    sink(x); // hit\n  }\n  go();\n  late();\n}'],
  ['methods and fields', 'class A {\n  constructor(x) { this.x = x; this.y = 1; }\n  run() {\n    sink(this.x); // hit\n    sink(this.y);\n  }\n}\nnew A(source()).run();\nconst b = new A(source());\nsink(b.x); // hit\nsink(b.y);\nconst c = new A(1);\nsink(c.x);'],
  ['a field that another method fills', 'class A {\n  load() { this.text = source(); }\n  use() {\n    sink(this.text); // hit\n  }\n}'],
  ['what a function puts into its argument', 'function fill(o) { o.text = source(); }\nfunction main() {\n  const o = {};\n  fill(o);\n  sink(o.text); // hit\n  sink(o.more);\n}'],
  ['callbacks', 'function withText(done) { done(source()); }\nwithText((text) => sink(text)); // hit\nfunction print(t) {\n  sink(t); // hit\n}\nwithText(print);'],
  ['a callback that is passed on, and one that is given itself', 'function each(text, done) { done(text); }\nfunction outer(text, done) { each(text, done); }\nouter(source(), (text) => sink(text)); // hit\nfunction self(f, x) {\n  f(f, x);\n  sink(x); // hit\n}\nself(self, source());'],
  ['from field to field, by methods that do not call one another', 'class A {\n  load() { this.a = source(); }\n  copy() { this.b = this.a; }\n  more() { held = this.b; }\n}\nlet held;\nfunction use() {\n  sink(held); // hit\n}\nfunction apart() { return source(); }'],
  ['a variable of the file', 'let text;\nfunction load() { text = source(); }\nfunction use() {\n  sink(text); // hit\n}'],
  ['objects of functions', 'const api = { get() { return source(); }, put: (x) => sink(x) }; // hit\napi.put(api.get());'],
  ['recursion', 'function even(n, x) { return n === 0 ? x : odd(n - 1, x); }\nfunction odd(n, x) { return even(n - 1, x); }\nsink(even(3, source())); // hit\nfunction loop(x) { loop(x);\n  sink(x); // hit\n}\nloop(source());'],
  ['destructured and rest parameters', 'function f({ a, b: c }, ...rest) {\n  sink(a); // hit\n  sink(c);\n  sink(rest); // hit\n}\nf({ a: source(), b: 1 }, 2, source());'],
  ['inherited', 'class Base { keep(x) { return x; } }\nclass Derived extends Base { go() {\n  sink(this.keep(source())); // hit\n} }'],
];

test.each(scripts)('JavaScript: %s', (_name, text) => expectHits('javascript', text));

test('Python: arguments by name, methods, constructors, fields', () => {
  expectHits('python', [
    'class Store:', '    def __init__(self, name, other=None):', '        self.name = name', '        self.other = other', '    def run(self, extra):', '        sink(self.name)  # hit', '        sink(self.other)', '        sink(extra)', '        self.helper(self.name)',
    '    def helper(self, value):', '        sink(value)  # hit', '    @staticmethod', '    def plain(value):', '        return value',
    'def use(a, *, key=None):', '    sink(key)  # hit', '    sink(a)',
    'use(1, key=source())', 'store = Store(source())', 'store.run(1)', 'sink(Store.plain(source()))  # hit', 'sink(Store.plain(1))',
  ].join('\n'));
});

test('Java: overloads, static methods, fields, interfaces', () => {
  expectHits('java', [
    'interface Step { String go(String x); }',
    'class Loud implements Step { public String go(String x) { return x; } }',
    'class Quiet { private String name;', '  Quiet(String name) { this.name = name; }', '  void run() {', '    sink(name); // hit', '  }', '  static String pick(String a) { return a; }', '  static String pick(String a, String b) { return b; }', '}',
    'class Main { Step step; void main() {', '  String s = source();', '  sink(Quiet.pick(s)); // hit', '  sink(Quiet.pick(s, "x"));', '  sink(step.go(s)); // hit', '  Quiet quiet = new Quiet(s);', '  quiet.run();', '} }',
  ].join('\n'));
});

test('Go: functions and methods', () => {
  expectHits('go', ['package main', 'type T struct { name string }', 'func (t *T) run(x string) {', '\tsink(x) // hit', '}', 'func same(x string) string { return x }', 'func none(x string) string { return "a" }', 'func main() {', '\ta := source()', '\tsink(same(a)) // hit', '\tsink(none(a))', '\tvar t T', '\tt.run(a)', '}'].join('\n'));
});

test('labels hold across functions', () => {
  const rule = loadPatternRules(`rules:\n- id: flow\n  message: m\n  severity: ERROR\n  languages: [javascript]\n  mode: taint\n  pattern-sources:\n  - {pattern: a(...), label: A}\n  - {pattern: b(...), label: B, requires: A}\n  pattern-sinks: [{pattern: sink(...), requires: B and not C}]\n`).rules[0] as PatternRule;
  const text = 'function mark(x) { return b(x); }\nsink(mark(a()));\nsink(mark(1));\nsink(a());\nfunction end(x) {\n  sink(x);\n}\nend(b(a()));';
  expect(linesOf('javascript', text, rule)).toEqual([2, 6]);
});

test('the trace tells the way through the calls', () => {
  const text = 'function run(cmd) {\n  const line = cmd + "x";\n  sink(line);\n}\nfunction get() { return source(); }\nrun(get());\n';
  const [match] = new PatternTarget(text).run(ruleWith('javascript'), 'javascript').matches;
  expect(match?.trace?.map(({ role, note, start, end }) => [role, note, text.slice(start, end)])).toEqual([
    ['source', undefined, 'source()'], ['step', 'comes out of get()', 'get()'], ['step', 'is passed to run()', 'get()'], ['step', 'comes into run()', 'cmd'], ['step', undefined, 'line'], ['sink', undefined, 'sink(line)'],
  ]);
});

test('thousands of functions that call one another, and a deep chain, end', () => {
  const ring = Array.from({ length: 2_000 }, (_, at) => `function f${at}(x) { if (x) f${(at * 7 + 1) % 2_000}(x); return f${(at + 1) % 2_000}(x); }`);
  const chain = Array.from({ length: 2_000 }, (_, at) => `function g${at}(x) { return g${at + 1}(x); }`);
  const text = [...ring, ...chain, 'function g2000(x) { return x; }', 'sink(g0(source()));', 'f1(source());'].join('\n');
  expect(linesOf('javascript', text)).toEqual([4_002]);
});
