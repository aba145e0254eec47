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
/** Trials that a cache sits out when it did not help. */
const rest = 15;
/** Places that a text may have. */
const ways = 4;
/** Places for numbers. */
const numbers = 256;

/**
 * What has been found out about values of one field: logs repeat themselves. Never changes a result. A text has four places, by a few of its
 * characters: fresh ones, of which most fields have many, cost no hash of the whole text, and drive out only what was never asked for again.
 */
export class ValueCache<Found> {
  private readonly budget: CacheBudget;
  private readonly find: (text: string) => Found;
  /** In fours: a text moves up one place when it is asked for again, and a new one takes the last. */
  private texts: string[] = [];
  private results: (Found | undefined)[] = [];
  /** What places are chosen by, so that most texts that differ are not compared. */
  private prints = new Int32Array(0);
  private empty: Found | undefined;
  private tried = 0;
  private hits = 0;
  private resting = 0;
  private readonly numbers = new Float64Array(numbers).fill(Number.NaN);
  private readonly numberResults: (Found | undefined)[] = Array.from({ length: numbers }, () => undefined);
  private readonly truths: (Found | undefined)[] = [undefined, undefined];

  constructor(budget: CacheBudget, find: (text: string) => Found) {
    this.budget = budget;
    this.find = find;
  }

  get(text: string): Found {
    if (this.tried++ >= trial || this.texts.length === 0) this.judge();
    if (this.resting > 0 || text.length > longestValue) return this.find(text);
    if (text === '') return (this.empty ??= this.find(text));
    const { texts, prints } = this;
    const print = printOf(text);
    const first = ((Math.imul(print, 0x9e37_79b1) >>> 15) * ways) & (prints.length - 1);
    if (prints[first] === print && texts[first] === text) {
      this.hits++;
      return this.results[first] as Found;
    }
    for (let at = first + 1; at < first + ways; at++) if (prints[at] === print && texts[at] === text) return this.moveUp(at);
    const found = this.find(text);
    prints[first + ways - 1] = print;
    texts[first + ways - 1] = text;
    this.results[first + ways - 1] = found;
    return found;
  }

  getNumber(value: number): Found {
    const at = value & (numbers - 1);
    if (this.numbers[at] === value) return this.numberResults[at] as Found;
    const found = this.find(String(value));
    this.numbers[at] = value;
    this.numberResults[at] = found;
    return found;
  }

  getTruth(value: boolean): Found {
    return (this.truths[Number(value)] ??= this.find(String(value)));
  }

  private moveUp(at: number): Found {
    const { texts, results, prints } = this;
    this.hits++;
    const [text, found, print] = [texts[at] as string, results[at], prints[at] as number];
    texts[at] = texts[at - 1] as string;
    results[at] = results[at - 1];
    prints[at] = prints[at - 1] as number;
    texts[at - 1] = text;
    results[at - 1] = found;
    prints[at - 1] = print;
    return found as Found;
  }

  /** A cache that often helps, and often does not, is worth more places; one that hardly ever helps is left alone for a while. */
  private judge(): void {
    const { length } = this.texts;
    if (length === 0) this.resize(smallest);
    else if (this.resting > 0) this.resting--;
    else if (this.hits * 20 < this.tried) this.resting = rest;
    else if (this.hits * 4 > this.tried && this.hits * 20 < this.tried * 19 && length < largest && this.budget.take(length * 3)) this.resize(length * 4);
    this.tried = 0;
    this.hits = 0;
  }

  private resize(length: number): void {
    this.texts = Array.from({ length }, () => '');
    this.results = Array.from({ length }, () => undefined);
    this.prints = new Int32Array(length);
  }
}

/** Of its length and a few of its characters. */
function printOf(text: string): number {
  const size = text.length;
  return Math.imul(size, 0x85eb_ca6b) ^ (text.charCodeAt(size - 1) << 5) ^ (text.charCodeAt(size >> 1) << 13) ^ (text.charCodeAt(size >> 2) << 18) ^ (text.charCodeAt(size - 1 - (size >> 2)) << 22) ^ text.charCodeAt(size > 5 ? size - 5 : 0);
}
