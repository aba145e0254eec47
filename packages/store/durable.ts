/**
 * Making sure that bytes are on the disk. Node's permission model, under which the program runs, denies fsync; a file that was opened
 * with O_DSYNC needs none, because each write returns only when the disk has it (open(2)).
 */
import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

const denied = process.permission !== undefined;
const through = denied ? (constants.O_DSYNC ?? 0) : 0;

/** Flags for `open`: to be used for every file that `syncFile` or `syncHandle` is called on. */
export const durable = {
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | through,
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | through,
  createNew: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | through,
  change: constants.O_RDWR | through,
} as const;

/** What was written to a file that was opened with `durable` flags is on the disk. */
export function syncFile(descriptor: number): void {
  if (!denied) fsyncSync(descriptor);
}

export async function syncHandle(handle: FileHandle): Promise<void> {
  if (!denied) await handle.datasync();
}

/**
 * Names in a folder, and lengths of its files, are on the disk. Where fsync is denied, a byte is written through to a file beside them: the
 * file system's journal keeps its order, so that what was done before in this folder is safe with it.
 */
export function syncFolder(folder: string): void {
  if (denied) return writeThrough(join(folder, '.sync'));
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeThrough(path: string): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_SYNC, 0o600);
  try {
    writeSync(descriptor, '.', 0);
  } finally {
    closeSync(descriptor);
  }
  rmSync(path, { force: true });
}
