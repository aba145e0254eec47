import { hash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegular } from '#sources/read-file.ts';

const largest = 64 * 1024 * 1024;

/** Results of whole programs of the last run, by everything they depend on: a program in which nothing changed is not analysed again. */
export class ResultStore<Result> {
  private readonly path: string;
  private readonly folder: string;
  private readonly known: ReadonlyMap<string, Result>;
  private readonly used = new Map<string, Result>();
  private changed = false;

  private constructor(folder: string, path: string, known: ReadonlyMap<string, Result>) {
    this.folder = folder;
    this.path = path;
    this.known = known;
  }

  static open<Result>(stateDir: string, identity: string): ResultStore<Result> {
    const folder = join(stateDir, 'code');
    const path = join(folder, `${hash('sha256', identity, 'hex').slice(0, 32)}.results`);
    return new ResultStore(folder, path, read(path));
  }

  get(key: string): Result | undefined {
    const result = this.known.get(key);
    if (result !== undefined) this.used.set(key, result);
    return result;
  }

  add(key: string, result: Result): void {
    this.changed = true;
    this.used.set(key, result);
  }

  /** Throws what the file system throws. */
  commit(): void {
    if (!this.changed && this.used.size === this.known.size) return;
    const text = JSON.stringify([...this.used]);
    if (text.length > largest) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}`;
    writeFileSync(temporary, `${hash('sha256', text, 'hex')}\n${text}`, { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}

function read<Result>(path: string): ReadonlyMap<string, Result> {
  try {
    const text = readRegular(path, { limit: largest })?.toString('utf8');
    if (text === undefined || text.slice(0, 64) !== hash('sha256', text.slice(65), 'hex')) return new Map();
    return new Map(JSON.parse(text.slice(65)) as [string, Result][]);
  } catch {
    return new Map();
  }
}
