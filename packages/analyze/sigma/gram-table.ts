/** A literal, and where in it its gram begins. */
interface Entry<Value> {
  readonly value: Value;
  readonly offset: number;
}

/** Characters of a gram. */
type Size = 4 | 3 | 2;

const endMask = 0xffff;
const masks: Readonly<Record<Size, number>> = { 4: 0xffff_ffff, 3: 0xff_ffff, 2: 0xffff };

/** Pieces that most texts of logs have in common: a literal filed under one of them would be looked at too often. */
const commonplace = new Set(gramsIn([
  'c:\\windows\\system32\\', 'c:\\windows\\syswow64\\', 'c:\\program files (x86)\\', 'c:\\programdata\\', 'c:\\users\\public\\appdata\\local\\temp\\',
  'appdata\\roaming\\', 'hklm\\software\\microsoft\\windows\\currentversion\\', 'hkey_local_machine', 'system\\currentcontrolset\\services\\', 'wow6432node',
  'windowspowershell\\v1.0\\powershell.exe', 'cmd.exe /c ', 'explorer.exe', 'svchost.exe -k ', '.dll,', 'microsoft corporation', 'microsoft\\windows', 'windows nt\\',
  'https://www.', 'http://', '.com/', '/usr/bin/', '/bin/sh -c ', '/etc/', 'sha256=', 'amazonaws.com', 'arn:aws:iam::', 'user', 'name', 'true', 'false', 'null', 'file', 'execut',
].join('\0'), 4));

/** Literals that are all this much longer than a gram are looked for at every so many places only. */
const longestStride = 8;

/** Finds literals of two characters and more in a text, each by one gram of it. */
export class GramTable<Value> {
  private readonly literals: { readonly literal: string; readonly value: Value }[] = [];
  private filters: Readonly<Record<Size, Filter<Entry<Value>>>> = { 4: new Filter([]), 3: new Filter([]), 2: new Filter([]) };
  private sealed = true;
  /** The last two characters of grams of two and three. */
  private ends = noEnds;
  private shortest = Number.POSITIVE_INFINITY;
  private stride = 1;

  add(literal: string, value: Value): void {
    this.literals.push({ literal, value });
    this.shortest = Math.min(this.shortest, literal.length);
    this.sealed = false;
  }

  /** Calls `found` with where a literal would begin if it stands there; only its gram has been seen. */
  search(text: string, found: (value: Value, at: number) => void): void {
    if (text.length < this.shortest) return;
    if (!this.sealed) this.seal();
    if (this.stride > 1) this.searchSome(text, found);
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

  /** Each literal is filed under its gram that the fewest literals share; where only every so many places are looked at, under as many grams. */
  private seal(): void {
    this.stride = Math.max(1, Math.min(longestStride, this.shortest - 3));
    const counts = new Map<number, number>();
    for (const { literal } of this.literals) for (const gram of new Set(gramsIn(literal, sizeOf(literal)))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    const filed: Record<Size, [number, Entry<Value>][]> = { 4: [], 3: [], 2: [] };
    for (const { literal, value } of this.literals) {
      const size = sizeOf(literal);
      const grams = gramsIn(literal, size);
      const weights = grams.map((gram) => (counts.get(gram) ?? 0) + (commonplace.has(gram) ? 10_000 : 0));
      const from = lightest(weights, this.stride);
      for (let offset = from; offset < from + this.stride; offset++) filed[size].push([grams[offset] ?? 0, { value, offset }]);
    }
    this.filters = { 4: new Filter(filed[4]), 3: new Filter(filed[3]), 2: new Filter(filed[2]) };
    const short = [...filed[3], ...filed[2]];
    this.ends = short.length === 0 ? noEnds : new Int32Array((endMask + 1) >>> 5);
    for (const [gram] of short) this.ends[(gram & endMask) >>> 5] = (this.ends[(gram & endMask) >>> 5] as number) | (1 << (gram & 31));
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

function sizeOf(literal: string): Size {
  return literal.length >= 4 ? 4 : literal.length === 3 ? 3 : 2;
}

const noEnds = new Int32Array(0);
const spreading = 0x9e37_79b1;

/** A look-up that says no from one bit, which is what nearly every position of a text gets; whoever looks reads the bit himself. */
class Filter<Value> {
  readonly size: number;
  readonly bits: Int32Array;
  readonly shift: number;
  private readonly values = new Map<number, Value[]>();

  constructor(entries: readonly (readonly [number, Value])[]) {
    const power = Math.min(18, Math.max(10, Math.ceil(Math.log2(entries.length + 1)) + 5));
    this.size = entries.length;
    this.shift = 32 - power;
    this.bits = new Int32Array(1 << (power - 5));
    for (const [gram, value] of entries) {
      const bit = Math.imul(gram, spreading) >>> this.shift;
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
      const known = this.values.get(gram);
      if (known === undefined) this.values.set(gram, [value]);
      else known.push(value);
    }
  }

  get(gram: number): readonly Value[] {
    return this.values.get(gram) ?? none;
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
