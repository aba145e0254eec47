import { expect, it } from 'vitest';
import { loadAnalysis } from './analysis.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { lowerFile } from './lower.ts';

const frontEnds = await loadFrontEnds(['java', 'javascript', 'python']);
const analysis = loadAnalysis();

/** How many calls of a program there are, how many of them go to libraries without a description, and how many were not resolved. */
function counts(path: string, text: string): readonly number[] {
  const lowered = lowerFile(path, Buffer.from(text), frontEnds);
  const [one] = loosePrograms([lowered]);
  if (one === undefined) throw new Error(`${path} is no program`);
  const { calls, callsUndescribed, callsUnresolved } = analysis(one.program, { overBudget: () => false, mostFacts: 10_000 }).statistics;
  return [calls, callsUndescribed, callsUnresolved];
}

const java = (body: string, rest = ''): string => `package a;\n@org.acme.Marked class App { @Deprecated void m(Tool tool, App app) { ${body} } ${rest} }`.replaceAll('Tool', 'org.acme.Tool');

it.each([
  ['a method of a declared library type, and what is called on its result', java('tool.open().close();'), [2, 2, 0]],
  ['a method that a tool makes', java('app.getName();'), [1, 1, 0]],
  ['what a library hands to a lambda', java('tool.each(one -> one.run());'), [2, 2, 0]],
  ['the constructor of a library, and a member that the class has from there', java('', '} class Sub extends Tool { void n() { vertx.start(); }'), [2, 2, 0]],
  ['the same, and a static method', java('Sub.join();', '} class Sub extends Tool { void n() { }'), [2, 2, 0]],
  ['a method of the language', java('Object[] all = { 1 }; ("x" + all).strip();'), [1, 0, 0]],
  ['a method of the program', java('app.m(null, null);'), [1, 0, 0]],
  ['what nobody hands to a lambda', java('n(one -> one.run());', 'void n(Object o) { }'), [2, 0, 1]],
])('Java: %s', (_, text, due) => expect(counts('a/App.java', text)).toEqual(due));

it('JavaScript and Python: two calls of a library without a description, a method of the language, and a call of nobody knows what', () => {
  expect(counts('index.js', 'const acme = require("acme");\nacme.open().close();\n[1].push(2);\nmodule.exports = (f) => f.run();')).toEqual([4, 2, 1]);
  expect(counts('app.py', 'import acme\nacme.open().close()\n[].append(1)\ndef f(x):\n    return x.run()\n')).toEqual([4, 2, 1]);
});
