import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { eventLogMark, isEventLog, readEventLog } from './evtx/reader.ts';
import { type JsonPiece, JsonSplitter } from './json-splitter.ts';
import { SourceError, systemCode } from './source-error.ts';

const recordLimit = 4 * 1_048_576;
const depthLimit = 256;
const shownProblems = 50;
const openObject = 0x7b;

/**
 * Reads records from a file or a stream: JSON lines, a JSON list, CloudTrail's `{"Records": [...]}`, lines of text, which are given as they are, or a
 * Windows event log; gzip or plain. What cannot be decoded is told by its line, never by its content, and costs only itself.
 */
export async function* readRecords(from: string | Readable, onDiagnostic: (diagnostic: Diagnostic) => void): AsyncGenerator<RawRecord> {
  const source = typeof from === 'string' ? from : '-';
  const problems = new Problems(source, onDiagnostic);
  const splitter = new JsonSplitter(recordLimit);
  let sequence = 0;
  try {
    const chunks = decoded(typeof from === 'string' ? createReadStream(from) : from);
    const head = await atLeast(chunks, eventLogMark);
    const all = chain(head, chunks);
    if (isEventLog(head)) {
      for await (const piece of readEventLog(all)) {
        if ('value' in piece) yield { source, sequence: (sequence += 1), value: piece.value };
        else problems.add(undefined, `${piece.problem} (chunk ${piece.chunk})`);
      }
    } else {
      for await (const chunk of all) {
        for (const value of valuesOf(splitter.push(chunk), problems)) yield { source, sequence: (sequence += 1), value };
      }
    }
  } catch (error) {
    if (sequence === 0 && isMissing(error)) throw new SourceError('target-missing', `cannot read ${source} (${systemCode(error)})`, error);
    problems.add(undefined, `reading stopped after ${sequence} records (${systemCode(error)})`);
  }
  for (const value of valuesOf(splitter.end(), problems)) yield { source, sequence: (sequence += 1), value };
  problems.end();
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM', 'ERR_ACCESS_DENIED'].includes(systemCode(error));
}

/** Unpacks gzip (RFC 1952, section 2.3.1: it begins with 1f 8b) and drops a byte order mark. */
async function* decoded(stream: Readable): AsyncGenerator<Buffer> {
  const chunks = buffers(stream);
  const head = await atLeast(chunks, 2);
  const all = chain(head, chunks);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* withoutMark(all);
    return;
  }
  const gunzip = createGunzip();
  // The error reaches the reader below, because a failed pipeline destroys the stream with it.
  pipeline(Readable.from(all), gunzip, () => undefined);
  yield* withoutMark(buffers(gunzip));
}

async function* buffers(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

async function* withoutMark(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const head = await atLeast(chunks, 3);
  const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  yield* chain(marked ? head.subarray(3) : head, chunks);
}

async function atLeast(chunks: AsyncGenerator<Buffer>, length: number): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < length) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* chain(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

function* valuesOf(pieces: readonly JsonPiece[], problems: Problems): Generator<unknown> {
  for (const piece of pieces) {
    const value = 'text' in piece ? valueOf(piece.text, piece.lone) : { problem: piece.problem };
    if ('line' in value) yield value.line;
    else if ('problem' in value) problems.add(piece.line, value.problem);
    else if (!isObject(value.value)) problems.add(piece.line, 'a record must be a JSON object');
    else yield* unwrapped(value.value, piece.line, problems);
  }
}

/** What begins neither an object, a list nor a text in quotes, and is no other JSON value, is a line of a log. */
const logLine = /^(?![{[])(?!(?:null|true|false|-?[0-9.eE+-]+)$)/;

function valueOf(text: Buffer, lone: boolean): { line: string } | { value: unknown } | { problem: string } {
  if (!lone || text[0] === openObject) return parsed(text);
  const line = text.toString('utf8').trim();
  if (!logLine.test(line)) return parsed(text);
  if (!line.startsWith('"')) return { line };
  const value = parsed(text);
  return 'problem' in value ? { line } : value;
}

function parsed(text: Buffer): { value: unknown } | { problem: string } {
  if (depthOf(text) > depthLimit) return { problem: `a record is nested deeper than ${depthLimit}` };
  try {
    return { value: JSON.parse(text.toString('utf8')) as unknown };
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    return { problem: 'a record is not valid JSON' };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A CloudTrail file on one line among others. */
function* unwrapped(value: object, line: number, problems: Problems): Generator<unknown> {
  const records: unknown = Object.hasOwn(value, 'Records') ? (value as { Records: unknown }).Records : undefined;
  if (!Array.isArray(records)) {
    yield value;
    return;
  }
  for (const record of records) {
    if (isObject(record)) yield record;
    else problems.add(line, 'a record must be a JSON object');
  }
}

/** How deep brackets nest; short texts cannot nest deep. */
function depthOf(text: Buffer): number {
  if (text.length <= depthLimit) return 0;
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

/** The first problems are told one by one, the rest as a number. */
class Problems {
  readonly #source: string;
  readonly #tell: (diagnostic: Diagnostic) => void;
  #count = 0;

  constructor(source: string, tell: (diagnostic: Diagnostic) => void) {
    this.#source = source;
    this.#tell = tell;
  }

  add(line: number | undefined, message: string): void {
    this.#count += 1;
    if (this.#count > shownProblems) return;
    this.#tell({ code: 'event-unreadable', message, path: this.#source, ...(line === undefined ? {} : { line }) });
  }

  end(): void {
    const more = this.#count - shownProblems;
    if (more > 0) this.#tell({ code: 'event-unreadable', message: `and ${more} more records like these`, path: this.#source, count: more });
  }
}
