import { crc32 } from 'node:zlib';
import { ColumnsBuilder, decodeColumns } from './block-columns.ts';
import type { Values } from './block-columns.ts';
import { Lines, Rooms } from './lines.ts';
import { isPartition } from './partition.ts';

/**
 * A block of the hot file: the events of one epoch and one partition.
 *
 *     0  magic         "WWL2"
 *     4  crc32         of bytes 8 to 36
 *     8  epoch         double
 *    16  rows          uint32
 *    20  bytes of key, columns, events   3 times uint32
 *    32  crc32         of all that follows
 *    36  key           "api_activity/2026-11-28"
 *        columns       as `block-columns.ts` writes them; in blocks of the form before, "WWL1", JSON: name to values
 *        events        JSON lines
 *
 * Numbers are little-endian.
 */
export interface Block {
  readonly epoch: number;
  readonly key: string;
  readonly rows: number;
  /** How columns are written. */
  readonly form: Form;
  readonly columns: Buffer;
  readonly events: Buffer;
}

const magic = Buffer.from('WWL');
type Form = 1 | 2;
const headerBytes = 36;
/** The digit before that of the first form. */
const formMark = 0x30;

/** Collects the rows of one partition. */
export class BlockBuilder {
  rows = 0;
  readonly #key: string;
  readonly #events: Lines;
  readonly #columns = new ColumnsBuilder();

  constructor(key: string, rooms = new Rooms()) {
    this.#key = key;
    this.#events = new Lines(rooms);
  }

  /** Bytes of events. */
  get size(): number {
    return this.#events.size;
  }

  /** `values` in the order of `storedColumns`. */
  add(values: readonly (string | number | null)[], event: string): void {
    this.#columns.add(this.rows, values);
    this.#events.add(event);
    this.rows++;
  }

  /** What `encode` gave is on disk: its room may be used again. */
  release(): void {
    this.#events.release();
  }

  encode(epoch: number): Buffer[] {
    const columns = this.#columns.encode(this.rows);
    const events = this.#events.bytes;
    const key = Buffer.from(this.#key);
    const header = Buffer.alloc(headerBytes);
    magic.copy(header);
    header[magic.length] = formMark + 2;
    header.writeDoubleLE(epoch, 8);
    header.writeUInt32LE(this.rows, 16);
    header.writeUInt32LE(key.length, 20);
    header.writeUInt32LE(columns.length, 24);
    header.writeUInt32LE(events.length, 28);
    header.writeUInt32LE(crc32(events, crc32(columns, crc32(key))), 32);
    header.writeUInt32LE(crc32(header.subarray(8)), 4);
    return [header, key, columns, events];
  }
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
  return form === 1 || form === 2 ? form : undefined;
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
    form: formOf(header) ?? 2,
    key,
    columns: bytes.subarray(keyEnd, columnsEnd),
    events: bytes.subarray(columnsEnd, end),
  };
}

/** The values of a block by column. */
export function columnsOf({ form, rows, columns }: Block): ReadonlyMap<string, Values> {
  if (form === 2) return decodeColumns(columns, rows);
  return new Map(Object.entries(JSON.parse(columns.toString('utf8')) as { readonly [name: string]: Values }));
}

/** The events of a block, each as the UTF-8 of its JSON. */
export function eventsOf(block: Block): Buffer[] {
  const { events } = block;
  const found: Buffer[] = [];
  for (let from = 0; from < events.length; ) {
    const to = events.indexOf(10, from);
    found.push(events.subarray(from, to));
    from = to + 1;
  }
  return found;
}
