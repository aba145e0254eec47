import { GramCounts } from './gram-counts.ts';
import { fileLiterals } from './gram-filing.ts';
import type { Filing } from './gram-filing.ts';
import { entrySize, spreading } from './gram-filter.ts';
import type { GramFilter } from './gram-filter.ts';
import type { Hits } from './hits.ts';
import { bytesOf } from './text-bytes.ts';
import type { TextBytes } from './text-bytes.ts';

/** Their lower case has letters of ASCII in it. */
const oddlyFolded = /[\u0130\u212a]/;

const lastRound = 0x7fff_fff0;

/** Texts after which a filing is judged; twice as many each time. */
const trial = 1_024;
/** Texts that tell what is rare. */
const lesson = 512;
/** Of so many bytes no more than one should have to be asked about. */
const bytesForOne = 150;
const mostPlaces = 256;

/** Finds literals of two bytes and more in a text, each by one gram of it. */
export class GramTable {
  private readonly literals: { readonly bytes: Uint8Array; readonly value: number }[] = [];
  private filing: Filing | undefined;
  private shortest = Number.POSITIVE_INFINITY;
  /** The bytes of all literals, where each begins, the value of each, and the search that last found it. */
  private pool = new Uint8Array(0);
  private starts = new Int32Array(0);
  private values = new Int32Array(0);
  private rounds = new Int32Array(0);
  private round = 0;
  /** Of a text, where something may stand. */
  private readonly places = new Int32Array(mostPlaces);
  /** Which grams are rare is learnt from the texts themselves; never changes a result. */
  private lessons: GramCounts | undefined;
  private textsLeft = trial;
  private nextTrial = trial * 2;
  private bytesRead = 0;
  private asked = 0;

  add(literal: string, value: number): void {
    const bytes = bytesOf(literal);
    this.literals.push({ bytes, value });
    this.shortest = Math.min(this.shortest, bytes.length);
    this.filing = undefined;
  }

  /** A search costs little: places are few, and most of them say no. */
  get light(): boolean {
    return this.literals.length === 0 || (this.filing ?? this.seal()).caseless.size > 0;
  }

