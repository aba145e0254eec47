import { closeSync, createReadStream, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Diagnostic } from '#model/diagnostic.ts';
import { reasonOf, StoreError } from './store-error.ts';

/** What could not be decoded, as it came. It may hold secrets: it is shown to nobody who doesn't ask for it. */
export interface DeadLetter {
  /** The address of the source, as the user wrote it. */
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Why, and where in the source; without anything of the content. */
  readonly reason: string;
  readonly bytes: Uint8Array;
  /** How long it was, when only its beginning was kept. */
  readonly length?: number;
}

export interface DeadLetterOptions {
  /** Its own; made when the first letter comes. */
  readonly folder: string;
  /** A file is closed once it is this large, */
  readonly fileBytes: number;
  /** and the oldest one is deleted when there are more than so many. */
  readonly files: number;
  /** Of one letter so much is kept. */
  readonly letterBytes: number;
  clock(): number;
  onDiagnostic(diagnostic: Diagnostic): void;
}

const defaults = { fileBytes: 16 * 1_048_576, files: 8, letterBytes: 64 * 1024 };
const namePattern = /^(\d{8})\.jsonl$/;
const linesAtOnce = 1_048_576;

/** Lays aside what could not be decoded: JSON lines in numbered files, of which the oldest give way. */
export class DeadLetters {
  readonly #options: DeadLetterOptions;
  #pending: string[] = [];
  #pendingLength = 0;
  #descriptor: number | undefined;
  #number = 0;
  #size = 0;
  #told = new Set<string>();
  /** Letters that were laid aside. */
  count = 0;

  constructor(options: Pick<DeadLetterOptions, 'folder' | 'clock' | 'onDiagnostic'> & Partial<DeadLetterOptions>) {
    this.#options = { ...defaults, ...options };
  }

  /** On disk soon, and after `flush` certainly. */
  add(source: string, bytes: Uint8Array, reason: string): void {
    const { letterBytes, clock } = this.#options;
    const kept = Buffer.from(bytes.subarray(0, letterBytes)).toString('base64');
    const cut = bytes.length > letterBytes ? { length: bytes.length } : {};
    const line = `${JSON.stringify({ source, time: clock(), reason, bytes: kept, ...cut })}\n`;
    this.count += 1;
    this.#pending.push(line);
    this.#pendingLength += line.length;
    if (this.#pendingLength >= linesAtOnce) this.flush();
    else if (this.#pending.length === 1) queueMicrotask(() => this.flush());
  }

  /** Writes what waits. A disk that is full costs letters, not the run. */
  flush(): void {
    const lines = this.#pending;
    if (lines.length === 0) return;
    this.#pending = [];
    this.#pendingLength = 0;
    try {
      const bytes = Buffer.from(lines.join(''));
      const descriptor = this.#open(bytes.length);
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      this.#size += bytes.length;
    } catch (error) {
      this.#once('dead-letter-lost', `records that could not be decoded could not be laid aside in ${this.#options.folder} either (${reasonOf(error)})`);
    }
  }

  close(): void {
    this.flush();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(more: number): number {
    const { folder, fileBytes, files } = this.#options;
    if (this.#descriptor !== undefined && (this.#size === 0 || this.#size + more <= fileBytes)) return this.#descriptor;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const before = filesOf(folder);
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#number = (before.at(-1)?.number ?? 0) + 1;
    const path = join(folder, `${String(this.#number).padStart(8, '0')}.jsonl`);
    this.#descriptor = openSync(path, 'ax', 0o600);
    this.#size = 0;
    for (const { path: oldest } of before.slice(0, Math.max(0, before.length + 1 - files))) {
      this.#once('dead-letter-lost', `${folder} holds ${files} files of records that could not be decoded, its limit; the oldest ones are deleted`);
      rmSync(oldest, { force: true });
    }
    return this.#descriptor;
  }

  #once(code: Diagnostic['code'], message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#options.onDiagnostic({ code, message });
  }
}

function filesOf(folder: string): { readonly number: number; readonly path: string }[] {
  return readdirSync(folder).sort().flatMap((name) => {
    const number = namePattern.exec(name)?.[1];
    return number === undefined ? [] : [{ number: Number(number), path: join(folder, name) }];
  });
}

/** All letters, oldest first. A line that a crash cut off is left out. */
export async function* readDeadLetters(folder: string): AsyncGenerator<DeadLetter> {
  let files: ReturnType<typeof filesOf>;
  try {
    files = filesOf(folder);
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return;
    throw new StoreError('state-unusable', `the records that could not be decoded cannot be read from ${folder} (${reasonOf(error)})`, error);
  }
  for (const { path } of files) {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const letter = letterOf(line);
      if (letter !== undefined) yield letter;
    }
  }
}

function letterOf(line: string): DeadLetter | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { source, time, reason, bytes, length } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (typeof source !== 'string' || typeof time !== 'number' || typeof reason !== 'string' || typeof bytes !== 'string') return undefined;
  return { source, time, reason, bytes: Buffer.from(bytes, 'base64'), ...(typeof length === 'number' ? { length } : {}) };
}
