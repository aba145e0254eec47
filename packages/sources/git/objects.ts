import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { ByteCache } from './byte-cache.ts';
import { applyDelta, deltaSizes } from './delta.ts';
import type { GitLayout } from './discover.ts';
import { inflateExactly } from './inflate.ts';
import { looseStartingWith, readLoose } from './loose-objects.ts';
import { decodeHex } from './object-id.ts';
import { blobKind, farDeltaKind, nearDeltaKind, PackFile, type PackedHead, treeKind } from './pack-file.ts';
import { PackIndex } from './pack-index.ts';

/** Git itself makes chains of at most 4095. */
const maxChain = 5_000;
/** A delta's base may be larger than what was asked for, within reason. */
const baseLimit = 128 * 1_048_576;
const maxAlternates = 16;
const maxHops = 64;
const pointerLimit = 65_536;

export interface GitObject {
  readonly kind: number;
  readonly data: Buffer;
}

interface Pack {
  readonly index: PackIndex;
  readonly file: PackFile;
  /** Number of the pack's first object. */
  readonly first: number;
  /** Added to an offset it gives a key that no other pack's objects have. */
  readonly key: number;
}

/**
 * All objects of a repository. An object has a number while the store lives, so that "seen" sets are arrays of bits and nothing on the way
 * through history makes strings of ids.
 */
export class ObjectStore {
  readonly hashBytes: number;
  readonly #folders: readonly string[];
  readonly #packs: Pack[] = [];
  readonly #packed: number;
  readonly #looseNumbers = new Map<string, number>();
  readonly #looseNames: string[] = [];
  readonly #trees = new ByteCache(64 * 1_048_576);
  readonly #blobs = new ByteCache(32 * 1_048_576);
  readonly #oid: Buffer;

  constructor(layout: GitLayout) {
    this.hashBytes = layout.hashBytes;
    this.#oid = Buffer.alloc(layout.hashBytes);
    this.#folders = objectFolders(join(layout.commonDir, 'objects'));
    let first = 0;
    for (const base of this.#folders.flatMap(packBases)) {
      const index = new PackIndex(`${base}.idx`, this.hashBytes);
      this.#packs.push({ index, file: new PackFile(`${base}.pack`, this.hashBytes), first, key: this.#packs.length * 2 ** 42 });
      first += index.count;
    }
    this.#packed = first;
  }

