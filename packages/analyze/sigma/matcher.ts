import type { SigmaLogsource } from '#formats/sigma.ts';
import type { Anchor } from './anchor.ts';
import type { CompiledRule } from './compile.ts';
import { GramIndex } from './gram-index.ts';
import { RecordView } from './record-view.ts';
import type { Field } from './record-view.ts';

const longGram = 5;
const shortGram = 3;

interface FieldIndex {
  readonly field: Field;
  readonly exact: Map<string, number[]>;
  readonly long: GramIndex;
  readonly short: GramIndex;
  readonly present: number[];
}

export interface MatchResult {
  /** In the order in which the rules were given. */
  readonly rules: readonly CompiledRule[];
  /** Rules that failed on this record; they did not say whether they match. */
  readonly failed: readonly CompiledRule[];
  /** A declared limit cut what rules could see of the record. */
  readonly limited: boolean;
}

/**
 * Finds the rules that match a record without trying them all: each rule is filed under literals of which one must be in the
 * record, so the cost follows the record and the rules it nearly matches. A rule without such a literal is always tried.
 */
export class SigmaMatcher {
  private readonly rules: readonly CompiledRule[];
  private readonly view = new RecordView();
  private readonly always: number[] = [];
  private readonly fields = new Map<Field, FieldIndex>();
  /** Fields to look at when the record has a key of this name: the first part of a path, however many dots it holds. */
  private readonly byKey = new Map<string, FieldIndex[]>();
  private readonly anywhere = { long: new GramIndex(longGram), short: new GramIndex(shortGram), used: false };
  private readonly stamps: Uint32Array;
  private stamp = 0;

  constructor(rules: readonly CompiledRule[]) {
    this.rules = rules;
    this.stamps = new Uint32Array(rules.length);
    for (const [number, rule] of rules.entries()) {
      if (rule.anchors === undefined) this.always.push(number);
      else for (const anchor of rule.anchors) this.file(anchor, number);
    }
  }

  match(record: unknown): MatchResult {
    // Fields are filed by the keys of an object; a list has none.
    if (Array.isArray(record)) return this.matchAll(record);
    this.view.reset(record);
    this.stamp = (this.stamp + 1) >>> 0;
    const candidates: number[] = [...this.always];
    const add = (number: number): void => {
      if (this.stamps[number] === this.stamp) return;
      this.stamps[number] = this.stamp;
      candidates.push(number);
    };
    this.addByFields(record, add);
    if (this.anywhere.used) for (const { folded } of this.view.allValues()) searchGrams(this.anywhere, folded, add);
    return this.decide(candidates);
  }

  /** Tries every rule: what `match` must equal. */
  matchAll(record: unknown): MatchResult {
    this.view.reset(record);
    return this.decide(this.rules.map((_, number) => number));
  }

  private decide(candidates: readonly number[]): MatchResult {
    const rules: CompiledRule[] = [];
    const failed: CompiledRule[] = [];
    for (const number of candidates.toSorted((a, b) => a - b)) {
      const rule = this.rules[number];
      if (rule === undefined) continue;
      try {
        if (rule.test(this.view)) rules.push(rule);
      } catch {
        // A regular expression can exhaust its engine's stack; one rule's failure is not the stream's.
        failed.push(rule);
      }
    }
    return { rules, failed, limited: this.view.limited };
  }

  private addByFields(record: unknown, add: (rule: number) => void): void {
    if (typeof record !== 'object' || record === null) return;
    for (const key of Object.keys(record)) for (const index of this.byKey.get(key) ?? []) this.addByField(index, add);
  }

  private addByField(index: FieldIndex, add: (rule: number) => void): void {
    if (!this.view.has(index.field)) return;
    for (const rule of index.present) add(rule);
    for (const { folded } of this.view.values(index.field)) {
      for (const rule of index.exact.get(folded) ?? []) add(rule);
      searchGrams(index, folded, add);
    }
  }

  private file(anchor: Anchor, rule: number): void {
    if (anchor.kind === 'literal') {
      this.anywhere.used ||= anchor.field === undefined;
      fileLiteral(anchor.field === undefined ? this.anywhere : this.indexOf(anchor.field), anchor.text, rule);
      return;
    }
    const index = this.indexOf(anchor.field);
    if (anchor.kind === 'present') index.present.push(rule);
    else {
      const rules = index.exact.get(anchor.text) ?? [];
      if (rules.at(-1) !== rule) rules.push(rule);
      index.exact.set(anchor.text, rules);
    }
  }

  private indexOf(field: Field): FieldIndex {
    const known = this.fields.get(field);
    if (known !== undefined) return known;
    const index = { field, exact: new Map(), long: new GramIndex(longGram), short: new GramIndex(shortGram), present: [] };
    this.fields.set(field, index);
    for (const key of field.joined[0] ?? []) this.byKey.set(key, [...(this.byKey.get(key) ?? []), index]);
    return index;
  }
}

interface Grams {
  readonly long: GramIndex;
  readonly short: GramIndex;
}

function fileLiteral(grams: Grams, text: string, rule: number): void {
  (text.length >= longGram ? grams.long : grams.short).add(text, rule);
}

function searchGrams(grams: Grams, text: string, add: (rule: number) => void): void {
  grams.long.search(text, add);
  grams.short.search(text, add);
}

/** Categories that stand for several; taxonomy of Sigma 2.1.0, "Windows Folder". */
const widerCategories: ReadonlyMap<string, string> = new Map(
  ['registry_add', 'registry_delete', 'registry_rename', 'registry_set'].map((category) => [category, 'registry_event']),
);

/** Whether a rule speaks about events of a source. A source that says nothing about itself may be any. */
export function answersTo(rule: SigmaLogsource, source: SigmaLogsource): boolean {
  return (['product', 'service', 'category'] as const).every(
    (key) => rule[key] === undefined || source[key] === undefined || rule[key] === source[key] || rule[key] === widerCategories.get(source[key]),
  );
}
