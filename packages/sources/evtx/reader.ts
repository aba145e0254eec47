/** Windows event logs (`.evtx`): a file header, then chunks of 64 KiB, each readable on its own. */
import { crc32 } from 'node:zlib';
import { chunkSize, readChunk } from './chunk.ts';
import type { ChunkPiece } from './chunk.ts';

const headerSize = 4096;
const fileMark = Buffer.from('ElfFile\0', 'latin1');
const chunkMark = Buffer.from('ElfChnk\0', 'latin1');

/** What an event log begins with. */
export const eventLogMark = fileMark;

/** Reads an event log from a stream of bytes, a chunk at a time. `number` counts chunks from 1. */
export async function* readEventLog(stream: AsyncIterable<Buffer>): AsyncGenerator<ChunkPiece & { readonly chunk: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let wanted = headerSize;
  let chunk = 0;
  for await (const bytes of stream) {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= wanted) {
      const part = rest.subarray(0, wanted);
      rest = rest.subarray(wanted);
      if (chunk > 0) yield* piecesOf(part, chunk);
      else {
        const problem = headerProblem(part);
        if (problem !== undefined) yield { problem, chunk };
      }
      chunk += 1;
      wanted = chunkSize;
    }
  }
  if (chunk === 0) yield { problem: 'the event log is cut off within its header', chunk };
  else if (rest.length > 0) yield* piecesOf(rest, chunk);
}

function* piecesOf(bytes: Buffer, chunk: number): Generator<ChunkPiece & { readonly chunk: number }> {
  if (!bytes.subarray(0, chunkMark.length).equals(chunkMark)) {
    // Space that the file keeps for chunks to come is empty.
    if (!bytes.every((byte) => byte === 0)) yield { problem: 'a chunk does not begin as it should and was left out', chunk };
    return;
  }
  // One that is cut off keeps the records that are there.
  if (bytes.length < chunkSize) yield { problem: 'the event log is cut off within a chunk', chunk };
  for (const piece of readChunk(bytes)) yield { ...piece, chunk };
}

function headerProblem(bytes: Buffer): string | undefined {
  const major = bytes.readUInt16LE(38);
  if (major !== 3) return `event logs of version ${major} are not known; it was read as version 3`;
  return crc32(bytes.subarray(0, 120)) === bytes.readUInt32LE(124) ? undefined : 'the checksum of the event log header is wrong; its chunks were read nevertheless';
}
