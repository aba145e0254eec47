import { type DotsPlace, holes } from '../pattern-text.ts';
import type { PatternShape } from './shape.ts';

/** JavaScript and TypeScript. */
export const script: PatternShape = {
  holes: {
    quotes: ['"', "'", '`'],
    lineComment: '//',
    dots,
    typed: /\(\s*(?<name>\$[A-Z_][A-Z_0-9]*)\s*:\s*(?<type>[^()]+?)\s*\)/y,
    mayBeTyped: (before, after) => !/[\w$)\]]$/.test(before) && !after.startsWith('=>') && !after.startsWith('{'),
    interpolated: (_, quote) => (quote === '`' ? '${' : undefined),
  },
  frames: [
    { before: '(', after: '\n)', part: 'first', fits: (text) => /^\s*(?:\{|function\s*\()/.test(text) },
    { before: '', after: '', part: 'program' },
    { before: 'async function ww() {', after: '\n}', part: 'body' },
    { before: '(', after: '\n)', part: 'first' },
    { before: 'class Ww extends ww {', after: '\n}', part: 'class-body' },
    { before: '({', after: '\n})', part: 'object' },
    { before: 'switch (ww) {', after: '\n}', part: 'cases' },
    { before: '', after: ' class Ww {}', part: 'attributes' },
    { before: '', after: ' {}', part: 'program' },
    { before: 'try {} ', after: '', part: 'program' },
  ],
};

/** Inside an opening tag. */
const inTag = /<[A-Za-z_$][\w.$-]*(?:\s[^<>]*)?$/;

function dots(place: DotsPlace): string {
  if (inTag.test(place.written) && place.brackets.at(-1)?.open !== '{') return place.before === '=' ? `{${holes.dots}}` : holes.dots;
  const { before, after, newlineBefore, brackets } = place;
  const inner = brackets.at(-1);
  if (inner?.open === '(' && /\bfor\s*(?:await\s*)?$/.test(inner.head) && before === '(' && after.startsWith(')')) return `${holes.dots};;`;
  const semicolonBefore = /[\w"'`\]]/.test(before) && !newlineBefore && (inner === undefined || inner.open === '{') && !/\b(?:return|case|await|yield|throw|typeof|new|else|do|in|of|function|class|async|const|let|var|import|from|export|extends|instanceof|delete|void|static|get|set|as)\s*$/.test(place.written) ? ';' : '';
  const startsStatement = before === '' || before === '{' || before === ';' || before === '}' || newlineBefore;
  const isStatement = startsStatement && (inner === undefined || inner.open === '{') && !/^(?:[,)\]:.?=+*/|&<>-]|$)/.test(after);
  return `${semicolonBefore}${holes.dots}${isStatement && !(after.startsWith('}') && before === '{') ? ';' : ''}`;
}
