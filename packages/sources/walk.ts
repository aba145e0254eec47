import { type Dirent, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytePath, displayPath, joinBytes, systemPath } from './byte-path.ts';
import { isConventionallyExcluded } from './conventions.ts';
import type { DiagnosticLog } from './diagnostic-log.ts';
import { layoutOfWorkTree } from './git/discover.ts';
import { gitlinkMode } from './git/index-file.ts';
import { WorkTree } from './git/work-tree.ts';
import { PatternList } from './ignore/patterns.ts';
import type { IgnoreScope } from './ignore/scope.ts';
import { linkKind } from './link.ts';
import { systemCode } from './source-error.ts';
import type { ListOptions, TreeEntry } from './tree.ts';

/** A folder on the way. All paths are byte paths. */
export interface Folder {
  /** From the scanned root. */
  readonly path: string;
  readonly depth: number;
  readonly git?: Position;
  /** A convention excludes it; only what git tracks in it is listed. */
  readonly excluded: boolean;
}

/** A folder's place in the work tree that holds it. */
export interface Position {
  readonly tree: WorkTree;
  /** From the top of the work tree. */
  readonly path: string;
  readonly parent: IgnoreScope | undefined;
}

interface Visit {
  readonly folder: Folder;
  readonly scope: IgnoreScope | undefined;
  readonly names: ReadonlySet<string>;
}

export class TreeWalk {
  readonly entries: TreeEntry[] = [];
  readonly #root: string;
  readonly #options: ListOptions;
  readonly #log: DiagnosticLog;
  readonly #exclude: PatternList;
  /** Work trees that were entered, with their place below the root, and what was met of their tracked paths. */
  readonly #trees = new Map<WorkTree, { readonly path: string; readonly inTree: string; readonly seen: Set<string> }>();
  #full = false;

  constructor(root: string, options: ListOptions, log: DiagnosticLog) {
    this.#root = root;
    this.#options = options;
    this.#log = log;
    this.#exclude = new PatternList(options.exclude.map(bytePath).join('\n'), false);
  }

