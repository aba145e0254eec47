import { closeSync, mkdirSync, openSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { durable, syncFile, syncFolder } from '../durable.ts';

/** Makes a folder and the ones above it, down from `root`, durably. */
export function makeFolder(root: string, path: string): string {
  const folder = join(root, path);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) === undefined) return folder;
  for (let above = dirname(folder); above.length >= root.length; above = dirname(above)) syncFolder(above);
  return folder;
}

/** Replaces a file by a whole new one: it has the old contents or the new ones, whenever the machine stops. */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  const handle = openSync(temporary, durable.create, 0o600);
  try {
    writeFileSync(handle, text);
    syncFile(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Names in a folder; none when it is not there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}

export function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
