import type { ColumnChunk, Encoding, ParquetType, Statistics } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';

/** A page of packed values: of its rows, only those that have one are among them. */
export interface Page {
  readonly rows: number;
  /** Which rows have a value: 1, others 0. */
  readonly present: Uint8Array;
  readonly values: number;
  readonly encoding: Encoding;
  /** Bytes of the values, before they were packed. */
  readonly size: number;
  readonly packed: Uint8Array;
}

export interface Dictionary {
  readonly values: number;
  /** Bytes of the values, written plainly, before they were packed. */
  readonly size: number;
  readonly packed: Uint8Array;
}

export interface ChunkContent {
  readonly name: string;
  readonly type: ParquetType;
  readonly dictionary?: Dictionary | undefined;
  readonly pages: readonly Page[];
  readonly statistics?: Statistics | undefined;
}

/** One column of a row group: its dictionary, then its pages. */
export function writeChunk(writer: ByteWriter, { name, type, dictionary, pages, statistics }: ChunkContent): ColumnChunk {
  const start = writer.offset;
  let size = dictionary === undefined ? 0 : writeDictionary(writer, dictionary);
  const firstPage = writer.offset;
  for (const page of pages) size += writePage(writer, page);
  return {
    file_offset: BigInt(start),
    meta_data: {
      type, path_in_schema: [name], codec: 'ZSTD', encodings: [...new Set<Encoding>([...(dictionary === undefined ? [] : ['PLAIN' as const]), ...pages.map(({ encoding }) => encoding)])],
      num_values: BigInt(pages.reduce((sum, { rows }) => sum + rows, 0)),
      total_compressed_size: BigInt(writer.offset - start), total_uncompressed_size: BigInt(size), data_page_offset: BigInt(firstPage),
      ...(dictionary === undefined ? {} : { dictionary_page_offset: BigInt(start) }), ...(statistics === undefined ? {} : { statistics }),
    },
  };
}

/** Gives how many bytes it is before it is packed, its header included; so does `writePage`. */
function writeDictionary(writer: ByteWriter, { values, size, packed }: Dictionary): number {
  const before = writer.offset;
  writePageHeader(writer, { type: 'DICTIONARY_PAGE', uncompressed_page_size: size, compressed_page_size: packed.length, dictionary_page_header: { num_values: values, encoding: 'PLAIN' } });
  const header = writer.offset - before;
  writer.appendBytes(packed);
  return header + size;
}

function writePage(writer: ByteWriter, { rows, present, values, encoding, size, packed }: Page): number {
  const levels = new ByteWriter(64);
  writeRleBitPackedHybrid(levels, present, 1);
  const before = writer.offset;
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2', uncompressed_page_size: levels.offset + size, compressed_page_size: levels.offset + packed.length,
    data_page_header_v2: { num_values: rows, num_nulls: rows - values, num_rows: rows, encoding, definition_levels_byte_length: levels.offset, repetition_levels_byte_length: 0, is_compressed: true },
  });
  const header = writer.offset - before;
  writer.appendBytes(levels.getBytes());
  writer.appendBytes(packed);
  return header + levels.offset + size;
}
