/**
 * A stretch of text that should be one value, or why it is none. `lone`: a line of its own, which need not be JSON. `next`: the byte behind it at
 * which reading may begin anew, with the number of its line; -1 within a list.
 */
export interface JsonPiece {
  readonly line: number;
  readonly text: Buffer;
  readonly lone: boolean;
  /** `text` is then only as much of it as was kept. */
  readonly problem: string | undefined;
  readonly next: number;
  readonly nextLine: number;
}

const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const noBytes = Buffer.alloc(0);

/** Of a value beyond the limit so much is kept, to be shown where it was laid aside. */
const keptOfHuge = 4096;

/** `line`: up to the line's end. `list`: elements of a list. `tail`: the rest of an object whose list was given. `object`: one object on many lines. */
type Mode = 'between' | 'line' | 'list' | 'tail' | 'object';

/**
 * Cuts a stream of bytes into JSON values: one per line, the elements of a list, or the elements of `{"Records": [...]}`. What is broken ends
 * with its line or element, and no more than `limit` bytes of one value are kept.
 */
export class JsonSplitter {
  readonly #limit: number;
  #mode: Mode = 'between';
  /** Brackets that are open within the current value. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The list stands within `{"Records": `. */
  #wrapped = false;
  #parts: Buffer[] = [];
  #length = 0;
  #line: number;
  #startLine = 1;
  /** Where the bytes in hand begin, from the start of the input. */
  #base: number;
  /** Nothing of the current value has come yet. */
  #blank = true;
  /** The element of a list has ended: a comma or the list's end is due. */
  #whole = false;
  /** The last byte ended a line. */
  #newLine = false;
  /** Too few bytes to tell what begins here. */
  #rest: Buffer = Buffer.alloc(0);
  #pieces: JsonPiece[] = [];

  /** `offset` and `line`: where the bytes begin that will be pushed. */
  constructor(limit: number, offset = 0, line = 1) {
    this.#limit = limit;
    this.#base = offset;
    this.#line = line;
  }

  /** Between two values. */
  get idle(): boolean {
    return this.#mode === 'between' && this.#rest.length === 0;
  }

  get line(): number {
    return this.#line;
  }

  /** Bytes that are no part of the text. */
  skip(bytes: number): void {
    this.#base += bytes;
  }

