import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { TreeEntry } from './tree.ts';
import { SourceError, systemCode } from './source-error.ts';

export interface ReadOptions {
  readonly limit: number;
  /** Refuses a symbolic link as the last part of the path. */
  readonly noFollow?: boolean;
}

/**
 * Reads a regular file. A pipe or device that took a file's place is never waited for: it is opened without blocking and refused.
 * Gives undefined when there is no such file.
 */
export function readRegular(path: string | Buffer, options: ReadOptions): Buffer | undefined {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (options.noFollow ? (constants.O_NOFOLLOW ?? 0) : 0);
  let descriptor: number;
  try {
    descriptor = openSync(path, flags);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SourceError('file-unreadable', `could not open a file (${code})`, error);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new SourceError('file-unreadable', 'not a regular file');
    if (stat.size > options.limit) throw new SourceError('file-unreadable', `larger than ${options.limit} bytes`);
    return readAll(descriptor, stat.size, options.limit);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError('file-unreadable', `could not read a file (${systemCode(error)})`, error);
  } finally {
    closeSync(descriptor);
  }
}

/** Files of `/proc` and files being written say a wrong size; what is there counts, up to the limit. */
function readAll(descriptor: number, size: number, limit: number): Buffer {
  let buffer = Buffer.allocUnsafeSlow(size + 1);
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (got === 0) return buffer.subarray(0, length);
    length += got;
    if (length > limit) throw new SourceError('file-unreadable', `larger than ${limit} bytes`);
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(Math.max(65_536, length))]);
  }
}

/** Reads one listed file; the entry may have changed since it was listed. */
export function readEntry(entry: TreeEntry, limit: number): Buffer {
  const bytes = readRegular(entry.raw === undefined ? entry.absolute : Buffer.from(entry.raw), { limit, noFollow: true });
  if (bytes === undefined) throw new SourceError('file-unreadable', 'the file is gone');
  return bytes;
}
