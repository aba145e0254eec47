import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryFolder, TestRepository } from '../git/test-repository.ts';
import { PatternList } from './patterns.ts';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A linear congruential generator: the same cases on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

function ignoredByUs(patterns: string, path: string): boolean {
  const list = new PatternList(Buffer.from(patterns).toString('latin1'), false);
  const parts = path.split('/');
  return parts.some((_, at) => list.decide(Buffer.from(parts.slice(0, at + 1).join('/')).toString('latin1'), at + 1 < parts.length) === true);
}

test.each([1, 2, 3])('random patterns mean what they mean to git (seed %i)', (seed) => {
  const below = generator(seed);
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
  const repository = new TestRepository(join(base, `r${seed}`));
  const names = (): string => Array.from({ length: 1 + below(3) }, () => pick(['a', 'b', 'c', '.x', '*', 'é', ']', '-', 'B'])).join('');
  const paths = [...new Set(Array.from({ length: 300 }, () => Array.from({ length: 1 + below(4) }, names).join('/')))];
  const bits = ['a', 'b', 'ab', '*', '**', '?', '/', '/', '[ab]', '[!a]', '[a-c]', '[[:alpha:]]', '\\a', '\\*', '.', '***', '[]a]', '[a', '\\', 'é', ' ', '[^b-]', '[:', '[a\\]]'];
  let ignored = 0;
  for (let round = 0; round < 40; round += 1) {
    const line = (): string => (below(5) === 0 ? '!' : '') + Array.from({ length: 1 + below(6) }, () => pick(bits)).join('');
    const patterns = Array.from({ length: 1 + below(3) }, line).join('\n');
    repository.write('.gitignore', `${patterns}\n`);
    const asked = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], { cwd: repository.path, input: `${paths.join('\0')}\0`, encoding: 'utf8' });
    expect(asked.error).toBeUndefined();
    const byGit = asked.stdout.split('\0').filter((path) => path !== '');
    expect({ patterns, ignored: paths.filter((path) => ignoredByUs(patterns, path)) }).toEqual({ patterns, ignored: byGit });
    ignored += byGit.length;
  }
  expect(ignored).toBeGreaterThan(500);
});

describe('lines', () => {
  test.each([
    ['# comment', '# comment', false],
    ['\\#name', '#name', true],
    ['\\!name', '!name', true],
    ['name   ', 'name', true],
    ['name\\ ', 'name ', true],
    ['name\r', 'name', true],
    ['/', 'a', false],
    ['!', 'a', false],
    ['a/', 'a', false],
    ['a/', 'a/b', true],
  ])('%j and %j', (pattern, path, ignored) => {
    expect(ignoredByUs(pattern, path)).toBe(ignored);
  });

  test('a byte order mark is no part of the first pattern', () => {
    expect(ignoredByUs('\ufeffname', 'name')).toBe(true);
  });

  test('case is folded where the file system folds it, in ASCII only', () => {
    const list = new PatternList('Build/\n*.LOG', true);
    expect([list.decide('bUILD', true), list.decide('x.log', false)]).toEqual([true, true]);
    expect(new PatternList('É', true).decide('é', false)).toBeUndefined();
  });
});

test('a pattern made to backtrack costs little', () => {
  const list = new PatternList(`${'*a'.repeat(50)}*b\n/${'**/a*'.repeat(20)}/b`, false);
  const started = process.threadCpuUsage();
  expect(list.decide(`${'a'.repeat(2000)}`, false)).toBeUndefined();
  expect(list.decide(`${'aa/'.repeat(600)}c`, false)).toBeUndefined();
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
});
