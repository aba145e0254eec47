import { type DotsPlace, holes } from '../pattern-text.ts';
import type { PatternShape } from './shape.ts';

export const go: PatternShape = {
  holes: {
    quotes: ['"', '`', "'"],
    lineComment: '//',
    dots,
    typed: /\(\s*(?<name>\$[A-Z_][A-Z_0-9]*)\s*:\s*(?<type>[^()]+?)\s*\)/y,
    mayBeTyped: (before) => !/[\w$)\]]$/.test(before) || /\b(?:return|range|case|go|defer)$/.test(before),
  },
  frames: [
    { before: 'var ww = ww{', after: '}\n', part: 'object', fits: (text) => /^[\w$"]+\s*:[^=\n]*$/.test(text.trim()) },
    { before: '', after: '\n', part: 'program' },
    { before: 'package ww\nfunc ww() {\n', after: '\n}\n', part: 'body' },
    { before: 'package ww\nvar ww = ', after: '\n', part: 'value' },
    { before: 'var ww = ww{', after: '}\n', part: 'object' },
    { before: '', after: ' {}\n', part: 'program' },
    { before: 'switch ww {', after: '\n}\n', part: 'cases' },
  ],
};

function dots({ before, after, brackets, newlineBefore, written }: DotsPlace): string | undefined {
  const inner = brackets.at(-1);
  // `args...` gives a slice on.
  if (inner?.open === '(' && /\w$/.test(written) && after.startsWith(')')) return undefined;
  if (inner === undefined && /^(?:func|type|var|const|import)\b/.test(after) && (before === '' || newlineBefore)) return `var ${holes.dots} ${holes.anyType}`;
  return holes.dots;
}
