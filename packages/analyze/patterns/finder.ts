import { fromPcre } from '#formats/pcre.ts';
import type { Bound, PatternMatch } from './match.ts';
import type { Span } from './spans.ts';

/** What finds single patterns in one text, of whatever language. */
export interface Finder {
  readonly text: string;
  /** Where `text` begins in the whole; all offsets are those of the whole. */
  readonly offset: number;
  /** Matches anywhere in the text; of those outside of `among`, or in which none of `about` lies, none need be given. Throws when the pattern is none of its language. */
  find(pattern: string, among?: readonly Span[], about?: readonly Span[]): readonly PatternMatch[];
  /** False where a pattern finds nothing, as far as that is seen at once. */
  mayFind?(pattern: string): boolean;
  /** The same for what lies in a span, as its own language or another one; offsets stay those of the whole. Undefined when it cannot be read. */
  within(bound: Bound, language: string | undefined): Finder | undefined;
  /** Whether two spans say the same; without it their text decides. */
  same?(a: Bound, b: Bound): boolean;
  /** Whether what a metavariable stands for has one of these types, or comes from one of these modules. */
  hasType?(bound: Bound, types: readonly string[]): boolean;
}

/** Reads a text, or a part that begins at `offset`, as a language; undefined when that cannot be done. */
export type OpenText = (language: string, text: string, offset: number) => Finder | undefined;

/** How a range takes part: a `pattern-inside` never becomes the result, and negations differ by what they negate. */
type RangeKind = 'plain' | 'inside' | 'regex';

export interface FormulaRange {
  readonly start: number;
  readonly end: number;
  readonly kind: RangeKind;
  readonly bindings: ReadonlyMap<string, Bound>;
}

/** Matches of one pattern that are kept; a pattern that matches everything would make pairs of everything. A finder stops after one more. */
export const mostRanges = 20_000;

/** Where an expression matches; empty matches are none. */
export function expressionMatches(source: string, text: string, offset: number): PatternMatch[] {
  const { source: translated, flags } = fromPcre(source, true);
  const matches: PatternMatch[] = [];
  for (const found of foundIn(translated, flags, text)) {
    if (matches.length > mostRanges) break;
    const start = found.index + offset;
    if (found[0].length > 0) matches.push({ start, end: start + found[0].length, bindings: captures(found, offset) });
  }
  return matches;
}

const wholeLine = '[^\\n]*';

/**
 * All that an expression finds. One that begins with the rest of a line is asked at beginnings of lines only, and where the match before it ended:
 * where it fails there it fails in the whole line, and asking at each character costs the square of the line's length.
 */
function* foundIn(source: string, flags: string, text: string): Generator<RegExpExecArray> {
  if (!source.startsWith(wholeLine)) return yield* text.matchAll(new RegExp(source, `gd${flags}`));
  const atLines = new RegExp(`(?<![^\\n])${source}`, `gd${flags}`);
  const here = new RegExp(source, `yd${flags}`);
  for (let at = 0; at <= text.length; ) {
    here.lastIndex = atLines.lastIndex = at;
    const found = here.exec(text) ?? atLines.exec(text);
    if (found === null) return;
    yield found;
    at = found.index + Math.max(1, found[0].length);
  }
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

/** What a metavariable stands for as it is written; as it is known for what lies outside of the finder's text, and for the inside of a text that is written elsewhere. */
export function writtenText(finder: Finder, bound: Bound): string {
  if (bound.constant === true) return bound.text;
  const start = bound.start - finder.offset;
  const end = bound.end - finder.offset;
  return start >= 0 && end <= finder.text.length ? finder.text.slice(start, end) : bound.text;
}
