import { constants, inflateSync } from 'node:zlib';
import { SourceError } from '../source-error.ts';

/** Inflates exactly `size` bytes; more or fewer is damage, so that no stream can grow beyond what its header says. */
export function inflateExactly(bytes: Buffer, size: number): Buffer {
  let result: Buffer;
  try {
    result = inflateSync(bytes, { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new SourceError('git-corrupt', 'a git object does not inflate', error);
  }
  if (result.length !== size) throw new SourceError('git-corrupt', 'a git object is shorter than it says');
  return result;
}

/** The first bytes of a stream, which may be cut off anywhere. */
export function inflateStart(bytes: Buffer, limit: number): Buffer {
  try {
    return inflateSync(bytes.subarray(0, limit), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1_048_576 });
  } catch (error) {
    throw new SourceError('git-corrupt', 'a git object does not inflate', error);
  }
}
