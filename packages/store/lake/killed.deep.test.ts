import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { partsIn } from './layout.ts';
import { rowsOf } from './sample.arbitrary.ts';

let folder = '';
// In memory where that can be had: a kill is no loss of power, and more happens before each.
beforeEach(() => void (folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'watchward-killed-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = join(import.meta.dirname, 'killed.arbitrary.ts');
/** As the program itself runs: there files are written through, because fsync is denied. */
const permitted = (): string[] => ['--permission', '--allow-fs-read=*', '--allow-worker', '--disable-warning=PERM0006', `--allow-fs-write=${folder}`, `--allow-fs-write=${folder}/*`];

/** Runs it, and kills it `after` milliseconds into its work; gives what it wrote. */
async function watch(total: number, after?: number): Promise<string> {
  const child = spawn(process.execPath, [...permitted(), program, folder, String(total)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    if (after !== undefined && chunk.includes('begun')) setTimeout(() => child.kill('SIGKILL'), after);
    output += chunk.toString();
  });
  await once(child, 'close');
  return output;
}

test('killed fifty times at any moment, every event is there exactly once', { timeout: 1_200_000 }, async () => {
  const kills = 50;
  let killed = 0;
  for (let round = 0; round < kills; round++) {
    const output = await watch(1_000_000, Math.floor(Math.random() ** 2 * 2000));
    expect(output).toMatch(/^begun\n$/);
    killed++;
    // Reading all of it takes its time.
    if (round % 5 !== 0) continue;
    // Before the next start takes back what was not committed: nothing twice, nothing left out.
    const sequences = (await rowsOf(join(folder, 'lake'))).map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
    expect(sequences).toEqual(sequences.map((_, at) => at));
  }
  const reached = (await rowsOf(join(folder, 'lake'))).length;
  expect(await watch(reached + 200)).toBe('begun\ndone\n');
  const rows = await rowsOf(join(folder, 'lake'));
  expect(rows.map(({ sequence }) => Number(sequence)).sort((a, b) => a - b)).toEqual(Array.from({ length: reached + 200 }, (_, at) => at));
  for (const { sequence, text } of rows) {
    const { unmapped } = JSON.parse(text) as { unmapped: { n: number } };
    expect(unmapped.n).toBe(Number(sequence) % 2 === 0 ? sequence : Number(sequence) - 200_000);
  }
  const merged = partsIn(join(folder, 'lake')).filter(({ first, last }) => first < last).length;
  process.stdout.write(`killed ${killed} times; ${rows.length} events, ${partsIn(join(folder, 'lake')).length} parts, ${merged} of them merged\n`);
  expect(merged).toBeGreaterThan(0);
});
