import { bytePath } from '#sources/byte-path.ts';
import { compileGlob, matchGlob } from '#sources/ignore/wildmatch.ts';

/** Whether the name of a file or folder matches one segment of a gitignore-style pattern. */
export function nameMatches(name: string, segment: string): boolean {
  const tokens = compileGlob(bytePath(segment));
  return tokens !== undefined && matchGlob(tokens, bytePath(name));
}
