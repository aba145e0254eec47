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
    if (!this.sealed) this.seal();
    for (let at = 0; at + this.size <= text.length; at++) {
      const hash = this.hashAt(text, at);
      const bit = hash & 0xffff;
      if (((this.filter[bit >> 5] ?? 0) & (1 << (bit & 31))) === 0) continue;
      const rules = this.rulesByGram.get(hash);
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
      const bit = rarest & 0xffff;
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
    let hash = 0x811c9dc5;
    for (let index = at; index < at + this.size; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    return hash ^ (hash >>> 15);
  }
}
