import { grown } from './packed-lists.ts';

/** More than this is not taken. */
export const largestSet = 12;
/** How much room a set has, as it grows: by its count, when that fills the room it has. */
const roomAfter = Uint8Array.of(1, 2, 4, 0, 8, 0, 0, 0, largestSet, 0, 0, 0, 0);

/** For each of many keys a small set of numbers, in the order in which they came, each set in one piece. */
export class SmallSets {
  private starts = new Int32Array(64);
  private counts = new Uint8Array(64);
  private items = new Int32Array(64);
  private end = 0;
  /** Pieces that sets have grown out of, by their room: the first of each; its first number leads to the next one. */
  private readonly free = new Int32Array(largestSet + 1).fill(-1);

  count(key: number): number {
    return key < this.counts.length ? (this.counts[key] as number) : 0;
  }

  at(key: number, place: number): number {
    return this.items[(this.starts[key] as number) + place] as number;
  }

  has(key: number, item: number): boolean {
    if (key >= this.counts.length) return false;
    const start = this.starts[key] as number;
    for (let at = start + (this.counts[key] as number) - 1; at >= start; at--) if (this.items[at] === item) return true;
    return false;
  }

  /** Adds what is not there yet, to a set that is not full. */
  add(key: number, item: number): void {
    if (key >= this.counts.length) this.widen(key + 1);
    const count = this.counts[key] as number;
    const room = roomAfter[count] as number;
    if (room !== 0) this.move(key, count, room);
    this.items[(this.starts[key] as number) + count] = item;
    this.counts[key] = count + 1;
  }

  /** All of a key, copied. */
  of(key: number): number[] {
    if (key >= this.counts.length) return [];
    const start = this.starts[key] as number;
    return Array.from(this.items.subarray(start, start + this.count(key)));
  }

  private move(key: number, count: number, room: number): void {
    const to = this.piece(room);
    if (count > 0) {
      const from = this.starts[key] as number;
      this.items.copyWithin(to, from, from + count);
      this.items[from] = this.free[count] as number;
      this.free[count] = from;
    }
    this.starts[key] = to;
  }

  private piece(room: number): number {
    const free = this.free[room] as number;
    if (free >= 0) {
      this.free[room] = this.items[free] as number;
      return free;
    }
    const at = this.end;
    this.end += room;
    if (this.end > this.items.length) this.items = grown(this.items, this.end);
    return at;
  }

  private widen(keys: number): void {
    this.starts = grown(this.starts, keys);
    const counts = new Uint8Array(this.starts.length);
    counts.set(this.counts);
    this.counts = counts;
  }
}
