import { readRegular } from '../read-file.ts';
import { SourceError } from '../source-error.ts';

const indexLimit = 2 ** 31 - 1;
const fanoutAt = 8;
const namesAt = fanoutAt + 256 * 4;

/** A pack's index, version 2 (gitformat-pack(5)): object ids in order, and where in the pack each object begins. */
export class PackIndex {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #hashBytes: number;
  readonly #fanout: Uint32Array;
  readonly #offsetsAt: number;
  readonly #farAt: number;

  constructor(path: string, hashBytes: number) {
    const bytes = readRegular(path, { limit: indexLimit });
    if (bytes === undefined || bytes.length < namesAt || bytes.readUInt32BE(0) !== 0xff744f63) throw damaged('no pack index of version 2');
    if (bytes.readUInt32BE(4) !== 2) throw new SourceError('git-unsupported', 'a pack index has an unknown version');
    this.#bytes = bytes;
    this.#hashBytes = hashBytes;
    this.#fanout = Uint32Array.from({ length: 256 }, (_, at) => bytes.readUInt32BE(fanoutAt + 4 * at));
    if (this.#fanout.some((value, at) => at > 0 && value < (this.#fanout[at - 1] ?? 0))) throw damaged('its table is not in order');
    this.count = this.#fanout[255] ?? 0;
    this.#offsetsAt = namesAt + this.count * (hashBytes + 4);
    this.#farAt = this.#offsetsAt + this.count * 4;
    if (this.#farAt + 2 * hashBytes > bytes.length) throw damaged('it is cut off');
  }

  /** Position of an object id, -1 when the pack lacks it. */
  find(oid: Buffer, at: number): number {
    const first = oid[at] ?? 0;
    let low = first === 0 ? 0 : (this.#fanout[first - 1] ?? 0);
    let high = this.#fanout[first] ?? 0;
    const wanted = oid.readUInt32BE(at);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#compare(middle, wanted, oid, at);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  }

  #compare(position: number, wanted: number, oid: Buffer, at: number): number {
    const name = namesAt + position * this.#hashBytes;
    const head = this.#bytes.readUInt32BE(name) - wanted;
    if (head !== 0) return head;
    return this.#bytes.compare(oid, at + 4, at + this.#hashBytes, name + 4, name + this.#hashBytes);
  }

  hex(position: number): string {
    const at = namesAt + position * this.#hashBytes;
    return this.#bytes.toString('hex', at, at + this.#hashBytes);
  }

  /** Ids that begin with some hex digits, at most `limit`. */
  startingWith(prefix: string, limit: number): string[] {
    const first = Number.parseInt(prefix.slice(0, 2), 16);
    const found: string[] = [];
    for (let at = first === 0 ? 0 : (this.#fanout[first - 1] ?? 0); at < (this.#fanout[first] ?? 0) && found.length < limit; at += 1) {
      const hex = this.hex(at);
      if (hex.startsWith(prefix)) found.push(hex);
    }
    return found;
  }

  offset(position: number): number {
    const value = this.#bytes.readUInt32BE(this.#offsetsAt + 4 * position);
    if (value < 0x80000000) return value;
    const at = this.#farAt + 8 * (value - 0x80000000);
    if (at + 8 > this.#bytes.length) throw damaged('an offset lies outside of it');
    return this.#bytes.readUInt32BE(at) * 2 ** 32 + this.#bytes.readUInt32BE(at + 4);
  }
}

function damaged(why: string): SourceError {
  return new SourceError('git-corrupt', `a pack index is damaged: ${why}`);
}
