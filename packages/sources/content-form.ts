import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { eventLogMark, isEventLog } from './evtx/reader.ts';

/** How the bytes of a file are to be read. `foreign`: packed in a way that can't be unpacked here. */
export type ContentForm = 'plain' | 'gzip' | 'zstd' | 'evtx' | 'foreign';

/** So many bytes tell every form. */
export const formBytes = Math.max(6, eventLogMark);

/** By the first bytes: gzip (RFC 1952, section 2.3.1), Zstandard (RFC 8878, section 3.1.1), Windows event logs, bzip2, xz. */
export function formOf(head: Buffer): ContentForm {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  if (isEventLog(head)) return 'evtx';
  return head.toString('latin1', 0, 3) === 'BZh' || head.toString('latin1', 0, 5) === '\u00fd7zXZ' ? 'foreign' : 'plain';
}

/** Unpacks what is packed; the error of a broken stream comes out of the iteration. */
export async function* unpacked(chunks: AsyncIterable<Buffer>, form: ContentForm): AsyncGenerator<Buffer> {
  if (form !== 'gzip' && form !== 'zstd') {
    yield* chunks;
    return;
  }
  const unpack = form === 'gzip' ? createGunzip({ chunkSize: 65_536 }) : createZstdDecompress({ chunkSize: 65_536 });
  // The error reaches the reader below, because a failed pipeline destroys the stream with it.
  pipeline(Readable.from(chunks, { objectMode: false }), unpack, () => undefined);
  yield* buffers(unpack);
}

export async function* buffers(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}

/** The first bytes, at least so many when there are, and a stream of all. */
export async function peek(chunks: AsyncGenerator<Buffer>, length: number): Promise<{ readonly head: Buffer; readonly all: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < length) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return { head, all: chain(head, chunks) };
}

async function* chain(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}
