import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { eventLogMark } from './evtx/reader.ts';

/** How the bytes of a file are to be read. `foreign`: packed in a way that can't be unpacked here. */
export type ContentForm = 'plain' | 'gzip' | 'zstd' | 'evtx' | 'foreign';

const marks: readonly (readonly [ContentForm, Buffer])[] = [
  // RFC 1952, section 2.3.1; RFC 8878, section 3.1.1; bzip2; xz
  ['gzip', Buffer.from([0x1f, 0x8b])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['evtx', eventLogMark],
  ['foreign', Buffer.from('BZh')],
  ['foreign', Buffer.from('\u00fd7zXZ', 'latin1')],
];

/** So many bytes tell every form. */
export const formBytes = Math.max(...marks.map(([, mark]) => mark.length));

/** By the first bytes. */
export function formOf(head: Buffer): ContentForm {
  return marks.find(([, mark]) => head.subarray(0, mark.length).equals(mark))?.[0] ?? 'plain';
}

/** False while the first bytes are too few to tell. */
export function tellsForm(head: Buffer): boolean {
  return head.length > 0 && marks.every(([, mark]) => head.length >= mark.length || !mark.subarray(0, head.length).equals(head));
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

/** The first bytes, until they are enough or all, and a stream of all. */
export async function peek(chunks: AsyncGenerator<Buffer>, isEnough: (head: Buffer) => boolean): Promise<{ readonly head: Buffer; readonly all: AsyncGenerator<Buffer> }> {
  let head: Buffer = Buffer.alloc(0);
  while (!isEnough(head)) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { head, all: chain(head, chunks) };
}

async function* chain(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}
