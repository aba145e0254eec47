import { displayPath } from '../byte-path.ts';
import { SourceError } from '../source-error.ts';
import { commitsOldestFirst, type CommitStep } from './commit-order.ts';
import { NumberSet } from './number-set.ts';
import type { Repository } from './repository.ts';
import { diffTrees } from './tree-diff.ts';
import { isBlobMode, isFolderMode } from './tree-object.ts';

const maxDepth = 1_000;
const nothing = Buffer.alloc(0);

/** One version of one file, where it first appears. */
export interface HistoryBlob {
  readonly oid: string;
  readonly path: string;
  readonly commit: string;
  readonly author: string;
  /** ISO time. */
  readonly date: string;
  /** What the path held in the first parent; it has been given before, so that only what is new needs a look. */
  readonly previous?: string;
}

/** Every blob that a ref's history reaches, once, oldest first, with the commit that brought it. */
export function* history(repository: Repository, ref: string): Generator<HistoryBlob> {
  const walk = new BlobWalk(repository);
  const start = repository.objects.numberOfHex(repository.resolveRef(ref));
  for (const step of commitsOldestFirst(repository, start)) yield* walk.blobsOf(step);
}

interface Found {
  readonly oid: string;
  readonly path: string;
  readonly previous: string | undefined;
}

class BlobWalk {
  readonly #repository: Repository;
  readonly #seen = new NumberSet();
  #found: Found[] = [];

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  blobsOf(step: CommitStep): HistoryBlob[] {
    this.#found = [];
    this.#walk(step.tree, step.parentTree, '', 0);
    if (this.#found.length === 0) return [];
    const commit = this.#repository.objects.hex(step.number);
    const date = isoTime(step.authored);
    return this.#found.map(({ oid, path, previous }) => {
      const blob = { oid, path: displayPath(path), commit, author: step.author, date };
      return previous === undefined ? blob : { ...blob, previous };
    });
  }

  /** The old tree's blobs have been given already: only what differs from it is looked at. */
  #walk(tree: number, oldTree: number, prefix: string, depth: number): void {
    if (this.#seen.has(tree)) return;
    if (depth > maxDepth) throw new SourceError('git-limit', `git folders are nested deeper than ${maxDepth}`);
    this.#seen.add(tree);
    const { objects, layout: { hashBytes } } = this.#repository;
    const fresh = this.#repository.tree(tree);
    const old = oldTree < 0 ? nothing : this.#repository.tree(oldTree);
    diffTrees(fresh, old, hashBytes, (entry, oldEntry) => {
      const isFolder = isFolderMode(entry.mode);
      if (!isFolder && !isBlobMode(entry.mode)) return;
      const number = objects.number(fresh, entry.oidAt);
      if (this.#seen.has(number)) return;
      const path = prefix + fresh.toString('latin1', entry.nameAt, entry.nameEnd);
      if (isFolder) {
        this.#walk(number, oldEntry === undefined ? -1 : objects.number(old, oldEntry.oidAt), `${path}/`, depth + 1);
        return;
      }
      this.#seen.add(number);
      const previous = oldEntry === undefined || !isBlobMode(oldEntry.mode) ? undefined : old.toString('hex', oldEntry.oidAt, oldEntry.oidAt + hashBytes);
      this.#found.push({ oid: fresh.toString('hex', entry.oidAt, entry.oidAt + hashBytes), path, previous });
    });
  }
}

/** A commit may claim any number; what no calendar holds becomes the epoch. */
function isoTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}
