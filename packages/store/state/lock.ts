import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reasonOf, StoreError } from '../store-error.ts';

/** What this process holds: a lock that nobody refers to any more would be collected, and with that released. */
const holding = new Set<DatabaseSync>();

/**
 * Keeps a folder for one process. The lock is the operating system's own, held through an empty SQLite file: it goes with the
 * process however that ends, so there is no stale lock to remove.
 */
export function lockFolder(folder: string, cure = 'stop that one, or name another folder with --state-dir'): { release(): void } {
  const file = join(folder, 'lock.sqlite');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    throw refusal(folder, file, error, cure);
  }
  const held = lock;
  writeFileSync(holderFile(folder), String(process.pid), { mode: 0o600 });
  holding.add(held);
  return {
    release() {
      if (holding.delete(held)) held.close();
    },
  };
}

function refusal(folder: string, file: string, error: unknown, cure: string): StoreError {
  if (!/locked|busy/i.test(reasonOf(error))) {
    return new StoreError('state-unusable', `${file} cannot be locked (${reasonOf(error)}); the folder must be writable and on a disk of this machine`, error);
  }
  return new StoreError('state-in-use', `${folder} is in use by another watchward${holder(folder)}; ${cure}`, error);
}

function holder(folder: string): string {
  try {
    return ` (process ${Number.parseInt(readFileSync(holderFile(folder), 'utf8'), 10)})`;
  } catch {
    return '';
  }
}

function holderFile(folder: string): string {
  return join(folder, 'lock.pid');
}
