import { entrySize, GramFilter, spreading } from './gram-filter.ts';
import type { Filed } from './gram-filter.ts';
import type { Hits } from './hits.ts';
import type { TextCodes } from './text-codes.ts';

/** Characters of a gram. */
type Size = 4 | 3 | 2;

const endMask = 0xffff;
const masks: Readonly<Record<Size, number>> = { 4: 0xffff_ffff, 3: 0xff_ffff, 2: 0xffff };

/** Pieces that most texts of logs have in common: a literal filed under one of them would be looked at too often. */
const commonplaceText = [
  'c:\\windows\\system32\\', 'c:\\windows\\syswow64\\', 'c:\\program files (x86)\\', 'c:\\programdata\\', 'c:\\users\\public\\appdata\\local\\temp\\',
  'appdata\\roaming\\', 'hklm\\software\\microsoft\\windows\\currentversion\\', 'hkey_local_machine', 'system\\currentcontrolset\\services\\', 'wow6432node',
  'windowspowershell\\v1.0\\powershell.exe', 'cmd.exe /c ', 'explorer.exe', 'svchost.exe -k ', '.dll,', 'microsoft corporation', 'microsoft\\windows', 'windows nt\\',
  'https://www.', 'http://', '.com/', '/usr/bin/', '/bin/sh -c ', '/etc/', 'sha256=', 'amazonaws.com', 'arn:aws:iam::', 'user', 'name', 'true', 'false', 'null', 'file', 'execut',
].join('\0');
const commonplace = new Set([...gramsIn(commonplaceText, 4), ...gramsIn(commonplaceText, 2)]);

/** Literals that are all this much longer than a gram are looked for at every so many places only. */
const longestStride = 8;

/** Where some are shorter than this one, the others are looked for at every third place, */
const leastLong = 6;
/** unless there are many short ones: two characters of each must say no at nearly every place. */
const mostShort = 200;

/** Bit 5 of the characters of a gram. */
const caseBits = 0x2020_2020;
const ascii = /^[\0-\x7f]*$/;
/** Their lower case has letters of ASCII in it. */
const oddlyFolded = /[\u0130\u212a]/;

const lastRound = 0x7fff_fff0;

/** Finds literals of two characters and more in a text, each by one gram of it. */
export class GramTable {
  private readonly literals: { readonly literal: string; readonly value: number }[] = [];
  private filters: Readonly<Record<Size, GramFilter>> = { 4: new GramFilter([]), 3: new GramFilter([]), 2: new GramFilter([]) };
  /** Without regard to bit 5 of each character; empty where searches are not light. */
  private caseless = new GramFilter([]);
  private sealed = true;
  /** The last two characters of grams of two and three. */
  private ends = noEnds;
  private shortest = Number.POSITIVE_INFINITY;
  private stride = 1;
  /** Few are short. */
  private mixed = false;
  /** The codes of all literals, where each begins, the value of each, and the search that last found it. */
  private pool = new Uint16Array(0);
  private starts = new Int32Array(0);
  private values = new Int32Array(0);
  private rounds = new Int32Array(0);
  private round = 0;

  add(literal: string, value: number): void {
    this.literals.push({ literal, value });
    this.shortest = Math.min(this.shortest, literal.length);
    this.sealed = false;
  }

  /** A search costs little: places are few, and most of them say no. */
  get light(): boolean {
    if (!this.sealed) this.seal();
    return this.literals.length === 0 || this.caseless.size > 0;
  }

