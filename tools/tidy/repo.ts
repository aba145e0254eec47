/** The repository as the checks see it: every file that is committed or could be, read once. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseModule, type Module } from './module.ts';

export interface Repo {
  /** Paths from the root with forward slashes, sorted. */
  readonly files: readonly string[];
  has(path: string): boolean;
  text(path: string): string;
  bytes(path: string): number;
  /** A parsed TypeScript or JavaScript file. */
  module(path: string): Module;
}

export interface Problem {
  readonly path: string;
  /** Counted from 1; absent when the file as a whole is meant. */
  readonly line?: number;
  readonly message: string;
}

/** One law of the house. One file in `tools/tidy/checks/`, its cases beside it. */
export interface Check {
  readonly id: string;
  readonly title: string;
  check(repo: Repo): Problem[];
}

/** A made-up tree: paths to contents. */
export type Tree = { readonly [path: string]: string };

/** What shows that a check can fail, and that it does not always. */
export interface CheckCases {
  /** Each tree gives at least one problem, and each problem lies in a file whose path `at` names. */
  readonly bad: readonly { readonly why: string; readonly at: string; readonly tree: Tree }[];
  readonly good: readonly Tree[];
}

export function defineCheck(check: Check): Check {
  return check;
}

export function openRepo(root: string): Repo {
  const files = (existsSync(join(root, '.git')) ? listGit(root) : listFolder(root)).sort();
  return makeRepo(
    files,
    (path) => readFileSync(join(root, path), 'utf8'),
    (path) => statSync(join(root, path)).size,
  );
}

export function repoOf(tree: Tree): Repo {
  const texts = new Map(Object.entries(tree));
  const text = (path: string): string => texts.get(path) ?? '';
  return makeRepo([...texts.keys()].sort(), text, (path) => Buffer.byteLength(text(path)));
}

function makeRepo(files: readonly string[], read: (path: string) => string, bytes: (path: string) => number): Repo {
  const known = new Set(files);
  const texts = new Map<string, string>();
  const modules = new Map<string, Module>();
  const text = (path: string): string => remember(texts, path, () => read(path));
  return {
    files,
    has: (path) => known.has(path) || files.some((file) => file.startsWith(`${path}/`)),
    text,
    bytes,
    module: (path) => remember(modules, path, () => parseModule(path, text(path))),
  };
}

function remember<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

/** What is in the index or could be added to it, and exists. */
function listGit(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** Without git (an unpacked archive): everything but what an install or a build makes. */
function listFolder(root: string, folder = root): string[] {
  const made = new Set(['node_modules', '.generated', 'dist', '.git', '.watchward', 'coverage']);
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return made.has(entry.name) ? [] : listFolder(root, path);
    return entry.isFile() ? [relative(root, path).replaceAll('\\', '/')] : [];
  });
}
