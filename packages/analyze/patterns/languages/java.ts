import { type DotsPlace, holes } from '../pattern-text.ts';
import type { PatternShape } from './shape.ts';

export const java: PatternShape = {
  holes: {
    quotes: ['"""', '"', "'"],
    lineComment: '//',
    dots,
    parameterType: ({ before, after, brackets }) => {
      const inner = brackets.at(-1);
      return inner?.open === '(' && declaresParameters(inner.head, inner.tail) && /[(,]/.test(before) && /^[,)]/.test(after) ? `${holes.anyType} ` : '';
    },
    typed: /\(\s*(?<type>[A-Za-z_$][\w$.]*(?:\s*<[^()]*?>)?(?:\[\])*)\s+(?<name>\$[A-Z_][A-Z_0-9]*)\s*\)/y,
    mayBeTyped: (before, after) => !/(?:[\w$)\]>]|\bcatch)$/.test(before) && !/^(?:\{|throws\b|->)/.test(after),
  },
  frames: [
    { before: 'class Ww { Object ww = ', after: '\n; }', part: 'value', fits: (text) => !/[;}]\s*$/.test(text) || /^new\b/.test(text.trim()) },
    { before: 'class Ww { void ww() {', after: '\n} }', part: 'body' },
    { before: '', after: '\n', part: 'program', fits: (text) => /^\s*(?:import|package)\b/m.test(text) },
    { before: 'class Ww {', after: '\n}', part: 'class-body' },
    { before: '', after: '\n', part: 'program' },
    { before: 'class Ww { void ww() {', after: ';\n} }', part: 'body' },
    { before: 'class Ww {', after: '{}\n}', part: 'class-body' },
    { before: '', after: ' class Ww {}', part: 'attributes' },
    { before: 'class Ww {', after: ';\n}', part: 'class-body' },
    { before: 'class Ww { void ww() {', after: '{}\n} }', part: 'body' },
    { before: 'class Ww { void ww() { try {} ', after: '\n} }', part: 'body' },
    { before: 'class Ww { void ww() { switch (ww) {', after: '\n} } }', part: 'cases' },
  ],
};

const field = `${holes.anyType} ${holes.dots}`;

function dots({ before, after, written, brackets, newlineBefore, newlineAfter }: DotsPlace): string {
  const inner = brackets.at(-1);
  // Members of an annotation are all named, or there is one.
  if (inner?.open === '(' && /@[\w$.]+\s*$/.test(inner.head) && !(before === '(' && after.startsWith(')'))) return `${holes.dots} = ${holes.dots}`;
  if (inner?.open === '(') return inParentheses(inner.head, inner.tail, before, after);
  if (inner !== undefined && inner.open !== '{') return holes.dots;
  if (before === '=' || (inner !== undefined && /[=\]({,]\s*$/.test(inner.head))) return holes.dots;
  if (inner !== undefined && isClassBody(inner.head)) return `${field};`;
  if (inner === undefined && /(?:^|[;}\n])\s*$/.test(written) && /^(?:public|private|protected|static|final|abstract|class|interface|@|import\b)/.test(after)) return `${field};`;
  // Where a value is wanted the three dots are one.
  const starts = before === '' || before === '{' || before === ';' || before === '}' || (newlineBefore && before !== ',' && before !== '=');
  const isValue = !starts || /^[,)\].?:]/.test(after);
  if (isValue) return holes.dots;
  return inner === undefined && after === '' && before === '' ? holes.dots : `${holes.dots};${newlineAfter ? '' : ' '}`;
}

function inParentheses(head: string, tail: string, before: string, after: string): string {
  if (/\bfor\s*$/.test(head) && before === '(' && after.startsWith(')')) return `${holes.dots};;`;
  if (/\btry\s*$/.test(head)) return `${field} = ${holes.dots}`;
  if (/\bcatch\s*$/.test(head)) return field;
  return declaresParameters(head, tail) ? field : holes.dots;
}

function declaresParameters(head: string, tail: string): boolean {
  return (tail.startsWith('{') || /^throws\b/.test(tail)) && /[\w$]\s*$/.test(head) && !/\b(?:if|while|for|switch|synchronized|catch|try|new\s+[\w$.<>]+)\s*$/.test(head);
}

function isClassBody(head: string): boolean {
  return /\b(?:class|interface|enum|record)\b[^()]*$/.test(head) || /\bnew\s+[\w$.<>]+\s*\([^;]*\)\s*$/.test(head);
}
