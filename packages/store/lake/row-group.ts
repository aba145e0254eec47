import type { RowGroup, Statistics } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { columnsOf, pagesOf } from './block.ts';
import type { Block } from './block.ts';
import type { StoredColumn } from './block-columns.ts';
import { writeChunk } from './column-chunk.ts';
import type { ChunkContent, Dictionary, Page } from './column-chunk.ts';
import { eventColumn, physicalTypes, storedColumns } from './columns.ts';
import type { Column } from './columns.ts';
import { joinSmall, packTexts } from './event-pages.ts';
import { Rooms, Texts } from './texts.ts';
import { compressed } from './zstd.ts';

/** Columns by whose least and greatest value a reader can leave out row groups; on others such values cost and exclude nothing. */
const withStatistics = new Set(['time', 'severity_id', 'activity_id', 'sequence']);

/** Columns in which a value hardly comes back: to look for repetitions would be for nothing. */
const distinct = new Set(['time', 'sequence', 'uid']);

/** The rows of a block of one column; without one, as many rows that have no value. */
interface ColumnPart {
  readonly rows: number;
  readonly column: StoredColumn | undefined;
}

/** Writes the rows of blocks as one row group. */
export function writeRowGroup(writer: ByteWriter, blocks: readonly Block[]): RowGroup {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const each = blocks.map((block) => ({ rows: block.rows, columns: columnsOf(block) }));
  const rooms = new Rooms();
  const start = writer.offset;
  const columns = storedColumns.map((column) => {
    const parts = each.map((block) => ({ rows: block.rows, column: block.columns.get(column.name) }));
    return writeChunk(writer, column.type === 'text' ? textChunk(column.name, parts, rows, rooms) : numberChunk(column, parts, rows));
  });
  columns.push(writeChunk(writer, eventChunk(blocks)));
  return {
    columns, num_rows: BigInt(rows), total_compressed_size: BigInt(writer.offset - start),
    total_byte_size: columns.reduce((sum, { meta_data: data }) => sum + (data?.total_uncompressed_size ?? 0n), 0n),
  };
}

/** Packed when they were flushed: what they are is not looked at again, but where they are small. */
function eventChunk(blocks: readonly Block[]): ChunkContent {
  const pages = joinSmall(blocks.flatMap(pagesOf)).map(({ rows, size, packed }): Page => ({ rows, present: new Uint8Array(rows).fill(1), values: rows, encoding: 'PLAIN', size, packed }));
  return { name: eventColumn.name, type: 'BYTE_ARRAY', pages };
}

function textChunk(name: string, parts: readonly ColumnPart[], rows: number, rooms: Rooms): ChunkContent {
  const chunk = { name, type: 'BYTE_ARRAY' } as const;
  const { numbers, texts } = distinct.has(name) ? allTexts(parts, rows) : differentTexts(parts, rows);
  if (texts.length === 0) return { ...chunk, pages: [emptyPage(rows)] };
  const present = presenceOf(numbers);
  const values = countOf(present);
  const written = new Texts(rooms);
  try {
    if (texts.length * 2 > values) {
      for (const number of numbers) if (number > 0) written.add(texts[number - 1] ?? '');
      return { ...chunk, pages: plainPages(written.bytes, present) };
    }
    for (const text of texts) written.add(text);
    return { ...chunk, ...withDictionary({ numbers, present, values }, { values: texts.length, bytes: written.bytes }) };
  } finally {
    written.release();
  }
}

interface Numbered {
  /** For each row which of the texts, from 1; 0 where it has none. */
  readonly numbers: Uint32Array;
  readonly texts: readonly string[];
}

/** Texts of blocks one after the other, though one may be there twice. */
function allTexts(parts: readonly ColumnPart[], rows: number): Numbered {
  const numbers = new Uint32Array(rows);
  const texts: string[] = [];
  let at = 0;
  for (const { rows: own, column } of parts) {
    if (column?.texts !== undefined) {
      for (let row = 0; row < own; row++) numbers[at + row] = column.rows[row] === 0 ? 0 : (column.rows[row] as number) + texts.length;
      for (const text of column.texts) texts.push(text);
    }
    at += own;
  }
  return { numbers, texts };
}

function differentTexts(parts: readonly ColumnPart[], rows: number): Numbered {
  const numbers = new Uint32Array(rows);
  const known = new Map<string, number>();
  let at = 0;
  for (const { rows: own, column } of parts) {
    if (column?.texts !== undefined) {
      const here = Uint32Array.from([0, ...column.texts.map((text) => numberOf(text, known))]);
      for (let row = 0; row < own; row++) numbers[at + row] = here[column.rows[row] as number] as number;
    }
    at += own;
  }
  return { numbers, texts: [...known.keys()] };
}

/** From 1, in the order in which they are first met. */
function numberOf<Key>(key: Key, known: Map<Key, number>): number {
  const number = known.get(key) ?? known.size + 1;
  if (number > known.size) known.set(key, number);
  return number;
}

