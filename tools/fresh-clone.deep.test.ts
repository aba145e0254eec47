import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './program.ts';
import { placesOf, plantTree, runOutside, type Scanned } from './test/outside.ts';

let base: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-clone-')));
  mkdirSync(join(base, 'elsewhere'));
  plantTree(join(base, 'elsewhere', 'project'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('scans from a fresh clone with one command, typed in another folder', async () => {
  const clone = join(base, 'clone');
  const elsewhere = join(base, 'elsewhere');
  const cloned = await runOutside(['git', 'clone', '--quiet', root, clone], base);
  expect(cloned.code, cloned.stderr).toBe(0);

  const start = ['npm', '--silent', '--prefix', clone, 'start', '--', 'project', '--json'];
  const cache = { XDG_CACHE_HOME: join(base, 'cache') };
  const first = await runOutside(start, elsewhere, cache);
  expect(first.code, first.stderr).toBe(1);
  const report = JSON.parse(first.stdout) as Scanned;
  expect(report.run.root).toBe(join(elsewhere, 'project'));
  expect(placesOf(report)).toEqual([expect.stringMatching(/^secrets\/.* deploy\/server\.key$/)]);

  const again = await runOutside(start, elsewhere, cache);
  expect(again.code, again.stderr).toBe(1);
  const node = (await runOutside(['node', '--version'], base)).stdout.trim();
  const seconds = (value: number): string => `${value.toFixed(1)} s`;
  process.stdout.write(`with the machine's Node ${node}: first start ${seconds(first.seconds)} with its install, the next ${seconds(again.seconds)}\n`);

  const status = await runOutside(['git', 'status', '--porcelain'], clone);
  expect(status.stdout).toBe('');
});
