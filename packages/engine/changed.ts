import { hash } from 'node:crypto';
import { filesAt } from '#sources/git/files-at.ts';
import { mergeBase } from '#sources/git/merge-base.ts';
import { readEntry } from '#sources/read-file.ts';
import type { TreeEntry, TreeListing } from '#sources/tree.ts';
import { prefixOf, withRepository } from './git.ts';

/** The listed files that differ from where HEAD parted from `ref`; without a common commit, from `ref` itself. */
export function selectChanged(listing: TreeListing, ref: string, fileBytes: number): TreeEntry[] {
  return withRepository(listing, `--changed-since ${ref}`, (repository) => {
    const base = mergeBase(repository, repository.resolveRef(ref), repository.resolveRef('HEAD')) ?? ref;
    const files = filesAt(repository, base, prefixOf(listing));
    const algorithm = repository.layout.hashBytes === 32 ? 'sha256' : 'sha1';
    return listing.entries.filter((entry) => {
      const before = files.get(entry.path);
      return before === undefined || before !== blobId(entry, algorithm, fileBytes);
    });
  });
}

/** The id git gives a file's content; undefined for one that cannot be read, which counts as changed and fails when it is analysed. */
function blobId(entry: TreeEntry, algorithm: string, fileBytes: number): string | undefined {
  try {
    const bytes = readEntry(entry, fileBytes);
    return hash(algorithm, Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'hex');
  } catch {
    return undefined;
  }
}
