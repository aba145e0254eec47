/** A literal, and where in it its gram begins. */
interface Entry<Value> {
  readonly value: Value;
  readonly offset: number;
  /** As much as is known of it at the end of its gram: four characters at most. */
  readonly mask: number;
  readonly seen: number;
}

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

/** Finds literals of two characters and more in a text, each by one gram of it. */
export class GramTable<Value> {
  private readonly literals: { readonly literal: string; readonly value: Value }[] = [];
  private filters: Readonly<Record<Size, Filter<Entry<Value>>>> = { 4: new Filter([]), 3: new Filter([]), 2: new Filter([]) };
  private sealed = true;
  /** The last two characters of grams of two and three. */
  private ends = noEnds;
  private shortest = Number.POSITIVE_INFINITY;
  private stride = 1;
  /** Few are short. */
  private mixed = false;

  add(literal: string, value: Value): void {
    this.literals.push({ literal, value });
    this.shortest = Math.min(this.shortest, literal.length);
    this.sealed = false;
  }

  /** Calls `found` with where a literal would begin if it stands there; only its gram has been seen. */
  search(text: string, found: (value: Value, at: number) => void): void {
    if (text.length < this.shortest) return;
    if (!this.sealed) this.seal();
    if (this.mixed) this.searchMixed(text, found);
    else if (this.stride > 1) this.searchSome(text, found);
    else if (this.filters[2].size + this.filters[3].size === 0) this.searchLong(text, found);
    else this.searchAll(text, found);
  }

