import type { DataTree } from '#model/data-tree.ts';
import type { Finder, OpenText } from '../finder.ts';
import type { Bound, PatternMatch } from '../match.ts';
import { type DataBinding, searchData } from './match.ts';

/** Thrown when a search stopped at its limit: what it found so far is not all. */
class DataSearchLimit extends Error {}

/** Thrown for a pattern that is none of its language. */
class DataPatternError extends Error {}

interface DataBound extends Bound {
  readonly same: string;
}

/** How patterns are read, and whether they may match deeper than they say. */
export interface DataReading {
  readonly readPattern: (pattern: string) => DataTree;
  readonly isDeep: boolean;
}

/** Finds patterns in a tree of data. */
export function dataFinder(tree: DataTree, offset: number, { readPattern, isDeep }: DataReading, open: OpenText): Finder {
  const { text } = tree;
  const bound = ({ start, end, same }: DataBinding): DataBound => ({ start: start + offset, end: end + offset, text: valueOf(text.slice(start, end), same), same });
  const kept = new Map<string, readonly PatternMatch[]>();
  const find = (pattern: string): readonly PatternMatch[] => {
    let matches = kept.get(pattern);
    if (matches === undefined) {
      const wanted = readPattern(pattern);
      const [gap] = wanted.errors;
      if (gap !== undefined) throw new DataPatternError(gap.message);
      const found = searchData(wanted, tree, isDeep);
      if (!found.complete) throw new DataSearchLimit('a pattern can match in too many ways');
      matches = found.matches.map(({ start, end, bindings }) => ({ start: start + offset, end: end + offset, bindings: new Map([...bindings].map(([name, one]) => [name, bound(one)])) }));
      kept.set(pattern, matches);
    }
    return matches;
  };
  const finder = (from: number, to: number): Finder => ({
    text: text.slice(from - offset, to - offset),
    offset: from,
    find: (pattern) => (from === offset && to - offset === text.length ? find(pattern) : find(pattern).filter(({ start, end }) => start >= from && end <= to)),
    within({ start, end }, language) {
      if (language === undefined) return finder(start, end);
      const part = unquoted(text.slice(start - offset, end - offset));
      // Code that is indented as a whole is a block of something.
      const head = language.startsWith('py') && /^[ \t]*\r?\n[ \t]+\S/.test(part.text) ? 'if 1:' : '';
      return open(language, head + part.text, start + part.skipped - head.length);
    },
    same: (a, b) => ('same' in a && 'same' in b ? a.same === b.same : a.text === b.text),
  });
  return finder(offset, offset + text.length);
}

/** A scalar's decoded value where it has one; what has parts is as it is written. */
function valueOf(written: string, same: string): string {
  return same.includes('\0') || same === '' ? written : same;
}

/** What stands between quotes, or in a here-document between its first and last line. */
function unquoted(written: string): { readonly text: string; readonly skipped: number } {
  const here = /^<<-?(\w+)[ \t]*\r?\n/.exec(written);
  if (here !== null) return { text: written.slice(here[0].length, Math.max(here[0].length, written.lastIndexOf('\n'))), skipped: here[0].length };
  return /^(["']).*\1$/s.test(written) && written.length > 1 ? { text: written.slice(1, -1), skipped: 1 } : { text: written, skipped: 0 };
}
