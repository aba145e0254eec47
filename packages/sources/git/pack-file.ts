import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { SourceError, systemCode } from '../source-error.ts';
import { ByteCache } from './byte-cache.ts';

const windowBytes = 32_768;
const windowCacheBytes = 16 * 1_048_576;
const headerBytes = 32;

/** The head of a packed object (gitformat-pack(5)): what is stored, how long it is, and where its compressed bytes begin. */
export interface PackedHead {
  readonly kind: number;
  readonly size: number;
  readonly dataAt: number;
  /** Where the base lies, for a delta that names it by distance. */
  readonly baseOffset?: number;
  /** The base's id, for a delta that names it by id. */
  readonly baseOid?: Buffer;
}

export const commitKind = 1;
export const treeKind = 2;
export const blobKind = 3;
export const tagKind = 4;
export const nearDeltaKind = 6;
export const farDeltaKind = 7;

/** A pack, read through small windows, so that neighbouring objects cost one read. */
export class PackFile {
  readonly #path: string;
  readonly #hashBytes: number;
  readonly #windows = new ByteCache(windowCacheBytes);
  #descriptor: number | undefined;
  #end = 0;

  constructor(path: string, hashBytes: number) {
    this.#path = path;
    this.#hashBytes = hashBytes;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  head(offset: number): PackedHead {
    const bytes = this.#read(offset, headerBytes + this.#hashBytes);
    let at = 0;
    let byte = bytes[at++] ?? 0;
    const kind = (byte >> 4) & 7;
    let size = byte & 15;
    let scale = 16;
    while (byte & 0x80 && at < 9) {
      byte = bytes[at++] ?? 0;
      size += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (kind === nearDeltaKind) return this.#nearDelta(bytes, at, offset, size);
    if (kind !== farDeltaKind) return { kind, size, dataAt: offset + at };
    return { kind, size, dataAt: offset + at + this.#hashBytes, baseOid: Buffer.from(bytes.subarray(at, at + this.#hashBytes)) };
  }

  #nearDelta(bytes: Buffer, from: number, offset: number, size: number): PackedHead {
    let at = from;
    let byte = bytes[at++] ?? 0;
    let distance = byte & 0x7f;
    while (byte & 0x80 && at < headerBytes) {
      byte = bytes[at++] ?? 0;
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    if (distance <= 0 || distance >= offset) throw new SourceError('git-corrupt', 'a packed object names a base outside the pack');
    return { kind: nearDeltaKind, size, dataAt: offset + at, baseOffset: offset - distance };
  }

  /** The compressed bytes of an object that inflates to `size`; other objects' bytes may follow them. */
  compressed(head: PackedHead): Buffer {
    // Deflate adds at most a few bytes per block to what it cannot compress.
    return this.#read(head.dataAt, head.size + (head.size >> 6) + 128);
  }

  #read(offset: number, wanted: number): Buffer {
    this.#open();
    const end = Math.min(offset + wanted, this.#end);
    if (offset >= end) throw new SourceError('git-corrupt', 'a packed object lies outside its pack');
    const number = Math.floor(offset / windowBytes);
    const start = number * windowBytes;
    if (end > start + windowBytes) return this.#readFrom(offset, end - offset);
    let window = this.#windows.get(number);
    if (window === undefined) {
      window = this.#readFrom(start, Math.min(windowBytes, this.#end - start));
      this.#windows.set(number, window);
    }
    return window.subarray(offset - start, end - start);
  }

  #readFrom(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    let got: number;
    try {
      got = readSync(this.#descriptor ?? -1, buffer, 0, length, offset);
    } catch (error) {
      throw new SourceError('file-unreadable', `could not read a pack (${systemCode(error)})`, error);
    }
    if (got !== length) throw new SourceError('git-corrupt', 'a pack became shorter while it was read');
    return buffer;
  }

  #open(): void {
    if (this.#descriptor !== undefined) return;
    try {
      this.#descriptor = openSync(this.#path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      const stat = fstatSync(this.#descriptor);
      if (!stat.isFile()) throw new SourceError('git-corrupt', 'a pack is not a regular file');
      this.#end = stat.size - this.#hashBytes;
    } catch (error) {
      if (error instanceof SourceError) throw error;
      throw new SourceError('file-unreadable', `could not open a pack (${systemCode(error)})`, error);
    }
  }
}
