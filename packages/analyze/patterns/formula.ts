import { conditionHolds } from './conditions.ts';
import { expressionMatches, type Finder, type FormulaRange, mostRanges } from './finder.ts';
import type { Bound } from './match.ts';
import type { Condition, Formula } from './rule.ts';

const mostComparisons = 20_000_000;

/** Thrown when a formula would compare more ranges than the limit. */
export class FormulaLimit extends Error {}

/** Evaluates formulas over one text; equal patterns are looked for once. */
export class FormulaEvaluator {
  readonly finder: Finder;
  private readonly kept = new Map<string, readonly FormulaRange[]>();
  private readonly budget: { left: number };

  constructor(finder: Finder, budget: { left: number } = { left: mostComparisons }) {
    this.finder = finder;
    this.budget = budget;
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
        return formula.parts.flatMap((part) => this.evaluate(part, context)).slice(0, mostRanges);
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
    if (ranges === undefined) {
      ranges = make().slice(0, mostRanges);
      this.kept.set(key, ranges);
    }
    return ranges;
  }

  private all(formula: Extract<Formula, { kind: 'all' }>, context: FormulaRange | undefined): readonly FormulaRange[] {
    const positive: (readonly FormulaRange[])[] = [];
    for (const part of formula.parts) {
      if (isNegation(part.kind)) continue;
      const ranges = this.evaluate(part, context);
      // What one part leaves out no other brings back.
      if (ranges.length === 0) return ranges;
      positive.push(ranges);
    }
    const inside = positive.filter((ranges) => ranges[0]?.kind === 'inside');
    const [first, ...others] = [...positive.filter((ranges) => ranges[0]?.kind !== 'inside'), ...inside];
    let ranges: readonly FormulaRange[] = first ?? (context === undefined ? [] : [context]);
    for (const other of others) ranges = this.intersection(ranges, other);
    for (const part of formula.parts) {
      if (ranges.length === 0) return ranges;
      if (isNegation(part.kind)) ranges = this.difference(ranges, this.evaluate(part, context));
    }
    for (const condition of formula.conditions) ranges = ranges.flatMap((range) => this.filtered(condition, range));
    return formula.focus.length === 0 ? ranges : ranges.flatMap((range) => focused(range, formula.focus));
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

  private contains(outer: FormulaRange, inner: FormulaRange): boolean {
    if (--this.budget.left < 0) throw new FormulaLimit('more pairs of ranges than the limit');
    return inner.start >= outer.start && inner.end <= outer.end && this.agree(inner, outer);
  }

  /** Of each pair the inner range, knowing what both know. */
  private intersection(a: readonly FormulaRange[], b: readonly FormulaRange[]): FormulaRange[] {
    const out = new Map<string, FormulaRange>();
    const merge = (inner: FormulaRange, outer: FormulaRange): void => {
      if (inner.kind === 'inside' && outer.kind !== 'inside') return;
      if (!this.contains(outer, inner)) return;
      const merged = { ...inner, bindings: new Map([...outer.bindings, ...inner.bindings]) };
      if (out.size < mostRanges) out.set(keyOf(merged), merged);
    };
    for (const one of a) {
      for (const other of b) {
        merge(one, other);
        merge(other, one);
      }
    }
    return [...out.values()];
  }

  private difference(ranges: readonly FormulaRange[], negative: readonly FormulaRange[]): FormulaRange[] {
    return ranges.filter((range) => !negative.some((other) => {
      if (other.kind === 'inside') return this.contains(other, range);
      if (other.kind === 'regex') return this.contains(other, range) || this.contains(range, other);
      return other.start === range.start && other.end === range.end && this.contains(other, range);
    }));
  }
}

function isNegation(kind: Formula['kind']): boolean {
  return kind === 'not' || kind === 'not-inside' || kind === 'not-regex';
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
