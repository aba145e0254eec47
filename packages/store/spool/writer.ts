import { mkdirSync, truncateSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { RawRecord } from '#model/artifact.ts';
import { reasonOf, StoreError } from '../store-error.ts';
import { Bell } from './bell.ts';
import { encodeFrame } from './frame.ts';
import { listSegments, type Segment, segmentPath, SegmentReader } from './segment.ts';
import { durable, syncFolder, syncHandle } from '../durable.ts';
import type { SpoolOptions } from './spool.ts';

/** A record's text is at most this long, so that no frame outgrows its limit. */
const recordCharacters = 8 * 1_048_576;
const frameRecords = 1000;
const frameCharacters = 1_048_576;
const groupCharacters = 4 * 1_048_576;
/** Deleting goes by whole segments: the limit on disk must be several of them. */
const leastSegments = 8;

interface Waiting {
  readonly texts: readonly string[];
  readonly characters: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** Appends to the newest segment. What is asked for while a write is under way is written together, with one sync. */
export class SpoolWriter {
  /** Oldest first; the last one is being written. */
  readonly segments: Segment[];
  /** Rings when something was written. */
  readonly written = new Bell();
  readonly #options: SpoolOptions;
  readonly #segmentBytes: number;
  readonly #freed = new Bell();
  #handle: FileHandle | undefined;
  #queue: Waiting[] = [];
  #next: number;
  #running: Promise<void> | undefined;
  #full = false;
  #closed = false;
  /** The newest segment may have bytes that nobody was promised: nothing is put behind them. */
  #spoiled = false;

  constructor(options: SpoolOptions) {
    this.#options = options;
    this.#segmentBytes = Math.max(1, Math.min(options.segmentBytes, Math.floor(options.diskBytes / leastSegments)));
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      this.segments = listSegments(options.folder);
      this.#next = this.#recover();
    } catch (error) {
      throw new StoreError('spool-unusable', `the spool in ${options.folder} cannot be opened (${reasonOf(error)})`, error);
    }
  }

  get last(): Segment | undefined {
    return this.segments.at(-1);
  }

  get bytes(): number {
    return this.segments.reduce((sum, { size }) => sum + size, 0);
  }

  get closed(): boolean {
    return this.#closed && this.#running === undefined;
  }

  get full(): boolean {
    return this.#full;
  }

  append(records: readonly RawRecord[]): Promise<void> {
    if (this.#closed) return Promise.reject(closed(this.#options.folder));
    let texts: string[];
    try {
      texts = records.map(textOf);
    } catch (error) {
      return Promise.reject(error);
    }
    if (texts.length === 0) return Promise.resolve();
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    return new Promise((resolve, reject) => {
      this.#queue.push({ texts, characters, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Deletes what lies wholly before a place. */
  release(segment: number, offset: number): void {
    while (this.segments.length > 1) {
      const [oldest] = this.segments;
      if (oldest === undefined || oldest.number > segment || (oldest.number === segment && offset < oldest.size)) break;
      try {
        unlinkSync(oldest.path);
      } catch (error) {
        // Tried again at the next release; until then it counts towards the limit.
        if (reasonOf(error) !== 'ENOENT') break;
      }
      this.segments.shift();
    }
    this.#freed.ring();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#freed.ring();
    await this.#running;
    await this.#handle?.close();
    this.#handle = undefined;
    this.written.ring();
  }

  /** Cuts off what was begun and never finished, and gives the number of the next record. */
  #recover(): number {
    const { last } = this;
    if (last === undefined) return 1;
    const reader = new SegmentReader(last, 0);
    let next = last.first;
    let torn: number | undefined;
    for (let found = reader.next(); found !== undefined; found = reader.next()) {
      if ('frame' in found) next = found.frame.first + found.frame.count;
      else if (found.cutOff) torn = found.damagedFrom;
    }
    reader.close();
    if (torn !== undefined) {
      truncateSync(last.path, torn);
      last.size = torn;
    }
    return next;
  }

  async #run(): Promise<void> {
    // The first one of a burst waits for the rest of its turn.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      let group: readonly Waiting[] = [];
      try {
        await this.#makeRoom();
        group = this.#take();
        await this.#write(group);
        for (const { resolve } of group) resolve();
      } catch (error) {
        const failed = group.length > 0 ? group : this.#queue.splice(0);
        for (const { reject } of failed) reject(error);
      }
    }
    this.#running = undefined;
  }

  /** Waits while the spool is as large as it may be: whoever appends waits too, and with it the peer. */
  async #makeRoom(): Promise<void> {
    const { diskBytes, folder, onDiagnostic } = this.#options;
    const { last } = this;
    if (this.#handle === undefined || last === undefined || this.#spoiled || last.size >= this.#segmentBytes) await this.#roll();
    while (this.bytes >= diskBytes) {
      if (this.#closed) throw closed(folder);
      if (!this.#full) {
        const message = `the spool in ${folder} has reached its limit of ${diskBytes} bytes; what listens waits until some of it is dealt with`;
        onDiagnostic({ code: 'spool-full', message });
      }
      this.#full = true;
      await this.#freed.wait();
    }
    this.#full = false;
  }

  #take(): readonly Waiting[] {
    let characters = 0;
    let count = 0;
    for (const item of this.#queue) {
      if (count > 0 && characters + item.characters > groupCharacters) break;
      characters += item.characters;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const { last } = this;
    const handle = this.#handle;
    if (last === undefined || handle === undefined) throw closed(this.#options.folder);
    const bytes = this.#frames(group.flatMap(({ texts }) => texts));
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await handle.write(bytes, done, bytes.length - done, last.size + done)).bytesWritten;
      }
      if (this.#options.sync) await syncHandle(handle);
    } catch (error) {
      this.#spoiled = true;
      await handle.truncate(last.size).catch(() => undefined);
      throw new StoreError('spool-unusable', `the spool in ${this.#options.folder} cannot be written (${reasonOf(error)}); free some space on its disk`, error);
    }
    last.size += bytes.length;
    this.written.ring();
  }

  #frames(texts: readonly string[]): Buffer {
    const frames: Buffer[] = [];
    let from = 0;
    let characters = 0;
    const cut = (to: number): void => {
      frames.push(encodeFrame(texts.slice(from, to), this.#next));
      this.#next += to - from;
      from = to;
      characters = 0;
    };
    texts.forEach((text, at) => {
      if (at - from >= frameRecords || (at > from && characters + text.length > frameCharacters)) cut(at);
      characters += text.length;
    });
    cut(texts.length);
    return frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames);
  }

  /** Begins a segment. One that was opened before and has nothing in it is taken again. */
  async #roll(): Promise<void> {
    const { folder, sync } = this.#options;
    const { last } = this;
    try {
      await this.#handle?.close();
      this.#handle = undefined;
      const again = last !== undefined && last.size === 0 && !this.#spoiled ? last : undefined;
      const number = again?.number ?? (last?.number ?? 0) + 1;
      const path = again?.path ?? segmentPath(folder, number, this.#next);
      this.#handle = await open(path, again === undefined ? durable.createNew : durable.change, 0o600);
      if (sync) syncFolder(folder);
      if (again === undefined) this.segments.push({ number, first: this.#next, path, size: 0 });
      this.#spoiled = false;
    } catch (error) {
      throw new StoreError('spool-unusable', `the spool in ${folder} cannot begin a new file (${reasonOf(error)})`, error);
    }
  }
}

function textOf({ source, value }: RawRecord): string {
  let text: string;
  try {
    text = JSON.stringify([source, value]);
  } catch (error) {
    throw new StoreError('record-unfit', `a record of ${source} cannot be written as JSON`, error);
  }
  if (text.length > recordCharacters) throw new StoreError('record-unfit', `a record of ${source} is longer than ${recordCharacters} characters`);
  return text;
}

function closed(folder: string): StoreError {
  return new StoreError('spool-closed', `the spool in ${folder} is closed and takes no more records`);
}
