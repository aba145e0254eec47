import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkClock, checkContent, checkDisk, checkGit, checkRuntime, checkState } from './health.ts';

const now = new Date('2026-11-23T12:00:00Z');

test.each([['26.10.0', 'ok'], ['24.1.0', 'warning'], ['20.20.2', 'failure']])('Node %s', (version, status) => {
  expect(checkRuntime(version).status).toBe(status);
});

test.each([['2026-11-23', 'ok'], ['2026-09-01', 'ok'], ['2026-08-01', 'warning']])('content of %s', (contentDate, status) => {
  expect(checkContent({ contentDate, content: 'ab'.repeat(32) }, 3, now).status).toBe(status);
});

test('a clock before the content is wrong', () => {
  expect(checkClock('2026-11-24', now).status).toBe('ok');
  expect(checkClock('2027-01-01', now).status).toBe('failure');
});

test('a state folder that is not there cannot be written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watchward-'));
  try {
    expect(checkState(folder).status).toBe('ok');
    expect(checkState(join(folder, 'absent')).status).toBe('warning');
    expect(checkDisk(join(folder, 'absent')).cure).toContain('--state-dir');
    expect(checkGit(folder).detail).toContain('no git work tree');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
