import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceError } from '../source-error.ts';
import { applyDelta, deltaSizes } from './delta.ts';
import { filesAt } from './files-at.ts';
import { history } from './history.ts';
import { openRepository, readBlob } from './repository.ts';
import { temporaryFolder, TestRepository } from './test-repository.ts';

const base = temporaryFolder();
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Reads all there is; gives the code of the error, or how many blobs came. */
function readAll(gitDir: string): string | number {
  try {
    const repository = openRepository(gitDir);
    try {
      let count = 0;
      for (const blob of history(repository, 'HEAD')) if (readBlob(repository, blob.oid, 1_000_000) !== undefined) count += 1;
      filesAt(repository, 'HEAD');
      return count;
    } finally {
      repository.close();
    }
  } catch (error) {
    if (error instanceof SourceError) return error.code;
    throw error;
  }
}

describe('damaged repositories give a SourceError, never a crash or a hang', () => {
  const repository = new TestRepository(join(base, 'packed'));
  const folder = join(repository.path, '.git/objects/pack');
  let pack = '';
  let index = '';
  let sound: string | number = 0;

  beforeAll(() => {
    for (let at = 0; at < 10; at += 1) {
      repository.write('f', Array.from({ length: 200 }, (_, line) => `line ${line} ${line % 9 === at % 9 ? at : ''}`).join('\n')).write(`dir/${at}`).commit(`${at}`);
    }
    repository.git('repack', '-adfq');
    const names = readdirSync(folder);
    pack = join(folder, names.find((name) => name.endsWith('.pack')) ?? '');
    index = join(folder, names.find((name) => name.endsWith('.idx')) ?? '');
    for (const path of [pack, index]) chmodSync(path, 0o644);
    sound = readAll(join(repository.path, '.git'));
  });

  function damaged(path: string, change: (bytes: Buffer) => Buffer): string | number {
    const original = readFileSync(path);
    try {
      writeFileSync(path, change(Buffer.from(original)));
      return readAll(join(repository.path, '.git'));
    } finally {
      writeFileSync(path, original);
    }
  }

  test('flipped bytes anywhere in the pack', () => {
    const { length } = readFileSync(pack);
    const outcomes = new Set<string | number>();
    for (let at = 12; at < length - 20; at += 7) outcomes.add(damaged(pack, (bytes) => bytes.fill(bytes.readUInt8(at) ^ 0x5a, at, at + 1)));
    for (const outcome of outcomes) expect(['git-corrupt', 'git-object-missing', 'git-limit', 'git-ref-unknown', 'git-unsupported', sound]).toContain(outcome);
    expect(outcomes).toContain('git-corrupt');
  });

  test('flipped bytes anywhere in the index', () => {
    const { length } = readFileSync(index);
    const outcomes = new Set<string | number>();
    for (let at = 0; at < length; at += 13) outcomes.add(damaged(index, (bytes) => bytes.fill(bytes.readUInt8(at) ^ 0xff, at, at + 1)));
    for (const outcome of outcomes) expect(['git-corrupt', 'git-object-missing', 'git-limit', 'git-ref-unknown', 'git-unsupported', sound]).toContain(outcome);
  });

  test.each([0, 10, 1000, 1100, 2000])('an index cut to %i bytes', (length) => {
    expect(damaged(index, (bytes) => bytes.subarray(0, length))).toBe('git-corrupt');
  });

  test.each([0, 12, 500])('a pack cut to %i bytes', (length) => {
    expect(damaged(pack, (bytes) => bytes.subarray(0, length))).toBe('git-corrupt');
  });

  test('a pack that is gone', () => {
    const original = readFileSync(pack);
    rmSync(pack);
    expect(readAll(join(repository.path, '.git'))).toBe('file-unreadable');
    writeFileSync(pack, original);
    expect(readAll(join(repository.path, '.git'))).toBe(sound);
  });
});

