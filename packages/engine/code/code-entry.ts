import { readEntry } from '#sources/read-file.ts';
import type { TreeEntry } from '#sources/tree.ts';

/** A file of a tree: on disk, or with its bytes at hand when git keeps it. */
export interface CodeEntry extends TreeEntry {
  readonly bytes?: Uint8Array;
}

/** Throws `SourceError`. */
export function readCode(entry: CodeEntry, limit: number): Uint8Array {
  return entry.bytes ?? readEntry(entry, limit);
}
