import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { Values } from './block-columns.ts';
import { eventColumn, parquetSchema, storedColumns } from './columns.ts';
import { durable, syncFile, syncFolder } from '../durable.ts';

/** Rows of one row group, column by column. */
export interface Rows {
  readonly count: number;
  /** By the names of `storedColumns`; one that is left out is empty. */
  readonly values: ReadonlyMap<string, Values>;
  /** UTF-8 of each event's JSON. */
  readonly events: readonly Uint8Array[];
}

export const rowGroupRows = 16_384;
/** Small pages: less memory is moved while they grow. */
const pageBytes = 128 * 1024;
/** Columns by whose least and greatest value a reader can leave out row groups; on others such values cost and exclude nothing. */
const withStatistics = new Set(['time', 'severity_id', 'activity_id', 'sequence']);

/** Columns in which a value hardly comes back: to look for repetitions would be for nothing. */
const distinct = new Set(['time', 'sequence', 'uid']);

const compressors = {
  ZSTD: (bytes: Uint8Array): Uint8Array => (bytes.length <= rawBytes ? rawFrame(bytes) : zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })),
};

/** Most columns of a small part have next to nothing in them: to make a compressor ready costs more than it saves. */
const rawBytes = 255;

/** A frame with one block that is as it was (RFC 8878, 3.1.1): magic number, a single segment whose size is one byte, the block's header, its bytes. */
function rawFrame(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(9 + bytes.length);
  const lastRawBlock = 1 | (bytes.length << 3);
  frame.set([0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, lastRawBlock & 0xff, lastRawBlock >> 8, 0]);
  frame.set(bytes, 9);
  return frame;
}

/** Writes a part under a temporary name, and gives it its own when it is whole and on disk. */
export async function writePart(path: string, groups: Iterable<Rows> | AsyncIterable<Rows>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.tmp`);
  const file = openSync(temporary, durable.create, 0o600);
  try {
    const buffer = new ByteWriter(4 * 1024 * 1024);
    const writer = new ParquetWriter({ writer: buffer, schema: parquetSchema, codec: 'ZSTD', compressors, createdBy: 'watchward' });
    for await (const rows of groups) {
      writer.write({ columnData: sourcesOf(rows), rowGroupSize: rows.count, pageSize: pageBytes });
      drain(buffer, file);
    }
    writer.finish();
    drain(buffer, file);
    syncFile(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

function drain(buffer: ByteWriter, file: number): void {
  const bytes = buffer.getBytes();
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  buffer.index = 0;
}

function sourcesOf({ count, values, events }: Rows): ColumnSource[] {
  const empty: null[] = Array(count).fill(null);
  const sources = storedColumns.map(({ name, type }): ColumnSource => {
    const found = values.get(name);
    const data = found !== undefined && (type === 'long' || type === 'time') ? found.map(asLong) : (found ?? empty);
    return { name, data, statistics: withStatistics.has(name), offsetIndex: false, ...(distinct.has(name) ? { encoding: 'PLAIN' } : {}) };
  });
  return [...sources, { name: eventColumn.name, data: [...events], encoding: 'PLAIN', statistics: false, offsetIndex: false }];
}

function asLong(value: string | number | null): bigint | null {
  return typeof value === 'number' ? BigInt(value) : null;
}
