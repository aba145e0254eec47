import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, TestRepository } from './git/test-repository.ts';
import { readEntry } from './read-file.ts';
import { SourceError } from './source-error.ts';
import { listTree, type ListOptions, type TreeListing } from './tree.ts';

const base = temporaryFolder();
const options: ListOptions = { exclude: [], limits: { files: 10_000, depth: 64, fileBytes: 1_000_000 } };
let counter = 0;

function newRepository(...init: string[]): TestRepository {
  return new TestRepository(join(base, `r${(counter += 1)}`), ...init);
}

function paths(listing: TreeListing): string[] {
  return listing.entries.map((entry) => entry.path);
}

function count(listing: TreeListing, code: string): number {
  return listing.diagnostics.filter((one) => one.code === code).reduce((sum, one) => sum + (one.count ?? 1), 0);
}

/** What git itself would name, less what is not a regular file on disk. */
function gitPaths(repository: TestRepository, folder = '.'): string[] {
  const out = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: join(repository.path, folder), encoding: 'utf8' });
  const isFile = (path: string): boolean => lstatSync(join(repository.path, folder, path), { throwIfNoEntry: false })?.isFile() === true;
  return [...new Set(out.split('\0').filter((path) => path !== '' && isFile(path)))].sort((a, b) => (a < b ? -1 : 1));
}

beforeAll(() => {
  process.env['XDG_CONFIG_HOME'] = join(base, 'config');
});
afterAll(() => {
  delete process.env['XDG_CONFIG_HOME'];
  rmSync(base, { recursive: true, force: true });
});

