import { type DotsPlace, holes } from '../pattern-text.ts';
import type { PatternShape } from './shape.ts';

export const python: PatternShape = {
  holes: {
    quotes: ['"""', "'''", '"', "'"],
    lineComment: '#',
    dots,
    typed: /\(\s*(?<name>\$[A-Z_][A-Z_0-9]*)\s*:\s*(?<type>[\w.]+)\s*\)/y,
    typedInCalls: true,
    mayBeTyped: (before) => !/\bdef\s+[\w$]+$/.test(before),
    interpolated: (prefix) => (/f/i.test(prefix) ? '{' : undefined),
  },
  frames: [
    { before: '', after: '\n', part: 'program' },
    { before: '{', after: '\n}', part: 'object' },
    { before: '', after: '\ndef ww(): pass\n', part: 'attributes' },
    { before: '', after: '\n    pass\n', part: 'program' },
    { before: 'try:\n    pass\n', after: '\n', part: 'program' },
    { before: 'ww(', after: '\n)', part: 'arguments' },
  ],
};

function dots({ before, brackets }: DotsPlace): string {
  const inner = brackets.at(-1);
  return inner?.open === '{' && inner.pairs && before !== ':' ? `${holes.dots}: ${holes.dots}` : holes.dots;
}
