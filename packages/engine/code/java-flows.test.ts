import { expect, it } from 'vitest';
import { parseCodeRule } from '#formats/code-rule.ts';
import type { FlowKnowledge } from '#model/flow-knowledge.ts';
import { runCodeCase } from './case-run.ts';
import { loadFrontEnds } from './front-ends.ts';

const frontEnds = await loadFrontEnds(['java']);
const head = 'title: t\nseverity: low\nconfidence: high\ncwe: [327]\nconsequence: c\nremediation: r\nreferences: [https://example.com/]\n';

/** Lines of `a/App.java` on which `org.acme.Digests.make` gets a text that is `weak`, in whatever way it comes there. */
function weakLines(code: string, files: Readonly<Record<string, string>> = {}): readonly number[] {
  const parsed = parseCodeRule('code/weak', `${head}calls:\n  - {language: java, call: org.acme.Digests.make, arguments: {0: {is: weak}}}\n`);
  if (!('rule' in parsed)) throw new Error(parsed.errors.join());
  const known: FlowKnowledge = { libraries: [], rules: [parsed.rule] };
  const item = { name: 'case', language: 'java', class: 'weak', line: undefined, threatModel: 'application', files: new Map([['a/App.java', code], ...Object.entries(files)]) } as const;
  const { lines, problems } = runCodeCase(item, frontEnds, known);
  expect(problems).toEqual([]);
  return lines;
}

const program = (body: string, rest = ''): string => `package a;\nimport org.acme.Digests;\nclass App { ${rest}\nvoid m(String x, boolean c) { ${body} }\n}`;

it.each([
  ['a choice', 'String a = c ? "weak" : "strong"; Digests.make(a);', ''],
  ['a method of its own', 'Digests.make(name());', 'String name() { return "weak"; }'],
  ['a parameter', 'make("weak");', 'void make(String name) { Digests.make(name); }'],
  ['a field', 'Digests.make(this.name);', 'String name; App() { this.name = "weak"; }'],
  ['a static field of another class', 'Digests.make(Other.NAME);', '} class Other { static String NAME = "weak";'],
  ['parts', 'Digests.make(first() + "ak");', 'String first() { return "we"; }'],
])('a constant is followed through %s', (_, body, rest) => expect(weakLines(program(body, rest))).toHaveLength(1));

it.each([
  ['is another', 'Digests.make(c ? "strong" : "stronger");'],
  ['is not known', 'Digests.make(x);'],
  ['is in a branch that is never taken', 'String a = "weak"; if (1 + 1 == 2) a = "strong"; Digests.make(a);'],
])('nothing is said of a value that %s', (_, body) => expect(weakLines(program(body))).toEqual([]));

const resource = 'java.util.Properties p = new java.util.Properties(); p.load(getClass().getResourceAsStream("/conf/app.properties"));';

it('reads what the program keeps in its resources; a default counts only for a key that is not there', () => {
  const files = { 'src/main/resources/conf/app.properties': 'digest = weak\nother=strong\n', 'src/test/resources/conf/app.properties': 'other=weak\n' };
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("digest", "strong"));`), files)).toHaveLength(1);
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("other", "weak"));`), files)).toEqual([]);
  expect(weakLines(program(`${resource} Digests.make(p.getProperty("digest", "strong"));`))).toEqual([]);
});
