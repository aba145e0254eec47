import { SourceError } from '../source-error.ts';

/** One entry of a tree (gitformat-... "tree"): `mode SP name NUL id`. Offsets into the tree's bytes. */
export interface TreeCursor {
  mode: number;
  nameAt: number;
  nameEnd: number;
  oidAt: number;
  /** Where the next entry begins. */
  next: number;
}

export const folderMode = 0o040000;
export const linkMode = 0o120000;
const typeMask = 0o170000;

export function newCursor(): TreeCursor {
  return { mode: 0, nameAt: 0, nameEnd: 0, oidAt: 0, next: 0 };
}

export function readEntryAt(tree: Buffer, at: number, hashBytes: number, cursor: TreeCursor): void {
  let mode = 0;
  let index = at;
  for (let digits = 0; digits < 7; digits += 1, index += 1) {
    const digit = (tree[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) break;
    mode = mode * 8 + digit;
  }
  if (index === at || tree[index] !== 0x20) throw new SourceError('git-corrupt', 'a git tree holds an invalid mode');
  const nameEnd = endOfName(tree, index + 1);
  cursor.mode = mode;
  cursor.nameAt = index + 1;
  cursor.nameEnd = nameEnd;
  cursor.oidAt = nameEnd + 1;
  cursor.next = nameEnd + 1 + hashBytes;
  if (nameEnd === index + 1 || cursor.next > tree.length) throw new SourceError('git-corrupt', 'a git tree is cut off');
}

/** Where the entry after the one at `at` begins. */
export function skipEntryAt(tree: Buffer, at: number, hashBytes: number): number {
  // The shortest mode has five digits; the name follows a space.
  return endOfName(tree, at + 6) + 1 + hashBytes;
}

function endOfName(tree: Buffer, from: number): number {
  let at = from;
  while (at < tree.length && tree[at] !== 0) at += 1;
  return at;
}

export function isFolderMode(mode: number): boolean {
  return (mode & typeMask) === folderMode;
}

/** Regular files only: no links, no submodules. */
export function isFileMode(mode: number): boolean {
  return (mode & typeMask) === 0o100000;
}

export function isBlobMode(mode: number): boolean {
  return isFileMode(mode) || (mode & typeMask) === linkMode;
}