  private searchSome(text: string, found: (value: Value, at: number) => void): void {
    const { stride } = this;
    const four = this.filters[4];
    const { bits, shift } = four;
    for (let at = 3; at < text.length; at += stride) {
      const gram = (((((text.charCodeAt(at - 3) << 8) ^ text.charCodeAt(at - 2)) << 8) ^ text.charCodeAt(at - 1)) << 8) ^ text.charCodeAt(at);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) for (const { value, offset } of four.get(gram)) found(value, at - 3 - offset);
    }
  }

  private searchLong(text: string, found: (value: Value, at: number) => void): void {
    const four = this.filters[4];
    const { bits, shift } = four;
    let gram = 0;
    for (let at = 0; at < text.length; at++) {
      gram = (gram << 8) ^ text.charCodeAt(at);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) for (const { value, offset } of four.get(gram)) found(value, at - 3 - offset);
    }
  }

  /** The short ones are told by their last two characters first. */
  private searchAll(text: string, found: (value: Value, at: number) => void): void {
    const { 4: four, 3: three, 2: two } = this.filters;
    const { bits, shift } = four;
    const { ends } = this;
    let gram = 0;
    for (let at = 0; at < text.length; at++) {
      gram = (gram << 8) ^ text.charCodeAt(at);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) for (const { value, offset } of four.get(gram)) found(value, at - 3 - offset);
      const end = gram & endMask;
      if ((((ends[end >>> 5] as number) >>> (end & 31)) & 1) === 0) continue;
      for (const { value, offset } of three.get(gram & masks[3])) found(value, at - 2 - offset);
      for (const { value, offset } of two.get(gram & masks[2])) found(value, at - 1 - offset);
    }
  }

  /** Short ones by two of their characters at every place, the others by four at every third. */
  private searchMixed(text: string, found: (value: Value, at: number) => void): void {
    const { 4: four, 2: two } = this.filters;
    const { bits, shift } = four;
    const { ends } = this;
    const thirds = text.length - (text.length % 3);
    let gram = 0;
    for (let at = 0; at < thirds; at += 3) {
      const first = (gram << 8) ^ text.charCodeAt(at);
      const second = (first << 8) ^ text.charCodeAt(at + 1);
      gram = (second << 8) ^ text.charCodeAt(at + 2);
      if ((((ends[(first & endMask) >>> 5] as number) >>> (first & 31)) & 1) !== 0) for (const { value, offset, mask, seen } of two.get(first & endMask)) if ((first & mask) === seen) found(value, at - 1 - offset);
      if ((((ends[(second & endMask) >>> 5] as number) >>> (second & 31)) & 1) !== 0) for (const { value, offset, mask, seen } of two.get(second & endMask)) if ((second & mask) === seen) found(value, at - offset);
      if ((((ends[(gram & endMask) >>> 5] as number) >>> (gram & 31)) & 1) !== 0) for (const { value, offset, mask, seen } of two.get(gram & endMask)) if ((gram & mask) === seen) found(value, at + 1 - offset);
      const bit = Math.imul(gram, spreading) >>> shift;
      if ((((bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0) for (const { value, offset } of four.get(gram)) found(value, at - 1 - offset);
    }
    for (let at = thirds; at < text.length; at++) {
      gram = (gram << 8) ^ text.charCodeAt(at);
      for (const { value, offset, mask, seen } of two.get(gram & endMask)) if ((gram & mask) === seen) found(value, at - 1 - offset);
    }
  }

  /** Each literal is filed under its gram that the fewest literals share; where only every so many places are looked at, under as many grams. */
  private seal(): void {
    const short = this.literals.filter(({ literal }) => literal.length < leastLong).length;
    this.mixed = short > 0 && short <= mostShort && this.shortest < leastLong && this.literals.length > short;
    this.stride = this.mixed ? leastLong - 3 : Math.max(1, Math.min(longestStride, this.shortest - 3));
    const sizeOf = ({ length }: string): Size => (length >= (this.mixed ? leastLong : 4) ? 4 : length === 3 && !this.mixed ? 3 : 2);
    const counts = new Map<number, number>();
    for (const { literal } of this.literals) for (const gram of new Set(gramsIn(literal, sizeOf(literal)))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    const filed: Record<Size, [number, Entry<Value>][]> = { 4: [], 3: [], 2: [] };
    for (const { literal, value } of this.literals) {
      const size = sizeOf(literal);
      const grams = gramsIn(literal, size);
      const weights = grams.map((gram) => (counts.get(gram) ?? 0) + (commonplace.has(gram) ? 10_000 : 0));
      const run = size === 4 ? this.stride : 1;
      const from = lightest(weights, run);
      for (let offset = from; offset < from + run; offset++) filed[size].push([grams[offset] ?? 0, { value, offset, ...seenAt(literal, offset + size) }]);
    }
    this.filters = { 4: new Filter(filed[4]), 3: new Filter(filed[3]), 2: new Filter(filed[2]) };
    const ended = [...filed[3], ...filed[2]];
    this.ends = ended.length === 0 ? noEnds : new Int32Array((endMask + 1) >>> 5);
    for (const [gram] of ended) this.ends[(gram & endMask) >>> 5] = (this.ends[(gram & endMask) >>> 5] as number) | (1 << (gram & 31));
    this.sealed = true;
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
const spreading = 0x9e37_79b1;

/** A look-up that says no from one bit, which is what nearly every position of a text gets; whoever looks reads the bit himself. */
class Filter<Value> {
  readonly size: number;
  readonly bits: Int32Array;
  readonly shift: number;
  /** A table with free places, and for each place in use which of the lists it means, from 1. */
  private readonly keys: Int32Array;
  private readonly places: Int32Array;
  private readonly placeShift: number;
  private readonly lists: Value[][] = [];

  constructor(entries: readonly (readonly [number, Value])[]) {
    const needed = Math.ceil(Math.log2(entries.length + 1));
    const power = Math.min(18, Math.max(10, needed + 6));
    this.size = entries.length;
    this.shift = 32 - power;
    this.bits = new Int32Array(1 << (power - 5));
    this.placeShift = 32 - Math.max(2, needed + 1);
    this.keys = new Int32Array(1 << (32 - this.placeShift));
    this.places = new Int32Array(this.keys.length);
    for (const [gram, value] of entries) {
      const bit = Math.imul(gram, spreading) >>> this.shift;
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
      this.add(gram, value);
    }
  }

  get(gram: number): readonly Value[] {
    return this.lists[(this.places[this.placeOf(gram)] as number) - 1] ?? none;
  }

  private add(gram: number, value: Value): void {
    const at = this.placeOf(gram);
    if (this.places[at] === 0) {
      this.keys[at] = gram;
      this.places[at] = this.lists.push([]);
    }
    this.lists[(this.places[at] as number) - 1]?.push(value);
  }

  private placeOf(gram: number): number {
    const { keys, places } = this;
    const last = keys.length - 1;
    let at = Math.imul(gram, spreading) >>> this.placeShift;
    while (places[at] !== 0 && keys[at] !== gram) at = (at + 1) & last;
    return at;
  }
}

const none: readonly never[] = [];

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
