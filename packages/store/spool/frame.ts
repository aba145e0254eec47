/**
 * A frame holds a group of records: a mark, the payload's length, a CRC-32 of all that follows it, the number of the first record, how many
 * there are, and the payload: a JSON list of `[source, value]`.
 *
 * The mark has bytes that JSON in UTF-8 never has (0xff; control characters are escaped), so that after damage the next frame can be
 * looked for, and nothing that a peer sends can pass for one.
 */
import { crc32 } from 'node:zlib';

const mark = Buffer.from([0xff, 0x00, 0xfe, 0x01]);
const lengthAt = 4;
const crcAt = 8;
const firstAt = 12;
const countAt = 18;
export const headerBytes = 22;

/** No frame is larger; a length beyond it is damage. */
export const payloadLimit = 32 * 1_048_576;

export interface Frame {
  /** Number of its first record. */
  readonly first: number;
  readonly count: number;
  readonly payload: Buffer;
  /** Bytes of the whole frame. */
  readonly size: number;
}

/** `texts`: each a JSON list of source and value. */
export function encodeFrame(texts: readonly string[], first: number): Buffer {
  const body = `[${texts.join(',')}]`;
  const frame = Buffer.allocUnsafe(headerBytes + Buffer.byteLength(body));
  mark.copy(frame);
  frame.writeUInt32LE(frame.length - headerBytes, lengthAt);
  frame.writeUIntLE(first, firstAt, 6);
  frame.writeUInt32LE(texts.length, countAt);
  frame.write(body, headerBytes);
  frame.writeUInt32LE(checksum(frame), crcAt);
  return frame;
}

function checksum(frame: Buffer): number {
  return crc32(frame.subarray(firstAt), crc32(frame.subarray(lengthAt, crcAt)));
}

/** The frame that begins at a place; `more`: how many bytes from there are needed to tell; undefined: none begins there. */
export function frameAt(bytes: Buffer, at: number): Frame | { readonly more: number } | undefined {
  const here = bytes.subarray(at, at + headerBytes);
  if (!here.subarray(0, mark.length).equals(mark.subarray(0, here.length))) return undefined;
  if (here.length < headerBytes) return { more: headerBytes };
  const length = here.readUInt32LE(lengthAt);
  if (length > payloadLimit) return undefined;
  const size = headerBytes + length;
  if (at + size > bytes.length) return { more: size };
  const frame = bytes.subarray(at, at + size);
  if (checksum(frame) !== frame.readUInt32LE(crcAt)) return undefined;
  return { first: frame.readUIntLE(firstAt, 6), count: frame.readUInt32LE(countAt), payload: frame.subarray(headerBytes), size };
}

/** Where the next frame may begin, after a place where none does. */
export function nextMark(bytes: Buffer, after: number): number {
  const found = bytes.indexOf(mark, after + 1);
  return found === -1 ? bytes.length : found;
}
