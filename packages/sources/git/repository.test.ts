import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SourceError } from '../source-error.ts';
import { filesAt } from './files-at.ts';
import { mergeBase } from './merge-base.ts';
import { openRepository, readBlob, type Repository } from './repository.ts';
import { temporaryFolder, TestRepository } from './test-repository.ts';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));
let counter = 0;

function create(...init: string[]): TestRepository {
  return new TestRepository(join(base, `r${(counter += 1)}`), ...init);
}

function open(repository: TestRepository, gitDir = '.git'): Repository {
  return openRepository(join(repository.path, gitDir));
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SourceError) return error.code;
    throw error;
  }
  return 'none';
}

/** Many similar versions, so that packing makes chains of deltas. */
function withVersions(repository: TestRepository, versions = 12): TestRepository {
  for (let at = 0; at < versions; at += 1) {
    const lines = Array.from({ length: 400 }, (_, line) => `line ${line} ${line % 7 === at % 7 ? at : ''}`);
    repository.write('big.txt', lines.join('\n')).write(`dir/f${at}`).write('binary', Buffer.alloc(300, at)).commit(`version ${at}`);
  }
  return repository;
}

function expectSameBlobs(repository: TestRepository, opened: Repository): void {
  const listed = repository.lines('cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)');
  const blobs = listed.filter((line) => line.startsWith('blob ')).map((line) => line.slice(5));
  expect(blobs.length).toBeGreaterThan(20);
  for (const oid of blobs) expect(readBlob(opened, oid, 1_000_000)?.equals(repository.gitBytes('cat-file', 'blob', oid))).toBe(true);
}

describe('objects', () => {
  test('loose ones', () => {
    const repository = withVersions(create());
    expectSameBlobs(repository, open(repository));
  });

  test.each([
    ['deltas by distance', ['repack', '-adfq', '--depth=50']],
    ['deltas by id', ['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--depth=50']],
  ])('packed, %s', (_, args) => {
    const repository = withVersions(create());
    repository.git(...args);
    expect(repository.git('count-objects')).toMatch(/^0 objects/);
    expectSameBlobs(repository, open(repository));
  });

  test('in several packs, some loose', () => {
    const repository = withVersions(create(), 5);
    repository.git('repack', '-dq');
    withVersions(repository, 9).git('repack', '-dq');
    repository.write('loose').commit('loose');
    expect(readdirSync(join(repository.path, '.git/objects/pack')).filter((name) => name.endsWith('.pack'))).toHaveLength(2);
    expectSameBlobs(repository, open(repository));
  });

  test('in a SHA-256 repository', () => {
    const repository = withVersions(create('--object-format=sha256'));
    expectSameBlobs(repository, open(repository));
    repository.git('repack', '-adfq');
    expectSameBlobs(repository, open(repository));
  });

  test('borrowed from another repository', () => {
    const repository = withVersions(create());
    repository.git('repack', '-adq');
    const borrower = new TestRepository(join(base, 'borrower'));
    repository.git('clone', '-q', '--shared', repository.path, join(base, 'shared'));
    const shared = openRepository(join(base, 'shared/.git'));
    expect(shared.resolveRef('HEAD')).toBe(repository.git('rev-parse', 'HEAD'));
    expect([...filesAt(shared, 'HEAD').keys()]).toContain('dir/f11');
    expect(codeOf(() => open(borrower).resolveRef('HEAD'))).toBe('git-ref-unknown');
  });

  test('the limit holds before anything is inflated; other kinds are refused', () => {
    const repository = create();
    repository.write('zeros', Buffer.alloc(5_000_000)).write('small', 'x').commit('first');
    const opened = open(repository);
    const oid = repository.git('rev-parse', 'HEAD:zeros');
    expect(readBlob(opened, oid, 4_999_999)).toBeUndefined();
    expect(readBlob(opened, oid, 5_000_000)).toHaveLength(5_000_000);
    repository.git('repack', '-adq');
    expect(readBlob(open(repository), oid, 4_999_999)).toBeUndefined();
    expect(codeOf(() => readBlob(open(repository), repository.git('rev-parse', 'HEAD^{tree}'), 1000))).toBe('git-corrupt');
    expect(codeOf(() => readBlob(opened, '0'.repeat(40), 1000))).toBe('git-object-missing');
    expect(codeOf(() => readBlob(opened, 'no id', 1000))).toBe('git-ref-unknown');
  });
});

