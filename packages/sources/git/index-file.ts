import { createHash } from 'node:crypto';
import { SourceError } from '../source-error.ts';

/** One entry of the index (gitformat-index(5)). */
export interface IndexEntry {
  /** Byte path from the top of the work tree. A trailing slash marks a folder of a sparse index. */
  readonly path: string;
  readonly mode: number;
  readonly oid: string;
  readonly skipWorktree: boolean;
  /** What the file looked like when git last compared it; sizes are kept modulo 2^32. */
  readonly size: number;
  readonly mtimeSeconds: number;
  readonly mtimeNanoseconds: number;
}

export interface IndexFile {
  readonly entries: readonly IndexEntry[];
  /** The entries are only a part: the rest is in a shared index. */
  readonly split: boolean;
}

export const gitlinkMode = 0o160000;
const statBytes = 40;

export function parseIndex(bytes: Buffer, hashBytes: 20 | 32): IndexFile {
  if (bytes.length < 12 + hashBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') throw corrupt('it does not begin as an index');
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) throw new SourceError('git-unsupported', `git index version ${version} is not known`);
  verifyChecksum(bytes, hashBytes);
  const end = bytes.length - hashBytes;
  const reader = new EntryReader(bytes, end, hashBytes, version);
  const count = bytes.readUInt32BE(8);
  if (count > bytes.length / (statBytes + hashBytes)) throw corrupt('it names more entries than it can hold');
  const entries: IndexEntry[] = [];
  for (let at = 0; at < count; at += 1) {
    const entry = reader.next();
    // A merge leaves up to three stages of one path, in a row.
    if (entries.at(-1)?.path !== entry.path) entries.push(entry);
  }
  return { entries, split: hasExtension(bytes, reader.offset, end, 'link') };
}

/** All zeros: written without a checksum (`index.skipHash`). */
function verifyChecksum(bytes: Buffer, hashBytes: 20 | 32): void {
  const stored = bytes.subarray(bytes.length - hashBytes);
  if (stored.every((byte) => byte === 0)) return;
  // watchward:ignore code/weak-hash until=2027-11-28 -- the sum that git writes at the end of its index
  const hash = createHash(hashBytes === 20 ? 'sha1' : 'sha256');
  const actual = hash.update(bytes.subarray(0, bytes.length - hashBytes)).digest();
  if (!actual.equals(stored)) throw corrupt('its checksum is wrong');
}

class EntryReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #hashBytes: number;
  readonly #version: number;
  #previous = '';
  offset = 12;

  constructor(bytes: Buffer, end: number, hashBytes: number, version: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.#hashBytes = hashBytes;
    this.#version = version;
  }

  next(): IndexEntry {
    const bytes = this.#bytes;
    const start = this.offset;
    const flagsAt = start + statBytes + this.#hashBytes;
    if (flagsAt + 4 > this.#end) throw corrupt('it ends within an entry');
    const extended = this.#version >= 3 && (bytes[flagsAt] ?? 0) & 0x40;
    const nameAt = flagsAt + (extended ? 4 : 2);
    const path = this.#version === 4 ? this.#compressedName(nameAt) : this.#name(start, nameAt);
    this.#previous = path;
    return {
      path,
      mode: bytes.readUInt32BE(start + 24),
      oid: bytes.toString('hex', start + statBytes, flagsAt),
      skipWorktree: extended !== false && extended !== 0 && ((bytes[flagsAt + 2] ?? 0) & 0x40) !== 0,
      size: bytes.readUInt32BE(start + 36),
      mtimeSeconds: bytes.readUInt32BE(start + 8),
      mtimeNanoseconds: bytes.readUInt32BE(start + 12),
    };
  }

  /** One to eight NULs after the name, so that the entry's length is a multiple of eight. */
  #name(start: number, nameAt: number): string {
    const nul = this.#nul(nameAt);
    this.offset = start + ((nul - start + 8) & ~7);
    return this.#bytes.toString('latin1', nameAt, nul);
  }

  /** Version 4: how many bytes to drop from the previous name, then what follows them. */
  #compressedName(nameAt: number): string {
    let at = nameAt;
    let byte = this.#bytes[at++] ?? 0;
    let drop = byte & 0x7f;
    while (byte & 0x80) {
      byte = this.#bytes[at++] ?? 0;
      drop = (drop + 1) * 128 + (byte & 0x7f);
      if (drop > this.#previous.length) break;
    }
    if (drop > this.#previous.length) throw corrupt('a name drops more than there is');
    const nul = this.#nul(at);
    this.offset = nul + 1;
    return this.#previous.slice(0, this.#previous.length - drop) + this.#bytes.toString('latin1', at, nul);
  }

  #nul(from: number): number {
    const nul = this.#bytes.indexOf(0, from);
    if (nul < 0 || nul >= this.#end) throw corrupt('a name has no end');
    return nul;
  }
}

function hasExtension(bytes: Buffer, from: number, end: number, signature: string): boolean {
  for (let at = from; at + 8 <= end; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString('latin1', at, at + 4) === signature) return true;
  }
  return false;
}

function corrupt(why: string): SourceError {
  return new SourceError('git-corrupt', `the git index is damaged: ${why}`);
}
