import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliError } from './command.ts';
import { loadConfiguration, rebasePattern } from './config.ts';
import type { Specs } from './parse.ts';
import { resolveValues } from './values.ts';

const specs: Specs = {
  severity: { type: 'string', choices: ['low', 'high'], default: 'low', setting: 'config', narrows: true, help: 'Severity' },
  exclude: { type: 'string', multiple: true, setting: 'config', narrows: true, help: 'Exclude' },
  rules: { type: 'string', multiple: true, path: true, setting: 'config', help: 'Rules' },
  jobs: { type: 'string', number: { min: 0, max: 64, whole: true }, setting: 'user', help: 'Jobs' },
  history: { type: 'boolean', setting: 'config', help: 'History' },
  'state-dir': { type: 'string', path: true, setting: 'env', help: 'State' },
  output: { type: 'string', path: true, writes: true, help: 'Output' },
  level: { type: 'string', setting: 'user', help: 'Level of this command, which a project must not set' },
};
const others: Specs = {
  ...specs,
  from: { type: 'string', setting: 'config', help: 'From' },
  level: { type: 'string', choices: ['low', 'high'], setting: 'config', help: 'Level' },
};

let base = '';
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'watchward-')));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, text: string): string {
  const full = join(base, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

async function load(start = 'project', named?: string) {
  mkdirSync(join(base, start), { recursive: true });
  const { layers, configuration } = await loadConfiguration({
    start: join(base, start), named, env: { XDG_CONFIG_HOME: join(base, 'xdg') }, home: base, specs, allSpecs: () => Promise.resolve(others),
  });
  return { options: resolveValues(specs, layers), configuration };
}

async function mistake(yaml: string, named = false): Promise<string> {
  const file = write('project/watchward.yaml', yaml);
  const error: unknown = await load('project', named ? file : undefined).then(() => undefined, (thrown: unknown) => thrown);
  if (!(error instanceof CliError)) throw new Error(`no CliError: ${String(error)}`);
  expect(error.exitCode).toBe(3);
  return `${error.message} ${error.cure ?? ''}`.replaceAll(`${base}/`, '');
}

describe('where settings come from', () => {
  test('nothing is needed', async () => {
    const { configuration, options } = await load();
    expect(configuration.files).toEqual([]);
    expect(options.text('severity')).toBe('low');
  });

  test('the project outweighs the user', async () => {
    write('project/watchward.yaml', 'severity: high\n');
    write('xdg/watchward/config.yaml', 'severity: low\njobs: 3\n');
    const { options, configuration } = await load();
    expect([options.text('severity'), options.source('severity')]).toEqual(['high', 'project']);
    expect([options.number('jobs'), options.source('jobs')]).toEqual([3, 'user']);
    expect(configuration.files.length).toBe(2);
  });

  test('looks upward to the root of the work tree and not beyond', async () => {
    write('watchward.yaml', 'severity: high\n');
    mkdirSync(join(base, 'project/.git'), { recursive: true });
    expect((await load('project/deep/er')).configuration.files).toEqual([]);
    write('project/watchward.yaml', 'severity: high\n');
    expect((await load('project/deep/er')).configuration.files).toEqual([join(base, 'project/watchward.yaml')]);
  });

  test('outside a work tree only the start folder counts', async () => {
    write('project/watchward.yaml', 'severity: high\n');
    expect((await load('project/deep')).configuration.files).toEqual([]);
  });

  test('a named file replaces the project\'s', async () => {
    write('project/watchward.yaml', 'severity: high\n');
    const named = write('other.yaml', 'gate:\n  bypass: [alice]\n');
    const { configuration } = await load('project', named);
    expect(configuration.files).toEqual([named]);
    expect(configuration.gate.bypass).toEqual(['alice']);
  });

  test('paths in a file count from its folder', async () => {
    write('project/watchward.yaml', 'rules: own/rules.toml\n');
    expect((await load()).options.list('rules')).toEqual([join(base, 'project/own/rules.toml')]);
  });
});

describe('what a project may not do', () => {
  test('is noted when it narrows what is reported', async () => {
    write('project/watchward.yaml', '# ours\nseverity: high\nexclude: [vendor]\nlimits:\n  file-bytes: 10\n');
    const { configuration } = await load();
    expect(configuration.diagnostics.map(({ code, line }) => [code, line])).toEqual([['config-narrowed', 2], ['config-narrowed', 3], ['config-narrowed', 4]]);
    expect(configuration.exclude).toEqual(['vendor']);
    expect(configuration.limits).toEqual({ fileBytes: 10 });
  });

  test('is not noted when the user named the file', async () => {
    const file = write('project/watchward.yaml', 'severity: high\n');
    expect((await load('project', file)).configuration.diagnostics).toEqual([]);
  });

  test.each([
    ['gate:\n  bypass: [mallory]\n', 'watchward.yaml:1: `gate` has no effect'],
    ['jobs: 1\n', 'watchward.yaml:1: `jobs` cannot be set by a project'],
    ['rules: ../../etc/x.yaml\n', 'watchward.yaml:1: `rules` leads out of the project'],
    ['rules: [a.yaml, /etc/x.yaml]\n', 'leads out of the project: /etc/x.yaml'],
    ['state-dir: /tmp\n', 'watchward.yaml:1: `state-dir` cannot be set in a file'],
    ['output: x\n', '`output` cannot be set in a file'],
  ])('%j', async (yaml, message) => expect(await mistake(yaml)).toContain(message));
});

describe('mistakes are named with their line', () => {
  test.each([
    ['\n\nseverty: high\n', 'project/watchward.yaml:3: unknown setting `severty` Did you mean `severity`?'],
    ['severity: hgih\n', 'watchward.yaml:1: severity: "hgih" is not known Did you mean `high`?'],
    ['severity: [high]\n', 'watchward.yaml:1: `severity` must be a text'],
    ['history: "yes"\n', '`history` must be true or false'],
    ['exclude:\n  a: b\n', 'watchward.yaml:1: `exclude` must be a list of texts'],
    ['a: [\n', 'not YAML'],
    ['- a\n', 'a configuration file is a mapping'],
    ['severity: low\n---\nseverity: high\n', 'holds 2 documents'],
    ['severity: low\nseverity: high\n', 'watchward.yaml:2: not YAML'],
    ['limits:\n  files: -1\n', 'watchward.yaml:2: `files` must be a whole number'],
    ['limits:\n  fils: 1\n', 'watchward.yaml:2: `limits` has no `fils` Did you mean `files`?'],
    ['suppressions: x\n', '`suppressions` must be a list'],
    [`x: &a [1,1,1,1,1,1,1,1,1,1]\ny: &b [${'*a,'.repeat(60)}1]\nz: [${'*b,'.repeat(60)}1]\n`, 'not YAML'],
    [`a: ${'['.repeat(200)}${']'.repeat(200)}\n`, 'not YAML'],
  ])('%j', async (yaml, message) => expect(await mistake(yaml)).toContain(message));

  const entry = { rule: 'secrets/x', paths: '[a]', reason: 'why', owner: 'me', until: '2027-01-31' };
  const yamlOf = (fields: object): string =>
    `suppressions:\n  - ${Object.entries(fields).map(([key, value]) => `${key}: ${String(value)}`).join('\n    ')}\n`;

  test.each([
    [{ ...entry, reason: '""' }, 'watchward.yaml:4: a suppression needs `reason`'],
    [{ ...entry, owner: '' }, 'watchward.yaml:5: a suppression needs `owner`'],
    [{ ...entry, until: 'soon' }, 'watchward.yaml:6: "soon" is no date'],
    [{ ...entry, until: '2027-02-30' }, '"2027-02-30" is no date'],
    [{ ...entry, paths: '[]' }, 'needs `paths` or `fingerprints`'],
    [{ ...entry, untl: '2027-01-31' }, 'watchward.yaml:7: a suppression has no `untl` Did you mean `until`?'],
  ])('a suppression %j', async (fields, message) => expect(await mistake(yamlOf(fields))).toContain(message));

  test('a whole suppression is read', async () => {
    write('project/watchward.yaml', yamlOf(entry));
    expect((await load()).configuration.suppressions).toEqual([{ ...entry, paths: ['a'], fingerprints: [] }]);
  });

  test('a file of more than 1 MiB is refused', async () => expect(await mistake(`# ${'x'.repeat(1024 * 1024)}\n`)).toContain('larger than 1 MiB'));

  test('a key such as __proto__ is only an unknown key', async () => expect(await mistake('__proto__: {a: 1}\n')).toContain('unknown setting `__proto__`'));

  test('a project\'s setting for another command is checked and left to it', async () => {
    write('project/watchward.yaml', 'level: high\n');
    expect((await load()).options.text('level')).toBeUndefined();
    expect(await mistake('level: hgih\n')).toContain('"hgih" is not known');
  });

  test('settings of other commands are accepted', async () => {
    write('project/watchward.yaml', 'from: x\n');
    expect((await load()).configuration.files.length).toBe(1);
  });
});

describe('rebasePattern', () => {
  test.each([
    ['*.env', 'src', '*.env'],
    ['vendor/', 'src', 'vendor/'],
    ['src/gen/*.ts', 'src', '/gen/*.ts'],
    ['/src/gen', 'src', '/gen'],
    ['s*/gen', 'src', '/gen'],
    ['other/gen', 'src', undefined],
    ['**/gen/x', 'src', '**/gen/x'],
    ['src/**/x', 'src/a', '**/x'],
    ['!src/keep/x', 'src', '!/keep/x'],
    ['src/', 'src', 'src/'],
    ['src/a/', 'src/a', undefined],
    ['a+b/c', 'aab', undefined],
    ['x/y', '', 'x/y'],
  ])('%s seen from %s', (pattern, prefix, expected) => expect(rebasePattern(pattern, prefix)).toBe(expected));
});
