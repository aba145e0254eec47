import type { PatternList } from './patterns.ts';

/**
 * A folder of a work tree as the ignore rules see it. Everything is asked for only when an untracked path turns up: a clean clone
 * reads no ignore file at all.
 */
export class IgnoreScope {
  /** Byte path from the top of the work tree. */
  readonly path: string;
  readonly #parent: IgnoreScope | undefined;
  readonly #load: () => readonly PatternList[];
  #lists: readonly PatternList[] | undefined;
  #ignored: boolean | undefined;

  /** `load` gives this folder's lists, the strongest first; for the top it also gives the repository's and the user's. */
  constructor(path: string, parent: IgnoreScope | undefined, load: () => readonly PatternList[]) {
    this.path = path;
    this.#parent = parent;
    this.#load = load;
  }

  /** What is below an ignored folder is ignored, whatever deeper files say. */
  get ignored(): boolean {
    this.#ignored ??= this.#parent === undefined ? false : this.#parent.ignores(this.path, true);
    return this.#ignored;
  }

  /** `path` lies directly in this folder. */
  ignores(path: string, isFolder: boolean): boolean {
    return this.ignored || this.#decide(path, isFolder);
  }

  /** The deepest file that says anything decides. */
  #decide(path: string, isFolder: boolean): boolean {
    this.#lists ??= this.#load();
    if (this.#lists.length > 0) {
      const relative = this.path === '' ? path : path.slice(this.path.length + 1);
      for (const list of this.#lists) {
        const verdict = list.decide(relative, isFolder);
        if (verdict !== undefined) return verdict;
      }
    }
    return this.#parent === undefined ? false : this.#parent.#decide(path, isFolder);
  }
}