describe('objects made to harm', () => {
  function looseRepository(name: string): { repository: TestRepository; put: (header: string, content: Buffer) => string } {
    const repository = new TestRepository(join(base, name));
    let counter = 0;
    return {
      repository,
      put(header, content) {
        const oid = (counter += 1).toString(16).padStart(40, 'a');
        const folder = join(repository.path, '.git/objects', oid.slice(0, 2));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, oid.slice(2)), deflateSync(Buffer.concat([Buffer.from(`${header}\0`), content])));
        return oid;
      },
    };
  }

  test('a blob that inflates to more than it says, or less', () => {
    const { repository, put } = looseRepository('sizes');
    const more = put('blob 10', Buffer.alloc(50_000_000));
    const less = put('blob 1000000', Buffer.alloc(10));
    const huge = put('blob 999999999999', Buffer.alloc(10));
    const odd = put('blob -1', Buffer.alloc(10));
    const opened = openRepository(join(repository.path, '.git'));
    for (const oid of [more, less, odd]) expect(() => readBlob(opened, oid, 10_000_000)).toThrow(SourceError);
    expect(readBlob(opened, huge, 10_000_000)).toBeUndefined();
  });

  test('a tree that holds itself ten times over at each of many levels is walked once, and never flattened', () => {
    const { repository, put } = looseRepository('bomb');
    const blob = put('blob 1', Buffer.from('x'));
    let tree = put('tree 0', Buffer.alloc(0));
    const entry = (mode: string, name: string, oid: string): Buffer => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
    for (let level = 0; level < 30; level += 1) {
      const content = Buffer.concat(Array.from({ length: 10 }, (_, at) => (level === 0 ? entry('100644', `f${at}`, blob) : entry('40000', `d${at}`, tree))));
      tree = put(`tree ${content.length}`, content);
    }
    const text = Buffer.from(`tree ${tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nm`);
    repository.write('.git/refs/heads/main', put(`commit ${text.length}`, text));
    const opened = openRepository(join(repository.path, '.git'));
    expect([...history(opened, 'HEAD')]).toHaveLength(1);
    expect(() => filesAt(opened, 'HEAD', '', 20_000)).toThrow(/more than 20000/);
  });

  test('a tree that is its own folder, and commits that are their own parents, end', () => {
    const { repository, put } = looseRepository('loops');
    const self = Buffer.concat([Buffer.from('40000 d\0'), Buffer.from('1'.padStart(40, 'a'), 'hex')]);
    const tree = put(`tree ${self.length}`, self);
    const text = Buffer.from(`tree ${tree}\nparent ${'2'.padStart(40, 'a')}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nm`);
    repository.write('.git/refs/heads/main', put(`commit ${text.length}`, text));
    const opened = openRepository(join(repository.path, '.git'));
    expect([...history(opened, 'HEAD')]).toEqual([]);
    expect(() => filesAt(opened, 'HEAD')).toThrow(/nested deeper/);
  });

  test.each([
    ['copies beyond its base', [3, 3, 0x91, 9, 3]],
    ['makes more than it says', [3, 2, 0x90, 3]],
    ['makes less than it says', [3, 9, 0x90, 3]],
    ['is for another base', [4, 3, 0x90, 3]],
    ['holds a reserved instruction', [3, 3, 0]],
    ['ends within an instruction', [3, 3, 3, 1]],
    ['has a size without end', Array.from({ length: 30 }, () => 0xff)],
  ])('a delta that %s', (_, bytes) => {
    const delta = Buffer.from(bytes);
    expect(() => applyDelta(Buffer.from('abc'), delta, deltaSizes(delta))).toThrow(SourceError);
  });

  test('references that lead in a circle or out of the repository', () => {
    const { repository } = looseRepository('references');
    repository.write('.git/refs/heads/a', 'ref: refs/heads/b\n').write('.git/refs/heads/b', 'ref: refs/heads/a\n');
    repository.write('.git/refs/heads/out', 'ref: refs/../../../secret\n').write('secret', '0'.repeat(40));
    const opened = openRepository(join(repository.path, '.git'));
    for (const name of ['a', 'out']) expect(() => opened.resolveRef(name)).toThrow(/cannot resolve/);
  });
});
