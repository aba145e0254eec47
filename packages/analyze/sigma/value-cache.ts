/** What all caches of a detector may hold together; when it is full they all begin anew. */
export class CacheBudget {
  epoch = 0;
  private left: number;
  private readonly size: number;

  /** `size` in characters of the values; each value counts for some more. */
  constructor(size = 4_000_000) {
    this.size = size;
    this.left = size;
  }

  /** False when there was no room: everything held so far is then out of date. */
  take(characters: number): boolean {
    this.left -= characters + overhead;
    if (this.left >= 0) return true;
    this.left = this.size;
    this.epoch++;
    return false;
  }
}

const overhead = 100;
const longestValue = 2_000;
/** Look-ups after which a cache that rarely helped is left alone for a while. */
const trial = 256;
const pause = 8_192;

/** What has been found out about values of one field: logs repeat themselves. Never changes a result. */
export class ValueCache<Found> {
  private readonly budget: CacheBudget;
  private readonly find: (value: string | number | boolean) => Found;
  private readonly known = new Map<string | number | boolean, Found>();
  private epoch = 0;
  private tried = 0;
  private hits = 0;

  constructor(budget: CacheBudget, find: (value: string | number | boolean) => Found) {
    this.budget = budget;
    this.find = find;
  }

  get(value: string | number | boolean): Found {
    if (this.tried < 0) {
      this.tried++;
      return this.find(value);
    }
    if (this.epoch !== this.budget.epoch) this.forget();
    const known = this.known.get(value);
    if (known !== undefined) {
      this.hits++;
      return known;
    }
    if (++this.tried > trial) this.judge();
    const found = this.find(value);
    const length = typeof value === 'string' ? value.length : 8;
    if (length <= longestValue && this.budget.take(length)) this.known.set(value, found);
    return found;
  }

  /** After so many misses: were there enough hits to be worth the keeping? */
  private judge(): void {
    const helped = this.hits * 4 > this.tried;
    this.hits = 0;
    this.tried = helped ? 0 : -pause;
  }

  private forget(): void {
    this.known.clear();
    this.epoch = this.budget.epoch;
  }
}
