import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChaosCase, git, leak, Stage } from './stage.ts';

/** The tree that is judged is not the tree that was scanned. */
export const treeCases: readonly ChaosCase[] = [
  { name: 'a file was added', act: (stage) => stage.file('src/new.ts', 'export {};\n') },
  { name: 'a file with a secret was added', act: (stage) => stage.file('src/new.ts', leak) },
  { name: 'an empty file was added', act: (stage) => stage.file('new.txt', '') },
  { name: 'a hidden file was added', act: (stage) => stage.file('.env', 'A=1\n') },
  { name: 'a file was removed', act: ({ tree }) => rmSync(join(tree, 'src/app.ts')) },
  { name: 'an empty file was removed', act: ({ tree }) => rmSync(join(tree, 'empty.txt')) },
  { name: 'a file was changed', act: (stage) => stage.file('src/app.ts', 'export const answer = 43;\n') },
  { name: 'a file was changed at its end', act: (stage) => stage.file('src/app.ts', 'export const answer = 42;\n ') },
  { name: 'a binary file was changed', act: (stage) => stage.file('data/blob.bin', Buffer.from([0, 1, 2, 255, 254, 0, 8])) },
  { name: 'a file was renamed', act: ({ tree }) => renameSync(join(tree, 'src/app.ts'), join(tree, 'src/main.ts')) },
  { name: 'a file was moved', act: ({ tree }) => renameSync(join(tree, 'src/app.ts'), join(tree, 'app.ts')) },
  { name: 'the case of a name was changed', act: ({ tree }) => renameSync(join(tree, 'README.md'), join(tree, 'readme.md')) },
  { name: 'two files changed places', act: ({ tree }) => { renameSync(join(tree, 'src/app.ts'), join(tree, 'x')); renameSync(join(tree, 'src/place.py'), join(tree, 'src/app.ts')); renameSync(join(tree, 'x'), join(tree, 'src/place.py')); } },
  { name: 'a file became a link', act: ({ tree }) => { rmSync(join(tree, 'src/app.ts')); symlinkSync('place.py', join(tree, 'src/app.ts')); } },
  { name: 'a file became a folder', act: ({ tree }) => { rmSync(join(tree, 'src/app.ts')); mkdirSync(join(tree, 'src/app.ts')); } },
  { name: 'everything was removed', act: ({ tree }) => { rmSync(tree, { recursive: true }); mkdirSync(tree); } },
  { name: 'the tree is gone', act: ({ tree }) => rmSync(tree, { recursive: true }) },
  { name: 'the tree is a file', act: ({ tree }) => { rmSync(tree, { recursive: true }); writeFileSync(tree, 'x'); } },
  { name: 'only a folder of the tree was scanned', act: async (stage) => void (await stage.scan({}, join(stage.tree, 'src'))) },
  { name: 'only one file of the tree was scanned', act: async (stage) => void (await stage.scan({}, join(stage.tree, 'README.md'))) },
  { name: 'only a folder of the scanned tree is judged', act: (stage) => void (stage.asked.target = join(stage.tree, 'src')) },
  { name: 'the attestation of another project', act: async (stage) => { const other = await Stage.begin('plain'); other.file('more.txt', 'x'); await other.scan(); stage.write(other.bytes()); } },
  { name: 'the attestation of the tree before a secret came', act: async (stage) => { await stage.scan(); stage.file('src/app.ts', leak); } },
  { name: 'an empty tree, scanned', act: async (stage) => { rmSync(stage.tree, { recursive: true }); mkdirSync(stage.tree); await stage.scan(); } },
  {
    name: 'a file that hides behind an exclusion of its own', act: async (stage) => { stage.file('hidden/leak.env', leak); await stage.scan({ exclude: ['hidden/'] }); },
  },
  { name: 'the attestation of another commit with another tree', git: true, act: ({ tree }) => { writeFileSync(join(tree, 'src/app.ts'), 'x\n'); git(tree, 'commit', '-qam', 'second'); } },
  { name: 'the attestation of another commit with the same tree', git: true, act: ({ tree }) => void git(tree, 'commit', '-q', '--allow-empty', '-m', 'second') },
  { name: 'the attestation of the same tree outside git', git: true, act: ({ tree }) => rmSync(join(tree, '.git'), { recursive: true }) },
  { name: 'the attestation from outside git for the same tree in git', act: ({ tree }) => { git(tree, 'init', '-q'); git(tree, 'add', '.'); git(tree, 'commit', '-qm', 'first'); } },
  { name: 'the same tree in a repository of its own history', git: true, act: ({ tree }) => { rmSync(join(tree, '.git'), { recursive: true }); git(tree, 'init', '-q'); git(tree, 'add', '.'); git(tree, 'commit', '-qm', 'other'); } },
  { name: 'a file that git ignored when it was scanned and does not now', git: true, act: async (stage) => { stage.file('.gitignore', '*.env\n'); stage.file('a.env', leak); await stage.scan(); rmSync(join(stage.tree, '.gitignore')); } },
  { name: 'the index names a file that is gone', git: true, act: async (stage) => { rmSync(join(stage.tree, 'src/app.ts')); await stage.scan(); } },
  { name: 'the index is damaged', git: true, act: async (stage) => { writeFileSync(join(stage.tree, '.git/index'), 'DIRC broken'); await stage.scan(); } },
  { name: 'HEAD is damaged', git: true, act: (stage) => writeFileSync(join(stage.tree, '.git/HEAD'), 'nothing\n') },
  { name: 'a file became unreadable', act: ({ tree }) => { chmodSync(join(tree, 'src/app.ts'), 0); if (process.getuid?.() === 0) rmSync(join(tree, 'src/app.ts')); } },
];
