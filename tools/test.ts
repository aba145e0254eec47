/**
 * `npm test`: what is generated, lint, types, tidiness, then the quick tests. `npm run test:deep`: the tests that take longer.
 * Further arguments go to vitest, and then only vitest runs: `npm test -- packages/score`.
 * Ends with a line for each failed test, and one with `N passed, N failed, N skipped`; each of the first steps counts as one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { generate } from './generate.ts';
import { runNode } from './program.ts';
import { addCounts, countTests, failureLines, formatCounts, type Counts } from './test/counts.ts';

const passed: Counts = { passed: 1, failed: 0, skipped: 0 };
const failed: Counts = { passed: 0, failed: 1, skipped: 0 };

const [deep, filters] = [process.argv.includes('--deep'), process.argv.slice(2).filter((argument) => argument !== '--deep')];
const began = performance.now();
const failures: string[] = [];

const results: Counts[] = deep || filters.length > 0 ? [runGenerate()] : await runSteps();
results.push(await runTests());
const total = addCounts(results);
process.stdout.write(`\n${((performance.now() - began) / 1000).toFixed(0)} s\n`);
for (const line of failures) process.stdout.write(`${line}\n`);
process.stdout.write(`${formatCounts(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runSteps(): Promise<Counts[]> {
  const generated = runGenerate();
  const steps = await Promise.all([
    runStep('lint', ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '-f', 'unix']),
    runStep('types', ['tools/typecheck.ts']),
    runStep('tidy', ['tools/tidy.ts']),
  ]);
  return [generated, ...steps];
}

function runGenerate(): Counts {
  const errors = generate();
  for (const error of errors) process.stdout.write(`content: ${error}\n`);
  return report('generate', errors.length === 0);
}

async function runStep(name: string, args: readonly string[]): Promise<Counts> {
  const { code, output } = await runNode(args, { show: false });
  process.stdout.write(output.endsWith('\n') || output === '' ? output : `${output}\n`);
  return report(name, code === 0);
}

function report(name: string, good: boolean): Counts {
  process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (!good) failures.push(`failed: ${name}`);
  return good ? passed : failed;
}

async function runTests(): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-test-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const mode = deep ? ['--mode', 'deep'] : [];
    const { code } = await runNode(['node_modules/vitest/vitest.mjs', 'run', ...mode, ...reporters, ...filters], { show: true });
    const outcome = { ...(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof countTests>[0]), success: code === 0 };
    failures.push(...failureLines(outcome, process.cwd()));
    return countTests(outcome);
  } catch (error) {
    failures.push(`failed: vitest left no report: ${error instanceof Error ? error.message : String(error)}`);
    return failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
