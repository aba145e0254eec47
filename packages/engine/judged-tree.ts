import { hash } from 'node:crypto';
import type { JudgedTree } from '#decide/expectation.ts';
import { type DiagnosticCode, isDegrading } from '#model/diagnostic.ts';
import type { ScanScope } from '#model/scope.ts';
import { readEntry } from '#sources/read-file.ts';
import { listTree, type TreeEntry, type TreeListing } from '#sources/tree.ts';
import { treeHash } from './tree-hash.ts';

export interface TreeReading {
  readonly tree: JudgedTree;
  /** Why the tree could not be read as a whole. */
  readonly problems: readonly string[];
}

export interface TreeRequest {
  readonly target: string;
  readonly scope: Pick<ScanScope, 'exclude' | 'limits'>;
  /** Real paths of the attestations that are judged: they are no part of what they speak of. */
  readonly leaveOut: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the judged tree as a scan of that scope would, by the same listing, and hashes every file itself. */
export async function readTree({ target, scope, leaveOut, signal }: TreeRequest): Promise<TreeReading> {
  const listing = listTree(target, { exclude: scope.exclude, limits: scope.limits });
  const problems = gapsOf(listing);
  const files: { path: string; sha256: string }[] = [];
  for (const entry of listing.entries) {
    if (leaveOut.has(entry.absolute)) continue;
    const sha256 = hashFile(entry, scope.limits.fileBytes);
    if (sha256 === undefined) problems.push(`the judged tree cannot be read: ${entry.path}`);
    files.push({ path: entry.path, sha256: sha256 ?? '' });
    if (files.length % 64 === 0) await new Promise((resume) => setImmediate(resume));
    if (signal?.aborted === true) return { tree: { hash: '', files: 0 }, problems: ['the gate was interrupted'] };
  }
  return { tree: { hash: treeHash(files), files: files.length }, problems };
}

/** A checkout of a part is no fault of a scan, and yet no whole tree. */
const partial: readonly DiagnosticCode[] = ['file-sparse', 'file-absent'];

function gapsOf({ diagnostics }: TreeListing): string[] {
  const gaps = diagnostics.filter((diagnostic) => isDegrading(diagnostic) || partial.includes(diagnostic.code));
  return gaps.slice(0, 5).map(({ path, message }) => `the judged tree cannot be read as a whole: ${path === undefined ? '' : `${path}: `}${message}`);
}

function hashFile(entry: TreeEntry, limit: number): string | undefined {
  try {
    return hash('sha256', readEntry(entry, limit), 'hex');
  } catch {
    return undefined;
  }
}
