import type { Bound, PatternMatch } from './match.ts';

/** What finds single patterns in one text, of whatever language. */
export interface Finder {
  readonly text: string;
  /** Matches anywhere in the text. Throws when the pattern is none of its language. */
  find(pattern: string): readonly PatternMatch[];
  /** The same for what lies in a span, as its own language or another one; offsets stay those of the whole. Undefined when it cannot be read. */
  within(span: { readonly start: number; readonly end: number }, language: string | undefined): Finder | undefined;
  /** Whether two spans say the same; without it their text decides. */
  same?(a: Bound, b: Bound): boolean;
  /** Whether what a metavariable stands for has one of these types, or comes from one of these modules. */
  hasType?(bound: Bound, types: readonly string[]): boolean;
}

/** How a range takes part: a `pattern-inside` never becomes the result, and negations differ by what they negate. */
type RangeKind = 'plain' | 'inside' | 'regex';

export interface FormulaRange {
  readonly start: number;
  readonly end: number;
  readonly kind: RangeKind;
  readonly bindings: ReadonlyMap<string, Bound>;
}

/** Groups of an expression as metavariables: `$1`, and `$NAME` for a named one. */
export function captures(found: RegExpMatchArray, offset: number): ReadonlyMap<string, Bound> {
  const bindings = new Map<string, Bound>();
  const indices = found.indices ?? [];
  for (let group = 1; group < found.length; group++) {
    const at = indices[group];
    if (at !== undefined) bindings.set(`$${group}`, { start: at[0] + offset, end: at[1] + offset, text: found[group] as string });
  }
  for (const [name, at] of Object.entries(found.indices?.groups ?? {})) {
    if (at !== undefined) bindings.set(`$${name}`, { start: at[0] + offset, end: at[1] + offset, text: found.groups?.[name] ?? '' });
  }
  return bindings;
}
