/**
 * Runs the benchmark sets and writes `bench/RESULTS.md`.
 *
 *     WATCHWARD_CORPORA=FOLDER npm run bench [-- SET...]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { BenchResult, BenchSet } from './set.ts';

const folder = new URL('./sets/', import.meta.url);
const resultsFile = fileURLToPath(new URL('./RESULTS.md', import.meta.url));

async function main(wanted: readonly string[]): Promise<void> {
  const names = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name)).map((name) => name.slice(0, -3)).sort();
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`no such set: ${unknown.join(', ')}; there are ${names.join(', ')}`);
  const sections = earlierSections();
  for (const name of wanted.length === 0 ? names : wanted) {
    const { default: set } = (await import(new URL(`${name}.ts`, folder).href)) as { default: BenchSet };
    process.stderr.write(`${set.id} ...\n`);
    const result = await set.run();
    const text = section(set, result);
    process.stdout.write(`${text}\n`);
    if (typeof result !== 'string') sections.set(set.id, text);
  }
  const body = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  writeFileSync(resultsFile, `# Results\n\nWritten by \`npm run bench\`; each section names the commit and machine that gave it.\n\n${body.join('\n')}`);
}

function section(set: BenchSet, result: BenchResult | string): string {
  const head = `## ${set.id}\n\n${set.title}\n\n`;
  if (typeof result === 'string') return `${head}Skipped: ${result}\n`;
  const rows = result.figures.map(({ name, value, goal, reached }) => `| ${name} | ${value} | ${goal} | ${reached === undefined ? '' : reached ? 'yes' : '**no**'} |`);
  const notes = result.notes.map((note) => `- ${note}`);
  return `${head}${machine()}\n\n| figure | measured | goal | reached |\n|---|---|---|---|\n${rows.join('\n')}\n\n${notes.join('\n')}${notes.length > 0 ? '\n' : ''}`;
}

function machine(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const dirty = execFileSync('git', ['status', '--porcelain', '--', 'packages', 'content', 'apps'], { encoding: 'utf8' }).trim() === '' ? '' : ' with changes';
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, commit ${commit}${dirty}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}, ${memory} GiB, Node ${process.version}`;
}

/** Sections of sets that are not run this time stay as they are. */
function earlierSections(): Map<string, string> {
  if (!existsSync(resultsFile)) return new Map();
  const parts = readFileSync(resultsFile, 'utf8').split(/^(?=## )/m).slice(1);
  return new Map(parts.map((part) => [/^## (\S+)/.exec(part)?.[1] ?? '', part.trimEnd() + '\n']));
}

await main(process.argv.slice(2));
