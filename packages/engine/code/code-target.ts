import type { CodeFinder } from '#analyze/patterns/code-finder.ts';
import type { TreeFacts } from '#analyze/patterns/facts.ts';
import type { Finder, OpenText } from '#analyze/patterns/finder.ts';
import type { PatternMatch } from '#analyze/patterns/match.ts';
import type { PatternOptions, PatternRule } from '#analyze/patterns/rule.ts';

/** What of a text could not be read: a sentence, and whether it is so little that what the rest shows holds for the file. */
export interface PatternGap {
  readonly message: string;
  readonly isSmall: boolean;
}

/** A text of a programming language, ready for rules. */
export interface CodeTarget {
  readonly finder: Finder;
  /** Runs a taint rule. */
  followTaint(rule: PatternRule): readonly PatternMatch[];
  readonly gap?: PatternGap;
}

/** Reads texts of one programming language; undefined for a text that cannot be read at all. */
export interface CodeReader {
  read(text: string, offset: number, options: PatternOptions, open: OpenText): CodeTarget | undefined;
  /** The same in two steps, for texts that are held together. */
  facts(text: string): TreeFacts | undefined;
  /** Why a text is no pattern of the language; undefined where it is one. */
  mistakeIn(pattern: string): string | undefined;
  finder(facts: TreeFacts, options: PatternOptions, open: OpenText): CodeFinder;
}
