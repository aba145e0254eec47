import { crc32 } from 'node:zlib';
import { ColumnsBuilder, mostRows, readColumns } from './block-columns.ts';
import type { StoredColumn, Values } from './block-columns.ts';
import { storedColumns } from './columns.ts';
import { decodePages, encodePages, packTexts, PagesBuilder } from './event-pages.ts';
import type { EventPage } from './event-pages.ts';
import { isPartition } from './partition.ts';
import { Rooms, Texts } from './texts.ts';

/**
 * A block of the hot file: the events of one epoch and one partition.
 *
 *     0  magic         "WWL3"
 *     4  crc32         of bytes 8 to 36
 *     8  epoch         double
 *    16  rows          uint32
 *    20  bytes of key, columns, events   3 times uint32
 *    32  crc32         of all that follows
 *    36  key           "api_activity/2026-11-28"
 *        columns       as `block-columns.ts` writes them; in blocks of the first form, "WWL1", JSON: name to values
 *        events        as `event-pages.ts` writes them; in blocks of the forms before, "WWL1" and "WWL2", JSON lines
 *
 * Numbers are little-endian.
 */
export interface Block {
  readonly epoch: number;
  readonly key: string;
  readonly rows: number;
  /** How columns and events are written. */
  readonly form: Form;
  readonly columns: Buffer;
  readonly events: Buffer;
}

const magic = Buffer.from('WWL');
type Form = 1 | 2 | 3;
const headerBytes = 36;
/** The digit before that of the first form. */
const formMark = 0x30;

/** Room that blocks leave to the next. */
export class BlockRooms {
  readonly texts = new Rooms();
  readonly #columns: ColumnsBuilder[] = [];

  columns(): ColumnsBuilder {
    return this.#columns.pop() ?? new ColumnsBuilder();
  }

  giveBack(columns: ColumnsBuilder): void {
    if (this.#columns.length < mostColumns) this.#columns.push(columns);
  }
}

const mostColumns = 12;
/** A block is written in pieces of about this many bytes of events, before they are packed. */
const blockBytes = 8 * 1024 * 1024;

/** Collects the rows of one partition. */
export class BlockBuilder {
  rows = 0;
  readonly #key: string;
  readonly #rooms: BlockRooms;
  readonly #events: PagesBuilder;
  readonly #columns: ColumnsBuilder;

  constructor(key: string, rooms = new BlockRooms()) {
    this.#key = key;
    this.#rooms = rooms;
    this.#events = new PagesBuilder(rooms.texts);
    this.#columns = rooms.columns();
  }

  /** Bytes of events, before they are packed. */
  get size(): number {
    return this.#events.size;
  }

  /** What comes next goes into another block. */
  get isFull(): boolean {
    return this.size > blockBytes || this.rows >= mostRows;
  }

  /** `values` in the order of `storedColumns`. */
  add(values: readonly (string | number | null)[], event: string): void {
    this.#columns.add(this.rows, values);
    this.#events.add(event);
    this.rows++;
  }

  /** The block; nothing is added any more, and its room is left to others. */
  finish(epoch: number): Block {
    const columns = this.#columns.encode(this.rows);
    const events = Buffer.concat(encodePages(this.#events.finish()));
    this.#columns.clear(this.rows);
    this.#rooms.giveBack(this.#columns);
    return { epoch, key: this.#key, rows: this.rows, form: 3, columns, events };
  }
}

/** As it stands in the hot file. */
export function encodeBlock({ epoch, rows, form, key: name, columns, events }: Block): Buffer[] {
  const key = Buffer.from(name);
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header[magic.length] = formMark + form;
  header.writeDoubleLE(epoch, 8);
  header.writeUInt32LE(rows, 16);
  header.writeUInt32LE(key.length, 20);
  header.writeUInt32LE(columns.length, 24);
  header.writeUInt32LE(events.length, 28);
  header.writeUInt32LE(crc32(events, crc32(columns, crc32(key))), 32);
  header.writeUInt32LE(crc32(header.subarray(8)), 4);
  return [header, key, columns, events];
}

export interface Placed {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly blocks: readonly Placed[];
  /** Bytes that are no block, before the last block: damage, not an interrupted write. */
  readonly damaged: number;
  /** Of the block after the last whole one, when its header can be read: the epoch that was being written. */
  readonly tornEpoch: number | undefined;
}

/** The blocks of a hot file. What lies between whole blocks is skipped and counted; what follows the last one was being written. */
export function scanBlocks(bytes: Buffer): Scan {
  const blocks: Placed[] = [];
  let damaged = 0;
  let end = 0;
  for (let at = bytes.indexOf(magic); at !== -1; ) {
    const block = blockAt(bytes, at);
    if (block === undefined) {
      at = bytes.indexOf(magic, at + 1);
      continue;
    }
    damaged += at - end;
    end = at + headerBytes + Buffer.byteLength(block.key) + block.columns.length + block.events.length;
    blocks.push({ block, start: at, end });
    at = bytes.indexOf(magic, end);
  }
  return { blocks, damaged, tornEpoch: headerAt(bytes, end)?.readDoubleLE(8) };
}

function headerAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + headerBytes > bytes.length) return undefined;
  const header = bytes.subarray(at, at + headerBytes);
  return header.subarray(0, magic.length).equals(magic) && formOf(header) !== undefined && crc32(header.subarray(8)) === header.readUInt32LE(4) ? header : undefined;
}

function formOf(header: Buffer): Form | undefined {
  const form = (header[magic.length] ?? 0) - formMark;
  return form === 1 || form === 2 || form === 3 ? form : undefined;
}

function blockAt(bytes: Buffer, at: number): Block | undefined {
  const header = headerAt(bytes, at);
  if (header === undefined) return undefined;
  const keyEnd = at + headerBytes + header.readUInt32LE(20);
  const columnsEnd = keyEnd + header.readUInt32LE(24);
  const end = columnsEnd + header.readUInt32LE(28);
  if (end > bytes.length || crc32(bytes.subarray(at + headerBytes, end)) !== header.readUInt32LE(32)) return undefined;
  const key = bytes.toString('utf8', at + headerBytes, keyEnd);
  // It becomes a path.
  if (!isPartition(key)) return undefined;
  return {
    epoch: header.readDoubleLE(8),
    rows: header.readUInt32LE(16),
    form: formOf(header) ?? 3,
    key,
    columns: bytes.subarray(keyEnd, columnsEnd),
    events: bytes.subarray(columnsEnd, end),
  };
}

/** The columns of a block by name. */
export function columnsOf({ form, rows, columns }: Block): ReadonlyMap<string, StoredColumn> {
  return readColumns(form === 1 ? columnsOfFirstForm(columns, rows) : columns, rows);
}

function columnsOfFirstForm(columns: Buffer, rows: number): Buffer {
  const values = JSON.parse(columns.toString('utf8')) as { readonly [name: string]: Values };
  const builder = new ColumnsBuilder();
  for (let row = 0; row < rows; row++) builder.add(row, storedColumns.map(({ name }) => values[name]?.[row] ?? null));
  return builder.encode(rows);
}

export function pagesOf({ form, events }: Block): EventPage[] {
  if (form === 3) return decodePages(events);
  const texts = new Texts(new Rooms());
  for (let from = 0; from < events.length; ) {
    const to = events.indexOf(10, from);
    texts.add(events.toString('utf8', from, to));
    from = to + 1;
  }
  return packTexts(texts.bytes);
}

/** Bytes of its events, before they were packed. */
export function eventBytes({ form, events }: Block): number {
  return form === 3 ? decodePages(events).reduce((sum, { size }) => sum + size, 0) : events.length;
}
