import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchText, type TextSearchOptions } from './match.ts';
import { readDocumentText, readPatternText } from './tree.ts';

function found(pattern: string, text: string, options?: TextSearchOptions): string[] {
  return searchText(readPatternText(pattern), readDocumentText(text), options).matches.map(({ start, end }) => text.slice(start, end));
}

function bound(pattern: string, text: string): Record<string, string>[] {
  const { matches } = searchText(readPatternText(pattern), readDocumentText(text));
  return matches.map(({ bindings }) => Object.fromEntries([...bindings].map(([name, { start, end }]) => [name, text.slice(start, end)])));
}

test('a flat pattern matches however the text is laid out', () => {
  expect(found('f(x) { a; }', 'f(x)\n{\n  a; }')).toEqual(['f(x)\n{\n  a; }']);
  expect(found('f(x)', 'ff(x)')).toEqual([]);
});

test('an indented pattern wants an indented text, and the whole of it', () => {
  expect(found('a:\n  b', 'a:\n  b\n')).toEqual(['a:\n  b']);
  expect(found('a:\n  b', 'a:\nb\n')).toEqual([]);
  expect(found('a:\n  b', 'a:\n  b\n  c\n')).toEqual([]);
  expect(found('a:\n  ...\n  b\n  ...', 'a:\n  x\n  b\n  c\nd')).toEqual(['a:\n  x\n  b\n  c']);
});

test('an ellipsis spans ten lines, or as many as it is told', () => {
  const text = (lines: number): string => `a${'\n1'.repeat(lines - 1)}\nb`;
  expect(found('a ... b', text(10))).toHaveLength(1);
  expect(found('a ... b', text(11))).toHaveLength(0);
  expect(found('a ... ... b', text(11))).toHaveLength(1);
  expect(found('a ... b', text(2), { ellipsisLines: 0 })).toHaveLength(0);
});

test('what an ellipsis takes stays inside brackets that close on their line only at the end of a pattern', () => {
  expect(found('f(a ...', 'f(a, b) c\nd')).toEqual(['f(a, b']);
  expect(found('f(...)', 'f(a, g(b)) c')).toEqual(['f(a, g(b)']);
});

test('metavariables stand for one word, the same one each time; with an ellipsis for many', () => {
  expect(bound('$X = $X', 'a = b; c = c')).toEqual([{ $X: 'c' }]);
  expect(bound('x $...V;', 'x a b c;')).toEqual([{ '$...V': ' a b c' }]);
  expect(found('$X = 1', '" = 1')).toEqual([]);
});

test('of matches that end together the shortest counts, with a final ellipsis the longest', () => {
  expect(found('a ... b', 'a a b')).toEqual(['a b']);
  expect(found('a ...', 'a a b')).toEqual(['a a b']);
});

test('a match does not leave the block that it begins in', () => {
  expect(found('a ... b', 'x:\n  a\nb')).toEqual([]);
  expect(found('a ... b', 'x:\n  a\n  b')).toEqual(['a\n  b']);
});

test('case can be ignored', () => {
  expect(found('select', 'SELECT', { ignoreCase: true })).toEqual(['SELECT']);
});

test('a pattern that could go on for hours stops and says so', () => {
  const many = readDocumentText('a '.repeat(4_000));
  const started = process.threadCpuUsage();
  const { complete } = searchText(readPatternText('a $...A a $...B a $...A c'), many);
  expect(complete).toBe(false);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(5_000);
});

test('any text against any pattern gives matches inside the text', () => {
  const piece = fc.constantFrom('a', 'b', ' ', '\n', '\n  ', '(', ')', '{', '}', '...', '$X', '$...Y', '"', '\t', 'é');
  const texts = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(fc.property(texts, texts, (pattern, text) => {
    for (const { start, end, bindings } of searchText(readPatternText(pattern), readDocumentText(text)).matches) {
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(text.length);
      for (const one of bindings.values()) expect(one.start).toBeLessThanOrEqual(one.end);
    }
  }));
});
