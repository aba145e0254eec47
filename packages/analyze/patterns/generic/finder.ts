import type { Finder, OpenText } from '../finder.ts';
import type { PatternOptions } from '../rule.ts';
import { searchText } from './match.ts';
import { readDocumentText, readPatternText } from './tree.ts';

/** Thrown when a search stopped at its limit: what it found so far is not all. */
class TextSearchLimit extends Error {}

/** Finds patterns of `languages: generic` in a text, or in a part of one. */
export function genericFinder(text: string, offset: number, options: PatternOptions, open: OpenText): Finder {
  const doc = readDocumentText(withoutComments(text, options.genericCommentStyle));
  const search = {
    ...(options.genericEllipsisMaxSpan === undefined ? {} : { ellipsisLines: options.genericEllipsisMaxSpan }),
    ...(options.caseInsensitiveRegex === true ? { ignoreCase: true } : {}),
  };
  return {
    text,
    offset,
    find(pattern) {
      const { matches, complete } = searchText(readPatternText(pattern), doc, search);
      if (!complete) throw new TextSearchLimit('a pattern has too many ellipses for a text of such long lines');
      return matches.map((match) => ({
        start: match.start + offset,
        end: match.end + offset,
        bindings: new Map([...match.bindings].map(([name, at]) => [name, { start: at.start + offset, end: at.end + offset, text: text.slice(at.start, at.end) }])),
      }));
    },
    within({ start, end }, language) {
      const part = text.slice(start - offset, end - offset);
      return language === undefined || language === 'generic' ? genericFinder(part, start, options, open) : open(language, part, start);
    },
  };
}

const lineComment = new Map([['c', undefined], ['cpp', '//'], ['shell', '#']]);

/** Comments become spaces, so that places stay what they are. */
function withoutComments(text: string, style: string | undefined): string {
  if (style === undefined || !lineComment.has(style)) return text;
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  const mark = lineComment.get(style);
  const lines = mark === undefined ? text : text.replace(new RegExp(`${mark}[^\\n]*`, 'g'), blank);
  return style === 'shell' ? lines : lines.replace(/\/\*.*?\*\//gs, blank);
}
