import { displayPath } from '../byte-path.ts';
import { SourceError } from '../source-error.ts';
import type { Repository } from './repository.ts';
import { isFileMode, isFolderMode, newCursor, readEntryAt } from './tree-object.ts';

const maxEntries = 2_000_000;
const maxDepth = 1_000;

/** The regular files of a commit: path to blob id. With a prefix (a folder), only what is below it, relative to it. */
export function filesAt(repository: Repository, ref: string, prefix = '', limit = maxEntries): Map<string, string> {
  const { objects } = repository;
  const commit = repository.commit(objects.numberOfHex(repository.resolveRef(ref)));
  const top = folderAt(repository, objects.number(commit.tree, 0), prefix);
  const flattening = new Flattening(repository, limit);
  if (top !== undefined) flattening.collect(top, '', 0);
  return flattening.files;
}

function folderAt(repository: Repository, root: number, prefix: string): number | undefined {
  let number: number | undefined = root;
  for (const name of prefix.split('/').filter((part) => part !== '')) {
    if (number === undefined) return undefined;
    number = child(repository, number, Buffer.from(name));
  }
  return number;
}

function child(repository: Repository, tree: number, name: Buffer): number | undefined {
  const data = repository.tree(tree);
  const entry = newCursor();
  for (let at = 0; at < data.length; at = entry.next) {
    readEntryAt(data, at, repository.layout.hashBytes, entry);
    if (isFolderMode(entry.mode) && name.equals(data.subarray(entry.nameAt, entry.nameEnd))) return repository.objects.number(data, entry.oidAt);
  }
  return undefined;
}

/** A tree may hold the same folder many times over, and so be far larger than what is stored: hence the limits. */
class Flattening {
  readonly files = new Map<string, string>();
  readonly #repository: Repository;
  readonly #limit: number;
  #entries = 0;

  constructor(repository: Repository, limit: number) {
    this.#repository = repository;
    this.#limit = limit;
  }

  collect(tree: number, prefix: string, depth: number): void {
    if (depth > maxDepth) throw new SourceError('git-limit', `git folders are nested deeper than ${maxDepth}`);
    const { objects, layout: { hashBytes } } = this.#repository;
    const data = this.#repository.tree(tree);
    const entry = newCursor();
    for (let at = 0; at < data.length; at = entry.next) {
      readEntryAt(data, at, hashBytes, entry);
      this.#entries += 1;
      if (this.#entries > this.#limit) throw new SourceError('git-limit', `a commit holds more than ${this.#limit} files and folders`);
      const path = prefix + data.toString('latin1', entry.nameAt, entry.nameEnd);
      if (isFolderMode(entry.mode)) this.collect(objects.number(data, entry.oidAt), `${path}/`, depth + 1);
      else if (isFileMode(entry.mode)) this.files.set(displayPath(path), data.toString('hex', entry.oidAt, entry.oidAt + hashBytes));
    }
  }
}
