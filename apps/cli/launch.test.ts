import { describe, expect, test } from 'vitest';
import { findNode, permissions, stateDirOf } from './launch.mjs';

const env = { XDG_CACHE_HOME: '/cache' };
const writes = (...args: string[]): string[] =>
  permissions(args, env, '/here').filter((flag) => flag.startsWith('--allow-fs-write=')).map((flag) => flag.slice('--allow-fs-write='.length));
const state = ['/cache/watchward', '/cache/watchward/*'];

describe('permissions', () => {
  test('never hold more than reading, threads and what is named', () => {
    const flags = permissions(['scan', '.', '-o', 'x.json'], env, '/here');
    expect(flags.filter((flag) => !flag.startsWith('--allow-fs-write='))).toEqual([
      '--permission', '--allow-fs-read=*', '--allow-worker', '--disable-warning=PERM0006',
    ]);
  });

  test.each([
    [['watch', '--from', 'a.jsonl'], false], [['watch', '--from', '-', '--to', 'ocsf-file:x.jsonl'], false], [['watch', '--from', 'file:/a.jsonl'], false], [['watch', '--from', 'C:\\logs\\a.jsonl'], false],
    [['watch', '--from', 'syslog+udp://127.0.0.1:5514'], true], [['watch', '--from=a.jsonl', '--to=slack+https://hooks.example/x'], true],
    [['scan', '--from', 'syslog+udp://127.0.0.1:5514'], false], [['scan', '.', '--to', 'webhook+https://x'], false], [['watch', '--', '--from', 'http://127.0.0.1:1/'], false],
  ])('%j has the network: %s', (args, given) => expect(permissions(args, env, '/here').includes('--allow-net')).toBe(given));

  test.each([
    [['watch', '--to', 'ocsf-file:out/x.jsonl'], ['/here/out/x.jsonl*']],
    [['scan', '.'], []],
    [['scan', '--output', 'a.json'], ['/here/a.json*']],
    [['scan', '--output=a.json', '-o', '/tmp/b.md'], ['/here/a.json*', '/tmp/b.md*']],
    [['scan', '-oa.json'], ['/here/a.json*']],
    [['scan', '-o=a.json'], ['/here/a.json*']],
    [['scan', '--attest', 'a.dsse', '--key', 'k'], ['/here/a.dsse*']],
    [['scan', '--', '--output', 'a.json'], []],
    [['scan', '--outputs', 'a.json'], []],
  ])('%j', (args, files) => expect(new Set(writes(...args))).toEqual(new Set([...state, ...files])));

  test.each([[['keys', 'new']], [['rules', 'new', 'x']], [['--config', 'c.yaml', 'keys', 'new']]])('%j writes where it is told', (args) => {
    expect(writes(...args)).toEqual(['*']);
  });

  const flags = (...args: string[]): string[] => permissions(args, env, '/here').filter((flag) => !flag.startsWith('--allow-fs-write='));
  const usual = ['--permission', '--allow-fs-read=*', '--allow-worker', '--disable-warning=PERM0006'];

  test('let query alone load the addon that answers it, and nothing of the network', () => {
    expect(flags('query', 'select 1')).toEqual([...usual, '--allow-addons', '--disable-warning=PERM0001']);
    expect(flags('--state-dir', 's', 'query', 'select 1')).toEqual([...usual, '--allow-addons', '--disable-warning=PERM0001']);
    expect(writes('query', '--lake', '/data/lake', 'select 1')).toEqual(state);
  });

  test.each([[['scan', 'query']], [['watch', '--from', 'query']], [['scan', '--', 'query']], [['lake', 'compact']], [['help', 'query']]])('%j loads no addon', (args) => {
    expect(flags(...args)).toEqual(usual);
  });

  test('lake writes to the lake that is named', () => {
    expect(writes('lake', 'compact')).toEqual(state);
    expect(writes('lake', 'compact', '--lake', 'l')).toEqual([...state, '/here/l', '/here/l/*']);
  });

  test('rules list writes nowhere else', () => expect(writes('rules', 'list')).toEqual(state));
});

test('the state folder is named by flag, environment, XDG, home', () => {
  expect(stateDirOf(['--state-dir', 's'], { WATCHWARD_STATE_DIR: '/e' }, '/here')).toBe('/here/s');
  expect(stateDirOf(['--state-dir=/s'], {}, '/here')).toBe('/s');
  expect(stateDirOf([], { WATCHWARD_STATE_DIR: 'e', XDG_CACHE_HOME: '/x' }, '/here')).toBe('/here/e');
  expect(stateDirOf([], { XDG_CACHE_HOME: '/x' }, '/here')).toBe('/x/watchward');
  expect(stateDirOf([], {}, '/here')).toMatch(/[/\\]\.cache[/\\]watchward$/);
});

test('a Node is found', () => expect(findNode()).toMatch(/node(?:\.exe)?$/));