  /**
   * Surely no literal stands in a text as it is written, told from some of its characters: without regard to bit 5, which is the case of letters,
   * and which two letters outside of ASCII do not share with the one that they fold to.
   */
  misses(text: string): boolean {
    if (this.literals.length === 0) return true;
    const { stride, caseless } = this.filing ?? this.seal();
    if (caseless.size === 0) return false;
    const { bits, shift } = caseless;
    for (let at = 3; at < text.length; at += stride) {
      const gram = (text.charCodeAt(at - 3) | 32) ^ ((text.charCodeAt(at - 2) | 32) << 8) ^ ((text.charCodeAt(at - 1) | 32) << 16) ^ ((text.charCodeAt(at) | 32) << 24);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) return false;
    }
    return !oddlyFolded.test(text);
  }

  /** Adds the value of every literal that stands in the text, once. */
  search(text: TextBytes, found: Hits): void {
    if (text.length < this.shortest) return;
    const filing = this.filing ?? this.seal();
    if (++this.round > lastRound) {
      this.rounds.fill(0);
      this.round = 1;
    }
    this.bytesRead += text.length;
    if (--this.textsLeft < 0) this.judge();
    this.lessons?.notice(text.bytes, text.length);
    if (filing.stride === 1) this.searchEach(filing, text, found);
    else {
      this.searchApart(filing, text, found);
      if (filing.two.size > 0) this.searchPairs(filing, text, found);
    }
  }

  /** At every place; the short ones are told by their last two bytes first. */
  private searchEach({ four, three, two, pairs }: Filing, text: TextBytes, found: Hits): void {
    const { bytes, length } = text;
    const { bits, shift } = four;
    let gram = 0;
    for (let at = 0; at < length; at++) {
      gram = (gram >>> 8) | ((bytes[at] as number) << 24);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0 && four.again(gram)) this.confirm(four, gram, text, at - 3, found);
      const pair = gram >>> 16;
      if ((((pairs[pair >>> 5] as number) >>> (pair & 31)) & 1) === 0) continue;
      this.confirm(three, gram >>> 8, text, at - 2, found);
      this.confirm(two, pair, text, at - 1, found);
    }
  }

  /** What is read past the end of the text stands nowhere in it. A loop that only notes places takes a third of one that asks there. */
  private searchApart(filing: Filing, text: TextBytes, found: Hits): void {
    const { stride, four } = filing;
    const { bits, shift } = four;
    const { view, length } = text;
    const { places } = this;
    let count = 0;
    for (let at = 0; at < length; at += stride) {
      const bit = Math.imul(view.getInt32(at, true), spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) === 0) continue;
      places[count++] = at;
      if (count < mostPlaces) continue;
      this.confirmApart(filing, text, count, found);
      count = 0;
    }
    if (count > 0) this.confirmApart(filing, text, count, found);
  }

  private confirmApart({ four, three }: Filing, text: TextBytes, count: number, found: Hits): void {
    for (let index = 0; index < count; index++) {
      const at = this.places[index] as number;
      const gram = text.view.getInt32(at, true);
      if (!four.again(gram)) continue;
      this.confirm(four, gram, text, at, found);
      if (three.size === 0) continue;
      this.confirm(three, gram & 0xff_ffff, text, at, found);
      this.confirm(three, gram >>> 8, text, at + 1, found);
    }
  }

  /** At every second place. */
  private searchPairs({ two, pairs }: Filing, text: TextBytes, found: Hits): void {
    const { view, length } = text;
    for (let at = 0; at < length; at += 2) {
      const pair = view.getUint16(at, true);
      if ((((pairs[pair >>> 5] as number) >>> (pair & 31)) & 1) !== 0) this.confirm(two, pair, text, at, found);
    }
  }

  /** Adds what of a gram's list stands where the gram was met, which begins at `at`. */
  private confirm(filter: GramFilter, gram: number, text: TextBytes, at: number, found: Hits): void {
    const from = filter.listOf(gram);
    const { lists } = filter;
    const { view, length } = text;
    const end = from + 1 + (lists[from] as number) * entrySize;
    this.asked++;
    for (let entry = from + 1; entry < end; entry += entrySize) {
      const start = at - (lists[entry + 1] as number);
      if (start < 0 || start > length || (view.getInt32(start, true) & (lists[entry + 2] as number)) !== lists[entry + 3]) continue;
      const literal = lists[entry] as number;
      if (this.rounds[literal] === this.round || !this.stands(literal, text, start)) continue;
      this.rounds[literal] = this.round;
      found.add(this.values[literal] as number);
    }
  }

  /** Its first four bytes are known to. */
  private stands(literal: number, { bytes, length }: TextBytes, at: number): boolean {
    const { pool, starts } = this;
    const from = starts[literal] as number;
    const size = (starts[literal + 1] as number) - from;
    if (at + size > length) return false;
    for (let index = 4; index < size; index++) if (bytes[at + index] !== pool[from + index]) return false;
    return true;
  }

  /** Where too much has to be asked, the next texts tell what literals are better looked for by. */
  private judge(): void {
    const { lessons } = this;
    const poor = this.asked * bytesForOne > this.bytesRead;
    this.bytesRead = 0;
    this.asked = 0;
    if (lessons === undefined && poor) {
      this.lessons = new GramCounts();
      this.textsLeft = lesson;
      return;
    }
    if (lessons !== undefined) this.filing = fileLiterals(this.literals.map(({ bytes }) => bytes), lessons);
    this.lessons = undefined;
    this.textsLeft = this.nextTrial;
    this.nextTrial *= 2;
  }

  private seal(): Filing {
    const { literals } = this;
    this.values = Int32Array.from(literals, ({ value }) => value);
    this.rounds = new Int32Array(literals.length);
    this.round = 0;
    this.starts = new Int32Array(literals.length + 1);
    for (const [number, { bytes }] of literals.entries()) this.starts[number + 1] = (this.starts[number] as number) + bytes.length;
    this.pool = new Uint8Array(this.starts[literals.length] as number);
    for (const [number, { bytes }] of literals.entries()) this.pool.set(bytes, this.starts[number]);
    this.filing = fileLiterals(literals.map(({ bytes }) => bytes), GramCounts.ofCommonplaces());
    return this.filing;
  }
}
