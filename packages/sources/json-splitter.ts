/** A stretch of text that should be one value, or why it is none. `lone`: a line of its own, which need not be JSON. */
export type JsonPiece = { readonly line: number } & ({ readonly text: Buffer; readonly lone: boolean } | { readonly problem: string });

const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

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
  #line = 1;
  #startLine = 1;
  /** Nothing of the current value has come yet. */
  #blank = true;
  /** Too few bytes to tell what begins here. */
  #rest: Buffer = Buffer.alloc(0);
  #pieces: JsonPiece[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(chunk: Buffer): JsonPiece[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = bytes.subarray(0, 0);
    for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, false);
    return this.#take();
  }

  end(): JsonPiece[] {
    const bytes = this.#rest;
    this.#rest = bytes.subarray(0, 0);
    for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, true);
    if (this.#mode === 'line') this.#finish();
    else if (this.#mode !== 'between') this.#pieces.push({ line: this.#startLine, problem: 'the input ends within a record' });
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
    if (bytes[at] === openList) {
      this.#mode = 'list';
      this.#wrapped = false;
      return at + 1;
    }
    const kind = bytes[at] === openObject ? objectKind(bytes, at) : 'line';
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
    this.#finish();
    this.#mode = 'between';
    this.#line += 1;
    return found + 1;
  }

  /** Reads until the chunk or the value ends. */
  #readNested(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) this.#line += 1;
      if (this.#blank && !isGap(byte)) {
        this.#blank = false;
        this.#startLine = this.#line;
      }
      if (this.#inString) this.#inside(byte);
      else if (byte === quote) this.#inString = true;
      else if (byte === openObject || byte === openList) this.#depth += 1;
      else if (byte === closeObject || byte === closeList) {
        this.#depth -= 1;
        if (this.#closes()) return this.#close(bytes, from, at);
      } else if (byte === comma && this.#mode === 'list' && this.#depth === 0) {
        this.#collect(bytes, from, at);
        this.#finish();
        return at + 1;
      }
    }
    this.#collect(bytes, from, bytes.length);
    return bytes.length;
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
    else this.#finish();
    this.#mode = this.#mode === 'list' && this.#wrapped ? 'tail' : 'between';
    this.#depth = 0;
    return at + 1;
  }

  #collect(bytes: Buffer, from: number, to: number): void {
    this.#length += to - from;
    if (this.#mode === 'tail') return;
    if (this.#length <= this.#limit) this.#parts.push(bytes.subarray(from, to));
    else this.#parts = [];
  }

  #finish(): void {
    const line = this.#startLine;
    if (this.#length > this.#limit) this.#pieces.push({ line, problem: `a record is larger than ${this.#limit} bytes` });
    else {
      const text = this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
      if (!text.every(isGap)) this.#pieces.push({ line, text, lone: this.#mode === 'line' });
    }
    this.#drop();
  }

  #drop(): void {
    this.#parts = [];
    this.#length = 0;
    this.#blank = true;
  }
}

/** White space, and the record separator of JSON text sequences (RFC 7464, section 2.2). */
function isGap(byte: number | undefined): boolean {
  return byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09 || byte === 0x1e;
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
