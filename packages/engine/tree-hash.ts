import { createHash } from 'node:crypto';

/** SHA-256 over `path NUL sha256 LF` of every file, sorted by path: the identity of what was scanned. */
export function treeHash(files: Iterable<{ readonly path: string; readonly sha256: string }>): string {
  const sorted = [...files].sort((a, b) => compare(a.path, b.path) || compare(a.sha256, b.sha256));
  const hash = createHash('sha256');
  for (const { path, sha256 } of sorted) hash.update(`${path}\0${sha256}\n`);
  return hash.digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
