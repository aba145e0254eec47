import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

export interface BoundedRead {
  readonly limit: number;
  /** Refuses pipes and devices, which could make a reader wait for ever; for files that the scanned project brings. */
  readonly regular: boolean;
}

/** Reads at most `limit` bytes as text; undefined when there is more. Throws what the system throws. */
export function readBounded(path: string, { limit, regular }: BoundedRead): string | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | (regular ? (constants.O_NONBLOCK ?? 0) : 0));
  try {
    if (regular && !fstatSync(descriptor).isFile()) throw new Error('not a regular file');
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) got = readSync(descriptor, buffer, length, buffer.length - length, null);
    return length > limit ? undefined : buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}
