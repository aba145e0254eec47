import { realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '#model/diagnostic.ts';
import { bytePath } from './byte-path.ts';
import { DiagnosticLog } from './diagnostic-log.ts';
import { findWorkTree, type GitLayout } from './git/discover.ts';
import { RefStore } from './git/refs.ts';
import { WorkTree } from './git/work-tree.ts';
import type { IgnoreScope } from './ignore/scope.ts';
import { SourceError, systemCode } from './source-error.ts';
import { type Position, TreeWalk } from './walk.ts';

/** A file to be read. It may be gone, or be something else, by then: read it with `readEntry`. */
export interface TreeEntry {
  /** From the root, `/` separators, valid Unicode. */
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  /** The absolute path in bytes, only when it is not valid UTF-8; `absolute` then names no file. */
  readonly raw?: Uint8Array;
}

export interface TreeListing {
  readonly root: string;
  /** Sorted by path, code unit order. */
  readonly entries: TreeEntry[];
  readonly diagnostics: Diagnostic[];
  readonly git?: GitFacts;
}

export interface GitFacts {
  readonly gitDir: string;
  readonly workTree: string;
  readonly commit?: string;
  readonly branch?: string;
  /** `owner/name` of the remote `origin`, as events of a forge call it. */
  readonly repository?: string;
  readonly shallow: boolean;
}

export interface ListOptions {
  /** Gitignore-style patterns, relative to the target. */
  readonly exclude: readonly string[];
  readonly limits: { readonly files: number; readonly depth: number; readonly fileBytes: number };
}

/**
 * Lists what a scan of `target` reads: in a git work tree what `git ls-files --cached --others --exclude-standard` would name
 * and is there, submodules included; elsewhere every file but what convention excludes. Starts no program.
 */
export function listTree(target: string, options: ListOptions): TreeListing {
  const { path, stat } = locate(target);
  const isFolder = stat.isDirectory();
  const root = isFolder ? path : dirname(path);
  const log = new DiagnosticLog();
  const report = (message: string): void => log.add({ code: 'git-unreadable', message, path: '.git' });
  const found = findWorkTree(root);
  const git = found === undefined ? undefined : gitFacts(found.workTree, found.layout, report);
  const entries = isFolder ? walk(root, found, options, log, report) : single(path, stat.size, options, log);
  return { root, entries, diagnostics: log.all(), ...(git === undefined ? {} : { git }) };
}

function locate(target: string): { path: string; stat: Stats } {
  let path: string;
  let stat: Stats;
  try {
    path = realpathSync.native(resolve(target));
    stat = statSync(path);
  } catch (error) {
    throw new SourceError('target-missing', `cannot open ${target} (${systemCode(error)}); name a folder or file that exists`, error);
  }
  if (stat.isDirectory() || stat.isFile()) return { path, stat };
  throw new SourceError('target-unsupported', `${target} is neither a folder nor a regular file`);
}

function single(path: string, size: number, options: ListOptions, log: DiagnosticLog): TreeEntry[] {
  const name = basename(path);
  const limit = options.limits.fileBytes;
  if (size <= limit) return [{ path: name, absolute: path, size }];
  log.add({ code: 'file-too-large', message: `${size} bytes, the limit is ${limit}`, path: name });
  return [];
}

function walk(
  root: string,
  found: ReturnType<typeof findWorkTree>,
  options: ListOptions,
  log: DiagnosticLog,
  report: (message: string) => void,
): TreeEntry[] {
  const git = found === undefined ? undefined : position(root, new WorkTree(found.workTree, found.layout, report));
  const treeWalk = new TreeWalk(root, options, log);
  treeWalk.run({ path: '', depth: 0, excluded: false, ...(git === undefined ? {} : { git }) });
  return treeWalk.entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Undefined when git ignores the folder: who names it nevertheless wants it scanned, as a plain folder. */
function position(root: string, tree: WorkTree): Position | undefined {
  const path = bytePath(relative(tree.root, root).split(sep).join('/'));
  let parent: IgnoreScope | undefined;
  const parts = path === '' ? [] : path.split('/');
  for (let depth = 0; depth < parts.length; depth += 1) parent = tree.scope(parts.slice(0, depth).join('/'), parent);
  const ignored = parent?.ignores(path, true) === true && !tree.folders.has(path);
  return ignored ? undefined : { tree, path, parent };
}

function gitFacts(workTree: string, layout: GitLayout, report: (message: string) => void): GitFacts {
  const repository = repositoryOf(layout.config.get('remote.origin.url'));
  const facts = { gitDir: layout.gitDir, workTree, shallow: isShallow(layout.commonDir), ...(repository === undefined ? {} : { repository }) };
  try {
    return { ...facts, ...new RefStore(layout).head() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    report(`HEAD could not be resolved: ${error.message}`);
    return facts;
  }
}

/** The path of a remote without what comes before and `.git`: `git@host:acme/web.git` and `https://host/acme/web` are `acme/web`. */
export function repositoryOf(url: string | undefined): string | undefined {
  const path = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]+\/|[^/:]+@[^/:]+:|[^/:]{2,}:(?!\/\/))(.+?)(?:\.git)?\/*$/i.exec(url ?? '')?.[1]?.replace(/^\/+/, '');
  return path !== undefined && /^[\w.-]{1,100}(?:\/[\w.-]{1,100}){1,8}$/.test(path) ? path.toLowerCase() : undefined;
}

function isShallow(commonDir: string): boolean {
  try {
    return (statSync(join(commonDir, 'shallow'), { throwIfNoEntry: false })?.size ?? 0) > 0;
  } catch {
    return false; // a link that leads to itself
  }
}
