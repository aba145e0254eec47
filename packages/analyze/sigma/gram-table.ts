/** A literal, and where in it its gram begins. */
interface Entry<Value> {
  readonly value: Value;
  readonly offset: number;
}

/** Characters of a gram. */
type Size = 4 | 3 | 2;

const masks: Readonly<Record<Size, number>> = { 4: 0xffff_ffff, 3: 0xff_ffff, 2: 0xffff };

/** Pieces that most texts of logs have in common: a literal filed under one of them would be looked at too often. */
const commonplace = new Set(gramsIn([
  'c:\\windows\\system32\\', 'c:\\windows\\syswow64\\', 'c:\\program files (x86)\\', 'c:\\programdata\\', 'c:\\users\\public\\appdata\\local\\temp\\',
  'appdata\\roaming\\', 'hklm\\software\\microsoft\\windows\\currentversion\\', 'hkey_local_machine', 'system\\currentcontrolset\\services\\', 'wow6432node',
  'windowspowershell\\v1.0\\powershell.exe', 'cmd.exe /c ', 'explorer.exe', 'svchost.exe -k ', '.dll,', 'microsoft corporation', 'microsoft\\windows', 'windows nt\\',
  'https://www.', 'http://', '.com/', '/usr/bin/', '/bin/sh -c ', '/etc/', 'sha256=', 'amazonaws.com', 'arn:aws:iam::', 'user', 'name', 'true', 'false', 'null', 'file', 'execut',
].join('\0'), 4));

/** Finds literals of two characters and more in a text, each by one gram of it. */
export class GramTable<Value> {
  private readonly literals: { readonly literal: string; readonly value: Value }[] = [];
  private filters: Readonly<Record<Size, Filter<Entry<Value>>>> = { 4: new Filter([]), 3: new Filter([]), 2: new Filter([]) };
  private sealed = true;

  add(literal: string, value: Value): void {
    this.literals.push({ literal, value });
    this.sealed = false;
  }

  /** Calls `found` with where a literal would begin if it stands there; only its gram has been seen. */
  search(text: string, found: (value: Value, at: number) => void): void {
    if (!this.sealed) this.seal();
    if (this.literals.length === 0) return;
    const { 4: four, 3: three, 2: two } = this.filters;
    const [hasThree, hasTwo] = [three.size > 0, two.size > 0];
    let gram = 0;
    for (let at = 0; at < text.length; at++) {
      gram = (gram << 8) ^ text.charCodeAt(at);
      if (four.mayHold(gram)) for (const { value, offset } of four.get(gram)) found(value, at - 3 - offset);
      if (hasThree && three.mayHold(gram & masks[3])) for (const { value, offset } of three.get(gram & masks[3])) found(value, at - 2 - offset);
      if (hasTwo && two.mayHold(gram & masks[2])) for (const { value, offset } of two.get(gram & masks[2])) found(value, at - 1 - offset);
    }
  }

  /** Each literal is filed under its gram that the fewest literals share. */
  private seal(): void {
    const counts = new Map<number, number>();
    for (const { literal } of this.literals) for (const gram of new Set(gramsIn(literal, sizeOf(literal)))) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    const filed: Record<Size, [number, Entry<Value>][]> = { 4: [], 3: [], 2: [] };
    for (const { literal, value } of this.literals) {
      const size = sizeOf(literal);
      const grams = gramsIn(literal, size);
      const weights = grams.map((gram) => (counts.get(gram) ?? 0) + (commonplace.has(gram) ? 10_000 : 0));
      const offset = weights.indexOf(Math.min(...weights));
      filed[size].push([grams[offset] ?? 0, { value, offset }]);
    }
    this.filters = { 4: new Filter(filed[4]), 3: new Filter(filed[3]), 2: new Filter(filed[2]) };
    this.sealed = true;
  }
}

function sizeOf(literal: string): Size {
  return literal.length >= 4 ? 4 : literal.length === 3 ? 3 : 2;
}

/** A look-up that says no from one bit, which is what nearly every position of a text gets. */
class Filter<Value> {
  readonly size: number;
  private readonly bits: Int32Array;
  private readonly shift: number;
  private readonly values = new Map<number, Value[]>();

  constructor(entries: readonly (readonly [number, Value])[]) {
    const power = Math.min(18, Math.max(10, Math.ceil(Math.log2(entries.length + 1)) + 5));
    this.size = entries.length;
    this.shift = 32 - power;
    this.bits = new Int32Array(1 << (power - 5));
    for (const [gram, value] of entries) {
      const bit = this.spread(gram);
      this.bits[bit >>> 5] = (this.bits[bit >>> 5] as number) | (1 << (bit & 31));
      const known = this.values.get(gram);
      if (known === undefined) this.values.set(gram, [value]);
      else known.push(value);
    }
  }

  mayHold(gram: number): boolean {
    const bit = this.spread(gram);
    return (((this.bits[bit >>> 5] as number) >>> (bit & 31)) & 1) !== 0;
  }

  get(gram: number): readonly Value[] {
    return this.values.get(gram) ?? none;
  }

  private spread(gram: number): number {
    return Math.imul(gram, 0x9e37_79b1) >>> this.shift;
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
