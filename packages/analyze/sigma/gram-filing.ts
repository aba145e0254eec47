import { gramMasks, gramsIn } from './gram-counts.ts';
import type { GramCounts, GramSize } from './gram-counts.ts';
import { GramFilter } from './gram-filter.ts';
import type { Filed } from './gram-filter.ts';

/** Where literals are looked for, and by which of their grams. */
export interface Filing {
  /** Every so many places of a text are looked at, */
  readonly stride: number;
  /** each for four bytes at once. Some of them are marked because three are a literal's. */
  readonly four: GramFilter;
  readonly three: GramFilter;
  readonly two: GramFilter;
  /** Bits of the grams of two, and at a stride of one of the last two of three. */
  readonly pairs: Int32Array;
  /** Without regard to bit 5 of each character; empty where searches are not light. */
  readonly caseless: GramFilter;
}

/** Literals that are all this much longer than a gram are looked for at every so many places only. */
const longestStride = 8;

/** What is shorter than this and looked for at every second place is found by three of four bytes, or two, */
const leastLong = 5;
/** unless there are many: then at every place. */
const mostShort = 200;

/** Bit 5 of the characters of a gram. */
const caseBits = 0x2020_2020;

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

/** Each literal goes under its gram that is the rarest; where only every so many places are looked at, under as many that follow one another. */
export function fileLiterals(literals: readonly Uint8Array[], counts: GramCounts): Filing {
  const short = literals.filter(({ length }) => length < leastLong).length;
  const shortest = literals.reduce((least, { length }) => Math.min(least, length), Number.POSITIVE_INFINITY);
  if (short > mostShort) return fileEach(new Filer(literals, counts));
  return fileApart(new Filer(literals, counts), short > 0 ? 2 : Math.min(longestStride, shortest - 3));
}

/** For a search at every place. */
function fileEach(filer: Filer): Filing {
  const filed: Record<GramSize, Filed[]> = { 4: [], 3: [], 2: [] };
  for (const [literal, { length }] of filer.literals.entries()) {
    const size = length > 3 ? 4 : length === 3 ? 3 : 2;
    filed[size].push(...filer.rarest(literal, size, 1));
  }
  const pairs = pairBits([...filed[3].map(({ gram }) => gram >>> 8), ...filed[2].map(({ gram }) => gram)]);
  return { stride: 1, four: new GramFilter(filed[4]), three: new GramFilter(filed[3]), two: new GramFilter(filed[2]), pairs, caseless: new GramFilter([]) };
}

function fileApart(filer: Filer, stride: number): Filing {
  const filed: Record<GramSize, Filed[]> = { 4: [], 3: [], 2: [] };
  const marked: number[] = [];
  for (const [literal, bytes] of filer.literals.entries()) {
    if (bytes.length >= stride + 3) filed[4].push(...filer.rarest(literal, 4, stride));
    else if (bytes.length === 4) {
      const [rest] = filer.rarest(literal, 3, 1);
      filed[4].push(...filer.rarest(literal, 4, 1));
      filed[3].push(...(rest === undefined ? [] : [rest]));
      marked.push(...(rest?.offset === 0 ? withByteBefore(rest.gram) : withByteAfter(rest?.gram ?? 0)));
    } else if (bytes.length === 3) {
      const [whole] = filer.rarest(literal, 3, 1);
      filed[3].push(...(whole === undefined ? [] : [whole]));
      marked.push(...withByteBefore(whole?.gram ?? 0), ...withByteAfter(whole?.gram ?? 0));
    } else filed[2].push(...filer.halves(literal));
  }
  const light = stride > 2 && filer.literals.every((bytes) => bytes.every((byte) => byte < 128));
  const caseless = light ? filed[4].map((entry) => ({ ...entry, gram: entry.gram | caseBits })) : [];
  return {
    stride, four: new GramFilter(filed[4], marked), three: new GramFilter(filed[3]), two: new GramFilter(filed[2]), pairs: pairBits(filed[2].map(({ gram }) => gram)),
    caseless: new GramFilter(caseless),
  };
}

class Filer {
  readonly literals: readonly Uint8Array[];
  private readonly counts: GramCounts;
  /** How many literals share a gram. */
  private readonly shared: Readonly<Record<GramSize, ReadonlyMap<number, number>>>;

  constructor(literals: readonly Uint8Array[], counts: GramCounts) {
    this.literals = literals;
    this.counts = counts;
    this.shared = { 4: sharesOf(literals, 4), 3: sharesOf(literals, 3), 2: new Map() };
  }

  /** The rarest run of grams that follow one another. */
  rarest(literal: number, size: GramSize, run: number): Filed[] {
    const bytes = this.literals[literal] ?? new Uint8Array(0);
    const grams = gramsIn(bytes, size);
    const from = lightest(grams.map((gram) => this.weight(gram, size)), run);
    return grams.slice(from, from + run).map((gram, at) => ({ gram, literal, offset: from + at, ...headOf(bytes) }));
  }

  /** Two bytes where only every second place is looked at: both, or the first as the second of a pair with any other before it. */
  halves(literal: number): Filed[] {
    const [whole] = this.rarest(literal, 2, 1);
    if (whole === undefined) return [];
    return [whole, ...everyByte.map((before) => ({ ...whole, gram: before | ((whole.gram & 0xff) << 8), offset: -1 }))];
  }

  private weight(gram: number, size: GramSize): number {
    return (1 + 100 * this.counts.of(gram, size)) * (10 + (this.shared[size].get(gram) ?? 0));
  }
}

function sharesOf(literals: readonly Uint8Array[], size: GramSize): Map<number, number> {
  const shares = new Map<number, number>();
  for (const bytes of literals) for (const gram of new Set(gramsIn(bytes, size))) shares.set(gram, (shares.get(gram) ?? 0) + 1);
  return shares;
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

function headOf(bytes: Uint8Array): { readonly mask: number; readonly head: number } {
  const mask = gramMasks[Math.min(4, bytes.length) as GramSize];
  let head = 0;
  for (let at = 0; at < Math.min(4, bytes.length); at++) head |= (bytes[at] as number) << (8 * at);
  return { mask, head };
}

/** Every gram of four that ends in these three bytes. */
function withByteBefore(three: number): number[] {
  return everyByte.map((byte) => (three << 8) | byte);
}

function withByteAfter(three: number): number[] {
  return everyByte.map((byte) => three | (byte << 24));
}

function pairBits(pairs: readonly number[]): Int32Array {
  if (pairs.length === 0) return noPairs;
  const bits = new Int32Array(0x1_0000 >>> 5);
  for (const pair of pairs) bits[pair >>> 5] = (bits[pair >>> 5] as number) | (1 << (pair & 31));
  return bits;
}

const noPairs = new Int32Array(0);
