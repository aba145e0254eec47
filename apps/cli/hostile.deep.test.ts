import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { hostileRun, leaksIn, scanHostile, secretColumn, secretLine } from './hostile-run.ts';
import { aliasBomb, denseJson, link, ownRule, passwords, repository, write } from './hostile-trees.ts';
import { finished, startWatchward, temporaryFolder } from './process-run.ts';

/** What bad input gets, where the input is large, the run is long, or the table is. */

let base = '';
let count = 0;
beforeAll(() => (base = temporaryFolder()));
afterAll(() => rmSync(base, { recursive: true, force: true }));

function filled(build: (folder: string) => void): string {
  const folder = join(base, `t${count++}`, 'work');
  mkdirSync(folder, { recursive: true });
  build(folder);
  return folder;
}

describe('large input', () => {
  test('a line of 64 MB', async () => {
    const folder = filled((at) => write(at, 'line.js', `var a="${'x1y2Z3 '.repeat(9_000_000)}";${secretLine}`));
    const { code, findings } = await scanHostile(folder);
    expect([code, findings]).toEqual([1, [`line.js:1:${8 + 7 * 9_000_000 + 1 + secretColumn}`]]);
  });

  test('10 MB of minified JSON that wakes every rule', async () => {
    const folder = filled((at) => write(at, 'dense.json', denseJson(10 * 1024 * 1024)));
    const { code, ledger, report } = await scanHostile(folder, [], { seconds: 90 });
    expect([code, report.ledger.filesAnalysed]).toEqual([2, 1]);
    expect(ledger).toContain('finding-limit');
  });

  test('1 MB of one word', async () => {
    const folder = filled((at) => write(at, 'a.txt', 'password='.repeat(116_508)));
    expect([0, 2]).toContain((await scanHostile(folder, [], { seconds: 60 })).code);
  });

  test('60 MB of passwords', async () => {
    const folder = filled((at) => write(at, 'a.env', passwords(1_600_000, 'sixty')));
    const { code, findings, ledger } = await scanHostile(folder, ['--jobs', '1'], { seconds: 90 });
    expect([code, findings.length]).toEqual([2, 1_000]);
    expect(ledger).toContain('finding-limit');
  });

  test('more findings than a run can hold: the riskiest are kept in every format', async () => {
    const folder = filled((at) => {
      for (let file = 0; file < 60; file++) write(at, `f${file}.py`, passwords(1_100, `f${file}`));
      write(at, 'zz.env', `${secretLine}\n`);
    });
    const outputs = ['r.html', 'r.sarif', 'r.md', 'r.xml', 'r.json'];
    const { code } = await hostileRun(['scan', '-q', ...outputs.flatMap((name) => ['-o', join('..', name)])], folder, { seconds: 120 });
    expect(code).toBe(2);
    const report = JSON.parse(readFileSync(join(folder, '..', 'r.json'), 'utf8')) as Report;
    expect([report.findings.length, report.findings[0]?.location.path]).toEqual([25_000, 'zz.env']);
    expect(report.ledger.diagnostics.find(({ code: kind, path }) => kind === 'finding-limit' && path === undefined)).toBeDefined();
  });

  test('10,000 folders in one another', async () => {
    const folder = filled(() => undefined);
    const home = process.cwd();
    try {
      process.chdir(folder);
      for (let depth = 0; depth < 10_000; depth++) {
        mkdirSync('d');
        process.chdir('d');
        if (depth === 10 || depth === 300) writeFileSync('a.env', `${secretLine}\n`);
      }
    } finally {
      process.chdir(home);
    }
    expect(await scanHostile(folder)).toMatchObject({ code: 2, ledger: ['depth-limit'], report: { findings: { length: 1 } } });
    write(folder, 'watchward.yaml', 'limits:\n  depth: 1000\n');
    expect(await scanHostile(folder)).toMatchObject({ code: 2, ledger: ['config-narrowed', 'depth-limit'], report: { findings: { length: 2 } } });
    removeDeep(folder);
  });
});

/** `rm` of such a tree overflows or exceeds the longest path: cut it into pieces that do not. */
function removeDeep(folder: string): void {
  const home = process.cwd();
  process.chdir(folder);
  for (let depth = 0; depth < 9_999; depth++) process.chdir('d');
  for (let depth = 0; depth < 10_000; depth++) {
    rmSync('d', { recursive: true, force: true });
    process.chdir('..');
  }
  process.chdir(home);
}

