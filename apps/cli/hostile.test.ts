import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileRun, leaksIn, scanHostile, secretColumn, secretLine } from './hostile-run.ts';
import { aliasBomb, canaryConfig, deepCode, denseJson, flowProgram, minifiedCode, recursiveCode, tableCode, link, nestedBase64, pipe, repository, sparse, write } from './hostile-trees.ts';
import { shell, temporaryFolder } from './process-run.ts';

/** What bad input gets: a clear message, the right exit code, a ledger entry; never a crash, a hang, a leak or a lost result. */

let base = '';
let count = 0;
beforeAll(() => (base = temporaryFolder()));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A fresh folder, and a state folder beside it. */
function fresh(): string {
  const folder = join(base, `t${count++}`, 'work');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function filled(build: (folder: string) => void): string {
  const folder = fresh();
  build(folder);
  return folder;
}

describe.concurrent('a tree', () => {
  const trees: [string, (folder: string) => void, { code: number; findings?: string[]; ledger?: string[] }][] = [
    ['with a pipe and links that loop, leave and end at a device', (at) => {
      write(at, 'a.env', `${secretLine}\n`);
      pipe(at, 'pipe.env');
      link(at, 'loop', '.');
      link(at, 'self', 'self');
      link(at, 'zero.env', '/dev/zero');
    }, { code: 1, findings: [`a.env:1:${secretColumn}`], ledger: ['file-excluded', 'link-cycle', 'link-skipped'] }],
    ['with files that say they are large', (at) => {
      sparse(at, 'large.txt', 200 * 1024 * 1024);
      sparse(at, 'less.txt', 40 * 1024 * 1024);
    }, { code: 2, findings: [], ledger: ['file-binary', 'file-too-large'] }],
    ['of one line of dense JSON', (at) => write(at, 'dense.json', denseJson(600_000)), { code: 2, ledger: ['finding-limit'] }],
    ['of JSON and YAML 5,000 deep', (at) => {
      write(at, 'deep.json', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`);
      write(at, 'deep.yaml', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''));
    }, { code: 0, ledger: [] }],
    ['of base64 in base64', (at) => {
      write(at, 'bomb.txt', nestedBase64(`${secretLine}\n`.repeat(20), 10));
      write(at, 'twice.env', `x: ${nestedBase64(secretLine, 2)}\n`);
      write(at, 'percent.txt', '%41'.repeat(300_000));
    }, { code: 1, findings: ['twice.env:1:4'], ledger: [] }],
    ['of key headers without an end', (at) => write(at, 'keys.txt', '-----BEGIN PRIVATE KEY-----\n'.repeat(100_000)), { code: 0, ledger: [] }],
    ['of ignore comments', (at) => {
      const mark = ['watchward', 'ignore'].join(':');
      write(at, 'many.env', `${mark} \n`.repeat(50_000));
      write(at, 'slow.env', `# ${mark} secrets/${'*s'.repeat(60)}x until=2100-01-01 -- made to be slow\n${secretLine}\n`);
      write(at, 'old.env', `# ${mark} secrets/* until=1970-01-01 -- long ago\n${secretLine}\n`);
      write(at, 'far.env', `# ${mark} secrets/* until=2100-01-01 -- far away\n${secretLine}\n`);
    }, { code: 1, findings: [`far.env:2:${secretColumn}`, `old.env:2:${secretColumn}`, `slow.env:2:${secretColumn}`], ledger: ['suppression-expired', 'suppression-invalid', 'suppression-unused'] }],
    ['whose ignore file is made to be slow', (at) => {
      repository(at, { 'a.env': `${secretLine}\n`, '.gitignore': `${'a*'.repeat(2_000)}b\n${'**/'.repeat(1_000)}x\n${'[a-z'.repeat(500)}\n${'\\'.repeat(999)}\n` });
      write(at, `${'a'.repeat(200)}/${'a'.repeat(200)}`, 'x');
    }, { code: 1, findings: [`a.env:1:${secretColumn}`], ledger: [] }],
    ['whose names are as long as the system allows', (at) => write(at, `${Array.from({ length: 14 }, () => 'n'.repeat(250)).join('/')}/a.env`, secretLine), { code: 1, ledger: [] }],
  ];

  test.each(trees)('%s', async (_, build, { code, findings, ledger }) => {
    const folder = filled(build);
    const state = join(folder, '..', 'state');
    const seen = await scanHostile(folder, ['--state-dir', state]);
    expect(seen).toMatchObject({ code, ...(findings === undefined ? {} : { findings: expect.arrayContaining(findings) as string[] }), ...(ledger === undefined ? {} : { ledger }) });
    if (findings !== undefined) expect(seen.findings.length).toBe(findings.length);
    expect(leaksIn(state)).toEqual([]);
  });
});

describe('code', () => {
  const bad: [string, (folder: string) => void, { ledger: string[] }][] = [
    ['that is minified', (at) => write(at, 'bundle.js', minifiedCode(1_000_000)), { ledger: ['file-generated'] }],
    ['of a table of 2 MB', (at) => write(at, 'table.js', tableCode(2_000_000)), { ledger: [] }],
    ['nested 5,000 deep', (at) => Object.entries(deepCode(5_000)).forEach(([path, text]) => write(at, path, text)), { ledger: ['code-unparsed'] }],
    ['of 2,000 functions that call one another', (at) => write(at, 'round.js', recursiveCode(2_000)), { ledger: [] }],
    ['that is none', (at) => {
      write(at, 'broken.js', 'const = ;;; }{ function ( { class');
      write(at, 'broken.py', 'def f(:\n  return (\n\tx\n');
      write(at, 'Broken.java', 'class { void ) ( } }');
      write(at, 'noise.js', Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 131) % 251)));
    }, { ledger: ['code-unparsed'] }],
    ['in several encodings', (at) => {
      write(at, 'latin1.js', Buffer.from('// \u00e9\u00ff\nmodule.exports = 1;\n', 'latin1'));
      write(at, 'wide.js', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('module.exports = "\u{1f600}";\n', 'utf16le')]));
      write(at, 'marked.ts', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('export const x: number = 1;\n')]));
    }, { ledger: ['file-encoding'] }],
  ];

  test.each(bad)('%s costs no finding of another file', async (_, build, { ledger }) => {
    const folder = filled((at) => {
      build(at);
      write(at, 'good/package.json', '{"name": "good", "private": true}');
      write(at, 'good/app.js', flowProgram);
    });
    const seen = await scanHostile(folder, ['--surface', 'code', '--state-dir', join(folder, '..', 'state')], { seconds: 60 });
    expect(seen.findings).toContain('good/app.js:4:3');
    expect(seen.ledger).toEqual(expect.arrayContaining(ledger));
  });
});