describe('a git work tree', () => {
  test('lists what git ls-files lists: tracked, untracked, nested ignores, negation', () => {
    const repository = newRepository();
    repository.write('.gitignore', '*.log\n/build/\n!keep.log\nsecret?.txt\ndocs/**/*.tmp\n');
    repository.write('a/.gitignore', '!*.log\nonly-here\n').write('a/b/.gitignore', '/top.txt\n');
    repository.write('tracked.txt').write('forced.log').git('add', '-f', 'forced.log');
    repository.write('build/tracked.o').git('add', '-f', 'build/tracked.o');
    repository.commit('first');
    for (const path of ['x.log', 'keep.log', 'a/y.log', 'a/only-here', 'only-here', 'a/b/top.txt', 'a/b/c/top.txt', 'build/new.o',
      'build/deep/er.o', 'secret1.txt', 'secret12.txt', 'docs/x/y/z.tmp', 'docs/z.tmp', 'src/é.txt', 'src/ü/ß.log']) repository.write(path);
    repository.write('.git/info/exclude', 'by-exclude\n').write('by-exclude').write('a/by-exclude');
    const listing = listTree(repository.path, options);
    expect(paths(listing)).toEqual(gitPaths(repository));
    expect(paths(listing)).toEqual(expect.arrayContaining(['forced.log', 'build/tracked.o', 'keep.log', 'a/y.log', 'src/é.txt']));
    expect(paths(listing)).not.toContain('build/new.o');
    expect(count(listing, 'file-ignored')).toBeGreaterThanOrEqual(8);
    expect(listing.git).toMatchObject({ branch: 'main', commit: repository.git('rev-parse', 'HEAD'), shallow: false, workTree: repository.path });
  });

  test('reads the user\'s own ignore file', () => {
    const repository = newRepository();
    repository.write('note.swp').write('note.txt');
    mkdirSync(join(base, 'config/git'), { recursive: true });
    writeFileSync(join(base, 'config/git/ignore'), '*.swp\n');
    try {
      expect(paths(listTree(repository.path, options))).toEqual(['note.txt']);
    } finally {
      rmSync(join(base, 'config/git/ignore'));
    }
    expect(paths(listTree(repository.path, options))).toEqual(['note.swp', 'note.txt']);
  });

  test('a subfolder keeps the ignore rules of its parents; an ignored one that is named is scanned', () => {
    const repository = newRepository();
    repository.write('.gitignore', '*.log\n/out/\nsub/skip.txt\n').write('sub/a.txt').commit('first');
    repository.write('sub/b.log').write('sub/skip.txt').write('sub/c/new.txt').write('out/x.txt');
    const listing = listTree(join(repository.path, 'sub'), options);
    expect(paths(listing)).toEqual(gitPaths(repository, 'sub'));
    expect(paths(listing)).toEqual(['a.txt', 'c/new.txt']);
    expect(listing.root).toBe(join(repository.path, 'sub'));
    expect(listing.git?.workTree).toBe(repository.path);
    expect(paths(listTree(join(repository.path, 'out'), options))).toEqual(['x.txt']);
  });

  test.each(['2', '3', '4'])('index version %s', (version) => {
    const repository = newRepository();
    for (let at = 0; at < 40; at += 1) repository.write(`dir${at % 3}/sub-folder/file${at}.txt`);
    repository.write('ignored.bin').write('.gitignore', 'ignored.bin\n').git('add', '-f', 'ignored.bin');
    repository.commit('first');
    if (version !== '2') repository.write('later').git('add', '-N', 'later');
    repository.git('update-index', '--index-version', version);
    expect(readFileSync(join(repository.path, '.git/index')).readUInt32BE(4)).toBe(Number(version));
    expect(paths(listTree(repository.path, options))).toEqual(gitPaths(repository));
  });

  test('a SHA-256 repository', () => {
    const repository = newRepository('--object-format=sha256');
    repository.write('.gitignore', 'x\n').write('x').git('add', '-f', 'x');
    const commit = repository.commit('first');
    const listing = listTree(repository.path, options);
    expect(paths(listing)).toEqual(['.gitignore', 'x']);
    expect(listing.git?.commit).toBe(commit);
  });

  test('a damaged index is said, and what is not ignored is still listed', () => {
    const repository = newRepository();
    repository.write('a.txt').commit('first');
    const index = readFileSync(join(repository.path, '.git/index'));
    for (const damaged of [Buffer.alloc(0), index.subarray(0, 30), Buffer.from(index).fill(0xff, 40, 60), Buffer.from(index).fill(0xff, 8, 12)]) {
      writeFileSync(join(repository.path, '.git/index'), damaged);
      const listing = listTree(repository.path, options);
      expect(paths(listing)).toEqual(['a.txt']);
      expect(count(listing, 'git-unreadable')).toBe(1);
    }
  });

  test('merge conflicts name a path once; deleted files are folded', () => {
    const repository = newRepository();
    repository.write('f', 'one\n').write('gone1').write('gone2').commit('base');
    repository.git('checkout', '-q', '-b', 'side');
    repository.write('f', 'two\n').commit('side');
    repository.git('checkout', '-q', 'main');
    repository.write('f', 'three\n').commit('main');
    expect(() => repository.git('merge', '-q', 'side')).toThrow(/merge -q side/);
    repository.remove('gone1').remove('gone2');
    const listing = listTree(repository.path, options);
    expect(paths(listing)).toEqual(['f']);
    expect(listing.diagnostics.filter((one) => one.code === 'file-absent')).toMatchObject([{ count: 2 }]);
  });

  test('a linked work tree and a detached HEAD', () => {
    const repository = newRepository();
    repository.write('.gitignore', '*.log\n').write('a.txt');
    const commit = repository.commit('first');
    repository.write('.git/info/exclude', 'private\n');
    const linked = join(base, `linked${(counter += 1)}`);
    repository.git('worktree', 'add', '-q', '--detach', linked);
    writeFileSync(join(linked, 'x.log'), '');
    writeFileSync(join(linked, 'private'), '');
    writeFileSync(join(linked, 'new.txt'), '');
    const listing = listTree(linked, options);
    expect(paths(listing)).toEqual(['.gitignore', 'a.txt', 'new.txt']);
    expect(listing.git).toEqual({ commit, gitDir: join(repository.path, '.git/worktrees', linked.slice(base.length + 1)), shallow: false, workTree: linked });
  });

  test('submodules: walked when checked out, said when absent', () => {
    const inner = newRepository();
    inner.write('.gitignore', '*.log\n').write('in.txt').write('kept.log').git('add', '-f', 'kept.log');
    inner.commit('inner');
    const outer = newRepository();
    outer.write('.gitignore', '*.txt\n').write('out.md');
    outer.git('submodule', '--quiet', 'add', inner.path, 'lib/inner');
    outer.commit('outer');
    outer.write('lib/inner/new.txt').write('lib/inner/x.log');
    expect(paths(listTree(outer.path, options))).toEqual(['.gitignore', '.gitmodules', 'lib/inner/.gitignore', 'lib/inner/in.txt', 'lib/inner/kept.log', 'lib/inner/new.txt', 'out.md']);
    outer.git('submodule', '--quiet', 'deinit', '-f', '--all');
    const listing = listTree(outer.path, options);
    expect(paths(listing)).toEqual(['.gitignore', '.gitmodules', 'out.md']);
    expect(listing.diagnostics.filter((one) => one.code === 'submodule-absent').map((one) => one.path)).toEqual(['lib/inner']);
    rmSync(join(outer.path, 'lib'), { recursive: true });
    expect(count(listTree(outer.path, options), 'submodule-absent')).toBe(1);
  });

  test('a clone inside a work tree or plain folder has its own rules', () => {
    const outer = newRepository();
    outer.write('a.txt').commit('outer');
    const inner = new TestRepository(join(outer.path, 'nested'));
    inner.write('.gitignore', '*.log\n').write('b.txt').write('b.log');
    expect(paths(listTree(outer.path, options))).toEqual(['a.txt', 'nested/.gitignore', 'nested/b.txt']);
    const plain = join(base, 'plain-holder');
    new TestRepository(join(plain, 'one')).write('.gitignore', 'x\n').write('x').write('y');
    expect(paths(listTree(plain, options))).toEqual(['one/.gitignore', 'one/y']);
  });

  test.each([['--no-cone', '--no-sparse-index'], ['--cone', '--sparse-index']])('a sparse checkout folds what lies outside (%s %s)', (cone, sparse) => {
    const repository = newRepository();
    for (let at = 0; at < 8; at += 1) repository.write(`in/f${at}`).write(`out/deep/f${at}`);
    repository.commit('first');
    repository.git('sparse-checkout', 'init', cone, sparse);
    repository.git('sparse-checkout', 'set', 'in');
    const listing = listTree(repository.path, options);
    expect(paths(listing)).toEqual(Array.from({ length: 8 }, (_, at) => `in/f${at}`));
    expect(listing.diagnostics.map((one) => one.code)).toEqual(['file-sparse']);
    expect(count(listing, 'file-sparse')).toBe(sparse === '--sparse-index' ? 1 : 8);
  });

  test('a shallow clone is known as one', () => {
    const repository = newRepository();
    repository.write('a').commit('one');
    repository.write('b').commit('two');
    const clone = join(base, 'shallow');
    repository.git('clone', '-q', '--depth', '1', `file://${repository.path}`, clone);
    expect(listTree(clone, options)).toMatchObject({ git: { shallow: true, branch: 'main', commit: repository.git('rev-parse', 'HEAD') } });
  });

  test('conventional folders: untracked ones are left out, tracked ones are listed', () => {
    const repository = newRepository();
    repository.write('node_modules/kept/index.js').commit('first');
    repository.write('node_modules/other/index.js').write('pkg/node_modules/x.js').write('Cargo.toml').write('target/debug/x').write('docs/target/y');
    const listing = listTree(repository.path, options);
    expect(paths(listing)).toEqual(['Cargo.toml', 'docs/target/y', 'node_modules/kept/index.js']);
    expect(listing.diagnostics).toMatchObject([{ code: 'file-excluded', count: 3 }]);
  });
});