describe('100,000 files', () => {
  let folder = '';
  beforeAll(() => {
    folder = filled((at) => {
      for (let part = 0; part < 1_000; part++) {
        mkdirSync(join(at, `d${part % 10}`, `e${part}`), { recursive: true });
        for (let file = 0; file < 100; file++) writeFileSync(join(at, `d${part % 10}`, `e${part}`, `f${file}.py`), `x = ${part * 100 + file}\n`);
      }
      write(at, 'd9/a.env', `${secretLine}\n`);
    });
  });

  test.each([[[]], [[]], [['--jobs', '1', '--no-cache']], [['--jobs', '256', '--no-cache']]])('are scanned with %j', async (args) => {
    const { code, report } = await scanHostile(folder, ['--state-dir', join(folder, '..', 'state'), ...args], { seconds: 120, megabytes: 1_500 });
    expect([code, report.ledger.filesAnalysed, report.findings.length]).toEqual([1, 100_001, 1]);
  });

  test('stop at --max-time with what there is', async () => {
    const started = performance.now();
    const { code, ledger, report } = await scanHostile(folder, ['--max-time', '1', '--no-cache', '--jobs', '1']);
    expect([code, ledger]).toEqual([2, ['run-over-budget']]);
    expect(report.ledger.filesAnalysed).toBeLessThan(100_001);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves a whole report that says it is none of all', async (signal) => {
    const out = join(folder, '..', `out-${signal}`);
    mkdirSync(out);
    const child = startWatchward(['scan', folder, '--no-cache', '--jobs', '1', '-o', join(out, 'r.json')], folder);
    child.stderr?.once('data', () => setTimeout(() => child.kill(signal), 1_000));
    const { code, stderr } = await finished(child);
    expect([code, readdirSync(out)], stderr).toEqual([2, ['r.json']]);
    const report = JSON.parse(readFileSync(join(out, 'r.json'), 'utf8')) as Report;
    expect(report.ledger).toMatchObject({ degraded: true, diagnostics: [{ code: 'run-interrupted' }] });
  });

  test('kill -9 leaves nothing that is trusted later', async () => {
    const out = join(folder, '..', 'out-kill');
    mkdirSync(out);
    const args = ['scan', folder, '--state-dir', join(out, 'state'), '-o', join(out, 'r.json')];
    for (const after of [200, 800, 1_600, 2_400]) {
      const child = startWatchward(args, folder);
      child.stderr?.once('data', () => setTimeout(() => child.kill('SIGKILL'), after));
      await finished(child);
      const report = readdirSync(out).includes('r.json') ? readFileSync(join(out, 'r.json'), 'utf8') : '{"schema":"none"}';
      expect(() => JSON.parse(report) as unknown).not.toThrow();
    }
    const { report } = await scanHostile(folder, ['--state-dir', join(out, 'state')], { seconds: 60, megabytes: 1_500 });
    expect([report.findings.length, report.ledger.filesAnalysed, report.ledger.degraded]).toEqual([1, 100_001, false]);
    expect(leaksIn(out)).toEqual([]);
  });

  test('several scans at once share a state folder', async () => {
    const state = join(folder, '..', 'shared');
    const runs = await Promise.all(Array.from({ length: 3 }, () => scanHostile(join(folder, 'd9'), ['--state-dir', state, '--jobs', '1'], { seconds: 120 })));
    expect(runs.map(({ code, findings }) => [code, findings])).toEqual(Array.from({ length: 3 }, () => [1, [`a.env:1:${secretColumn}`]]));
    const after = await scanHostile(join(folder, 'd9'), ['--state-dir', state]);
    expect([after.code, after.findings.length, after.ledger]).toEqual([1, 1, []]);
  });

  test('that go away while they are read are in the ledger', async () => {
    const child = startWatchward(['scan', '.', '--json', '-q', '--no-cache', '--jobs', '1'], join(folder, 'd8'));
    await new Promise((resume) => setTimeout(resume, 350));
    rmSync(join(folder, 'd8'), { recursive: true });
    const { code, stdout } = await finished(child);
    const { ledger } = JSON.parse(stdout) as Report;
    expect([2, 4]).toContain(code);
    if (code === 2) expect(ledger.diagnostics.some((diagnostic) => diagnostic.code === 'file-unreadable')).toBe(true);
  });
});

test('rules that hang are left out after three files, and nothing else is lost', async () => {
  const folder = filled((at) => {
    write(at, 'a.env', `${secretLine}\n`);
    for (let file = 0; file < 12; file++) write(at, `f${file}.txt`, `${'a'.repeat(60 + file)}!\n`);
    write(at, '../own.yaml', ownRule('(?<secret>(a|aa)+)\\2!!'));
    write(at, 'watchward.yaml', 'limits:\n  file-ms: 3000\n');
  });
  const { code, findings, report } = await scanHostile(folder, ['--rules', '../own.yaml'], { seconds: 60 });
  expect([code, findings]).toEqual([2, [`a.env:1:${secretColumn}`]]);
  expect(report.ledger.diagnostics.filter((diagnostic) => diagnostic.code === 'rule-over-budget').length).toBe(4);
  expect(report.ledger.filesAnalysed).toBe(14);
});

