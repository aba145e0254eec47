import { bundledRecords } from '#formats/bundled-records.ts';
import { AuditLines } from './audit-lines.ts';
import { type JsonPiece, JsonSplitter } from './json-splitter.ts';

const recordLimit = 4 * 1_048_576;
const depthLimit = 256;
const openObject = 0x7b;
const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * A record, or why there is none and the bytes that should have been one. `next`: the byte at which reading may begin anew behind it, with the number
 * of its line; -1 when it shares a list with what follows.
 */
export type Decoded = { readonly line: number; readonly next: number; readonly nextLine: number } & (
  | { readonly value: unknown; readonly problem: undefined; /** What `value` was read from, where it is JSON and the whole of it. */ readonly json?: string | undefined }
  | { readonly problem: string; readonly bytes: Uint8Array }
);

/**
 * Bytes to records: JSON lines, a JSON list, CloudTrail's `{"Records": [...]}`, and lines of text, which are given as they are; of the kernel's
 * audit system the lines of one event together. What cannot be decoded costs only itself.
 */
export class RecordDecoder {
  readonly #splitter: JsonSplitter;
  readonly #auditLines = new AuditLines();
  /** The first bytes, until it is clear whether they are a byte order mark. */
  #head: Buffer | undefined;

  constructor(offset = 0, line = 1) {
    this.#splitter = new JsonSplitter(recordLimit, offset, line);
    if (offset === 0) this.#head = Buffer.alloc(0);
  }

  /** Nothing of a record that is not whole yet is held. */
  get idle(): boolean {
    return this.#splitter.idle && this.#auditLines.idle && (this.#head?.length ?? 0) === 0;
  }

  /** The number of the line that comes next. */
  get line(): number {
    return this.#splitter.line;
  }

  push(chunk: Buffer): Decoded[] {
    if (this.#head === undefined) return this.#auditLines.push(decodeAll(this.#splitter.push(chunk)));
    const head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const marked = head.subarray(0, mark.length).equals(mark.subarray(0, head.length));
    if (marked && head.length < mark.length) {
      this.#head = head;
      return [];
    }
    this.#head = undefined;
    return this.#auditLines.push(this.#begin(head, marked));
  }

  /** No bytes came for a while: lines that waited for others are given. */
  settle(): Decoded[] {
    return this.#auditLines.end();
  }

  /** No more bytes come: what is left is a last line, or broken. */
  end(): Decoded[] {
    const head = this.#head ?? Buffer.alloc(0);
    this.#head = undefined;
    return [...this.#auditLines.push([...this.#begin(head, false), ...decodeAll(this.#splitter.end())]), ...this.#auditLines.end()];
  }

  #begin(head: Buffer, marked: boolean): Decoded[] {
    if (marked) this.#splitter.skip(mark.length);
    return decodeAll(this.#splitter.push(marked ? head.subarray(mark.length) : head));
  }
}

function decodeAll(pieces: readonly JsonPiece[]): Decoded[] {
  const decoded: Decoded[] = [];
  for (const piece of pieces) {
    if (piece.problem !== undefined) decoded.push(broken(piece, piece.problem));
    else decode(piece, decoded);
  }
  return decoded;
}

function broken({ text, line, next, nextLine }: JsonPiece, problem: string): Decoded {
  return { problem, bytes: text, line, next, nextLine };
}

/** What begins no object and is no other JSON value is a line of a log; in brackets or quotes it may be either. */
const logLine = /^(?!\{)(?!(?:null|true|false|-?[0-9.eE+-]+)$)/;

function decode(piece: JsonPiece, decoded: Decoded[]): void {
  const { text, lone, line, next, nextLine } = piece;
  if (lone && text[0] !== openObject) {
    const whole = text.toString('utf8').trim();
    if (logLine.test(whole) && (!/^["[]/.test(whole) || (depthOf(text) <= depthLimit && parsed(text) === undefined))) {
      decoded.push({ value: whole, problem: undefined, line, next, nextLine });
      return;
    }
  }
  if (depthOf(text) > depthLimit) decoded.push(broken(piece, `a record is nested deeper than ${depthLimit}`));
  else {
    const found = parsed(text);
    // The parser's own message quotes the text, which may hold a secret.
    if (found === undefined) decoded.push(broken(piece, 'a record is not valid JSON'));
    else if (!isObject(found.value)) decoded.push(broken(piece, 'a record must be a JSON object'));
    else unwrap(found.value, found.json, piece, decoded);
  }
}

function parsed(text: Buffer): { readonly value: unknown; readonly json: string } | undefined {
  try {
    const json = text.toString('utf8');
    return { value: JSON.parse(json) as unknown, json };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A file of CloudTrail, or another object that carries records, on one line among others. */
function unwrap(value: object, json: string, piece: JsonPiece, decoded: Decoded[]): void {
  const { line, next, nextLine } = piece;
  const records = bundledRecords(value);
  if (records === undefined) {
    decoded.push({ value, problem: undefined, json, line, next, nextLine });
    return;
  }
  records.forEach((record: unknown, at) => {
    const behind = at === records.length - 1 ? next : -1;
    if (isObject(record)) decoded.push({ value: record, problem: undefined, line, next: behind, nextLine });
    else decoded.push({ problem: 'a record must be a JSON object', bytes: Buffer.from(JSON.stringify(record)), line, next: behind, nextLine });
  });
}

/** How deep brackets nest; 0 where there are too few of them to nest deep, which is seen without a look at each byte. */
function depthOf(text: Buffer): number {
  if (!hasBrackets(text, depthLimit)) return 0;
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === 0x22) inString = !inString;
    else if (byte === 0x5c && inString) at += 1;
    else if (inString) continue;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}

/** More than `most` brackets open. */
function hasBrackets(text: Buffer, most: number): boolean {
  let count = 0;
  for (const bracket of [0x5b, openObject]) for (let at = text.indexOf(bracket); at >= 0 && count <= most; at = text.indexOf(bracket, at + 1)) count += 1;
  return count > most;
}
