import { statSync } from 'node:fs';

/** Milliseconds since the epoch: when a file was last written; what a list without dates of its own is as old as. */
export function modifiedAt(path: string): number {
  return Math.trunc(statSync(path).mtimeMs);
}
