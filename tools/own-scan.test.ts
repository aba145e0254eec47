import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './program.ts';
import { placesOf, runOutside, type Scanned } from './test/outside.ts';

it('finds nothing that counts in its own repository', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'watchward-own-'));
  const scan = await runOutside([process.execPath, 'apps/cli/launch.mjs', '.', '--json', '--no-cache'], root, { XDG_CACHE_HOME: cache });
  rmSync(cache, { recursive: true, force: true });
  expect(scan.code, [...placesOf(JSON.parse(scan.stdout) as Scanned), scan.stderr].join('\n')).toBe(0);
});