describe('references', () => {
  const repository = create();
  repository.write('a').commit('one');
  repository.write('b').commit('two');
  repository.git('tag', 'light');
  repository.git('tag', '-a', '-m', 'note', 'v1.0');
  repository.git('tag', '-a', '-m', 'tag of a tag', 'nested', 'v1.0');
  repository.git('checkout', '-q', '-b', 'feature/x', 'HEAD~1');
  repository.write('c').commit('side');
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-edit', 'feature/x');
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD~1');
  repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  const expressions = ['HEAD', '@', 'main', 'heads/main', 'refs/heads/main', 'light', 'v1.0', 'nested', 'tags/v1.0', 'feature/x', 'origin/main', 'origin',
    'HEAD~1', 'HEAD~2', 'HEAD^', 'HEAD^2', 'HEAD^2~1', 'HEAD^^', 'HEAD~0', 'v1.0^{}', 'v1.0^{commit}~1', 'HEAD^0'];

  test.each(['loose', 'packed'])('%s', (how) => {
    if (how === 'packed') {
      repository.git('pack-refs', '--all');
      repository.git('repack', '-adq');
    }
    expect(existsSync(join(repository.path, '.git/refs/heads/main'))).toBe(how === 'loose');
    const opened = open(repository);
    for (const text of expressions) expect([text, opened.resolveRef(text)]).toEqual([text, repository.git('rev-parse', `${text}^{commit}`)]);
    const id = repository.git('rev-parse', 'HEAD');
    expect([opened.resolveRef(id), opened.resolveRef(id.slice(0, 8))]).toEqual([id, id]);
  });

  test.each(['nothing', 'HEAD~9', 'HEAD^3', 'HEAD:a', 'main@{1}', '../HEAD', 'refs/heads', '', 'ffff', '-x', 'HEAD^{tree}'])('%j is refused with a reason', (text) => {
    expect(codeOf(() => open(repository).resolveRef(text))).toBe('git-ref-unknown');
  });

  test('a linked work tree has its own HEAD and shares the rest', () => {
    const linked = join(base, 'linked');
    repository.git('worktree', 'add', '-q', linked, 'feature/x');
    const opened = openRepository(join(repository.path, '.git/worktrees/linked'));
    expect(opened.resolveRef('HEAD')).toBe(repository.git('rev-parse', 'feature/x'));
    expect(opened.resolveRef('main')).toBe(repository.git('rev-parse', 'main'));
  });

  test('a folder without git, and a reftable', () => {
    expect(codeOf(() => openRepository(base))).toBe('git-missing');
    const other = create();
    other.git('config', 'extensions.refStorage', 'reftable');
    expect(codeOf(() => open(other))).toBe('git-unsupported');
  });
});

describe('files of a commit', () => {
  test('are those of git ls-tree, without links and submodules', () => {
    const repository = create();
    repository.write('a').write('x/b').write('x/y/c').write('é/ü').write('x.txt');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    repository.git('commit', '-q', '-m', 'gitlink');
    repository.commit('rest');
    const opened = open(repository);
    const lines = repository.git('ls-tree', '-rz', 'HEAD').split('\0').filter((line) => line.startsWith('100'));
    const byGit = new Map(lines.map((line) => [line.split('\t')[1], line.split(/[ \t]/)[2]]));
    expect(filesAt(opened, 'HEAD')).toEqual(byGit);
    expect([...filesAt(opened, 'HEAD', 'x').keys()]).toEqual(['b', 'y/c']);
    expect([...filesAt(opened, 'HEAD', 'x/y/').keys()]).toEqual(['c']);
    expect(filesAt(opened, 'HEAD', 'none').size).toBe(0);
  });
});

describe('merge base', () => {
  test('is git\'s', () => {
    const repository = create();
    const first = repository.write('a').commit('1');
    for (let at = 0; at < 6; at += 1) {
      repository.git('checkout', '-q', '-b', `b${at}`, at % 2 === 0 ? 'main' : `b${at - 1}`);
      repository.write(`f${at}`).commit(`b${at}`);
      repository.git('checkout', '-q', 'main');
      repository.write(`m${at}`).commit(`m${at}`);
      if (at % 3 === 0) repository.git('merge', '-q', '--no-edit', `b${at}`);
    }
    repository.git('checkout', '-q', '--orphan', 'island');
    repository.commit('island');
    const opened = open(repository);
    const names = ['main', 'b0', 'b1', 'b2', 'b3', 'b4', 'b5'];
    for (const one of names) {
      for (const other of names) {
        expect(mergeBase(opened, opened.resolveRef(one), opened.resolveRef(other))).toBe(repository.git('merge-base', one, other));
      }
    }
    expect(mergeBase(opened, opened.resolveRef('main'), first)).toBe(first);
    expect(mergeBase(opened, opened.resolveRef('main'), opened.resolveRef('island'))).toBeUndefined();
  });
});
