import { SourceError } from '../source-error.ts';
import { decodeHex } from './object-id.ts';

/** What history needs of a commit (git-commit-tree(1)). */
export interface CommitFacts {
  readonly tree: Buffer;
  readonly parents: readonly Buffer[];
  /** Seconds since 1970, by the committer's clock: what orders history. */
  readonly committed: number;
  /** `Name <address>`. */
  readonly author: string;
  readonly authored: number;
}

export function parseCommit(data: Buffer, hashBytes: number): CommitFacts {
  const parents: Buffer[] = [];
  let tree: Buffer | undefined;
  let author = '';
  let authored = 0;
  let committed = 0;
  for (let at = 0; at < data.length && data[at] !== 0x0a; ) {
    const newline = data.indexOf(0x0a, at);
    const end = newline < 0 ? data.length : newline;
    if (startsWith(data, at, 'tree ')) tree = oidAt(data, at + 5, end, hashBytes);
    else if (startsWith(data, at, 'parent ')) parents.push(oidAt(data, at + 7, end, hashBytes));
    else if (startsWith(data, at, 'author ')) {
      author = identity(data, at + 7, end);
      authored = seconds(data, end);
    } else if (startsWith(data, at, 'committer ')) committed = seconds(data, end);
    at = end + 1;
  }
  if (tree === undefined) throw new SourceError('git-corrupt', 'a git commit names no tree');
  return { tree, parents, committed, author, authored };
}

/** `object` of an annotated tag. */
export function tagTarget(data: Buffer, hashBytes: number): string {
  const hex = /^object ([0-9a-f]+)\n/.exec(data.toString('latin1', 0, 128))?.[1];
  if (hex?.length !== hashBytes * 2) throw new SourceError('git-corrupt', 'a git tag names no object');
  return hex;
}

function startsWith(data: Buffer, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index += 1) if (data[at + index] !== word.charCodeAt(index)) return false;
  return true;
}

function oidAt(data: Buffer, at: number, end: number, hashBytes: number): Buffer {
  const oid = Buffer.allocUnsafe(hashBytes);
  if (end - at !== hashBytes * 2 || !decodeHex(data, at, oid)) throw new SourceError('git-corrupt', 'a git commit holds an invalid id');
  return oid;
}

/** Up to the address's closing bracket. */
function identity(data: Buffer, at: number, end: number): string {
  const close = data.lastIndexOf(0x3e, end);
  return data.toString('utf8', at, close > at ? close + 1 : end).trim();
}

/** `... 1700000000 +0100` */
function seconds(data: Buffer, end: number): number {
  let at = end - 1;
  while (at > 0 && data[at] !== 0x20) at -= 1;
  let value = 0;
  let scale = 1;
  for (at -= 1; at > 0 && scale <= 1e14; at -= 1) {
    const digit = (data[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    value += digit * scale;
    scale *= 10;
  }
  return value;
}
