#!/usr/bin/env node
/**
 * Entry of the hooks in .pre-commit-hooks.yaml: `pre-commit.mjs [--changed] [SCAN OPTIONS...]`, from the top of the user's repository.
 * With --changed only what differs from HEAD is read; nothing to read is then no failure (a commit that only deletes).
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nothingToScan = 4;

const [first, ...others] = process.argv.slice(2);
const changed = first === '--changed';
const options = changed || first === undefined ? others : [first, ...others];

/** Before the first commit there is no HEAD, and everything is new. */
function hasHead() {
  return spawnSync('git', ['rev-parse', '--verify', '--quiet', 'HEAD'], { stdio: 'ignore' }).status === 0;
}

const since = changed && hasHead() ? ['--changed-since', 'HEAD'] : [];
const args = [join(root, 'tools', 'run.mjs'), 'apps/cli/launch.mjs', 'scan', '--no-progress', ...since, ...options, '--', '.'];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exitCode = changed && status === nothingToScan ? 0 : (status ?? 2);
