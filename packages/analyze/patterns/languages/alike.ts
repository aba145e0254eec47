import { type DotsPlace, type HoleSyntax, holes } from '../pattern-text.ts';
import { isSuperglobal } from '../pattern-tree.ts';
import type { Frame, PatternShape } from './shape.ts';

function shape(lineComment: string, frames: readonly Frame[], besides: Partial<HoleSyntax> = {}): PatternShape {
  return { holes: { quotes: ['"', "'"], lineComment, dots: () => holes.dots, ...besides }, frames };
}

const field = `${holes.anyType} ${holes.dots}`;

/** Where statements end in a semicolon, an ellipsis for statements does too. */
function asStatement({ before, after, brackets, newlineBefore, newlineAfter }: DotsPlace): string {
  const inner = brackets.at(-1);
  const starts = /^[{};]?$/.test(before) || newlineBefore;
  const ends = starts && (inner === undefined || inner.open === '{') && (newlineAfter || after === '' || after.startsWith('}')) && !(inner === undefined && before === '' && after === '');
  return ends ? `${holes.dots};` : holes.dots;
}

/** Whether a bracket is that of the parameters of a function that is written down. */
function declaresParameters({ brackets }: DotsPlace): boolean {
  const inner = brackets.at(-1);
  return inner?.open === '(' && /^(?:\{|:\s*\w)/.test(inner.tail) && /[\w$]\s*$/.test(inner.head) && !/\b(?:if|while|for|foreach|switch|catch|using|lock|fixed|new\s+[\w$.<>]+)\s*$/.test(inner.head);
}

/** A parameter of PHP is a variable. */
function phpDots(place: DotsPlace): string {
  const inner = place.brackets.at(-1);
  return inner?.open === '(' && /\b(?:function\b[^()]*|fn\s*)$/.test(inner.head) ? `$${holes.dots}` : asStatement(place);
}

function cDots(place: DotsPlace): string {
  return declaresParameters(place) ? field : asStatement(place);
}

/** A hash holds pairs. */
function rubyDots({ before, brackets }: DotsPlace): string {
  const inner = brackets.at(-1);
  return inner?.open === '{' && before !== '>' && /[=(,]\s*$/.test(inner.head) ? `${holes.dots} => ${holes.dots}` : holes.dots;
}

/** A name alone is no statement of C#, a call is. */
function csharpDots(place: DotsPlace): string {
  const inner = place.brackets.at(-1);
  if (inner?.open === '{' && /\b(?:class|struct|interface|record)\b[^()]*$/.test(inner.head)) return `${field};`;
  return cDots(place).replace(/^(\w+);$/, '$1();');
}

const endsStatement = (text: string): boolean => /[;}]\s*$|\n\s*\.\.\.\s*$/.test(text);
const isFunction = (text: string): boolean => /^[^=;"]*\)\s*\{[\s\S]*\}\s*$/.test(text) && !/^\s*(?:if|while|for|foreach|switch|using|lock|do|try)\b/.test(text);

const cFrames: readonly Frame[] = [
  { before: '', after: '\n', part: 'program', fits: isFunction },
  { before: 'void ww() {', after: '\n}', part: 'body', fits: endsStatement },
  { before: 'void ww() {', after: ';\n}', part: 'body', fits: (text) => !/;\s*$|\n\s*\.\.\.\s*$/.test(text) },
  { before: '', after: '\n', part: 'program' },
  { before: 'int ww = ', after: ';\n', part: 'value' },
];

const csharpFrames: readonly Frame[] = [
  { before: 'class Ww {', after: '\n}', part: 'class-body', fits: isFunction },
  { before: '', after: '\n', part: 'program', fits: (text) => /\b(?:class|struct|interface|record|namespace)\s/.test(text) || /^\s*using\s+[\w.]+;/.test(text) },
  { before: 'class Ww { void ww() {', after: '\n} }', part: 'body', fits: endsStatement },
  { before: 'class Ww { object ww = ', after: ';\n}', part: 'value', fits: (text) => !endsStatement(text) || /^\s*new\b/.test(text) },
  { before: 'class Ww { void ww() {', after: ';\n} }', part: 'body', fits: (text) => !/;\s*$/.test(text) },
  { before: 'class Ww {', after: '\n}', part: 'class-body' },
];

const rustFrames: readonly Frame[] = [
  { before: 'fn ww() {', after: '\n}', part: 'body' },
  { before: 'fn ww() {', after: ';\n}', part: 'body' },
  { before: '', after: '\n', part: 'program' },
];

const plain: readonly Frame[] = [{ before: '', after: '\n', part: 'program' }];

const typed: Partial<HoleSyntax> = {
  typed: /\(\s*(?<type>[A-Za-z_][\w.]*(?:<[^()]*?>)?)\s+(?<name>\$[A-Z_][A-Z_0-9]*)\s*\)/y,
  mayBeTyped: (before, after) => !/(?:[\w$)\]>]|\bcatch)$/.test(before) && !/^(?:\{|=>)/.test(after),
};

/** Languages whose trees are made by tables that have most in common. */
export const alikeShapes: ReadonlyMap<string, PatternShape> = new Map([
  ['c', shape('//', cFrames, { dots: cDots })],
  ['cpp', shape('//', cFrames, { dots: cDots })],
  ['csharp', shape('//', csharpFrames, { dots: csharpDots, ...typed })],
  ['php', shape('//', [{ before: '', after: '', part: 'program', fits: (text) => text.trimStart().startsWith('<?') }, { before: '<?php ', after: '', part: 'program' }, { before: '<?php ', after: ';', part: 'program' }], { sigil: '$', ownNames: isSuperglobal, dots: phpDots })],
  ['ruby', shape('#', plain, { dots: rubyDots, interpolated: (_, quote) => (quote === '"' ? '{' : undefined) })],
  ['rust', shape('//', rustFrames, { dots: asStatement })],
  ['bash', shape('#', plain)],
]);
