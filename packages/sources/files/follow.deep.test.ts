import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { expectEachLineOnce } from './rotations.arbitrary.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-rotations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each(['app.log', 'app.log*'])('whatever a writer, rotation and restarts do, each line comes once, in order: %s', async (pattern) => {
  const folder = mkdtempSync(join(root, 'play-'));
  await expectEachLineOnce(folder, pattern, { numRuns: 60, endOnFailure: true });
});
