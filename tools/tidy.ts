/**
 * Tests over the repository itself: `npm run tidy`. Each law is one file in tools/tidy/checks/.
 * Prints what breaks one, then how long files and functions are.
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadChecks } from './tidy/checks.ts';
import { lengths } from './tidy/lengths.ts';
import { openRepo, type Check, type Problem, type Repo } from './tidy/repo.ts';

const { values } = parseArgs({ options: { list: { type: 'boolean', default: false } } });
const checks = await loadChecks();
if (values.list) print(checks.map(({ id, title }) => `${id.padEnd(20)} ${title}`));
else run(openRepo(fileURLToPath(new URL('..', import.meta.url))));

function run(repo: Repo): void {
  const start = performance.now();
  const found = checks.flatMap((check) => check.check(repo).map((problem) => show(check, problem)));
  print(found.sort());
  print(lengths(repo));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print([`tidy: ${checks.length} checks, ${repo.files.length} files, ${found.length} problems, ${seconds} s`]);
  if (found.length > 0) process.exitCode = 1;
}

function show({ id }: Check, { path, line, message }: Problem): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message} [${id}]`;
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
