import type { CompiledRule } from './compile.ts';
import { maximumDepth, maximumValues, RecordView, visitLeaves } from './record-view.ts';
import { linkAfter, walkFields } from './field-tree.ts';
import type { TreeNode } from './field-tree.ts';
import { noEffect } from './field-texts.ts';
import type { Effect, FieldTexts } from './field-texts.ts';
import { RuleIndex } from './rule-index.ts';
import type { FieldIndex } from './rule-index.ts';
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

interface JsonObject {
  readonly [key: string]: unknown;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
  private count = 0;
  private round = 0;
  private limited = false;
  private leavesLeft = 0;

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
    const { anywhere, tree } = this.index;
    if (anywhere === undefined) walkFields(record, tree.root, this.atField);
    else if (isRecord(record)) this.walk(record, tree.root, 0);
    else this.walkApart(record, tree.root, 0);
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
    this.leavesLeft = maximumValues;
    this.count = 0;
    this.round++;
    if (this.round < lastRound) return;
    for (const marks of [this.held, this.denied, this.listed]) marks.fill(0);
    for (const field of this.index.fields.values()) field.round = 0;
    this.round = 1;
  }

  /** Every value of an object once: for its field, and for what is asked of values anywhere. */
  private walk(object: JsonObject, node: TreeNode<FieldIndex> | undefined, depth: number): void {
    let link = node?.head;
    for (const key in object) {
      const value = object[key];
      if (node !== undefined && link !== undefined) link = linkAfter(node, link, key);
      const next = link?.node;
      if (typeof value === 'object' && value !== null) this.walkInner(value, next, depth + 1);
      else {
        const counts = value !== null && this.takeLeaf(depth + 1);
        if (next?.value !== undefined) this.atField(next.value, value);
        else if (counts) this.atText(this.index.anywhere, value);
      }
    }
  }

  private walkInner(value: object, node: TreeNode<FieldIndex> | undefined, depth: number): void {
    if (!isRecord(value) || depth > maximumDepth) return this.walkApart(value, node, depth);
    if (node?.value !== undefined) this.atField(node.value, value);
    this.walk(value, node, depth);
  }

  /** An element of a list may belong to several fields. */
  private walkApart(value: unknown, node: TreeNode<FieldIndex> | undefined, depth: number): void {
    if (node !== undefined) walkFields(value, node, this.atField);
    const left = visitLeaves(value, depth, this.leavesLeft, this.atLeaf);
    if (left < 0) this.limited = true;
    this.leavesLeft = left < 0 ? -1 - left : left;
  }

  private takeLeaf(depth: number): boolean {
    if (this.leavesLeft > 0 && depth <= maximumDepth) return this.leavesLeft-- > 0;
    this.limited = true;
    return false;
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
      else this.atText(field.texts, value);
    }
  }

  private readonly atLeaf = (value: unknown): void => {
    this.atText(this.index.anywhere, value);
  };

  private atText(texts: FieldTexts | undefined, value: unknown): void {
    if (texts !== undefined) this.apply(texts.of(value));
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
