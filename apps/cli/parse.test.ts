import { describe, expect, test } from 'vitest';
import { CliError, defineCommand } from './command.ts';
import { firstWord, parseCommandLine, specsOf } from './parse.ts';
import { environmentLayer, resolveValues } from './values.ts';
import type { Layer } from './values.ts';

const command = defineCommand({
  name: 'sample',
  summary: 'Sample',
  description: 'Sample',
  positionals: [{ name: 'path', help: 'A path', required: true }],
  options: {
    level: { type: 'string', short: 'l', choices: ['low', 'high'], default: 'low', setting: 'config', help: 'Level' },
    name: { type: 'string', multiple: true, value: 'NAME', setting: 'config', help: 'Names' },
    count: { type: 'string', number: { min: 0, max: 9, whole: true }, setting: 'config', help: 'Count' },
    file: { type: 'string', path: true, setting: 'config', help: 'File' },
    loud: { type: 'boolean', setting: 'config', help: 'Loud' },
  },
});
const specs = specsOf(command);
const parse = (...args: string[]) => parseCommandLine('sample', command, args);
const failure = (run: () => unknown): CliError => {
  try {
    run();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseCommandLine', () => {
  test('reads options in every spelling', () => {
    const { values, positionals } = parse('-l', 'high', 'p', '--name=a', '--name', 'b', '--loud', '-q');
    expect(Object.fromEntries(values)).toEqual({ level: 'high', name: ['a', 'b'], loud: true, quiet: true });
    expect(positionals).toEqual(['p']);
  });

  test('takes everything after -- as an argument', () => expect(parse('--', '--loud').positionals).toEqual(['--loud']));

  test.each([
    [['p', '--lvel', 'high'], 'unknown option --lvel', '`--level`'],
    [['p', '--level'], '--level needs a value', '--help'],
    [['p', '--name', '--loud'], '--name needs a value (NAME)', '--help'],
    [['p', '--loud=maybe'], '--loud takes no value', '--help'],
    [['p', '--__proto__'], 'unknown option --__proto__', '--help'],
    [['p', '--constructor', 'x'], 'unknown option --constructor', '--help'],
    [[], 'PATH is missing', '--help'],
    [['p', 'q'], 'unexpected argument "q"', '--help'],
  ])('refuses %j', (args, message, cure) => {
    const error = failure(() => parse(...args));
    expect(error.message).toContain(message);
    expect(error.cure).toContain(cure);
    expect(error.exitCode).toBe(3);
  });
});

test('firstWord skips the values of options', () => {
  expect(firstWord(['--level', 'high', '-q', 'word'], specs)).toBe(3);
  expect(firstWord(['-lhigh', 'word'], specs)).toBe(1);
  expect(firstWord(['--level', 'high'], specs)).toBeUndefined();
  expect(firstWord(['--', 'word'], specs)).toBeUndefined();
});

describe('resolveValues', () => {
  const flags = (values: Record<string, string>): Layer => ({
    source: 'flag', values: new Map(Object.entries(values)), place: (name) => `--${name}`, folder: '/here',
  });
  const layers = (given: Record<string, string>, env: Record<string, string>): Layer[] => [flags(given), environmentLayer(specs, env, '/here')];

  test('prefers flags to the environment to defaults', () => {
    expect(resolveValues(specs, layers({ level: 'low' }, { WATCHWARD_LEVEL: 'high' })).text('level')).toBe('low');
    const fromEnv = resolveValues(specs, layers({}, { WATCHWARD_LEVEL: 'high', WATCHWARD_NAME: 'a, b', WATCHWARD_LOUD: '1', WATCHWARD_HELP: '1' }));
    expect([fromEnv.text('level'), fromEnv.source('level')]).toEqual(['high', 'env']);
    expect([fromEnv.list('name'), fromEnv.flag('loud'), fromEnv.flag('help')]).toEqual([['a', 'b'], true, false]);
    expect(resolveValues(specs, layers({}, {})).source('level')).toBe('default');
  });

  test('makes paths absolute and leaves - alone', () => {
    expect(resolveValues(specs, layers({ file: 'x/../y' }, {})).text('file')).toBe('/here/y');
    expect(resolveValues(specs, layers({ file: '-' }, {})).text('file')).toBe('-');
  });

  test.each([
    [{ level: 'hihg' }, {}, '--level: "hihg" is not known'],
    [{ count: '1.5' }, {}, '--count: "1.5" is not a whole number from 0 to 9'],
    [{ count: ' ' }, {}, '--count: " " is not a whole number'],
    [{}, { WATCHWARD_COUNT: '99' }, 'WATCHWARD_COUNT: "99" is not'],
    [{}, { WATCHWARD_LOUD: 'perhaps' }, 'WATCHWARD_LOUD is "perhaps"'],
  ])('refuses %j %j', (given, env, message) => {
    const error = failure(() => resolveValues(specs, layers(given as Record<string, string>, env as Record<string, string>)));
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(3);
  });

  test('throws for an option that the command does not have', () => {
    expect(() => resolveValues(specs, layers({}, {})).flag('nothing')).toThrow('no option "nothing"');
  });
});
