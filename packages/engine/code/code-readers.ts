import type { Finder, OpenText } from '#analyze/patterns/finder.ts';
import type { PatternMatch } from '#analyze/patterns/match.ts';
import type { PatternOptions, PatternRule } from '#analyze/patterns/rule.ts';

/** A text of a programming language, ready for rules. */
export interface CodeTarget {
  readonly finder: Finder;
  /** Runs a taint rule. */
  followTaint(rule: PatternRule): readonly PatternMatch[];
  /** What could not be read, in a sentence. */
  readonly gap?: string;
}

/** Reads texts of one programming language; undefined for a text that cannot be read at all. */
export type CodeReader = (text: string, offset: number, options: PatternOptions, open: OpenText) => CodeTarget | undefined;

/** How the reader of each language is had: some load a grammar first. */
const loaders = new Map<string, () => Promise<CodeReader>>();
const readers = new Map<string, CodeReader>();

/** Loads what these languages need, once a thread; afterwards `codeReader` gives it without waiting. */
export async function prepareReaders(languages: Iterable<string>): Promise<void> {
  for (const language of languages) {
    const load = loaders.get(language);
    if (load !== undefined && !readers.has(language)) readers.set(language, await load());
  }
}

export function codeReader(language: string): CodeReader | undefined {
  return readers.get(language);
}

export function readsCode(language: string): boolean {
  return loaders.has(language);
}
