import type { CompiledRule } from './compile.ts';
import { eachLeaf, maximumDepth, maximumValues, RecordView } from './record-view.ts';
import { walkFields } from './field-tree.ts';
import { noEffect, RuleIndex } from './rule-index.ts';
import type { Effect, FieldIndex, Texts } from './rule-index.ts';
import { yes } from './program.ts';
import { CacheBudget } from './value-cache.ts';

export interface MatchResult {
  /** In the order in which the rules were given. */
  readonly rules: readonly CompiledRule[];
  /** Rules that failed on this record; they did not say whether they match. */
  readonly failed: readonly CompiledRule[];
  /** A declared limit cut what rules could see of the record. */
  readonly limited: boolean;
}

/** Handed out for every record that concerns no rule. */
export const noMatch: MatchResult = { rules: [], failed: [], limited: false };
const lastRound = 0x7fff_fff0;

/**
 * Finds the rules that match a record without trying them all. One walk over the record answers the questions that rules ask of its
 * values, each value in one pass for all rules, or at once when it has been seen before. Rules of which a question was answered with
 * yes that must be for them to match are then decided from the answers; a rule without such a question is always decided.
 */
export class SigmaMatcher {
  private readonly rules: readonly CompiledRule[];
  private readonly index: RuleIndex;
  private readonly view = new RecordView();
  /** The last round in which an atom held, and in which one was found not to: nothing has to be wiped between records. */
  private readonly held: Int32Array;
  private readonly denied: Int32Array;
  private readonly listed: Int32Array;
  private readonly candidates: Int32Array;
  private readonly seen: string[] = Array.from({ length: 128 }, () => '');
  private readonly seenIn = new Int32Array(128);
  private count = 0;
  private round = 0;
  private limited = false;

  constructor(rules: readonly CompiledRule[], budget = new CacheBudget()) {
    this.rules = rules;
    this.index = new RuleIndex(rules, budget);
    this.held = new Int32Array(this.index.size);
    this.denied = new Int32Array(this.index.size);
    this.listed = new Int32Array(rules.length);
    this.candidates = new Int32Array(rules.length);
  }

  match(record: unknown): MatchResult {
    this.begin(record);
    this.apply(this.index.always);
    walkFields(record, this.index.tree.root, this.atField);
    const { anywhere } = this.index;
    if (anywhere !== undefined && !eachLeaf(record, this.atLeaf)) this.limited = true;
    return this.decide();
  }

  /** Tries every rule on the record itself: what `match` must equal. */
  matchAll(record: unknown): MatchResult {
    this.view.reset(record);
    const rules: CompiledRule[] = [];
    const failed: CompiledRule[] = [];
    for (const rule of this.rules) {
      try {
        if (rule.test(this.view)) rules.push(rule);
      } catch {
        failed.push(rule);
      }
    }
    return { rules, failed, limited: this.view.limited };
  }

  private begin(record: unknown): void {
    this.view.reset(record);
    this.limited = false;
    this.count = 0;
    this.round++;
    if (this.round < lastRound) return;
    for (const marks of [this.held, this.denied, this.listed, this.seenIn]) marks.fill(0);
    for (const field of this.index.fields.values()) field.round = 0;
    this.round = 1;
  }

  private readonly atField = (field: FieldIndex, value: unknown): void => {
    if (field.round !== this.round) {
      field.round = this.round;
      field.count = 0;
      this.apply(field.present);
    }
    this.feed(field, value, 0);
  };

  /** As `RecordView` makes values of what lies at a field. */
  private feed(field: FieldIndex, value: unknown, depth: number): void {
    if (depth > maximumDepth) this.limited = true;
    else if (Array.isArray(value)) for (const item of value) this.feed(field, item, depth + 1);
    else if (field.count++ >= maximumValues) this.limited = true;
    else {
      this.apply(field.filled);
      if (value === null) this.apply(field.null);
      else if (typeof value === 'object') this.atText(field.jsons, this.view.jsonOf(value));
      else if (field.texts !== undefined) {
        if (typeof value === 'string' && this.index.anywhere !== undefined) this.see(value);
        this.atText(field.texts, value);
      }
    }
  }

  private readonly atLeaf = (value: unknown): void => {
    if (typeof value !== 'string' || !this.see(value)) this.atText(this.index.anywhere, value);
  };

  /** Whether the value was met before in this record: the same value often stands in it twice. */
  private see(value: string): boolean {
    const place = value === '' ? 0 : (value.length * 7 + value.charCodeAt(value.length - 1) + 3 * value.charCodeAt(value.length >> 1)) & 127;
    if (this.seenIn[place] === this.round && this.seen[place] === value) return true;
    this.seenIn[place] = this.round;
    this.seen[place] = value;
    return false;
  }

  private atText(texts: Texts | undefined, value: unknown): void {
    if (texts === undefined) return;
    const { values, shortest, leastNumber } = texts;
    if (typeof value === 'string') {
      // One character grows when it is folded.
      if (value.length < shortest && !value.includes('\u0130')) return;
    } else if (typeof value === 'number' && value >= 0 && value < leastNumber && Number.isInteger(value)) return;
    this.apply(values.get(typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value)));
  }

  private apply(effect: Effect): void {
    if (effect === noEffect) return;
    const { round, held, listed, candidates } = this;
    const atoms = effect[0] as number;
    for (let at = 1; at <= atoms; at++) held[effect[at] as number] = round;
    for (let at = atoms + 1; at < effect.length; at++) {
      const rule = effect[at] as number;
      if (listed[rule] === round) continue;
      listed[rule] = round;
      candidates[this.count++] = rule;
    }
  }

  private decide(): MatchResult {
    const matched: number[] = [];
    const failed: number[] = [];
    for (let at = 0; at < this.count; at++) {
      const rule = this.candidates[at] as number;
      try {
        if (this.holds(rule)) matched.push(rule);
      } catch {
        // A regular expression can exhaust its engine's stack; one rule's failure is not the stream's.
        failed.push(rule);
      }
    }
    const limited = this.limited || this.view.limited;
    if (matched.length === 0 && failed.length === 0 && !limited) return noMatch;
    const named = (numbers: number[]): CompiledRule[] => numbers.sort((a, b) => a - b).map((number) => this.rules[number] as CompiledRule);
    return { rules: named(matched), failed: named(failed), limited };
  }

  private holds(rule: number): boolean {
    const { steps, entries, firstTest } = this.index;
    const { held, round } = this;
    let at = entries[rule] as number;
    while (at >= 0) {
      const atom = steps[at] as number;
      at = steps[held[atom] === round || (atom >= firstTest && this.asked(atom)) ? at + 1 : at + 2] as number;
    }
    return at === yes;
  }

  /** Asks the record itself, once. */
  private asked(atom: number): boolean {
    if (this.denied[atom] === this.round) return false;
    const holds = this.index.tests[atom - this.index.firstTest]?.(this.view) ?? false;
    (holds ? this.held : this.denied)[atom] = this.round;
    return holds;
  }
}