describe('any folder', () => {
  function folder(files: Record<string, string>): string {
    const path = join(base, `f${(counter += 1)}`);
    mkdirSync(path);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    return path;
  }

  test('a plain folder lists all but conventions, in code unit order, with sizes', () => {
    const path = folder({ 'b.txt': '12', 'a/z': '', 'a-b': '1', B: '', '.gitignore': '*', 'node_modules/x': '', 'vendor/bundle/y': '', 'vendor/z': '', 'venv/a': '', 'env/pyvenv.cfg': '' });
    const listing = listTree(path, options);
    expect(paths(listing)).toEqual(['.gitignore', 'B', 'a-b', 'a/z', 'b.txt', 'vendor/z', 'venv/a']);
    expect(listing.entries.at(4)).toEqual({ path: 'b.txt', absolute: join(path, 'b.txt'), size: 2 });
    expect(listing.git).toBeUndefined();
    expect(count(listing, 'file-excluded')).toBe(3);
  });

  test('exclude patterns hold for tracked files too, and are counted', () => {
    const repository = newRepository();
    repository.write('src/a.ts').write('src/a.test.ts').write('dist/x').commit('first');
    const listing = listTree(repository.path, { ...options, exclude: ['*.test.ts', '/dist/'] });
    expect(paths(listing)).toEqual(['src/a.ts']);
    expect(listing.diagnostics).toMatchObject([{ code: 'file-excluded', count: 2 }]);
  });

  test('links are never followed, wherever they lead', () => {
    const path = folder({ 'a/file': 'x' });
    for (const [name, target] of [['in-file', 'a/file'], ['in-folder', 'a'], ['out', '/etc/passwd'], ['out-folder', '..'], ['a/up', '..'], ['self', 'self'], ['broken', 'nowhere']] as const) {
      symlinkSync(target, join(path, name));
    }
    const listing = listTree(path, options);
    expect(paths(listing)).toEqual(['a/file']);
    expect(listing.diagnostics.map((one) => [one.code, one.count])).toEqual([['link-skipped', 1], ['link-skipped', 1], ['link-cycle', 3]]);
  });

  test('pipes are not opened; a pipe that took a listed file\'s place is refused', () => {
    const path = folder({ a: 'x' });
    execFileSync('mkfifo', [join(path, 'pipe')]);
    const listing = listTree(path, options);
    expect(paths(listing)).toEqual(['a']);
    expect(count(listing, 'file-excluded')).toBe(1);
    rmSync(join(path, 'a'));
    execFileSync('mkfifo', [join(path, 'a')]);
    const [entry] = listing.entries;
    expect(() => entry && readEntry(entry, 10)).toThrow(SourceError);
  });

  test('names that are not UTF-8 are shown escaped and can be read', () => {
    const path = folder({ plain: '' });
    const raw = Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0x61, 0xff, 0xe9])]);
    writeFileSync(raw, 'hidden');
    mkdirSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xfe])]));
    writeFileSync(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xfe]), Buffer.from('/in')]), 'inner');
    const listing = listTree(path, options);
    expect(paths(listing)).toEqual(['\\xfe/in', 'a\\xff\\xe9', 'plain']);
    expect(listing.entries.map((entry) => readEntry(entry, 100).toString())).toEqual(['inner', 'hidden', '']);
  });

  test('limits are kept and said', () => {
    const path = folder({ 'a/b/c/deep': '', big: 'x'.repeat(200), f1: '', f2: '', f3: '' });
    const tight = listTree(path, { exclude: [], limits: { files: 2, depth: 2, fileBytes: 100 } });
    expect(paths(tight)).toEqual(['f1', 'f2']);
    expect(tight.diagnostics.map((one) => one.code)).toEqual(['file-too-large', 'depth-limit', 'count-limit']);
  });

  test('many equal diagnostics are folded', () => {
    const path = folder(Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`f${at}`, 'too long'])));
    const listing = listTree(path, { exclude: [], limits: { files: 1000, depth: 2, fileBytes: 3 } });
    expect(listing.diagnostics).toHaveLength(51);
    expect(count(listing, 'file-too-large')).toBe(130);
  });

  test('a folder that cannot be listed is said', () => {
    const path = folder({});
    // Deeper than the longest path the system takes, so that even root cannot list it.
    const dig = `const name = 'n'.repeat(250); for (let at = 0; at < 18; at += 1) { fs.mkdirSync(name); process.chdir(name); }`;
    execFileSync(process.execPath, ['-e', dig], { cwd: path });
    const listing = listTree(path, options);
    expect(listing.diagnostics.map((one) => one.code)).toEqual(['file-unreadable']);
    execFileSync('rm', ['-rf', path]);
  });

  test('a single file, and targets that are none', () => {
    const path = folder({ 'one.txt': '12345' });
    expect(listTree(join(path, 'one.txt'), options)).toMatchObject({ root: path, entries: [{ path: 'one.txt', size: 5 }], diagnostics: [] });
    const code = (target: string): string => {
      try {
        listTree(target, options);
      } catch (error) {
        return error instanceof SourceError ? error.code : 'other';
      }
      return 'none';
    };
    expect(code(join(path, 'missing'))).toBe('target-missing');
    expect(code('/dev/null')).toBe('target-unsupported');
  });
});
