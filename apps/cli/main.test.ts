import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finished, shell, startWatchward, temporaryFolder, watchward } from './process-run.ts';
import { sampleSecretLine } from './sample-secret.ts';

/** The command as a user runs it: a process with its permissions, streams, signals and exit code. */

let base = '';
let clean = '';
let dirty = '';

beforeAll(() => {
  base = temporaryFolder();
  clean = join(base, 'clean');
  dirty = join(base, 'dirty');
  mkdirSync(clean);
  mkdirSync(dirty);
  writeFileSync(join(clean, 'a.txt'), 'nothing\n');
  writeFileSync(join(dirty, 'app.env'), `${sampleSecretLine()}\n`);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('exit codes', () => {
  test.each([
    [[], 'clean', 0],
    [[], 'dirty', 1],
    [['--nothing'], 'clean', 3],
    [['sacn'], 'clean', 3],
    [['scan', '/dev/null'], 'clean', 3],
    [['doctor'], 'clean', 0],
    [['--help'], 'clean', 0],
  ])('%j in %s ends with %i', async (args, folder, code) => {
    const result = await watchward(args, join(base, folder));
    expect(result.code, result.stderr).toBe(code);
  });

  test('a folder without files ends with 4', async () => {
    mkdirSync(join(base, 'empty'), { recursive: true });
    expect((await watchward([], join(base, 'empty'))).code).toBe(4);
  });

  test('a broken project configuration ends with 3 and its line', async () => {
    const folder = join(base, 'configured');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'watchward.yaml'), 'severity: high\nexclud: [a]\n');
    const { code, stderr, stdout } = await watchward([], folder);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/watchward\.yaml:2: unknown setting `exclud`\n {2}Did you mean `exclude`\?/);
  });
});

describe('streams', () => {
  test('results go to stdout, everything else to stderr', async () => {
    const { stdout, stderr } = await watchward(['scan', dirty, '--json'], base);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings.length).toBe(1);
    expect(stderr).toContain('watchward: scanning');
    expect((await watchward(['scan', dirty, '--json', '-q'], base)).stderr).toBe('');
  });

  test('colours follow the environment', async () => {
    const coloured = async (env: NodeJS.ProcessEnv, ...args: string[]) => (await watchward([dirty, ...args], base, env)).stdout.includes('\u001b[');
    expect(await Promise.all([coloured({}), coloured({ FORCE_COLOR: '1' }), coloured({ FORCE_COLOR: '1' }, '--no-color')])).toEqual([false, true, false]);
  });

  test('a reader that goes away is no error', async () => {
    const { stdout, stderr } = await shell('watchward rules list --surface secrets | head -n 1; echo "${PIPESTATUS[0]}"', base);
    expect(stdout).toMatch(/^secrets\/.*\n0\n$/);
    expect(stderr).not.toContain('EPIPE');
  });

  test('a file behind stdout that cannot grow ends with 2 and says so', async () => {
    const { code, stderr } = await shell('ulimit -f 8; watchward rules list --json > rules.json', base);
    expect(code).toBe(2);
    expect(stderr).toContain('the output could not be written: EFBIG');
  });
});

describe('files that are written', () => {
  test('are whole and leave nothing beside them', async () => {
    const out = join(base, 'out');
    mkdirSync(out, { recursive: true });
    const { code } = await watchward(['scan', dirty, '-o', 'r.sarif', '-o', 'r.json'], out);
    expect(code).toBe(1);
    expect(readdirSync(out).sort()).toEqual(['r.json', 'r.sarif']);
    expect((JSON.parse(readFileSync(join(out, 'r.json'), 'utf8')) as { schema: string }).schema).toBe('watchward-report/1');
  });

  test('are not there when the disk is too small', async () => {
    const out = join(base, 'small');
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'r.html'), 'the earlier report');
    const { code, stderr } = await shell(`ulimit -f 8; watchward scan '${dirty}' --no-cache -o r.html`, out, { WATCHWARD_STATE_DIR: '/nonexistent' });
    expect([code, readdirSync(out), readFileSync(join(out, 'r.html'), 'utf8')]).toEqual([2, ['r.html'], 'the earlier report']);
    expect(stderr).toContain('r.html was not written: it would be larger than is allowed');
  });

  test('need their folder', async () => {
    const { code, stderr } = await watchward(['scan', dirty, '-o', 'absent/r.json'], base);
    expect([code, stderr.includes('there is no folder')]).toEqual([3, true]);
  });
});

test.each([['SIGINT'], ['SIGTERM']] as const)('%s ends with what was found, marked as incomplete', async (signal) => {
  const many = join(base, `many-${signal}`);
  mkdirSync(many);
  const line = 'const value = call(argument, another); // and a comment that is long enough\n'.repeat(14_000);
  for (let at = 0; at < 60; at++) writeFileSync(join(many, `f${at}.ts`), `${at}\n${line}`);
  const child = startWatchward(['scan', many, '--json', '--no-cache', '--jobs', '1'], base);
  child.stderr?.once('data', () => setTimeout(() => child.kill(signal), 300));
  const { code, stdout, stderr } = await finished(child);
  expect(code).toBe(2);
  expect(stderr).toContain(`${signal} received`);
  const report = JSON.parse(stdout) as { ledger: { degraded: boolean; diagnostics: { code: string }[] } };
  expect(report.ledger.degraded).toBe(true);
  expect(report.ledger.diagnostics.some((diagnostic) => diagnostic.code === 'run-interrupted')).toBe(true);
});

test('options meant for other programs cannot loosen the permissions', async () => {
  const { stdout } = await watchward(['doctor', '--json'], clean, { NODE_OPTIONS: '--max-old-space-size=700 --no-warnings' });
  const { checks } = JSON.parse(stdout) as { checks: { id: string; status: string }[] };
  expect(checks.filter(({ id }) => ['permissions', 'network'].includes(id)).map(({ status }) => status)).toEqual(['ok', 'ok']);
});

test('the completion script completes', async () => {
  const { stdout } = await shell(
    `source <(watchward completion bash)
COMP_WORDS=(watchward rules l); COMP_CWORD=2; _watchward; echo "\${COMPREPLY[*]}"
COMP_WORDS=(watchward scan --severity h); COMP_CWORD=3; _watchward; echo "\${COMPREPLY[*]}"
COMP_WORDS=(watchward doc); COMP_CWORD=1; _watchward; echo "\${COMPREPLY[*]}"`,
    clean,
  );
  expect(stdout).toBe('list\nhigh\ndoctor\n');
});
