import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reasonOf, StoreError } from '../store-error.ts';
import { syncFolder } from '../durable.ts';
import { neverCommitted, schemaVersion, tables } from './schema.ts';

/** Opens the database, making its tables when it is new. Throws StoreError `state-damaged` when it can't be trusted. */
export function openDatabase(folder: string, startAfter: () => number = () => 0): DatabaseSync {
  const file = databaseFile(folder);
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its side files the permissions of this one.
    closeSync(openSync(file, 'a', 0o600));
    database = new DatabaseSync(file, { timeout: 10_000, enableForeignKeyConstraints: false });
    // A commit touches thousands of pages: they are written home once for several commits. Those that do not fit are in the memory of the system, which it can take back.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 8192;');
    prepareTables(database, file, startAfter);
    syncFolder(folder);
    return database;
  } catch (error) {
    database?.close();
    throw asStoreError(file, error);
  }
}

function prepareTables(database: DatabaseSync, file: string, startAfter: () => number): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > schemaVersion) {
    throw new StoreError('state-newer', `${file} was written by a later watchward (form ${version}, this one knows ${schemaVersion}); use that one`);
  }
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') throw new StoreError('state-damaged', `${file} is damaged (${String(verdict)})`);
  if (version === 0) database.exec(`BEGIN IMMEDIATE; ${tables} ${firstEpoch(startAfter())} COMMIT;`);
}

/** Made with the tables: a process that dies now must not find a state that could have lost an epoch. */
function firstEpoch(epoch: number): string {
  if (!Number.isSafeInteger(epoch) || epoch <= 0) return '';
  return `INSERT INTO checkpoint (one, epoch, positions, created, sum) VALUES (1, ${epoch}, '', ${neverCommitted}, '');`;
}

/** An error of SQLite as the store's own, telling damage from a disk that is full or a folder that is closed. */
export function asStoreError(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const reason = reasonOf(error);
  if (/malformed|not a database/i.test(reason)) return new StoreError('state-damaged', `${file} is damaged (${reason})`, error);
  return new StoreError('state-unusable', `${file} cannot be used (${reason}); see that the disk has room and the folder can be written`, error);
}

/** Moves a damaged database out of the way, whole; gives its new name. */
export function setAside(folder: string): string {
  const file = databaseFile(folder);
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number++;
  const aside = `${file}.damaged-${number}`;
  for (const end of ['-wal', '-shm', '']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  syncFolder(folder);
  return aside;
}

export function databaseFile(folder: string): string {
  return join(folder, 'state.sqlite');
}
