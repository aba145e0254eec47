import { createHash } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { displayPath } from './byte-path.ts';
import { filesAt } from './git/files-at.ts';
import { type IndexEntry, parseIndex } from './git/index-file.ts';
import { mergeBase } from './git/merge-base.ts';
import { openRepository, type Repository } from './git/repository.ts';
import { readEntry, readRegular } from './read-file.ts';
import { SourceError } from './source-error.ts';
import type { TreeEntry, TreeListing } from './tree.ts';

const indexLimit = 2 ** 31 - 1;
const nanoseconds = 1_000_000_000n;

/**
 * Paths of the listing that differ from where HEAD and the ref parted (from the ref itself when their histories never met). Files of
 * submodules count as changed: the outer repository does not know them.
 */
export function changedSince(listing: TreeListing, ref: string): Set<string> {
  if (listing.git === undefined) throw new SourceError('git-missing', `${listing.root} is in no git work tree; compare with a ref needs one`);
  const repository = openRepository(listing.git.gitDir);
  try {
    const prefix = relative(listing.git.workTree, listing.root).split(sep).join('/');
    const target = repository.resolveRef(ref);
    const parted = listing.git.commit === undefined ? undefined : mergeBase(repository, listing.git.commit, target);
    const before = filesAt(repository, parted ?? target, prefix);
    const known = new KnownFiles(repository, prefix);
    return new Set(listing.entries.filter((entry) => isChanged(repository, entry, before.get(entry.path), known)).map((entry) => entry.path));
  } finally {
    repository.close();
  }
}

function isChanged(repository: Repository, entry: TreeEntry, before: string | undefined, known: KnownFiles): boolean {
  if (before === undefined) return true;
  const oid = known.oidOf(entry);
  if (oid !== undefined) return oid !== before;
  try {
    return blobId(readEntry(entry, entry.size), repository.layout.hashBytes) !== before;
  } catch (error) {
    if (error instanceof SourceError) return true;
    throw error;
  }
}

/** What git would call the content (gitformat-loose(5)); filters and line ending conversion are not applied. */
function blobId(bytes: Buffer, hashBytes: number): string {
  // watchward:ignore code/weak-hash until=2027-11-28 -- git names its objects by SHA-1, and a checkout is compared with what git says
  return createHash(hashBytes === 20 ? 'sha1' : 'sha256').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The index remembers size and time of the files it has hashed. What was written after it was cannot be told by its time. */
class KnownFiles {
  readonly #entries = new Map<string, IndexEntry>();
  #indexTime = 0n;

  constructor(repository: Repository, prefix: string) {
    const { gitDir, hashBytes } = repository.layout;
    const path = join(gitDir, 'index');
    try {
      const bytes = readRegular(path, { limit: indexLimit });
      if (bytes === undefined) return;
      this.#indexTime = statSync(path, { bigint: true }).mtimeNs;
      const folder = prefix === '' ? '' : `${prefix}/`;
      for (const entry of parseIndex(bytes, hashBytes).entries) {
        const shown = displayPath(entry.path);
        if (shown.startsWith(folder)) this.#entries.set(shown.slice(folder.length), entry);
      }
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.#entries.clear(); // every file is hashed instead
    }
  }

  oidOf(file: TreeEntry): string | undefined {
    const entry = this.#entries.get(file.path);
    if (entry === undefined || entry.size !== file.size % 2 ** 32) return undefined;
    const time = BigInt(entry.mtimeSeconds) * nanoseconds + BigInt(entry.mtimeNanoseconds);
    if (time >= this.#indexTime) return undefined;
    const stat = lstatSync(file.absolute, { bigint: true, throwIfNoEntry: false });
    return stat?.mtimeNs === time ? entry.oid : undefined;
  }
}
