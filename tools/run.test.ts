import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from './program.ts';

/** First use, in a checkout of two files with an `npm` that does what the test says. */

let checkout = '';
const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } } };

beforeEach(() => {
  checkout = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-run-')));
  for (const file of ['tools/run.mjs', 'apps/cli/launch.mjs']) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    copyFileSync(join(root, file), join(checkout, file));
  }
  mkdirSync(join(checkout, 'bin'));
  write('package-lock.json', JSON.stringify(lock));
  write('tools/generate.ts', "import { mkdirSync, writeFileSync } from 'node:fs'; mkdirSync('.generated', { recursive: true }); writeFileSync('.generated/stamp', ''); console.error('generated');");
  write('script.ts', 'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(2)])); process.exitCode = 7;');
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text, { mode });
}

function npm(body: string): void {
  write('bin/npm', `#!/bin/sh\necho "npm $*" >&2\n${body}\n`, 0o755);
}

function run(...args: string[]) {
  const env = { PATH: `${join(checkout, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: checkout };
  return spawnSync(process.execPath, [join(checkout, 'tools/run.mjs'), ...args], { cwd: checkout, env, encoding: 'utf8' });
}

const installs = 'mkdir -p node_modules && echo \'{}\' > node_modules/installed';

test('installs, generates and runs the script once; the second time only runs it', () => {
  npm(installs);
  const first = run('script.ts', '--flag', 'a b');
  expect([first.status, first.stdout]).toEqual([7, `${JSON.stringify([checkout, '--flag', 'a b'])}\n`]);
  expect(first.stderr).toContain('npm ci --ignore-scripts');
  expect(first.stderr).toContain('generated');
  const second = run('script.ts');
  expect([second.status, second.stderr]).toEqual([7, '']);
});

test('a failing npm ends with 2 and is tried again', () => {
  npm('echo "no registry" >&2; exit 1');
  const { status, stdout, stderr } = run('script.ts');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/no registry\n[^]*failed in [^]*run the command again/);
  npm(installs);
  expect(run('script.ts').status).toBe(7);
});

test('what somebody installed by hand is used', () => {
  npm('exit 1');
  write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
  expect(run('--setup-only').status).toBe(0);
  write('package-lock.json', JSON.stringify({ packages: { ...lock.packages, 'node_modules/a': { version: '1.0.1' } } }));
  expect(run('--setup-only').status).toBe(2);
});

test('generation follows its sources', () => {
  npm(installs);
  run('--setup-only');
  expect(run('--setup-only').stderr).toBe('');
  const stamp = readFileSync(join(checkout, '.generated/stamp'), 'utf8');
  write('content/rules/secrets/new.yaml', stamp);
  expect(run('--setup-only').stderr).toContain('generated');
  expect(run('--setup-only').stderr).toBe('');
});

test('npm scripts run where the user typed them', () => {
  npm(installs);
  write('apps/cli/main.ts', 'console.log(process.cwd());');
  const env = { PATH: process.env['PATH'], HOME: checkout, INIT_CWD: join(checkout, 'bin'), npm_lifecycle_event: 'start' };
  run('--setup-only');
  const { stdout } = spawnSync(process.execPath, [join(checkout, 'tools/run.mjs'), 'apps/cli/launch.mjs'], { cwd: checkout, env, encoding: 'utf8' });
  expect(stdout).toBe(`${join(checkout, 'bin')}\n`);
});
