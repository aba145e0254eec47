type Value = string | number | boolean;

/** How many places all caches of a detector may take beyond those that each has to begin with. */
export class CacheBudget {
  private left: number;

  constructor(places = 262_144) {
    this.left = places;
  }

  take(places: number): boolean {
    if (this.left < places) return false;
    this.left -= places;
    return true;
  }
}

const smallest = 256;
const largest = 4_096;
const longestValue = 500;
/** Look-ups after which a cache is judged. */
const trial = 2_048;
/** Places that a value may have. */
const ways = 4;

/**
 * What has been found out about values of one field: logs repeat themselves. Never changes a result. A value has four places, by a few of its
 * characters: fresh values, of which most fields have many, cost no hash of the whole text, and drive out only what was never asked for again.
 */
export class ValueCache<Found> {
  private readonly budget: CacheBudget;
  private readonly find: (value: Value) => Found;
  /** In fours: a value moves up one place when it is asked for again, and a new one takes the last. */
  private values: (Value | undefined)[] = [];
  private results: (Found | undefined)[] = [];
  private tried = 0;
  private hits = 0;

  constructor(budget: CacheBudget, find: (value: Value) => Found) {
    this.budget = budget;
    this.find = find;
  }

  get(value: Value): Found {
    if (this.tried++ >= trial || this.values.length === 0) this.judge();
    const { values, results } = this;
    const first = placeOf(value, values.length);
    if (values[first] === value) {
      this.hits++;
      return results[first] as Found;
    }
    for (let at = first + 1; at < first + ways; at++) if (values[at] === value) return this.moveUp(at);
    const found = this.find(value);
    if (typeof value === 'string' && value.length > longestValue) return found;
    values[first + ways - 1] = value;
    results[first + ways - 1] = found;
    return found;
  }

  private moveUp(at: number): Found {
    const { values, results } = this;
    this.hits++;
    const [value, found] = [values[at], results[at]];
    values[at] = values[at - 1];
    results[at] = results[at - 1];
    values[at - 1] = value;
    results[at - 1] = found;
    return found as Found;
  }

  /** A cache that often helps, and often does not, is worth more places. */
  private judge(): void {
    const { length } = this.values;
    const helps = this.hits * 4 > this.tried && this.hits * 20 < this.tried * 19;
    if (length === 0) this.resize(smallest);
    else if (helps && length < largest && this.budget.take(length * 3)) this.resize(length * 4);
    this.tried = 0;
    this.hits = 0;
  }

  private resize(length: number): void {
    this.values = Array.from({ length }, () => undefined);
    this.results = Array.from({ length }, () => undefined);
  }
}

/** A multiple of `ways` below `length`, a power of two. */
function placeOf(value: Value, length: number): number {
  let mixed: number;
  if (typeof value === 'string') {
    const size = value.length;
    mixed = size === 0 ? 0 : Math.imul(size, 0x85eb_ca6b) ^ (value.charCodeAt(size - 1) << 5) ^ (value.charCodeAt(size >> 1) << 13) ^ (value.charCodeAt(size >> 2) << 18) ^ (value.charCodeAt(size - 1 - (size >> 2)) << 22) ^ value.charCodeAt(size > 5 ? size - 5 : 0);
  } else mixed = typeof value === 'number' ? value | 0 : Number(value);
  return ((Math.imul(mixed, 0x9e37_79b1) >>> 15) * ways) & (length - 1);
}