function numberChunk({ name, type }: Column, parts: readonly ColumnPart[], rows: number): ChunkContent {
  const { values, present } = presentNumbers(parts, rows);
  const physical = physicalTypes[type];
  const chunk = { name, type: physical, ...(withStatistics.has(name) ? { statistics: statisticsOf(values, physical, rows) } : {}) };
  if (values.length === 0) return { ...chunk, pages: [emptyPage(rows)] };
  if (!distinct.has(name)) {
    const { numbers, different } = numbered(values, present);
    if (different.length * 2 <= values.length) return { ...chunk, ...withDictionary({ numbers, present, values: values.length }, { values: different.length, bytes: plainNumbers(different, physical) }) };
  }
  const plain = plainNumbers(values, physical);
  return { ...chunk, pages: [{ rows, present, values: values.length, encoding: 'PLAIN', size: plain.length, packed: compressed(plain) }] };
}

function presentNumbers(parts: readonly ColumnPart[], rows: number): { readonly values: Float64Array; readonly present: Uint8Array } {
  const values = new Float64Array(rows);
  const present = new Uint8Array(rows);
  let count = 0;
  let at = 0;
  for (const { rows: own, column } of parts) {
    for (let row = 0; column !== undefined && column.texts === undefined && row < own; row++) {
      const value = column.rows[row] as number;
      if (Number.isNaN(value)) continue;
      values[count++] = value;
      present[at + row] = 1;
    }
    at += own;
  }
  return { values: values.subarray(0, count), present };
}

/** For each row which of the different values it has, from 1; 0 where it has none. */
function numbered(values: Float64Array, present: Uint8Array): { readonly numbers: Uint32Array; readonly different: readonly number[] } {
  const known = new Map<number, number>();
  const numbers = new Uint32Array(present.length);
  let [last, lastNumber] = [Number.NaN, 0];
  for (let row = 0, at = 0; row < present.length; row++) {
    if (present[row] === 0) continue;
    const value = values[at++] as number;
    if (value !== last) [last, lastNumber] = [value, numberOf(value, known)];
    numbers[row] = lastNumber;
  }
  return { numbers, different: [...known.keys()] };
}

function statisticsOf(values: Float64Array, type: 'INT32' | 'INT64' | 'BYTE_ARRAY', rows: number): Statistics {
  const nulls = { null_count: BigInt(rows - values.length) };
  if (values.length === 0) return nulls;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    least = Math.min(least, values[at] as number);
    greatest = Math.max(greatest, values[at] as number);
  }
  return type === 'INT64' ? { ...nulls, min_value: BigInt(least), max_value: BigInt(greatest) } : { ...nulls, min_value: least, max_value: greatest };
}

function plainNumbers(values: ArrayLike<number>, type: 'INT32' | 'INT64' | 'BYTE_ARRAY'): Uint8Array {
  const width = type === 'INT32' ? 4 : 8;
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    const high = Math.floor(value / 2 ** 32);
    if (width === 4) view.setInt32(at * width, value, true);
    else {
      view.setUint32(at * width, value - high * 2 ** 32, true);
      view.setInt32(at * width + 4, high, true);
    }
  }
  return bytes;
}

interface Coded {
  /** For each row which value of a dictionary it has, from 1; 0 where it has none. */
  readonly numbers: Uint32Array;
  readonly present: Uint8Array;
  /** How many rows have one. */
  readonly values: number;
}

/** A page that says for each row which of some different values it has; they are written plainly. */
function withDictionary({ numbers, present, values }: Coded, { values: different, bytes: plain }: { readonly values: number; readonly bytes: Uint8Array }): { readonly dictionary: Dictionary; readonly pages: readonly Page[] } {
  const bits = 32 - Math.clz32(different - 1);
  const codes = new Uint32Array(values);
  for (let row = 0, at = 0; row < numbers.length; row++) if (present[row] === 1) codes[at++] = (numbers[row] as number) - 1;
  const bytes = new ByteWriter();
  bytes.appendUint8(bits);
  writeRleBitPackedHybrid(bytes, codes, bits);
  const page = { rows: numbers.length, present, values, encoding: 'RLE_DICTIONARY', size: bytes.offset, packed: compressed(bytes.getBytes()) } as const;
  return { dictionary: { values: different, size: plain.length, packed: compressed(plain) }, pages: [page] };
}

/** Pages of texts that are written one behind the other, for rows that may have none. */
function plainPages(texts: Buffer, present: Uint8Array): Page[] {
  const pages = packTexts(texts);
  let at = 0;
  return pages.map(({ rows: values, size, packed }, index) => {
    const from = at;
    for (let left = values; left > 0; at++) left -= present[at] as number;
    if (index === pages.length - 1) at = present.length;
    return { rows: at - from, present: present.subarray(from, at), values, encoding: 'PLAIN', size, packed };
  });
}

function emptyPage(rows: number): Page {
  return { rows, present: new Uint8Array(rows), values: 0, encoding: 'PLAIN', size: 0, packed: compressed(new Uint8Array(0)) };
}

function presenceOf(numbers: Uint32Array): Uint8Array {
  const present = new Uint8Array(numbers.length);
  for (let row = 0; row < numbers.length; row++) present[row] = numbers[row] === 0 ? 0 : 1;
  return present;
}

function countOf(present: Uint8Array): number {
  let count = 0;
  for (let row = 0; row < present.length; row++) count += present[row] as number;
  return count;
}
