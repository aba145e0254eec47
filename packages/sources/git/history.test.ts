import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { history, type HistoryBlob } from './history.ts';
import { openRepository } from './repository.ts';
import { temporaryFolder, TestRepository } from './test-repository.ts';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));
let counter = 0;

function create(): TestRepository {
  return new TestRepository(join(base, `r${(counter += 1)}`));
}

function walk(path: string): HistoryBlob[] {
  const repository = openRepository(join(path, '.git'));
  try {
    return [...history(repository, 'HEAD')];
  } finally {
    repository.close();
  }
}

/** Blob ids that git reaches from HEAD. */
function byGit(repository: TestRepository): string[] {
  const listed = (...filter: string[]): string[] => repository.lines('rev-list', '--objects', '--no-object-names', ...filter, 'HEAD');
  const others = new Set(listed('--filter=blob:none'));
  return listed().filter((oid) => !others.has(oid)).sort();
}

function tangled(): TestRepository {
  const repository = create();
  repository.write('a.txt', 'one\n').write('src/x/deep.ts', 'x\n').write('same-1', 'same\n').commit('root');
  repository.write('a.txt', 'two\n').write('same-2', 'same\n').commit('change');
  repository.git('checkout', '-q', '-b', 'side');
  repository.write('src/side.ts', 's\n').write('a.txt', 'side\n').commit('side');
  repository.git('checkout', '-q', 'main');
  repository.write('a.txt', 'main\n').remove('same-1').commit('main');
  expect(() => repository.git('merge', '-q', 'side')).toThrow(/merge -q side/);
  repository.write('a.txt', 'resolved\n').commit('merge');
  repository.git('mv', 'src', 'renamed');
  repository.commit('rename');
  repository.remove('renamed').write('renamed', 'now a file\n').write('a', 'f\n').commit('kinds');
  repository.remove('renamed').write('renamed/again/f', 'again\n').remove('a').write('a/b', 'b\n').commit('kinds back');
  repository.write('a.txt', 'one\n').commit('revert');
  return repository;
}

describe('history', () => {
  test.each(['loose', 'packed'])('gives every reachable blob once (%s)', (how) => {
    const repository = tangled();
    if (how === 'packed') repository.git('gc', '-q', '--aggressive');
    const blobs = walk(repository.path);
    expect(blobs.map((blob) => blob.oid).sort()).toEqual(byGit(repository));
    for (const { oid, path, commit } of blobs) expect(repository.git('rev-parse', `${commit}:${path}`)).toBe(oid);
  });

  test('names the commit that brought a version, its author, and what was there before', () => {
    const repository = tangled();
    const blobs = walk(repository.path);
    const of = (content: string): HistoryBlob | undefined => blobs.find((blob) => repository.git('cat-file', 'blob', blob.oid) === content);
    const named = (message: string): string => repository.git('log', '--format=%H', `--grep=^${message}$`);
    expect(of('one')).toEqual({ oid: repository.git('rev-parse', 'HEAD:a.txt'), path: 'a.txt', commit: named('root'), author: 'Ada <ada@example.org>', date: '2026-01-01T00:01:00.000Z' });
    expect(of('two')).toMatchObject({ commit: named('change'), previous: of('one')?.oid });
    expect(of('side')).toMatchObject({ commit: named('side'), previous: of('two')?.oid });
    expect(of('resolved')).toMatchObject({ commit: named('merge'), previous: of('main')?.oid });
    expect(of('same')).toMatchObject({ path: 'same-1', commit: named('root') });
    expect(of('now a file')?.previous).toBeUndefined();
  });

  test('what was there before has been given before', () => {
    const repository = tangled();
    const given = new Set<string>();
    for (const { oid, previous } of walk(repository.path)) {
      if (previous !== undefined) expect(given.has(previous)).toBe(true);
      given.add(oid);
    }
    expect(given.size).toBeGreaterThan(8);
  });

  test('ends where a shallow clone ends', () => {
    const repository = tangled();
    const clone = join(base, 'shallow');
    repository.git('clone', '-q', '--depth', '2', `file://${repository.path}`, clone);
    const shallow = new TestRepository(clone);
    expect(walk(clone).map((blob) => blob.oid).sort()).toEqual(byGit(shallow));
  });

  test('a name that is not UTF-8, an odd date, an empty author', () => {
    const repository = create();
    const blob = repository.write('f', 'x').git('hash-object', '-w', 'f');
    const tree = repository.write('tree', Buffer.concat([Buffer.from('100644 a\xff\0', 'latin1'), Buffer.from(blob, 'hex')])).git('hash-object', '-w', '-t', 'tree', 'tree');
    const text = `tree ${tree}\nauthor  <> 99999999999999999999 +0000\ncommitter x <y> 1 +0000\n\nm\n`;
    const commit = repository.write('commit', text).git('hash-object', '--literally', '-w', '-t', 'commit', 'commit');
    repository.git('update-ref', 'refs/heads/main', commit);
    expect(walk(repository.path)).toEqual([{ oid: blob, path: 'a\\xff', commit, author: '<>', date: '1970-01-01T00:00:00.000Z' }]);
  });
});
