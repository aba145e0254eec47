import { conditionHolds } from './conditions.ts';
import { expressionMatches, type Finder, type FormulaRange, mostRanges } from './finder.ts';
import type { Bound } from './match.ts';
import type { Condition, Formula } from './rule.ts';
import { covered, type Span, SpanIndex } from './spans.ts';

const mostComparisons = 20_000_000;

/** Thrown when a formula would compare more ranges than the limit. */
export class FormulaLimit extends Error {}

/** What may still be compared, and whether ranges were left out because there were too many. */
export interface FormulaBudget {
  left: number;
  reached: boolean;
}

/** Evaluates formulas over one text; equal patterns are looked for once. */
export class FormulaEvaluator {
  readonly finder: Finder;
  private readonly kept = new Map<string, readonly FormulaRange[]>();
  readonly budget: FormulaBudget;

  constructor(finder: Finder, budget: FormulaBudget = { left: mostComparisons, reached: false }) {
    this.finder = finder;
    this.budget = budget;
  }

  /** Pairs of ranges that were compared since the start of the rule. */
  get pairs(): number {
    return mostComparisons - Math.max(0, this.budget.left);
  }

  /** Each rule has limits of its own. */
  restart(): void {
    this.budget.left = mostComparisons;
    this.budget.reached = false;
  }

  /** What is left of a formula; `context` is the range that an `all` of nothing but negations begins with. */
  evaluate(formula: Formula, context?: FormulaRange): readonly FormulaRange[] {
    switch (formula.kind) {
      case 'pattern':
        return this.once(`p${formula.text}`, () => this.finder.find(formula.text).map((match) => ({ ...match, kind: 'plain' })));
      case 'regex':
      case 'not-regex':
        return this.once(`r${formula.regex}`, () => expressionMatches(formula.regex, this.finder.text, this.finder.offset).map((match) => ({ ...match, kind: 'regex' })));
      case 'any':
        return this.bounded(formula.parts.flatMap((part) => this.evaluate(part, context)));
      case 'inside':
      case 'not-inside':
        return this.evaluate(formula.of, context).map((range) => ({ ...range, kind: 'inside' }));
      case 'not':
        return this.evaluate(formula.of, context);
      case 'all':
        return this.all(formula, context);
    }
  }

  private once(key: string, make: () => readonly FormulaRange[]): readonly FormulaRange[] {
    let ranges = this.kept.get(key);
    if (ranges === undefined) this.kept.set(key, (ranges = make()));
    return this.bounded(ranges);
  }

  private bounded(ranges: readonly FormulaRange[]): readonly FormulaRange[] {
    if (ranges.length <= mostRanges) return ranges;
    this.budget.reached = true;
    return ranges.slice(0, mostRanges);
  }

  private all(formula: Extract<Formula, { kind: 'all' }>, context: FormulaRange | undefined): readonly FormulaRange[] {
    let ranges = this.positives(formula.parts, context);
    for (const part of formula.parts) {
      if (ranges.length === 0) return ranges;
      if (isNegation(part.kind)) ranges = this.difference(ranges, this.around(part, ranges, context));
    }
    for (const condition of formula.conditions) ranges = ranges.flatMap((range) => this.filtered(condition, range));
    return formula.focus.length === 0 ? ranges : ranges.flatMap((range) => focused(range, formula.focus));
  }

  /** What all parts that are no negations leave. What one leaves out no other brings back, so that the first that leaves nothing ends it. */
  private positives(parts: readonly Formula[], context: FormulaRange | undefined): readonly FormulaRange[] {
    const around: (readonly FormulaRange[])[] = [];
    const inner: (readonly FormulaRange[])[] = [];
    // What is cheap to look for comes first: it may decide, and it says where the rest is worth looking for.
    const wanted = parts.filter(({ kind }) => !isNegation(kind)).sort((a, b) => this.costOf(a) - this.costOf(b));
    for (const part of wanted) {
      const ranges = isAnything(part) && around.length > 0 ? this.anything(part.text, around) : this.around(part, inner.find(isFew), context);
      if (ranges.length === 0) return ranges;
      (ranges.every(({ kind }) => kind === 'inside') ? around : inner).push(ranges);
    }
    const [first, ...others] = [...inner, ...around];
    return others.reduce((ranges, other) => this.intersection(ranges, other), first ?? (context === undefined ? [] : [context]));
  }