  close(): void {
    for (const pack of this.#packs) pack.file.close();
  }

  /** The number of the object whose id stands at `at`. */
  number(oid: Buffer, at: number): number {
    for (const pack of this.#packs) {
      const position = pack.index.find(oid, at);
      if (position >= 0) return pack.first + position;
    }
    const hex = oid.toString('hex', at, at + this.hashBytes);
    const known = this.#looseNumbers.get(hex);
    if (known !== undefined) return known;
    const number = this.#packed + this.#looseNames.length;
    this.#looseNumbers.set(hex, number);
    this.#looseNames.push(hex);
    return number;
  }

  numberOfHex(hex: string): number {
    if (hex.length !== this.hashBytes * 2 || !decodeHex(Buffer.from(hex, 'latin1'), 0, this.#oid)) {
      throw new SourceError('git-ref-unknown', 'not an object id');
    }
    return this.number(this.#oid, 0);
  }

  hex(number: number): string {
    if (number >= this.#packed) return this.#looseNames[number - this.#packed] ?? '';
    const pack = this.#packOf(number);
    return pack.index.hex(number - pack.first);
  }

  /** Ids that begin with some hex digits; more than one means that the prefix is ambiguous. */
  startingWith(prefix: string): string[] {
    const packed = this.#packs.flatMap((pack) => pack.index.startingWith(prefix, 2));
    return [...new Set([...packed, ...this.#folders.flatMap((folder) => looseStartingWith(folder, prefix))])];
  }

  /** Undefined when the content is larger than `limit`; throws when it is missing or damaged. */
  read(number: number, limit: number): GitObject | undefined {
    return this.#read(number, limit, 0);
  }

  #read(number: number, limit: number, hops: number): GitObject | undefined {
    if (hops > maxHops) throw new SourceError('git-corrupt', 'git deltas lead from pack to pack without end');
    if (number >= this.#packed) return this.#readLoose(number, limit);
    const pack = this.#packOf(number);
    return this.#readPacked(pack, pack.index.offset(number - pack.first), limit, hops);
  }

  #readLoose(number: number, limit: number): GitObject | undefined {
    const known = this.#cached(-1 - number);
    if (known !== undefined) return known.data.length > limit ? undefined : known;
    const hex = this.hex(number);
    for (const folder of this.#folders) {
      const loose = readLoose(folder, hex, limit);
      if (loose === undefined) continue;
      if (loose.data === undefined) return undefined;
      const object = { kind: loose.kind, data: loose.data };
      this.#keep(-1 - number, object);
      return object;
    }
    throw new SourceError('git-object-missing', `git object ${hex} is missing; in a partial clone fetch it with git first`);
  }

  /** Goes down a chain of deltas until something known or whole, and comes back up, keeping what it makes. */
  #readPacked(pack: Pack, from: number, limit: number, hops: number): GitObject | undefined {
    const chain: { readonly offset: number; readonly head: PackedHead }[] = [];
    let offset = from;
    let base = this.#cached(pack.key + offset);
    while (base === undefined) {
      const head = pack.file.head(offset);
      if (head.size > (chain.length === 0 ? limit : Math.max(limit, baseLimit))) return undefined;
      if (head.kind !== nearDeltaKind && head.kind !== farDeltaKind) {
        base = { kind: head.kind, data: inflateExactly(pack.file.compressed(head), head.size) };
        this.#keep(pack.key + offset, base);
        break;
      }
      chain.push({ offset, head });
      if (chain.length > maxChain) throw new SourceError('git-corrupt', 'a chain of git deltas does not end');
      if (head.baseOid === undefined) offset = head.baseOffset ?? 0;
      else {
        const number = this.number(head.baseOid, 0);
        const inPack = number >= pack.first && number < pack.first + pack.index.count;
        if (!inPack) {
          base = this.#read(number, Math.max(limit, baseLimit), hops + 1);
          if (base === undefined) return undefined;
          break;
        }
        offset = pack.index.offset(number - pack.first);
      }
      base = this.#cached(pack.key + offset);
    }
    return this.#climb(pack, base, chain, limit);
  }

  #climb(pack: Pack, base: GitObject, chain: readonly { offset: number; head: PackedHead }[], limit: number): GitObject | undefined {
    let object = base;
    for (let at = chain.length - 1; at >= 0; at -= 1) {
      const link = chain[at];
      if (link === undefined) break;
      const delta = inflateExactly(pack.file.compressed(link.head), link.head.size);
      const sizes = deltaSizes(delta);
      if (sizes.result > (at === 0 ? limit : Math.max(limit, baseLimit))) return undefined;
      object = { kind: object.kind, data: applyDelta(object.data, delta, sizes) };
      this.#keep(pack.key + link.offset, object);
    }
    return object.data.length > limit ? undefined : object;
  }

  /** Packed objects are known by their place, loose ones by the negative of their number. */
  #cached(key: number): GitObject | undefined {
    const tree = this.#trees.get(key);
    if (tree !== undefined) return { kind: treeKind, data: tree };
    const blob = this.#blobs.get(key);
    return blob === undefined ? undefined : { kind: blobKind, data: blob };
  }

  #keep(key: number, object: GitObject): void {
    if (object.kind === treeKind) this.#trees.set(key, object.data);
    else if (object.kind === blobKind) this.#blobs.set(key, object.data);
  }

  #packOf(number: number): Pack {
    for (const pack of this.#packs) if (number < pack.first + pack.index.count) return pack;
    throw new SourceError('git-corrupt', 'no such git object');
  }
}

/** The repository's own objects, then those it borrows (`info/alternates`, gitrepository-layout(5)). */
function objectFolders(own: string): string[] {
  const folders = [own];
  for (let at = 0; at < folders.length && folders.length < maxAlternates; at += 1) {
    const folder = folders[at] ?? own;
    const lines = readRegular(join(folder, 'info', 'alternates'), { limit: pointerLimit })?.toString('utf8').split('\n') ?? [];
    for (const line of lines) {
      const path = line.trim();
      if (path !== '' && !path.startsWith('#') && !folders.includes(resolve(folder, path))) folders.push(resolve(folder, path));
    }
  }
  return folders;
}

/** Paths of the packs that have an index, less the ending. */
function packBases(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, 'pack')).filter((name) => name.endsWith('.idx'));
    return names.sort().map((name) => join(folder, 'pack', name.slice(0, -'.idx'.length)));
  } catch {
    return []; // no packs yet
  }
}
