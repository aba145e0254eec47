import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedSince } from './changed.ts';
import { temporaryFolder, TestRepository } from './git/test-repository.ts';
import { listTree } from './tree.ts';

const base = temporaryFolder();
const options = { exclude: [], limits: { files: 1000, depth: 20, fileBytes: 1_000_000 } };
afterAll(() => rmSync(base, { recursive: true, force: true }));

function changed(path: string, ref: string): string[] {
  return [...changedSince(listTree(path, options), ref)].sort();
}

describe('changed since a ref', () => {
  const repository = new TestRepository(join(base, 'r'));
  beforeAll(() => {
    repository.write('same').write('edited').write('sub/same').write('sub/edited').write('gone').write('to-move').commit('base');
    repository.git('checkout', '-q', '-b', 'topic');
    repository.write('edited', 'on topic\n').remove('gone').write('committed').commit('topic 1');
    repository.write('sub/edited', 'on topic\n').commit('topic 2');
    repository.git('checkout', '-q', 'main');
    repository.write('same', 'main moved on\n').write('main-only').commit('main');
    repository.git('checkout', '-q', 'topic');
  });

  test('is what git diff names against the merge base, and what is untracked', () => {
    repository.write('untracked').write('sub/same', 'edited in the work tree\n');
    repository.git('mv', 'to-move', 'moved');
    const byGit = repository.lines('diff', '--name-only', '--no-renames', '--diff-filter=d', repository.git('merge-base', 'main', 'HEAD'));
    const expected = [...byGit, 'untracked'].sort();
    expect(changed(repository.path, 'main')).toEqual(expected);
    expect(expected).toEqual(['committed', 'edited', 'moved', 'sub/edited', 'sub/same', 'untracked']);
  });

  test('in a subfolder, against a commit of the same line, and from packs', () => {
    expect(changed(join(repository.path, 'sub'), 'main')).toEqual(['edited', 'same']);
    expect(changed(repository.path, 'HEAD')).toEqual(['moved', 'sub/same', 'untracked']);
    expect(changed(repository.path, 'HEAD~1')).toEqual(['moved', 'sub/edited', 'sub/same', 'untracked']);
    repository.git('gc', '-q');
    expect(changed(repository.path, 'HEAD~1')).toEqual(['moved', 'sub/edited', 'sub/same', 'untracked']);
  });

  test('does not trust an index that is as old as the file', () => {
    const racy = new TestRepository(join(base, 'racy'));
    racy.write('f', 'one').commit('base');
    racy.write('f', 'two');
    // Same size, same time as the index entry, and the index itself no younger: only the content tells.
    const time = new Date('2026-01-01T00:00:00Z');
    racy.write('f', 'one');
    utimesSync(join(racy.path, 'f'), time, time);
    racy.git('update-index', '--refresh');
    writeFileSync(join(racy.path, 'f'), 'two');
    utimesSync(join(racy.path, 'f'), time, time);
    utimesSync(join(racy.path, '.git/index'), time, time);
    expect(changed(racy.path, 'HEAD')).toEqual(['f']);
  });

  test('works with a damaged index', () => {
    writeFileSync(join(repository.path, '.git/index'), 'damaged');
    expect(changed(repository.path, 'HEAD')).toEqual(['moved', 'sub/same', 'untracked']);
  });

  test('without common history everything that differs from the ref itself', () => {
    const split = new TestRepository(join(base, 'split'));
    split.write('a').write('b').commit('one');
    split.git('checkout', '-q', '--orphan', 'island');
    split.write('b', 'other').commit('island');
    expect(changed(split.path, 'main')).toEqual(['b']);
  });

  test('outside of git it is an error', () => {
    const plain = join(base, 'plain');
    mkdirSync(plain);
    expect(() => changed(plain, 'main')).toThrow(/in no git work tree/);
  });
});
