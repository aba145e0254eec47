/** One chunk of a Windows event log: checks, then its records ([MS-EVEN6] is silent here; the layout is that of the files). */
import { crc32 } from 'node:zlib';
import { ChunkXml } from './binxml.ts';
import { EvtxError } from './bytes.ts';
import { toJson } from './json.ts';

export const chunkSize = 65_536;
const headerSize = 512;
const recordMark = 0x00002a2a;
/** Mark, size, number, time; the size again at the end. */
const recordHead = 24;

export type ChunkPiece = { readonly value: unknown } | { readonly problem: string };

/** The records of a chunk, and what is wrong with it. What is damaged costs only itself. */
export function* readChunk(bytes: Buffer): Generator<ChunkPiece> {
  if (bytes.length < headerSize) {
    yield { problem: 'a chunk is cut off before its records' };
    return;
  }
  const free = bytes.readUInt32LE(48);
  const problem = damageOf(bytes, free);
  if (problem !== undefined) yield { problem };
  const xml = new ChunkXml(bytes);
  const last = free >= headerSize && free <= bytes.length ? free : bytes.length;
  for (let at = headerSize; at + recordHead < last; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (bytes.readUInt32LE(at) !== recordMark || size < recordHead + 4 || at + size > last) {
      if (!bytes.subarray(at, last).every((byte) => byte === 0)) yield { problem: `after offset ${at} of its chunk nothing can be read` };
      return;
    }
    yield recordAt(xml, at, size);
    at += size;
  }
}

function recordAt(xml: ChunkXml, at: number, size: number): ChunkPiece {
  try {
    const record = toJson(xml.record(at + recordHead, at + size - 4));
    return 'Event' in record ? { value: record } : { problem: `the record at offset ${at} of its chunk holds no event` };
  } catch (error) {
    // A range error is the stack's end or a read outside the chunk.
    if (!(error instanceof EvtxError) && !(error instanceof RangeError)) throw error;
    return { problem: `the record at offset ${at} of its chunk is damaged: ${error.message}` };
  }
}

function damageOf(bytes: Buffer, free: number): string | undefined {
  // The header's checksum covers bytes 0 to 119 and 128 to 511.
  const header = crc32(bytes.subarray(128, headerSize), crc32(bytes.subarray(0, 120)));
  if (header !== bytes.readUInt32LE(124)) return 'the checksum of a chunk header is wrong; its records were read nevertheless';
  if (free < headerSize || free > bytes.length) return 'a chunk says that its records end outside of it';
  if (crc32(bytes.subarray(headerSize, free)) !== bytes.readUInt32LE(52)) return 'the checksum over the records of a chunk is wrong; they were read nevertheless';
  return undefined;
}