  push(chunk: Buffer): JsonPiece[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = bytes.subarray(0, 0);
    for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, false);
    this.#base += bytes.length - this.#rest.length;
    return this.#take();
  }

  end(): JsonPiece[] {
    const bytes = this.#rest;
    this.#rest = bytes.subarray(0, 0);
    for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, true);
    this.#base += bytes.length;
    if (this.#mode === 'line') this.#finish(this.#base);
    else if (this.#mode !== 'between') this.#tell('the input ends within a record', this.#base);
    this.#mode = 'between';
    return this.#take();
  }

  #take(): JsonPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #step(bytes: Buffer, at: number, last: boolean): number {
    if (this.#mode === 'between') return this.#begin(bytes, at, last);
    if (this.#mode === 'line') return this.#readLine(bytes, at);
    return this.#readNested(bytes, at);
  }

  #begin(bytes: Buffer, from: number, last: boolean): number {
    let at = from;
    for (; at < bytes.length && isGap(bytes[at]); at += 1) if (bytes[at] === newline) this.#line += 1;
    if (at >= bytes.length) return at;
    this.#startLine = this.#line;
    this.#depth = 0;
    const kind = kindAt(bytes, at);
    if (kind === 'list') {
      this.#mode = 'list';
      this.#wrapped = false;
      return at + 1;
    }
    if (kind === 'unknown' && !last) {
      this.#rest = Buffer.from(bytes.subarray(at));
      return bytes.length;
    }
    if (typeof kind === 'number') {
      for (let index = at; index < kind; index += 1) if (bytes[index] === newline) this.#line += 1;
      this.#mode = 'list';
      this.#wrapped = true;
      this.#startLine = this.#line;
      return kind;
    }
    this.#mode = kind === 'object' ? 'object' : 'line';
    return at;
  }

  #readLine(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(newline, at);
    this.#collect(bytes, at, found < 0 ? bytes.length : found);
    if (found < 0) return bytes.length;
    this.#line += 1;
    this.#finish(this.#base + found + 1);
    this.#mode = 'between';
    return found + 1;
  }

  /** Reads until the chunk or the value ends. */
  #readNested(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const begins = this.#newLine;
      this.#newLine = byte === newline;
      if (begins && byte === openObject && this.#isLost(at - from)) return this.#beginAnew(bytes, from, at);
      if (byte === newline) {
        this.#line += 1;
        // A text cannot go on behind its line (RFC 8259, section 7): its quote was never closed.
        if (this.#inString) return this.#beginAnew(bytes, from, at + 1);
      }
      if (this.#blank && !isGap(byte)) {
        this.#blank = false;
        this.#startLine = this.#line;
      }
      if (this.#inString) this.#inside(byte);
      else if (byte === quote) this.#inString = true;
      else if (byte === openObject || byte === openList) this.#depth += 1;
      else if (byte === closeObject || byte === closeList) {
        this.#depth -= 1;
        this.#whole = this.#depth === 0;
        if (this.#closes()) return this.#close(bytes, from, at);
      } else if (byte === comma && this.#mode === 'list' && this.#depth === 0) {
        this.#collect(bytes, from, at);
        this.#finish(-1);
        return at + 1;
      }
    }
    this.#collect(bytes, from, bytes.length);
    return bytes.length;
  }

  /** An object begins a line where none may begin, or where far too much was read: what is open was never closed. */
  #isLost(unread: number): boolean {
    return !this.#inString && ((this.#mode === 'list' && this.#whole) || this.#length + unread > this.#limit);
  }

  /** What was open is given up, and what follows is read as if nothing had been before it. */
  #beginAnew(bytes: Buffer, from: number, at: number): number {
    this.#collect(bytes, from, at);
    if (this.#mode === 'list' && this.#whole && !this.#inString) this.#finish(this.#base + at);
    else this.#tell(this.#inString ? 'a text in quotes does not end with its line' : `a record is larger than ${this.#limit} bytes, or was never closed`, this.#base + at);
    [this.#mode, this.#depth, this.#inString, this.#escaped] = ['between', 0, false, false];
    return at;
  }

  #inside(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) this.#inString = false;
  }

  #closes(): boolean {
    return this.#mode === 'object' ? this.#depth <= 0 : this.#depth < 0;
  }

  #close(bytes: Buffer, from: number, at: number): number {
    this.#collect(bytes, from, this.#mode === 'object' ? at + 1 : at);
    if (this.#mode === 'tail') this.#drop();
    else this.#finish(this.#mode === 'object' ? this.#base + at + 1 : -1);
    this.#mode = this.#mode === 'list' && this.#wrapped ? 'tail' : 'between';
    this.#depth = 0;
    return at + 1;
  }

  #collect(bytes: Buffer, from: number, to: number): void {
    this.#length += to - from;
    if (this.#mode === 'tail') return;
    if (this.#parts.length === 0 || this.#length <= this.#limit) this.#parts.push(bytes.subarray(from, to));
    if (this.#length > this.#limit) this.#parts = [Buffer.from(this.#text().subarray(0, keptOfHuge))];
  }

  #text(): Buffer {
    return this.#parts.length === 1 ? (this.#parts[0] ?? noBytes) : Buffer.concat(this.#parts);
  }

  #finish(next: number): void {
    if (this.#length > this.#limit) {
      this.#tell(`a record is larger than ${this.#limit} bytes`, next);
      return;
    }
    const text = this.#text();
    if (!text.every(isGap)) this.#pieces.push({ line: this.#startLine, text, lone: this.#mode === 'line', problem: undefined, next, nextLine: this.#line });
    this.#drop();
  }

  #tell(problem: string, next: number): void {
    this.#pieces.push({ line: this.#startLine, text: this.#text().subarray(0, keptOfHuge), lone: this.#mode === 'line', problem, next, nextLine: this.#line });
    this.#drop();
  }

  #drop(): void {
    this.#parts = [];
    this.#length = 0;
    this.#blank = true;
    this.#whole = false;
  }
}

/** White space, and the record separator of JSON text sequences (RFC 7464, section 2.2). */
function isGap(byte: number | undefined): boolean {
  return byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09 || byte === 0x1e;
}

function kindAt(bytes: Buffer, at: number): number | 'line' | 'list' | 'object' | 'unknown' {
  if (bytes[at] === openObject) return objectKind(bytes, at);
  return bytes[at] === openList ? listKind(bytes, at) : 'line';
}

/** Logs begin their lines with `[`, too; a list of records holds an object or nothing. */
function listKind(bytes: Buffer, at: number): 'line' | 'list' | 'unknown' {
  let next = at + 1;
  while (next < bytes.length && isGap(bytes[next])) next += 1;
  if (next === bytes.length) return next - at < 512 ? 'unknown' : 'list';
  return bytes[next] === openObject || bytes[next] === closeList ? 'list' : 'line';
}

/** What an opening brace begins: a number is where the elements of `Records` begin. */
function objectKind(bytes: Buffer, at: number): number | 'line' | 'object' | 'unknown' {
  const second = bytes[at + 1];
  if (second === quote && bytes[at + 2] !== undefined && bytes[at + 2] !== 0x52) return 'line';
  const head = bytes.toString('latin1', at, at + 512);
  const records = /^\{\s*"Records"\s*:\s*\[/.exec(head);
  if (records !== null) return at + records[0].length;
  const compact = head.replaceAll(/\s+/g, '');
  if (head.length < 512 && '{"Records":['.startsWith(compact)) return 'unknown';
  return /^\{[ \t\r]*\n/.test(head) ? 'object' : 'line';
}
