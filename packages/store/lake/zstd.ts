import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Most columns of a small part have next to nothing in them: to make a compressor ready costs more than it saves. */
const rawBytes = 255;
const leastChunk = 16 * 1024;

/** A frame of Zstandard. What is compressed comes in few pieces: each is another call and another room. */
export function compressed(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= rawBytes) return rawFrame(bytes);
  return zstdCompressSync(bytes, { chunkSize: Math.max(leastChunk, bytes.length >> 3), params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** What `compressed` made a frame of, whose length is known. */
export function decompressed(frame: Uint8Array, length: number): Buffer {
  return zstdDecompressSync(frame, { chunkSize: Math.max(leastChunk, length + 1) });
}

/** A frame with one block that is as it was (RFC 8878, 3.1.1): magic number, a single segment whose size is one byte, the block's header, its bytes. */
function rawFrame(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(9 + bytes.length);
  const lastRawBlock = 1 | (bytes.length << 3);
  frame.set([0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, lastRawBlock & 0xff, lastRawBlock >> 8, 0]);
  frame.set(bytes, 9);
  return frame;
}
