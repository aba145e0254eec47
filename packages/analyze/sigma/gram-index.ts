/** Which rules a text may concern, by one short piece of each literal that has to occur in it. */
export class GramIndex {
  private readonly size: number;
  private readonly literals: { readonly text: string; readonly rule: number }[] = [];
  private rulesByGram = new Map<number, number[]>();
  /** One bit per hash of a gram in use: most positions of a text end here. */
  private readonly filter = new Uint32Array(1 << 11);
  private sealed = false;

  constructor(size: number) {
    this.size = size;
  }

  add(text: string, rule: number): void {
    this.literals.push({ text, rule });
    this.sealed = false;
  }

  /** Calls `found` with rules whose gram occurs; a superset of those whose literal does, with repetitions. */
  search(text: string, found: (rule: number) => void): void {
    if (this.literals.length === 0) return;
    if (!this.sealed) this.seal();
    const { filter, size, rulesByGram } = this;
    // The hash of a gram out of that of the one before it: what leaves is shifted out.
    let hash = 0;
    for (let at = 0; at < text.length; at++) {
      hash = ((hash << shift(size)) ^ text.charCodeAt(at)) & mask;
      if (at < size - 1) continue;
      const bit = spread(hash);
      if (((filter[bit >> 5] ?? 0) & (1 << (bit & 31))) === 0) continue;
      const rules = rulesByGram.get(hash);
      if (rules !== undefined) for (const rule of rules) found(rule);
    }
  }

  /** Each literal is filed under its gram that the fewest literals share. */
  private seal(): void {
    const counts = new Map<number, number>();
    for (const { text } of this.literals) for (const gram of this.gramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    this.rulesByGram = new Map();
    this.filter.fill(0);
    for (const { text, rule } of this.literals) {
      const rarest = [...this.gramsOf(text)].reduce((best, gram) => ((counts.get(gram) ?? 0) < (counts.get(best) ?? 0) ? gram : best));
      const rules = this.rulesByGram.get(rarest) ?? [];
      if (rules.at(-1) !== rule) rules.push(rule);
      this.rulesByGram.set(rarest, rules);
      const bit = spread(rarest);
      this.filter[bit >> 5] = (this.filter[bit >> 5] ?? 0) | (1 << (bit & 31));
    }
    this.sealed = true;
  }

  private gramsOf(text: string): Set<number> {
    const grams = new Set<number>();
    for (let at = 0; at + this.size <= text.length; at++) grams.add(this.hashAt(text, at));
    return grams;
  }

  private hashAt(text: string, at: number): number {
    let hash = 0;
    for (let index = at; index < at + this.size; index++) hash = ((hash << shift(this.size)) ^ text.charCodeAt(index)) & mask;
    return hash;
  }
}

const mask = 0x3fff_ffff;

/** Bits by which a hash moves for each character, so that after `size` of them the first has left its 30 bits. */
function shift(size: number): number {
  return Math.ceil(30 / size);
}

function spread(hash: number): number {
  return (Math.imul(hash, 0x9e37_79b1) >>> 16) & 0xffff;
}
