import { type FileHandle, open } from 'node:fs/promises';
import type { RawRecord } from '#model/artifact.ts';
import { buffers, type ContentForm } from '../content-form.ts';
import { decodedStream, looksBinary } from '../decoded-stream.ts';
import { ProblemCount } from '../problem-count.ts';
import { ReadRecord } from '../read-record.ts';
import { type Decoded, RecordDecoder } from '../record-decoder.ts';
import { systemCode } from '../source-error.ts';
import type { FilePlace, FileState } from './file-place.ts';
import { digest, formAt, handleBeginsWith, headLength, type Print, readAt, tailLength } from './print.ts';
import type { FileReading } from './file-reading.ts';
import { type FoundFile, isSame, lookAtOpen, modifiedAt } from './found-files.ts';

const chunkBytes = 262_144;
const batchRecords = 1000;
const noBytes = Buffer.alloc(0);

/**
 * What reading a file for a while came to. `changed`: its content is another than what was read of it. `packed`: it turns out to be so. `binary`: it is nothing to be
 * read. `moved`: another file is at its path by now.
 */
export type Outcome = 'end' | 'more' | 'changed' | 'packed' | 'binary' | 'moved' | 'failed';

/** One file, and how far it was read. */
export class FollowedFile {
  readonly label: string;
  path: string;
  id: string;
  born: string;
  form: ContentForm;
  state: FileState;
  mark: string;
  /** Passes over it in which there was nothing new. */
  quiet = 0;
  /** As it was when it was last read to its end in this run. */
  seen = '';
  /** As it was when its content was last compared. */
  checked = '';
  /** It was given up, or ended, in a run that does not follow. */
  ended = false;
  /** When it was rotated away, by the clock. */
  since = 0;
  /** When its end was last reached, by the clock. */
  readAt = 0;
  /** Known from a checkpoint, and not met in this run. */
  remembered: boolean;
  /** `path` leads to it. */
  located = false;
  /** Files that were rotated away since then, by the mark of this one, are still to be looked for. */
  heirsSince: string | undefined;
  /** What the pattern showed of it last. */
  found: FoundFile | undefined;
  handle: FileHandle | undefined;
  readonly #reading: FileReading;
  readonly #problems: ProblemCount;
  #offset: number;
  #line: number;
  #skip: number;
  #sequence: number;
  #head: string;
  #tail: string;
  /** Bytes that `#head` is made of. */
  #headed: number;
  #decoder: RecordDecoder | undefined;
  /** Records that were given before, of the list in which reading begins anew. */
  #dropping = 0;
  /** Bytes of content that the decoder was given. */
  #pushed = 0;
  /** The last bytes that it was given, up to `#pushed`, and the first ones of the file. */
  #recent: Buffer = noBytes;
  #first: Buffer = noBytes;
  #kept: FilePlace | undefined;

