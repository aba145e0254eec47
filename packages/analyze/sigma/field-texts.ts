import type { TextBytes } from './text-bytes.ts';
import type { TextIndex } from './text-index.ts';
import { ValueCache } from './value-cache.ts';
import type { CacheBudget } from './value-cache.ts';

/** What follows from something found in a record: how many atoms hold, which, and then the rules that are to be decided. */
export type Effect = readonly number[];

export const noEffect: Effect = [0];

/** Joins effects: each atom and each rule once. */
export class EffectJoiner {
  /** The merge in which each was last met: a double counts further than any stream. */
  private readonly atoms: Float64Array;
  private readonly rules: Float64Array;
  private merges = 0;

  constructor(atoms: number, rules: number) {
    this.atoms = new Float64Array(atoms);
    this.rules = new Float64Array(rules);
  }

  join(effects: readonly Effect[]): Effect {
    if (effects.length < 2) return effects[0] ?? noEffect;
    const round = ++this.merges;
    const joined: number[] = [0];
    for (const effect of effects) for (let at = 1; at <= (effect[0] as number); at++) addOnce(joined, effect[at] as number, this.atoms, round);
    joined[0] = joined.length - 1;
    for (const effect of effects) for (let at = (effect[0] as number) + 1; at < effect.length; at++) addOnce(joined, effect[at] as number, this.rules, round);
    return joined;
  }
}

function addOnce(to: number[], number: number, marks: Float64Array, round: number): void {
  if (marks[number] === round) return;
  marks[number] = round;
  to.push(number);
}

/** What follows from a value of one field, by all patterns that are asked of it. */
export class FieldTexts {
  private readonly indexes: readonly TextIndex<Effect>[];
  private readonly joiner: EffectJoiner;
  private readonly bytes: TextBytes;
  private readonly budget: CacheBudget;
  /** Undefined where searching costs less than remembering. */
  private cache: ValueCache<Effect> | undefined;
  private begun = false;
  /** Nothing follows from a shorter text, */
  private readonly shortest: number;
  /** nor from whole numbers from zero to below this, which are shorter. */
  private readonly leastNumber: number;

  constructor(indexes: readonly TextIndex<Effect>[], budget: CacheBudget, joiner: EffectJoiner, bytes: TextBytes) {
    this.indexes = indexes;
    this.joiner = joiner;
    this.bytes = bytes;
    this.budget = budget;
    this.shortest = Math.min(...indexes.map((index) => index.shortest));
    this.leastNumber = this.shortest < 2 ? -1 : 10 ** (this.shortest - 1);
  }

  of(value: unknown): Effect {
    if (!this.begun) this.begin();
    const { cache } = this;
    if (typeof value === 'string') {
      // One character grows when it is folded.
      if (value.length < this.shortest && !value.includes('\u0130')) return noEffect;
      return cache === undefined ? this.find(value) : cache.get(value);
    }
    if (typeof value === 'number') {
      if (value >= 0 && value < this.leastNumber && Number.isInteger(value)) return noEffect;
      return cache === undefined ? this.find(String(value)) : cache.getNumber(value);
    }
    if (typeof value !== 'boolean') return this.find(String(value));
    if (this.shortest > 5) return noEffect;
    return cache === undefined ? this.find(String(value)) : cache.getTruth(value);
  }

  /** Many fields that rules name are in no record. */
  private begin(): void {
    this.begun = true;
    if (!this.indexes.every((index) => index.light)) this.cache = new ValueCache(this.budget, (text) => this.find(text));
  }

  private find(text: string): Effect {
    if (this.cache === undefined && this.missed(text)) return noEffect;
    this.bytes.read(text);
    const effects: Effect[] = [];
    for (const index of this.indexes) index.search(this.bytes, effects);
    return effects.length === 0 ? noEffect : this.joiner.join(effects);
  }

  private missed(text: string): boolean {
    for (const index of this.indexes) if (!index.misses(text)) return false;
    return true;
  }
}
