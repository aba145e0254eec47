import { closeSync, constants, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CliError } from './command.ts';

const reasons = new Map([
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder is no folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission is denied'],
  ['EROFS', 'the file system is read-only'],
  ['EFBIG', 'it would be larger than is allowed'],
  ['EIO', 'the device reports an error'],
]);

/** Writes a file whole or not at all: a temporary beside it, flushed to the disk, then put in its place. */
export function writeOutputFile(path: string, pieces: Iterable<string>): void {
  try {
    const existing = lstatSync(path, { throwIfNoEntry: false });
    // A pipe or device is written to, not replaced.
    if (existing !== undefined && !existing.isFile() && !existing.isSymbolicLink()) writeFileSync(path, [...pieces].join(''));
    else replace(path, pieces);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new CliError('failed', `${path} was not written: ${reasons.get(code) ?? (cause instanceof Error ? cause.message : String(cause))}`, undefined, cause);
  }
}

function replace(path: string, pieces: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  let descriptor: number | undefined;
  try {
    // Written through to the disk: the permission model forbids `fsync`.
    descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_SYNC ?? 0), 0o666);
    for (const piece of pieces) writeFileSync(descriptor, piece);
    closeSync(descriptor);
    descriptor = undefined;
    renameSync(temporary, path);
  } catch (error) {
    if (descriptor !== undefined) closeSync(descriptor);
    rmSync(temporary, { force: true });
    throw error;
  }
}