test.concurrent('a secret stands at its line and column in every encoding', async () => {
  const text = `h\u00e9llo \u{1f600}\r\n# second\r\nx = 1; ${secretLine}\r\n`;
  const le = Buffer.from(text, 'utf16le');
  const folder = filled((at) => {
    write(at, 'be.env', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(le).swap16()]));
    write(at, 'le.env', Buffer.concat([Buffer.from([0xff, 0xfe]), le]));
    write(at, 'unmarked.env', Buffer.from(text.replaceAll(/[^\x00-\x7f]/gu, 'e'), 'utf16le'));
    write(at, 'odd.env', Buffer.concat([Buffer.from([0xff, 0xfe]), le.subarray(0, -1)]));
    write(at, 'utf8.env', text);
    write(at, 'marked.env', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]));
    write(at, 'latin1.env', Buffer.from(text.replace('\u{1f600}', '\u00ff'), 'latin1'));
    write(at, 'nul.env', Buffer.concat([Buffer.alloc(1), Buffer.from(text)]));
  });
  const { findings, report } = await scanHostile(folder);
  const names = ['be', 'latin1', 'le', 'marked', 'nul', 'odd', 'unmarked', 'utf8'];
  expect([...findings].sort()).toEqual(names.map((name) => `${name}.env:3:${7 + secretColumn}`));
  expect(report.ledger.diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(['file-encoding latin1.env']);
});

test.concurrent('names of files cannot act on a terminal, a page or a log', async () => {
  const names = ['new\nline', 'esc\u001b[31m\u001b]0;x\u0007', 'rtl\u202egnp', '<script>x<', '::error::x', '%0A::warning::x', '-rf', 'a|`b`|', ']]>', 'a"b\'c'];
  const folder = filled((at) => {
    for (const name of names) write(at, `${name}.env`, `${secretLine}\n`);
    writeFileSync(Buffer.concat([Buffer.from(`${at}/`), Buffer.from([0x69, 0xff, 0xfe]), Buffer.from('.env')]), `${secretLine}\n`);
  });
  const outputs = ['r.html', 'r.sarif', 'r.md', 'r.xml', 'r.txt'];
  const { code, stdout, stderr } = await hostileRun(['scan', ...outputs.flatMap((name) => ['-o', join('..', name)])], folder);
  expect(code).toBe(1);
  const written = (name: string): string => readFileSync(join(folder, '..', name), 'utf8');
  expect(stdout + stderr + outputs.map(written).join('')).not.toMatch(/[\u0007\u001b\u202e]|^::/m);
  expect(written('r.html') + written('r.md') + written('r.xml')).not.toContain('<script>x<');
  const { report } = await scanHostile(folder);
  expect(report.findings.length).toBe(names.length + 1);
});

