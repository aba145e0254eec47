import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { expectEachLineOnce } from './rotations.arbitrary.ts';

const root = mkdtempSync(join(tmpdir(), 'watchward-rotations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The same plays each time; what differs is when the source looks, which must not matter. They mostly wait, and so go side by side. */
const plays = ['app.log', 'app.log*'].flatMap((pattern) => [7, 42, 1789, 20260304].map((seed) => ({ pattern, seed, numRuns: 5 })));

/** These once failed: an inode that was given to the next file, and an empty file that took the heirs of another one. */
const failedOnce = [
  { pattern: 'app.log', seed: -1589261310, path: '37', numRuns: 1 },
  { pattern: 'app.log*', seed: -1589261310, path: '42', numRuns: 1 },
  { pattern: 'app.log*', seed: 4, path: '5', numRuns: 1 },
];

test.concurrent.each([...failedOnce, ...plays])('whatever a writer, rotation and restarts do, each line comes once, in order: $pattern, $seed', async ({ pattern, ...parameters }) => {
  await expectEachLineOnce(mkdtempSync(join(root, 'play-')), pattern, { ...parameters, endOnFailure: true });
});
