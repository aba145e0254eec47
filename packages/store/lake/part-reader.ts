import { open } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type ColumnData } from 'hyparquet';
import type { Values } from './block-columns.ts';
import { eventColumn, fit, storedColumns } from './columns.ts';

/** Rows of one row group, column by column. */
export interface Rows {
  readonly count: number;
  /** By the names of `storedColumns`; one that is left out is empty. */
  readonly values: ReadonlyMap<string, Values>;
  readonly events: readonly string[];
}

const compressors = { ZSTD: (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes) };
const parsers = { timestampFromMilliseconds: (value: bigint | undefined): number | undefined => (value === undefined ? undefined : Number(value)) };

/** The row groups of a part that the lake wrote. */
export async function* readRowGroups(path: string): AsyncGenerator<Rows> {
  const handle = await open(path, 'r');
  try {
    const file: AsyncBuffer = {
      byteLength: (await handle.stat()).size,
      async slice(start, end = file.byteLength) {
        const bytes = new Uint8Array(end - start);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer.slice(0, bytesRead);
      },
    };
    const metadata = await parquetMetadataAsync(file);
    let from = 0;
    for (const group of metadata.row_groups) {
      const count = Number(group.num_rows);
      const chunks: ColumnData[] = [];
      await parquetRead({ file, metadata, rowStart: from, rowEnd: from + count, compressors, parsers, onChunk: (chunk) => chunks.push(chunk) });
      yield rowsOf(chunks, count, from);
      from += count;
    }
  } finally {
    await handle.close();
  }
}

function rowsOf(chunks: readonly ColumnData[], count: number, from: number): Rows {
  const columns = new Map<string, unknown[]>();
  for (const { columnName, columnData, rowStart } of chunks) {
    const column = columns.get(columnName) ?? Array<unknown>(count).fill(null);
    columns.set(columnName, column);
    for (let at = 0; at < columnData.length; at++) column[rowStart - from + at] = columnData[at] ?? null;
  }
  const values = new Map<string, Values>();
  for (const { name, type } of storedColumns) {
    const column = columns.get(name);
    if (column?.some((value) => value !== null) !== true) continue;
    values.set(name, column.map((value) => fit(type, typeof value === 'bigint' ? Number(value) : value)));
  }
  return { count, values, events: (columns.get(eventColumn.name) ?? []).map(String) };
}
