import { createHash } from 'node:crypto';

/** SHA-256 over `path NUL sha256 LF` of every file, sorted by path: the identity of what was scanned. */
export function treeHash(files: Iterable<{ readonly path: string; readonly sha256: string }>): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const hash = createHash('sha256');
  for (const { path, sha256 } of sorted) hash.update(`${path}\0${sha256}\n`);
  return hash.digest('hex');
}
