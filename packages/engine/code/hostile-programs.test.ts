import { beforeAll, expect, test } from 'vitest';
import type { ProgramResult } from '#model/program.ts';
import { loadAnalysis } from './analysis.ts';
import { loadFrontEnds } from './front-ends.ts';
import { loosePrograms } from './loose-programs.ts';
import { type FrontEnds, type LoweredFile, lowerFile } from './lower.ts';
import type { Analysis } from './program-task.ts';

let frontEnds: FrontEnds;
let analysis: Analysis;
beforeAll(async () => {
  frontEnds = await loadFrontEnds(['java', 'javascript', 'python']);
  analysis = loadAnalysis();
});

const lowered = (path: string, text: string): LoweredFile => lowerFile(path, Buffer.from(text), frontEnds);
const many = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('\n');

function analysed(path: string, text: string, mostFacts: number): ProgramResult[] {
  return loosePrograms([lowered(path, text)]).map(({ program }) => analysis(program, { overBudget: () => false, mostFacts }));
}

test('hundreds of classes that inherit from one another in a circle end at the limit of facts, and say so', () => {
  const text = many(600, (at) => `class K${at} extends K${(at + 1) % 600} { Object m(Object x) { return super.m(this.n(x)); } Object n(Object x) { return m(x); } }`);
  const before = process.threadCpuUsage();
  const results = analysed('K.java', `package p;\n${text}`, 2_000_000);
  expect(results.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual(['program-over-budget']);
  // Without a limit on what is remembered for each object it takes ten times as long.
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(10_000);
});

test('a text that grows in thousands of steps is not kept for each of them', () => {
  const text = many(20_000, (at) => `let v${at} = ${at === 0 ? "''" : `v${at - 1}`} + 'ab';`);
  const { outcome, bytes } = lowered('grows.js', text);
  expect(outcome).toBe('module');
  expect(bytes?.length).toBeLessThan(20_000_000);
});

test.each([
  ['infer.ts', `type Z =${'\n a extends (infer'.repeat(30)} U${')\n ? 1 : 2'.repeat(30)};`],
  ['arguments.ts', `const z = ${'f<A>('.repeat(200)}1${')'.repeat(200)};`],
  ['arrows.ts', `const z = ${'(a: (b'.repeat(60)}${') => c) => d'.repeat(60)};`],
])('%s, which makes a parser try again and again, ends soon in bounded memory', (path, text) => {
  const before = process.threadCpuUsage();
  expect(['module', 'failed']).toContain(lowered(path, text).outcome);
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(10_000);
});
