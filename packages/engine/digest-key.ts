import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegular } from '#sources/read-file.ts';

const keyBytes = 32;

/**
 * The key of the digests that stand for secret values: made once for each state folder, so that nobody who reads a report can
 * try passwords against it. Without a usable folder it lives as long as the process.
 */
export function digestKey(stateDir: string | undefined): Uint8Array {
  if (stateDir === undefined) return randomBytes(keyBytes);
  const file = join(stateDir, 'digest.key');
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  } catch {
    // it exists, or cannot be made: reading tells which
  }
  try {
    const key = readRegular(file, { limit: keyBytes });
    return key?.length === keyBytes ? key : randomBytes(keyBytes);
  } catch {
    return randomBytes(keyBytes);
  }
}
