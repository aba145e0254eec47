import { holes } from '../pattern-text.ts';
import type { Frame, PatternShape } from './shape.ts';

function shape(lineComment: string, frames: readonly Frame[], sigil = ''): PatternShape {
  return { holes: { quotes: ['"', "'"], lineComment, dots: ({ after, before, newlineAfter }) => `${holes.dots}${statementEnd(frames, before, after, newlineAfter)}`, ...(sigil === '' ? {} : { sigil }) }, frames };
}

/** Where statements end in a semicolon, an ellipsis for statements does too. */
function statementEnd(frames: readonly Frame[], before: string, after: string, newlineAfter: boolean): string {
  const ends = frames.some((frame) => frame.after.includes(';')) && /^[{};]?$/.test(before) && (newlineAfter || after === '' || after.startsWith('}'));
  return ends ? ';' : '';
}

const inFunction: readonly Frame[] = [
  { before: 'void ww() {', after: ';\n}', part: 'body' },
  { before: 'void ww() {', after: '\n}', part: 'body' },
  { before: '', after: '\n', part: 'program' },
];

const plain: readonly Frame[] = [{ before: '', after: '\n', part: 'program' }];

/** Languages whose trees are made by one common table. */
export const alikeShapes: ReadonlyMap<string, PatternShape> = new Map([
  ['c', shape('//', inFunction)],
  ['cpp', shape('//', inFunction)],
  ['csharp', shape('//', [...inFunction.map((frame) => (frame.part === 'body' ? { ...frame, before: `class Ww { ${frame.before}`, after: `${frame.after} }` } : frame)), { before: 'class Ww {', after: '\n}', part: 'class-body' }])],
  ['php', shape('//', [{ before: '<?php ', after: '', part: 'program' }, { before: '<?php ', after: ';', part: 'program' }], '$')],
  ['ruby', shape('#', plain)],
  ['rust', shape('//', [{ before: 'fn ww() {', after: '\n}', part: 'body' }, { before: 'fn ww() {', after: ';\n}', part: 'body' }, ...plain])],
  ['bash', shape('#', plain)],
]);
