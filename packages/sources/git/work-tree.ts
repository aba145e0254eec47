import { join } from 'node:path';
import { IgnoreScope } from '../ignore/scope.ts';
import { PatternList } from '../ignore/patterns.ts';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { systemPath } from '../byte-path.ts';
import { userExcludesFile } from './config.ts';
import type { GitLayout } from './discover.ts';
import { gitlinkMode, type IndexEntry, parseIndex } from './index-file.ts';

const indexLimit = 2 ** 31 - 1;
const ignoreFileLimit = 16 * 1_048_576;

/** What git knows about a work tree: what it tracks and what it ignores. */
export class WorkTree {
  readonly root: string;
  readonly layout: GitLayout;
  readonly tracked = new Map<string, IndexEntry>();
  /** Folders that hold something tracked, at any depth. */
  readonly folders = new Set<string>(['']);
  /** Called with a sentence about what could not be read. */
  readonly #report: (problem: string) => void;
  readonly #foldCase: boolean;

  constructor(root: string, layout: GitLayout, report: (problem: string) => void) {
    this.root = root;
    this.layout = layout;
    this.#report = report;
    this.#foldCase = layout.config.get('core.ignorecase')?.toLowerCase() === 'true';
    this.#readIndex();
  }

  /** Ignore rules of a folder. `mayHoldRules`: whether a `.gitignore` was seen in it; undefined when nobody looked. */
  scope(path: string, parent: IgnoreScope | undefined, mayHoldRules?: boolean): IgnoreScope {
    return new IgnoreScope(path, parent, () => {
      const lists = mayHoldRules === false ? [] : this.#list(systemPath(this.root, path === '' ? '.gitignore' : `${path}/.gitignore`), true);
      if (parent !== undefined) return lists;
      const exclude = this.#list(join(this.layout.commonDir, 'info', 'exclude'), false);
      return [...lists, ...exclude, ...this.#list(userExcludesFile(this.layout.config), false)];
    });
  }

  isSubmodule(path: string): boolean {
    return this.tracked.get(path)?.mode === gitlinkMode;
  }

  /** Git follows no link to a `.gitignore` inside a work tree. */
  #list(path: string | Buffer, noFollow: boolean): PatternList[] {
    try {
      const bytes = readRegular(path, { limit: ignoreFileLimit, noFollow });
      if (bytes === undefined || bytes.length === 0) return [];
      const list = new PatternList(bytes.toString('latin1'), this.#foldCase);
      return list.empty ? [] : [list];
    } catch (error) {
      if (error instanceof SourceError) return [];
      throw error;
    }
  }

  #readIndex(): void {
    try {
      const bytes = readRegular(join(this.layout.gitDir, 'index'), { limit: indexLimit });
      if (bytes === undefined) return;
      const index = parseIndex(bytes, this.layout.hashBytes);
      if (index.split) throw new SourceError('git-unsupported', 'the git index is split');
      for (const entry of index.entries) this.#track(entry);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.tracked.clear();
      this.#report(`${error.message}; files that are tracked although an ignore file names them were not found`);
    }
  }

  #track(entry: IndexEntry): void {
    this.tracked.set(entry.path, entry);
    let slash = entry.path.lastIndexOf('/');
    while (slash > 0) {
      const folder = entry.path.slice(0, slash);
      if (this.folders.has(folder)) return;
      this.folders.add(folder);
      slash = folder.lastIndexOf('/');
    }
  }
}
