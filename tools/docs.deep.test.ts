import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Example } from '#apps/cli/command.ts';
import { allCommands, registeredCommands } from '#apps/cli/registry.ts';
import { shellLines } from './docs/shell-lines.ts';
import { root } from './program.ts';

/** Every command line in the documentation is run, in a fresh copy of this repository. */

const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).stdout;
const files = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
const pages = files.filter((path) => path.endsWith('.md')).map((path) => ({ path, lines: shellLines(readFileSync(join(root, path), 'utf8')) }));

/** Too long, or of no use, inside a test; the file on the right runs them. */
const runElsewhere = new Map([
  ['npm test', '.ci/run'],
  ['npm run test:deep', '.ci/run'],
  ['npm run build', 'tools/build/build.test.ts'],
  ['npm run bench', 'bench/run.ts'],
]);

const withCommands = pages.filter(({ lines }) => lines.length > 0);
let base = '';
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-docs-')));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** What the examples of `watch` read: a quiet day. */
const records = `${JSON.stringify({ '@timestamp': 1772600767000, _document_id: 'd-1', action: 'repo.create', actor: 'mira', org: 'acme', repo: 'acme/web', visibility: 'private' })}\n`;

function environment(folder: string): NodeJS.ProcessEnv {
  const git = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  return { ...git, PATH: process.env['PATH'], HOME: `${folder}-home`, WATCHWARD_STATE_DIR: join(base, 'state'), WATCHWARD_PASSPHRASE: 'four plain words here' };
}

function copyOfRepository(name: string): string {
  const copy = join(base, name);
  for (const path of files) cpSync(join(root, path), join(copy, path), { verbatimSymlinks: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  run(copy, 'git init -q -b main && git add . && git commit -qm start');
  run(copy, 'npm run setup');
  return copy;
}

function run(folder: string, line: string) {
  const script = `watchward() { node '${join(root, 'apps/cli/launch.mjs')}' "$@"; }\n${line}`;
  return spawnSync('bash', ['-c', script], { cwd: folder, input: records, env: environment(folder), encoding: 'utf8', timeout: 300_000 });
}

test('there is documentation with commands in it', () => expect(withCommands.map(({ path }) => path)).toContain('README.md'));

describe.each(withCommands)('$path', ({ path, lines }) => {
  test('its commands do what it says', () => {
    const copy = copyOfRepository(path.replaceAll('/', '-'));
    for (const { command, line, exitCode } of lines) {
      const place = runElsewhere.get(command);
      if (place !== undefined) {
        expect(existsSync(join(root, place)), `${path}:${line}: ${place}`).toBe(true);
        continue;
      }
      const { status, stdout, stderr } = run(copy, command);
      expect(status, `${path}:${line}: ${command}\n${stdout.slice(-2_000)}\n${stderr.slice(-2_000)}`).toBe(exitCode);
    }
  });
});

test('the output that README.md shows is what comes out', () => {
  const folder = join(base, 'shown');
  mkdirSync(folder);
  const page = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = /```text\n(watchward \d[^]*?)```/.exec(page)?.[1] ?? '';
  const last = shellLines(page).findIndex(({ command }) => command === 'watchward demo');
  for (const { command } of shellLines(page).slice(last - 2, last)) run(folder, command);
  // Of the age nothing is compared: it is another on every day, and one of them is "1 day old".
  const withoutFigures = (text: string): string => text.replaceAll(/\d+(?:[.,]\d+)*/g, 'N').replaceAll(/N days? old/g, 'N old').replaceAll(/ +/g, ' ');
  expect(withoutFigures(run(folder, 'watchward demo').stdout)).toBe(withoutFigures(shown));
});

/** What has to be there before the examples of a command run; they show results, this makes what they are about. */
const before = new Map([
  ['attest', ['watchward keys new ci.key', 'watchward scan src --json > report.json']],
  ['gate', ['watchward keys new ../ci.key', 'watchward scan . --attest ../scan.att --key ../ci.key', `cp '${root}/content/policies/default.cedar' ../deploy.cedar`]],
  ['entities', ['watchward watch --keep --from audit.jsonl']],
  ['incidents', ['watchward watch --keep --from audit.jsonl']],
  ['lake', ['mkdir -p "$WATCHWARD_STATE_DIR/lake"']],
  ['plot', ['(echo time,value; for i in $(seq 1 400); do echo "$((1772600000 + i * 300)),$((i % 7))"; done) > cpu.csv', 'cut -d, -f1 cpu.csv > mira.csv']],
  ['query', ['mkdir -p "$WATCHWARD_STATE_DIR/lake"']],
  [
    'verify',
    [
      'watchward keys new ci.key', 'watchward scan src --attest scan.att --key ci.key', 'watchward keys new lead.key',
      "echo 'gate: {bypass: [lead]}' > ../gate.yaml",
      'watchward gate src --config ../gate.yaml --bypass lead --reason "the fix for a running incident" --record bypass.jsonl --key lead.key',
    ],
  ],
]);

const commands = await allCommands(await registeredCommands());

describe.each(commands.map((command) => ({ name: command.name, command })))('examples of $name', ({ name, command }) => {
  test('run', () => {
    const folder = join(base, `examples-${name}`, 'work');
    mkdirSync(join(folder, 'src'), { recursive: true });
    writeFileSync(join(folder, 'src', 'app.txt'), 'nothing to find\n');
    writeFileSync(join(folder, 'audit.jsonl'), records);
    cpSync(join(root, 'content/rules/event/github-repository-made-public.yaml'), join(folder, 'sigma/rules/made-public.yaml'));
    run(folder, 'git init -q -b main && git add . && git commit -qm start');
    const shown = [command, ...(command.subcommands ?? [])].flatMap(({ examples }) => examples ?? []);
    const first = (before.get(name) ?? []).map((line): Example => ({ command: line, explain: '' }));
    for (const { command: line, exitCode = 0 } of [...first, ...shown]) {
      const { status, stdout, stderr } = run(folder, line);
      expect(status, `${line}\n${stdout.slice(-2_000)}\n${stderr.slice(-2_000)}`).toBe(exitCode);
    }
  });
});