  /**
   * Surely no literal stands in a text as it is written, told from some of its characters: without regard to bit 5, which is the case of letters,
   * and which two letters outside of ASCII do not share with the one that they fold to.
   */
  misses(text: string): boolean {
    if (!this.light || this.literals.length === 0) return this.literals.length === 0;
    const { stride, caseless } = this;
    const { bits, shift } = caseless;
    for (let at = 3; at < text.length; at += stride) {
      const gram = ((text.charCodeAt(at - 3) | 32) << 24) ^ ((text.charCodeAt(at - 2) | 32) << 16) ^ ((text.charCodeAt(at - 1) | 32) << 8) ^ (text.charCodeAt(at) | 32);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) return false;
    }
    return !oddlyFolded.test(text);
  }

  /** Adds the value of every literal that stands in the text, once. */
  search(text: TextCodes, found: Hits): void {
    if (text.length < this.shortest) return;
    if (!this.sealed) this.seal();
    if (++this.round > lastRound) {
      this.rounds.fill(0);
      this.round = 1;
    }
    if (this.mixed) this.searchMixed(text, found);
    else if (this.filters[2].size + this.filters[3].size === 0) this.searchLong(text, found);
    else this.searchAll(text, found);
  }

  private searchLong(text: TextCodes, found: Hits): void {
    const { codes, length } = text;
    const { stride } = this;
    const four = this.filters[4];
    const { bits, shift } = four;
    for (let at = 3; at < length; at += stride) {
      const gram = ((codes[at - 3] as number) << 24) ^ ((codes[at - 2] as number) << 16) ^ ((codes[at - 1] as number) << 8) ^ (codes[at] as number);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) this.confirm(four, gram, gram, text, at - 3, found);
    }
  }

  /** The short ones are told by their last two characters first. */
  private searchAll(text: TextCodes, found: Hits): void {
    const { codes, length } = text;
    const { 4: four, 3: three, 2: two } = this.filters;
    const { bits, shift } = four;
    const { ends } = this;
    let gram = 0;
    for (let at = 0; at < length; at++) {
      gram = (gram << 8) ^ (codes[at] as number);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) this.confirm(four, gram, gram, text, at - 3, found);
      const end = gram & endMask;
      if ((((ends[end >>> 5] as number) >>> (end & 31)) & 1) === 0) continue;
      this.confirm(three, gram & masks[3], gram, text, at - 2, found);
      this.confirm(two, end, gram, text, at - 1, found);
    }
  }

  /** Short ones by two of their characters at every place, the others by four at every third. */
  private searchMixed(text: TextCodes, found: Hits): void {
    const { codes, length } = text;
    const { 4: four, 2: two } = this.filters;
    const { bits, shift } = four;
    const { ends } = this;
    const thirds = length - (length % 3);
    let gram = 0;
    for (let at = 0; at < thirds; at += 3) {
      const first = (gram << 8) ^ (codes[at] as number);
      const second = (first << 8) ^ (codes[at + 1] as number);
      gram = (second << 8) ^ (codes[at + 2] as number);
      if ((((ends[(first & endMask) >>> 5] as number) >>> (first & 31)) & 1) !== 0) this.confirm(two, first & endMask, first, text, at - 1, found);
      if ((((ends[(second & endMask) >>> 5] as number) >>> (second & 31)) & 1) !== 0) this.confirm(two, second & endMask, second, text, at, found);
      if ((((ends[(gram & endMask) >>> 5] as number) >>> (gram & 31)) & 1) !== 0) this.confirm(two, gram & endMask, gram, text, at + 1, found);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) this.confirm(four, gram, gram, text, at - 1, found);
    }
    for (let at = thirds; at < length; at++) {
      gram = (gram << 8) ^ (codes[at] as number);
      this.confirm(two, gram & endMask, gram, text, at - 1, found);
    }
  }

  /** Adds what of a gram's list stands where the gram was met, which begins at `at`. */
  private confirm(filter: GramFilter, gram: number, four: number, text: TextCodes, at: number, found: Hits): void {
    const from = filter.listOf(gram);
    const { lists } = filter;
    const end = from + 1 + (lists[from] as number) * entrySize;
    for (let entry = from + 1; entry < end; entry += entrySize) {
      if ((four & (lists[entry + 2] as number)) !== lists[entry + 3]) continue;
      const literal = lists[entry] as number;
      if (this.rounds[literal] === this.round || !this.stands(literal, text, at - (lists[entry + 1] as number))) continue;
      this.rounds[literal] = this.round;
      found.add(this.values[literal] as number);
    }
  }

  private stands(literal: number, { codes, length }: TextCodes, at: number): boolean {
    const { pool, starts } = this;
    const from = starts[literal] as number;
    const size = (starts[literal + 1] as number) - from;
    if (at < 0 || at + size > length) return false;
    for (let index = 0; index < size; index++) if (codes[at + index] !== pool[from + index]) return false;
    return true;
  }

  /** Each literal is filed under its gram that the fewest literals share; where only every so many places are looked at, under as many grams. */
  private seal(): void {
    const short = this.literals.filter(({ literal }) => literal.length < leastLong).length;
    this.mixed = short > 0 && short <= mostShort && this.shortest < leastLong && this.literals.length > short;
    this.stride = this.mixed ? leastLong - 3 : Math.max(1, Math.min(longestStride, this.shortest - 3));
    const sizeOf = ({ length }: string): Size => (length >= (this.mixed ? leastLong : 4) ? 4 : length === 3 && !this.mixed ? 3 : 2);
    const counts = new Map<number, number>();
    for (const { literal } of this.literals) for (const gram of new Set(gramsIn(literal, sizeOf(literal)))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    const filed: Record<Size, Filed[]> = { 4: [], 3: [], 2: [] };
    for (const [number, { literal }] of this.literals.entries()) {
      const size = sizeOf(literal);
      const grams = gramsIn(literal, size);
      const weights = grams.map((gram) => (counts.get(gram) ?? 0) + (commonplace.has(gram) ? 10_000 : 0));
      const run = size === 4 ? this.stride : 1;
      const from = lightest(weights, run);
      for (let offset = from; offset < from + run; offset++) filed[size].push({ gram: grams[offset] ?? 0, literal: number, offset, ...seenAt(literal, offset + size) });
    }
    this.filters = { 4: new GramFilter(filed[4]), 3: new GramFilter(filed[3]), 2: new GramFilter(filed[2]) };
    const ended = [...filed[3], ...filed[2]];
    this.ends = ended.length === 0 ? noEnds : new Int32Array((endMask + 1) >>> 5);
    for (const { gram } of ended) this.ends[(gram & endMask) >>> 5] = (this.ends[(gram & endMask) >>> 5] as number) | (1 << (gram & 31));
    this.caseless = new GramFilter(this.stride > 2 && !this.mixed && this.literals.every(({ literal }) => ascii.test(literal)) ? filed[4].map((entry) => ({ ...entry, gram: entry.gram | caseBits })) : []);
    this.pack();
    this.sealed = true;
  }

  private pack(): void {
    const { literals } = this;
    this.values = Int32Array.from(literals, ({ value }) => value);
    this.rounds = new Int32Array(literals.length);
    this.round = 0;
    this.starts = new Int32Array(literals.length + 1);
    for (const [number, { literal }] of literals.entries()) this.starts[number + 1] = (this.starts[number] as number) + literal.length;
    this.pool = new Uint16Array(this.starts[literals.length] as number);
    for (const [number, { literal }] of literals.entries()) for (let at = 0; at < literal.length; at++) this.pool[(this.starts[number] as number) + at] = literal.charCodeAt(at);
  }
}

/** Where the run of so many begins that together are the least. */
function lightest(weights: readonly number[], length: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0; from + length <= weights.length; from++) {
    let sum = 0;
    for (let at = from; at < from + length; at++) sum += weights[at] as number;
    if (sum < least) [best, least] = [from, sum];
  }
  return best;
}

/** Of a literal, the last characters before `end`. */
function seenAt(literal: string, end: number): { readonly mask: number; readonly seen: number } {
  const from = Math.max(0, end - 4);
  const mask = masks[(end - from) as Size];
  let seen = 0;
  for (let at = from; at < end; at++) seen = (seen << 8) ^ literal.charCodeAt(at);
  return { mask, seen: seen & mask };
}

const noEnds = new Int32Array(0);

/** Characters past Latin-1 run into each other; the literal itself is compared in the end. */
function gramsIn(text: string, size: Size): number[] {
  const grams: number[] = [];
  let gram = 0;
  for (let at = 0; at < text.length; at++) {
    gram = ((gram << 8) ^ text.charCodeAt(at)) & masks[size];
    if (at >= size - 1) grams.push(gram);
  }
  return grams;
}