  /** What lies round some ranges by statements that follow one another: where the ranges are few, it is looked for near them only. */
  private around(formula: Formula, ranges: readonly FormulaRange[] | undefined, context: FormulaRange | undefined): readonly FormulaRange[] {
    if (ranges === undefined || !isFew(ranges)) return this.evaluate(formula, context);
    if (formula.kind === 'any') return this.bounded(formula.parts.flatMap((part) => this.around(part, ranges, context)));
    if ((formula.kind !== 'inside' && formula.kind !== 'not-inside') || formula.of.kind !== 'pattern' || !isRun(formula.of.text) || this.kept.has(`p${formula.of.text}`)) return this.evaluate(formula, context);
    return this.bounded(this.finder.find(formula.of.text, undefined, ranges).map((match) => ({ ...match, kind: 'inside' })));
  }

  /** What is seen to match nothing costs nothing, runs of statements more than single nodes, and what stands for everything most. */
  private costOf(formula: Formula): number {
    switch (formula.kind) {
      case 'pattern':
        if (this.finder.mayFind?.(formula.text) === false) return -1;
        return costOfPattern(formula.text);
      case 'inside':
        return Math.min(2, costAround(this.costOf(formula.of)));
      case 'any':
        return Math.min(2, Math.max(...formula.parts.map((part) => this.costOf(part))));
      case 'all':
        return Math.min(2, ...formula.parts.filter(({ kind }) => !isNegation(kind)).map((part) => this.costOf(part)));
      default:
        return 0;
    }
  }

  /** A metavariable alone stands for every node; those outside of what is round it are not worth keeping. */
  private anything(text: string, around: readonly (readonly FormulaRange[])[]): readonly FormulaRange[] {
    const [smallest = []] = around.map(covered).sort((a, b) => size(a) - size(b));
    return this.bounded(this.finder.find(text, smallest).map((match) => ({ ...match, kind: 'plain' })));
  }

  private filtered(condition: Condition, range: FormulaRange): FormulaRange[] {
    const more = conditionHolds(condition, range, this.finder, (formula, bound, language) => this.inner(formula, bound, language, range));
    if (more === undefined) return [];
    return more.size === 0 ? [range] : [{ ...range, bindings: new Map([...more, ...range.bindings]) }];
  }

  /** A formula about what a metavariable stands for: any range that is left says yes, and what it binds is known from then on. */
  private inner(formula: Formula, bound: Bound, language: string | undefined, range: FormulaRange): ReadonlyMap<string, Bound> | undefined {
    const finder = this.finder.within(bound, language);
    if (finder === undefined) return undefined;
    const context: FormulaRange = { start: bound.start, end: bound.end, kind: 'plain', bindings: range.bindings };
    const found = new FormulaEvaluator(finder, this.budget).evaluate(formula, context).find((one) => this.agree(one, context));
    return found?.bindings;
  }

  private agree(a: FormulaRange, b: FormulaRange): boolean {
    for (const [name, bound] of a.bindings) {
      const other = b.bindings.get(name);
      if (other !== undefined && !/^\$\d/.test(name) && !this.same(bound, other)) return false;
    }
    return true;
  }

  private same(a: Bound, b: Bound): boolean {
    if (a.start === b.start && a.end === b.end) return true;
    if (this.finder.same !== undefined) return this.finder.same(a, b);
    return a.text === b.text || a.text.replace(/\s+/g, '') === b.text.replace(/\s+/g, '');
  }

  /** Whether two ranges of which one lies in the other may be one. */
  private fits(a: FormulaRange, b: FormulaRange): boolean {
    if (--this.budget.left < 0) throw new FormulaLimit('more pairs of ranges than the limit');
    return this.agree(a, b);
  }