  run(top: Folder): void {
    if (top.git !== undefined) this.#trees.set(top.git.tree, { path: '', inTree: top.git.path, seen: new Set() });
    this.#visit(top);
    if (this.#full) {
      this.#log.add({ code: 'count-limit', message: `there are more than ${this.#options.limits.files} files; the rest was not listed` });
      return;
    }
    for (const tree of this.#trees.keys()) this.#reportUnseen(tree);
  }

  #visit(unplaced: Folder): void {
    const children = this.#read(unplaced.path);
    if (children === undefined) return;
    const names = new Set(children.map((child) => child.name));
    const folder = names.has('.git') ? this.#enter(unplaced) : unplaced;
    const { git } = folder;
    if (git !== undefined && children.length === 0 && git.tree.isSubmodule(git.path)) this.#reportSubmodule(folder.path);
    const scope = git?.tree.scope(git.path, git.parent, names.has('.gitignore'));
    const visit = { folder, scope, names };
    for (const child of children) {
      if (this.#full) return;
      if (child.name !== '.git') this.#child(visit, child);
    }
  }

  /** Sorted, so that a limit cuts the same files on every machine. */
  #read(path: string): Dirent[] | undefined {
    try {
      const children = readdirSync(systemPath(this.#root, path), { withFileTypes: true, encoding: 'latin1' });
      return children.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      const shown = displayPath(path);
      this.#log.add({ code: 'file-unreadable', message: `could not list the folder (${systemCode(error)})`, path: shown === '' ? '.' : shown });
      return undefined;
    }
  }

  /** A folder with its own `.git` is a work tree of its own: a submodule, or a clone inside a folder. */
  #enter(folder: Folder): Folder {
    if (folder.git?.path === '') return folder;
    const top = join(this.#root, displayPath(folder.path));
    const layout = layoutOfWorkTree(top);
    if (layout === undefined) return folder;
    const tree = new WorkTree(top, layout, (message) => this.#log.add({ code: 'git-unreadable', message, path: displayPath(folder.path) }));
    this.#trees.set(tree, { path: folder.path, inTree: '', seen: new Set() });
    return { ...folder, git: { tree, path: '', parent: undefined } };
  }

  #child(visit: Visit, child: Dirent): void {
    const { folder } = visit;
    const path = joinBytes(folder.path, child.name);
    const inTree = folder.git === undefined ? '' : folder.path === folder.git.path ? path : joinBytes(folder.git.path, child.name);
    const isFolder = child.isDirectory();
    if (!this.#exclude.empty && this.#exclude.decide(path, isFolder) === true) {
      this.#fold('file-excluded', 'excluded by configuration', path, isFolder);
    } else if (isFolder) this.#folder(visit, path, inTree);
    else if (child.isFile()) this.#file(visit, path, inTree);
    else if (child.isSymbolicLink()) this.#link(visit, path, inTree);
    else if (!this.#isLeftOut(visit, path, inTree, false)) {
      this.#log.fold('file-excluded', 'pipes, sockets and devices are never opened', displayPath(path));
    }
  }

  #folder(visit: Visit, path: string, inTree: string): void {
    const { folder, scope, names } = visit;
    const holdsTracked = this.#isTracked(folder, inTree) || folder.git?.tree.folders.has(inTree) === true;
    if (!holdsTracked && this.#isLeftOut(visit, path, inTree, true)) return;
    const conventional = isConventionallyExcluded(path, names, (name) => existsSync(systemPath(this.#root, `${path}/${name}`)));
    if (conventional && !holdsTracked) {
      this.#fold('file-excluded', 'excluded by convention', path, true);
      return;
    }
    if (folder.depth >= this.#options.limits.depth) {
      this.#log.add({ code: 'depth-limit', message: `deeper than ${this.#options.limits.depth} folders; not listed`, path: displayPath(path) });
      return;
    }
    const below = { path, depth: folder.depth + 1, excluded: folder.excluded || conventional };
    this.#visit(folder.git === undefined ? below : { ...below, git: { tree: folder.git.tree, path: inTree, parent: scope } });
  }

  #file(visit: Visit, path: string, inTree: string): void {
    if (!this.#isTracked(visit.folder, inTree) && this.#isLeftOut(visit, path, inTree, false)) return;
    const name = systemPath(this.#root, path);
    let size: number;
    try {
      size = lstatSync(name).size;
    } catch (error) {
      this.#log.add({ code: 'file-unreadable', message: `could not ask for the size (${systemCode(error)})`, path: displayPath(path) });
      return;
    }
    const { fileBytes, files } = this.#options.limits;
    if (size > fileBytes) {
      this.#log.add({ code: 'file-too-large', message: `${size} bytes, the limit is ${fileBytes}`, path: displayPath(path) });
      return;
    }
    if (this.entries.length >= files) {
      this.#full = true;
      return;
    }
    this.entries.push(
      typeof name === 'string'
        ? { path: displayPath(path), absolute: name, size }
        : { path: displayPath(path), absolute: join(this.#root, displayPath(path)), size, raw: name },
    );
  }

  #link(visit: Visit, path: string, inTree: string): void {
    if (!this.#isTracked(visit.folder, inTree) && this.#isLeftOut(visit, path, inTree, false)) return;
    const kind = linkKind(this.#root, join(this.#root, displayPath(visit.folder.path)), systemPath(this.#root, path));
    const shown = displayPath(path);
    if (kind === 'outside') this.#log.fold('link-skipped', 'links that leave the scanned folder', shown);
    if (kind === 'broken') this.#log.fold('link-skipped', 'links that lead nowhere', shown);
    if (kind === 'cycle') this.#log.fold('link-cycle', 'links back to a folder above', shown);
  }

  #isTracked(folder: Folder, inTree: string): boolean {
    if (folder.git?.tree.tracked.has(inTree) !== true) return false;
    this.#trees.get(folder.git.tree)?.seen.add(inTree);
    return true;
  }

  /** Asked about what git does not track. */
  #isLeftOut({ folder, scope }: Visit, path: string, inTree: string, isFolder: boolean): boolean {
    if (folder.excluded) this.#fold('file-excluded', 'excluded by convention', path, isFolder);
    else if (scope?.ignores(inTree, isFolder) === true) this.#fold('file-ignored', 'ignored by git', path, isFolder);
    else return false;
    return true;
  }

  #fold(code: 'file-excluded' | 'file-ignored', what: string, path: string, isFolder: boolean): void {
    this.#log.fold(code, what, isFolder ? `${displayPath(path)}/` : displayPath(path));
  }

  #reportSubmodule(path: string): void {
    this.#log.add({ code: 'submodule-absent', message: 'the submodule is not checked out; run `git submodule update --init`', path: displayPath(path) });
  }

  /** What the index names and the walk did not meet. */
  #reportUnseen(tree: WorkTree): void {
    const place = this.#trees.get(tree);
    if (place === undefined || place.seen.size === tree.tracked.size) return;
    const prefix = place.inTree === '' ? '' : `${place.inTree}/`;
    for (const entry of tree.tracked.values()) {
      if (place.seen.has(entry.path) || !entry.path.startsWith(prefix)) continue;
      const path = joinBytes(place.path, entry.path.slice(prefix.length));
      if (entry.skipWorktree) this.#log.fold('file-sparse', 'outside the sparse checkout', displayPath(path));
      else if (this.#exists(path)) continue;
      else if (entry.mode === gitlinkMode) this.#reportSubmodule(path);
      else this.#log.fold('file-absent', 'in the index but not in the work tree', displayPath(path));
    }
  }

  /** Present, but excluded, or listed as a part of a clone inside this one. */
  #exists(path: string): boolean {
    return lstatSync(systemPath(this.#root, path), { throwIfNoEntry: false }) !== undefined;
  }
}