  constructor(place: FilePlace, reading: FileReading, remembered: boolean) {
    ({ label: this.label, path: this.path, id: this.id, born: this.born, form: this.form, state: this.state, mark: this.mark } = place);
    ({ offset: this.#offset, line: this.#line, skip: this.#skip, sequence: this.#sequence, head: this.#head, tail: this.#tail } = place);
    this.#headed = Math.min(headLength, place.offset);
    this.#reading = reading;
    this.remembered = remembered;
    this.#problems = new ProblemCount(place.label, reading.ctx);
  }

  get place(): FilePlace {
    const { label, path, id, born, form, state, mark } = this;
    const kept = this.#kept;
    if (kept?.path === path && kept.id === id && kept.born === born && kept.form === form && kept.state === state && kept.mark === mark) return kept;
    this.#kept = {
      label, path, id, born, form, state, mark, offset: this.#offset, line: this.#line, skip: this.#skip, sequence: this.#sequence, head: this.#head, tail: this.#tail,
    };
    return this.#kept;
  }

  get print(): Print {
    return { offset: this.#offset, head: this.#head, tail: this.#tail };
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Bytes of the file that were taken in so far, whole records or not. */
  get taken(): number {
    return this.#decoder === undefined ? this.#offset : this.#pushed;
  }

  /** When it was last written to, as far as it was looked at. */
  get written(): number | undefined {
    return this.found === undefined ? undefined : Number(modifiedAt(this.found.mark) / 1_000_000n);
  }

  /** Holds the beginning of a record. */
  get holdsPart(): boolean {
    return this.#decoder?.idle === false;
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  /** Forgets what is not whole: it is read again. */
  async release(): Promise<void> {
    this.#decoder = undefined;
    await this.close();
  }

  /** Hands over what was begun to another object for the same content, and begins at the beginning of what is there now. */
  beginAnew(): FollowedFile {
    const old = new FollowedFile({ ...this.place, id: '', state: 'rotated' }, this.#reading, this.remembered);
    [old.#decoder, old.#pushed, old.#recent, old.#first] = [this.#decoder, this.#pushed, this.#recent, this.#first];
    [this.#decoder, this.#recent, this.#first] = [undefined, noBytes, noBytes];
    [this.#offset, this.#line, this.#skip, this.#pushed, this.#headed] = [0, 1, 0, 0, 0];
    [this.#head, this.#tail, this.mark, this.seen, this.#kept] = ['', '', '', '', undefined];
    this.remembered = false;
    return old;
  }

  /** Reads on for a while. */
  async *read(budget: number): AsyncGenerator<readonly RawRecord[], Outcome> {
    try {
      if (this.handle === undefined) {
        this.handle = await open(this.path, 'r');
        const look = await lookAtOpen(this.path, this.handle);
        if (look === undefined || !isSame(this, look)) {
          await this.close();
          this.located = false;
          return 'moved';
        }
        const form = await formAt(this.handle);
        if (form !== 'plain' && this.form === 'plain') {
          await this.#repack(form);
          return 'packed';
        }
        if (form === 'plain' && this.#reading.textOnly && this.#offset === 0 && looksBinary(await readAt(this.handle, 0, headLength))) return 'binary';
        if (form === 'plain' && !(await this.#resume(this.handle))) return 'changed';
      }
      if (this.form !== 'plain') return yield* this.#readPacked(this.handle);
      return yield* this.#readPlain(this.handle, budget);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return 'end';
      this.#reading.unreadable(this.path, systemCode(error));
      await this.release();
      return 'failed';
    } finally {
      this.#problems.end();
    }
  }

  /** No more will come: what is left is a last line, or broken. */
  *finish(): Generator<readonly RawRecord[]> {
    const decoder = this.#decoder;
    this.#decoder = undefined;
    if (decoder === undefined) return;
    const end = this.#pushed;
    yield* this.#batches(decoder.end());
    if (this.#skip === 0 && this.#offset === end) this.#print();
  }

  /** Nothing was written for a while: lines that waited for others of their event are given. */
  *settleLines(): Generator<readonly RawRecord[]> {
    yield* this.#batches(this.#decoder?.settle() ?? []);
  }

  async #resume(handle: FileHandle): Promise<boolean> {
    if (this.#decoder !== undefined) return true;
    if (this.#offset > 0 && !(await handleBeginsWith(handle, this.print))) return false;
    this.#decoder = new RecordDecoder(this.#offset, this.#line);
    this.#pushed = this.#offset;
    this.#first = await readAt(handle, 0, Math.min(headLength, this.#offset));
    const last = Math.min(tailLength, this.#offset);
    this.#recent = await readAt(handle, this.#offset - last, last);
    this.#dropping = this.#skip;
    return true;
  }

  /** What was read of it as plain bytes before it was packed is passed over. */
  async #repack(form: ContentForm): Promise<void> {
    await this.close();
    this.form = form;
    this.mark = '';
    this.#decoder = undefined;
  }

  async *#readPlain(handle: FileHandle, budget: number): AsyncGenerator<readonly RawRecord[], Outcome> {
    for (let left = budget; left > 0; ) {
      const chunk = await readAt(handle, this.#pushed, chunkBytes);
      // Only after the read: had the file been cut and written anew before, the bytes in front would tell.
      const before = this.#recent.subarray(-tailLength);
      if (!(await readAt(handle, this.#pushed - before.length, before.length)).equals(before)) return 'changed';
      if (chunk.length === 0) return 'end';
      left -= chunk.length;
      if (this.#first.length < headLength) this.#first = Buffer.concat([this.#first, chunk.subarray(0, headLength - this.#first.length)]);
      this.#recent = Buffer.concat([before, chunk]);
      this.#decoder ??= new RecordDecoder(this.#pushed, this.#line);
      this.#pushed += chunk.length;
      yield* this.#batches(this.#decoder.push(chunk));
    }
    return 'more';
  }

  async *#readPacked(handle: FileHandle): AsyncGenerator<readonly RawRecord[], Outcome> {
    this.handle = undefined;
    this.#decoder = undefined;
    this.#dropping = this.#skip;
    const bytes = handle.createReadStream({ start: 0, autoClose: false });
    try {
      for await (const items of decodedStream(buffers(bytes), { offset: this.#offset, line: this.#line, textOnly: this.#reading.textOnly })) yield* this.#batches(items);
    } catch (error) {
      this.#problems.add(0, `reading stopped after record ${this.#sequence} (${systemCode(error)})`);
    } finally {
      bytes.destroy();
      await handle.close();
    }
    return 'end';
  }

  *#batches(items: readonly Decoded[]): Generator<readonly RawRecord[]> {
    const { written } = this;
    let records: RawRecord[] = [];
    let moved = false;
    for (const item of items) {
      if (this.#dropping > 0) {
        this.#dropping -= 1;
        continue;
      }
      moved = true;
      if (item.next >= 0) {
        this.#offset = item.next;
        this.#line = item.nextLine;
        this.#skip = 0;
      } else this.#skip += 1;
      if (item.problem === undefined) records.push(new ReadRecord(this.label, this.#number(), item, written));
      else this.#problems.add(item.line, item.problem, item.bytes);
      if (records.length === batchRecords) {
        this.#print();
        yield records;
        records = [];
        moved = false;
      }
    }
    if (!moved) return;
    this.#settle();
    this.#print();
    yield records;
  }

  /** Behind a list, or blank lines, nothing needs to be read again. */
  #settle(): void {
    if (this.#decoder?.idle !== true || this.form !== 'plain') return;
    this.#offset = this.#pushed;
    this.#line = this.#decoder.line;
    this.#skip = 0;
  }

  #number(): number {
    this.#sequence = this.#reading.number(this.label);
    return this.#sequence;
  }

  /** What is packed is known again by its inode alone: a new one is made for each. */
  #print(): void {
    this.#kept = undefined;
    if (this.form !== 'plain') return;
    if (this.#headed < headLength) {
      this.#headed = Math.min(headLength, this.#offset);
      this.#head = digest(this.#first.subarray(0, this.#headed));
    }
    const end = this.#recent.length - (this.#pushed - this.#offset);
    const begin = Math.max(0, end - tailLength);
    // Within a record that is longer than a chunk the bytes are gone; then the print is already that of this offset.
    if (end > 0 && end - begin === Math.min(tailLength, this.#offset)) this.#tail = digest(this.#recent.subarray(begin, end));
  }
}