  /** Of each pair the inner range, knowing what both know. */
  private intersection(a: readonly FormulaRange[], b: readonly FormulaRange[]): FormulaRange[] {
    const out = new Map<string, FormulaRange>();
    const merge = (inner: FormulaRange, outer: FormulaRange): void => {
      if (inner.kind === 'inside' && outer.kind !== 'inside') return;
      if (!this.fits(inner, outer)) return;
      const merged = { ...inner, bindings: new Map([...outer.bindings, ...inner.bindings]) };
      if (out.size < mostRanges) out.set(keyOf(merged), merged);
      else this.budget.reached = true;
    };
    const [inA, inB] = [new SpanIndex(a), new SpanIndex(b)];
    for (const outer of b) for (const inner of inA.within(outer)) merge(inner, outer);
    for (const outer of a) for (const inner of inB.within(outer)) merge(inner, outer);
    return [...out.values()];
  }

  private difference(ranges: readonly FormulaRange[], negative: readonly FormulaRange[]): readonly FormulaRange[] {
    if (negative.length === 0) return ranges;
    const gone = new Set<FormulaRange>();
    const own = new SpanIndex(ranges);
    for (const other of negative) {
      for (const range of own.within(other)) {
        if (gone.has(range) || (other.kind === 'plain' && (other.start !== range.start || other.end !== range.end))) continue;
        if (this.fits(range, other)) gone.add(range);
      }
    }
    const expressions = new SpanIndex(negative.filter(({ kind }) => kind === 'regex'));
    return ranges.filter((range) => !gone.has(range) && !this.touches(range, expressions));
  }

  /** What matched an expression that is not to be there lies in the range. */
  private touches(range: FormulaRange, expressions: SpanIndex<FormulaRange>): boolean {
    for (const other of expressions.within(range)) if (this.fits(range, other)) return true;
    return false;
  }
}

function isNegation(kind: Formula['kind']): boolean {
  return kind === 'not' || kind === 'not-inside' || kind === 'not-regex';
}

interface Anything {
  readonly kind: 'pattern';
  readonly text: string;
}

const mostFew = 50;

function costOfPattern(text: string): number {
  if (anything.test(text)) return 3;
  return isRun(text) ? 2 : 0;
}

function costAround(cost: number): number {
  return cost === -1 ? -1 : cost + 1;
}

const anything = /^\s*\$[A-Z_][A-Z_0-9]*\s*$/;

function isFew(ranges: readonly FormulaRange[]): boolean {
  return ranges.length <= mostFew;
}

function isRun(text: string): boolean {
  return text.trim().includes('\n');
}

function isAnything(formula: Formula): formula is Anything {
  return formula.kind === 'pattern' && anything.test(formula.text);
}

function size(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function keyOf({ start, end, kind, bindings }: FormulaRange): string {
  return `${start} ${end} ${kind} ${[...bindings].map(([name, bound]) => `${name} ${bound.start} ${bound.end}`).sort().join()}`;
}

/** The parts of a range that its metavariables stand for; several lists of names narrow each other. */
function focused(range: FormulaRange, focus: readonly (readonly string[])[]): FormulaRange[] {
  const lists = focus.map((names) => names.flatMap((name) => {
    const bound = range.bindings.get(name);
    const inner = bound === undefined ? undefined : narrowed({ ...range, start: bound.start, end: bound.end }, range);
    return inner ?? [];
  }));
  const [first = [], ...others] = lists;
  return others.reduce<FormulaRange[]>((left, right) => left.flatMap((a) => right.flatMap((b) => narrowed(a, b) ?? [])), first).map((one) => ({ ...one, kind: 'plain' }));
}

function narrowed(a: FormulaRange, b: FormulaRange): FormulaRange | undefined {
  if (a.start >= b.start && a.end <= b.end) return a;
  return b.start >= a.start && b.end <= a.end ? b : undefined;
}