test.concurrent('a repository never makes a program run', async () => {
  const folder = filled((at) => repository(at, { 'a.env': `${secretLine}\n`, '.gitattributes': '* filter=x diff=x\n' }));
  const canary = join(folder, '..', 'canary');
  appendFileSync(join(folder, '.git/config'), canaryConfig(canary));
  for (const hooks of ['hooks', '.git/hooks']) {
    for (const hook of ['post-checkout', 'pre-commit', 'post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
      write(folder, `${hooks}/${hook}`, `#!/bin/sh\ntouch ${canary}\n`);
      chmodSync(join(folder, hooks, hook), 0o755);
    }
  }
  for (const args of [[], ['--baseline', 'HEAD~1'], ['--changed-since', 'HEAD~1'], ['--history']]) {
    expect((await hostileRun(['scan', ...args], folder)).code, args.join(' ')).toBe(1);
  }
  expect(existsSync(canary)).toBe(false);
});

describe.concurrent('a configuration', () => {
  const broken: [string, string | ((at: string) => void), RegExp][] = [
    ['with tabs', 'severity: high\n\texclude: x\n', /yaml:2: not YAML: tab/],
    ['that multiplies itself', aliasBomb(12), /yaml:1: unknown setting `a0`/],
    ['with too many aliases', `exclude:\n  - &x a\n${'  - *x\n'.repeat(200)}`, /not YAML: aliases/],
    ['of 2 MB', `severity: high\n#${'x'.repeat(2_000_000)}\n`, /larger than 1 MiB/],
    ['with a key twice', 'severity: high\nseverity: low\n', /yaml:2: not YAML: duplicated/],
    ['of a wrong type', 'severity: [high]\n', /yaml:1: `severity` must be/],
    ['that is a list', '- severity\n', /is a mapping of settings/],
    ['of noise', '\u0000\u0001\ufffd', /not YAML/],
    ['nested 100,000 deep', '['.repeat(100_000), /not YAML: nesting/],
    ['with a limit beyond what protects', 'limits:\n  file-bytes: 9007199254740991\n', /yaml:2: `file-bytes` can be at most/],
    ['that is a pipe', (at) => pipe(at, 'watchward.yaml'), /not a regular file/],
    ['that is an endless device', (at) => link(at, 'watchward.yaml', '/dev/zero'), /link that leads out/],
    ['that links to a file of the reader', (at) => { write(at, '../mine', `${secretLine}:\n`); link(at, 'watchward.yaml', '../mine'); }, /link that leads out/],
    ['whose rules link to a file of the reader', (at) => { write(at, '../mine', secretLine); link(at, 'own.toml', '../mine'); write(at, 'watchward.yaml', 'rules: own.toml\n'); }, /leads out of the project/],
    ['whose rules are a pipe', (at) => { pipe(at, 'own.yaml'); write(at, 'watchward.yaml', 'rules: own.yaml\n'); }, /not a regular file/],
  ];

  test.each(broken)('%s', async (_, content, message) => {
    const folder = filled((at) => (typeof content === 'string' ? write(at, 'watchward.yaml', content) : content(at)));
    const { code, stdout, stderr } = await hostileRun(['scan'], folder);
    expect([code, stdout], stderr).toEqual([3, '']);
    expect(stderr).toMatch(message);
  });

  test('with patterns made to be slow', async () => {
    const pattern = `${'a*'.repeat(60)}b`;
    const folder = filled((at) => {
      const suppression = `  - {rule: "${'*s'.repeat(60)}x", paths: ["${pattern}"], reason: r, owner: o, until: 2100-01-01}\n`;
      write(at, 'watchward.yaml', `exclude: ["${pattern}", "/${pattern}/x"]\nsuppressions:\n${suppression}${suppression.replace(/rule: "[^"]*"/, 'rule: "secrets/*"')}`);
      mkdirSync(join(at, '.git'));
      write(at, `${'a'.repeat(200)}/${'a'.repeat(200)}.env`, secretLine);
    });
    expect((await scanHostile(folder)).findings.length).toBe(1);
    expect((await scanHostile(join(folder, 'a'.repeat(200)))).findings.length).toBe(1);
  });
});

test.concurrent.each([
  ['/dev/full', 'no space is left', 2],
  ['..', 'it is a folder', 2],
  // Seen before anything is scanned.
  ['absent/report.json', 'there is no folder', 3],
  [`${'n'.repeat(300)}.json`, 'was not written', 2],
])('output to %s says "%s" and ends with %d', async (path, message, expected) => {
  const folder = filled((at) => write(at, 'a.env', `${secretLine}\n`));
  const { code, stderr } = await hostileRun(['scan', '--json', '-o', path], folder);
  expect([code, stderr.includes(message)], stderr).toEqual([expected, true]);
});

test.concurrent('stdout on a full disk ends with 2, one whose reader goes away does not', async () => {
  const folder = filled((at) => write(at, 'a.env', `${secretLine}\n`));
  const { stdout, stderr } = await shell('watchward --json -q > /dev/full; echo $?; watchward --json -q | head -n 1 > /dev/null; echo ${PIPESTATUS[0]}; watchward -q >&-; echo $?', folder);
  expect(stdout).toBe('2\n1\n1\n');
  expect(stderr).toContain('the output could not be written: ENOSPC');
  expect(stderr).not.toMatch(/EPIPE|^ {4}at /m);
});

describe.concurrent('a state folder', () => {
  const unusable: [string, (state: string) => void][] = [
    ['that is a file', (state) => writeFileSync(state, '')],
    ['whose key is a pipe', (state) => pipe(state, 'digest.key')],
    ['whose key is endless', (state) => link(state, 'digest.key', '/dev/zero')],
    ['whose key is short', (state) => write(state, 'digest.key', 'short')],
  ];
  test.each(unusable)('%s costs only the cache', async (_, build) => {
    const folder = filled((at) => write(at, 'a.env', `${secretLine}\n`));
    const state = join(folder, '..', 'state');
    build(state);
    expect((await scanHostile(folder, ['--state-dir', state])).findings.length).toBe(1);
  });

  test('with a flipped bit anywhere in its cache is not trusted', async () => {
    const folder = filled((at) => { write(at, 'a.env', `${secretLine}\n`); for (let n = 0; n < 20; n++) write(at, `f${n}.txt`, `${n}\n`); });
    const args = ['--state-dir', join(folder, '..', 'state')];
    await scanHostile(folder, args);
    const cache = join(folder, '..', 'state', 'scan');
    const file = join(cache, readdirSync(cache).find((name) => name.endsWith('.json')) as string);
    const whole = readFileSync(file);
    for (const at of [0, 63, 64, 70, whole.length >> 1, whole.length - 1]) {
      writeFileSync(file, whole.map((byte, offset) => (offset === at ? byte ^ 0x04 : byte)));
      const { code, findings, ledger, report } = await scanHostile(folder, args);
      // The line break between checksum and body carries nothing.
      expect([at, code, findings.length, ledger, report.ledger.filesFromCache]).toEqual([at, 1, 1, at === 64 ? [] : ['cache-unusable'], at === 64 ? 21 : 0]);
    }
  });

  test('inside a checkout is no part of it', async () => {
    const folder = filled((at) => repository(at, { 'a.txt': 'x\n' }));
    await scanHostile(folder, ['--state-dir', '.state']);
    expect((await scanHostile(folder, ['--state-dir', '.state'])).report.ledger.filesSeen).toBeLessThanOrEqual(3);
  });
});

describe.concurrent('surroundings', () => {
  test('a current folder that is gone ends with 3', async () => {
    const { stdout, stderr } = await shell('mkdir gone; cd gone; rmdir ../gone; watchward; echo $?', fresh());
    expect(stdout).toBe('3\n');
    expect(stderr).toContain('watchward: the current folder is gone');
  });

  test.each([
    ['no home', { HOME: undefined }],
    ['a home that is nowhere', { HOME: '/nonexistent', WATCHWARD_STATE_DIR: undefined }],
    ['junk for the folders of XDG', { XDG_CONFIG_HOME: '/dev/null', XDG_CACHE_HOME: '/dev/null/\u001b[31m', WATCHWARD_STATE_DIR: undefined }],
    ['a locale that is unknown', { LC_ALL: 'xx_YY.SJIS', LANG: 'C' }],
    ['a terminal that is dumb', { TERM: 'dumb', NO_COLOR: '1' }],
  ])('%s changes no result', async (_, env) => {
    const folder = filled((at) => write(at, '\u00e9.env', `${secretLine}\n`));
    const { code, stdout } = await hostileRun(['scan'], folder, { env });
    expect([code, stdout.includes('\u00e9.env:1'), stdout.includes('\u001b')]).toEqual([1, true, false]);
  });
});