describe.concurrent('a repository', () => {
  const damage: [string, (at: string) => void, Readonly<Record<string, number>>][] = [
    ['whose .git points to itself', (at) => { rmSync(join(at, '.git'), { recursive: true }); write(at, '.git', 'gitdir: .git\n'); }, { '': 1 }],
    ['whose .git is a device', (at) => { rmSync(join(at, '.git'), { recursive: true }); link(at, '.git', '/dev/zero'); }, { '': 1 }],
    ['whose index is noise', (at) => writeFileSync(join(at, '.git/index'), 'DIRC noise'), { '': 2 }],
    ['whose HEAD turns in a circle', (at) => { write(at, '.git/refs/heads/main', 'ref: refs/heads/x\n'); write(at, '.git/refs/heads/x', 'ref: refs/heads/main\n'); }, { '': 1, '--baseline=main': 3 }],
    ['whose list of shallow commits is a link to itself', (at) => link(at, '.git/shallow', 'shallow'), { '': 1 }],
    ['whose objects are cut', (at) => cutObjects(at), { '': 1, '--baseline=HEAD~1': 2, '--changed-since=HEAD~1': 2, '--history': 2 }],
    ['whose alternates turn in a circle', (at) => write(at, '.git/objects/info/alternates', `${at}/.git/objects\n`), { '--baseline=HEAD~1': 1 }],
  ];

  test.each(damage)('%s', async (_, build, runs) => {
    const folder = filled((at) => { repository(at, { 'a.env': `${secretLine}\n` }); build(at); });
    for (const [arg, code] of Object.entries(runs)) {
      const { code: ended, stderr } = await hostileRun(['scan', '--json', ...(arg === '' ? [] : [arg])], folder);
      expect([arg, ended], stderr).toEqual([arg, code]);
    }
  });
});

function cutObjects(at: string): void {
  for (const name of readdirSync(join(at, '.git/objects'), { recursive: true, encoding: 'utf8' })) {
    if (!/[0-9a-f]{38}$/.test(name)) continue;
    chmodSync(join(at, '.git/objects', name), 0o644);
    truncateSync(join(at, '.git/objects', name), 12);
  }
}

test.concurrent.each([
  ['100,000 alternatives', () => ownRule(`(?<secret>${Array.from({ length: 100_000 }, (_, at) => `a${at.toString(36)}z`).join('|')})`), 1, ''],
  ['an expression that is none', () => ownRule('('), 2, 'Unterminated group'],
  ['noise', () => '\u0000\u0001', 2, 'not YAML'],
  ['a tree of aliases', () => aliasBomb(30), 2, 'unknown key'],
  ['5 MB', () => '#'.repeat(5_000_000), 3, 'larger than 4194304 bytes'],
])('an own rule of %s', async (_, rule, code, message) => {
  const folder = filled((at) => { write(at, 'a.env', `${secretLine}\n`); write(at, '../own.yaml', rule()); });
  const { code: ended, stdout, stderr } = await hostileRun(['scan', '--json', '--rules', '../own.yaml'], folder);
  expect(ended, stderr).toBe(code);
  expect(stdout + stderr).toContain(message);
});

test.concurrent.each([
  ['cut', '{"schema":"watchward-report/1","findi'],
  ['of another tool', '{"version":"2.1.0","runs":[]}'],
  ['of noise', '\u0000\ufffd\u0001'],
  ['empty', ''],
  ['nested too deep', '['.repeat(1_000_000)],
  ['with a finding that is none', '{"schema":"watchward-report/1","findings":[null]}'],
])('a baseline that is %s excuses nothing', async (_, text) => {
  const folder = filled((at) => { write(at, 'a.env', `${secretLine}\n`); write(at, '../baseline.json', text); });
  const { code, stdout, stderr } = await hostileRun(['scan', '--baseline', '../baseline.json'], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('baseline.json');
});

test.concurrent.each([['0', 1], ['1', 1], ['256', 1], ['257', 3], ['-1', 3], ['1e9', 3], ['x', 3]])('--jobs=%s ends with %i', async (jobs, code) => {
  const folder = filled((at) => { for (let n = 0; n < 30; n++) write(at, `f${n}.env`, `${secretLine}\n`); });
  expect((await hostileRun(['scan', `--jobs=${jobs}`], folder)).code).toBe(code);
});
