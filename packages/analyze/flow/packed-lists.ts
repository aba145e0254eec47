/** Whole numbers in a row. */
export class IntList {
  private items = new Int32Array(64);
  length = 0;

  /** Gives the place of what was added. */
  push(item: number): number {
    if (this.length === this.items.length) this.items = grown(this.items, 2 * this.length);
    this.items[this.length] = item;
    return this.length++;
  }

  /** The last one, which is then no longer there; only where there is one. */
  pop(): number {
    return this.items[--this.length] as number;
  }

  get(at: number): number {
    return this.items[at] as number;
  }

  set(at: number, item: number): void {
    this.items[at] = item;
  }
}

/** Whole numbers, first in, first out. */
export class IntQueue {
  private items = new Int32Array(1024);
  private first = 0;
  length = 0;

  push(item: number): void {
    if (this.length === this.items.length) this.grow();
    this.items[(this.first + this.length++) & (this.items.length - 1)] = item;
  }

  /** Only where there is one. */
  shift(): number {
    const item = this.items[this.first] as number;
    this.first = (this.first + 1) & (this.items.length - 1);
    this.length--;
    return item;
  }

  private grow(): void {
    const longer = new Int32Array(2 * this.items.length);
    longer.set(this.items.subarray(this.first));
    longer.set(this.items.subarray(0, this.first), this.items.length - this.first);
    [this.items, this.first] = [longer, 0];
  }
}

/**
 * A list of numbers for each of many keys, in the order in which they came. Entries are linked in a ring that is known by its last one, so that a key
 * costs one number and an entry two. Entry 0 is none.
 *
 *     const last = lists.last(key);
 *     for (let entry = last, more = last !== 0; more; more = entry !== last) {
 *       entry = lists.next(entry);
 *       use(lists.value(entry));
 *     }
 */
export class PackedLists {
  private lasts = new Int32Array(64);
  private nexts = new Int32Array(64);
  private values = new Int32Array(64);
  private count = 1;

  /** Gives the entry. */
  add(key: number, value: number): number {
    if (key >= this.lasts.length) this.lasts = grown(this.lasts, key + 1);
    const entry = this.count++;
    if (entry === this.nexts.length) {
      this.nexts = grown(this.nexts, entry + 1);
      this.values = grown(this.values, entry + 1);
    }
    this.values[entry] = value;
    const last = this.lasts[key] as number;
    if (last === 0) this.nexts[entry] = entry;
    else {
      this.nexts[entry] = this.nexts[last] as number;
      this.nexts[last] = entry;
    }
    this.lasts[key] = entry;
    return entry;
  }

  /** The last entry of a key; 0: it has none. */
  last(key: number): number {
    return key < this.lasts.length ? (this.lasts[key] as number) : 0;
  }

  /** The one after; after the last one comes the first. */
  next(entry: number): number {
    return this.nexts[entry] as number;
  }

  value(entry: number): number {
    return this.values[entry] as number;
  }

  /** All of a key, copied. */
  of(key: number): number[] {
    const found: number[] = [];
    const last = this.last(key);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = this.next(entry);
      found.push(this.value(entry));
    }
    return found;
  }
}

/** A longer array that begins with what `array` holds. Memory that nothing was written to costs nothing yet. */
export function grown(array: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.max(atLeast, 2 * array.length));
  longer.set(array);
  return longer;
}
