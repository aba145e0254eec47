import { fromPcre } from '#formats/pcre.ts';
import { findAmbiguity } from '../regex/ambiguity.ts';
import { comparisonHolds } from './comparison.ts';
import { beginsWithLine, essential } from './essential.ts';
import { looksRandom } from './looks-random.ts';
import { captures, type Finder, type FormulaRange, writtenText } from './finder.ts';
import type { Bound } from './match.ts';
import type { Condition, Formula } from './rule.ts';

type Inner = (formula: Formula, bound: Bound, language: string | undefined) => ReadonlyMap<string, Bound> | undefined;

const none: ReadonlyMap<string, Bound> = new Map();
const expressions = new Map<string, Anchored>();
const mostExpressions = 5_000;

/** What a condition adds to the bindings; undefined when it does not hold. */
export function conditionHolds(condition: Condition, range: FormulaRange, finder: Finder, inner: Inner): ReadonlyMap<string, Bound> | undefined {
  if (condition.kind === 'comparison') return comparisonHolds(condition, range.bindings) ? none : undefined;
  const bound = range.bindings.get(condition.metavariable);
  if (bound === undefined) return undefined;
  switch (condition.kind) {
    case 'regex':
      return regexHolds(condition.regex, bound, condition.constantPropagation ? bound.text : writtenText(finder, bound));
    case 'pattern':
      return inner(condition.formula, bound, condition.language);
    case 'analysis':
      return analyzed(condition.analyzer, unquoted(bound.text)) ? none : undefined;
    case 'type':
      return finder.hasType?.(bound, condition.types) === true ? none : undefined;
    case 'name':
      return finder.hasType?.(bound, condition.modules) === true ? none : undefined;
  }
}

/** An expression that must match at the beginning of a text. */
interface Anchored {
  readonly whole: RegExp;
  /** What must be found somewhere in the text, where that is quicker to say. */
  readonly needed: RegExp | undefined;
  /** In a text of one line that is all there is to it. */
  readonly decides: boolean;
}

function regexHolds(regex: string, bound: Bound, text: string): ReadonlyMap<string, Bound> | undefined {
  const { whole, needed, decides } = compiled(regex);
  if (needed?.test(text) === false) return undefined;
  if (decides && !text.includes('\n')) return none;
  const found = whole.exec(text);
  if (found === null) return undefined;
  return found.length === 1 ? none : captures(found, bound.start);
}

function compiled(regex: string): Anchored {
  let known = expressions.get(regex);
  if (known === undefined) {
    known = anchored(regex);
    if (expressions.size < mostExpressions) expressions.set(regex, known);
  }
  return known;
}

function anchored(regex: string): Anchored {
  const { source, flags } = fromPcre(regex, false);
  const short = essential(source);
  const capturing = (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) > 1;
  return {
    whole: new RegExp(`(?<![^])(?:${source})`, `d${flags}`),
    needed: short === source ? undefined : new RegExp(short, flags),
    decides: short !== source && !capturing && beginsWithLine(source),
  };
}

function analyzed(analyzer: string, text: string): boolean {
  if (analyzer.startsWith('entropy')) return looksRandom(text);
  // Backslashes are doubled where an expression is written as a text.
  return analyzer === 'redos' && [text, text.replaceAll('\\\\', '\\')].some((expression) => findAmbiguity(expression, '') !== undefined);
}

function unquoted(text: string): string {
  return /^(["'`]).*\1$/s.test(text) ? text.slice(1, -1) : text;
}
