import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromPcre } from './pcre.ts';

function matches(pattern: string, text: string, multiline = true): string | undefined {
  const { source, flags } = fromPcre(pattern, multiline);
  return new RegExp(source, flags).exec(text)?.[0];
}

test('flags hold up to the end of their group, also behind a bar', () => {
  expect(matches('(?i)abc', 'xABC')).toBe('ABC');
  expect(matches('(a(?i)b|c)d', 'Cd')).toBe('Cd');
  expect(matches('(a(?i)b|c)d', 'CD')).toBeUndefined();
  expect(matches('(?s)a.b', 'a\nb')).toBe('a\nb');
  expect(matches('a.b', 'a\nb')).toBeUndefined();
  expect(matches('(?x) a  b # and so on\n c', 'abc')).toBe('abc');
});

test('capitals count for nothing in long alternatives, too', () => {
  expect(matches('(?i)(?:invite|bearer|new|make|create|random)_?token', 'newToken')).toBe('newToken');
  expect(matches('(?is)(?:invite|bearer|new|make|create|random).token', 'new\nToken')).toBe('new\nToken');
  expect(fromPcre('(?x) a', true).flags).toBe('');
  expect(fromPcre('(?i)\\p{Lu}', true).flags).toBe('iu');
});

test('anchors', () => {
  expect(matches('^b$', 'a\nb\nc')).toBe('b');
  expect(matches('^b$', 'a\nb\nc', false)).toBeUndefined();
  expect(matches('^b$', 'b\n', false)).toBe('b');
  expect(matches('\\Ab', 'a\nb')).toBeUndefined();
  expect(matches('b\\Z', 'a\nb\n')).toBe('b');
  expect(matches('b\\z', 'a\nb\n')).toBeUndefined();
});

test('escapes, classes and references', () => {
  expect(matches('\\Qa.b\\E', 'axb a.b')).toBe('a.b');
  expect(matches('[[:alpha:]_-]+', '12ab_c-')).toBe('ab_c-');
  expect(matches('[]a]+', ']a')).toBe(']a');
  expect(matches('(?P<q>[\'"])x(?P=q)', '"x\' \'x\'')).toBe("'x'");
  expect(matches('\\x{202E}', 'a\u202e')).toBe('\u202e');
  expect(matches('\\p{Lu}\\-\\w', 'aÄ-x')).toBe('Ä-x');
  expect(matches('a{,2}', 'a{,2}')).toBe('a{,2}');
  expect(matches('((\\w)\\1|x)', 'abx')).toBe('x');
  expect(matches('\\h+', 'a \tb')).toBe(' \t');
});

test('what has no counterpart is named', () => {
  for (const pattern of ['a++', '(?>a)', '(?R)', 'a\\K', '(?(1)a)', '(*SKIP)', '(', 'a)', '[a', '(?U)a', '\\']) expect(() => fromPcre(pattern, true), pattern).toThrow(SyntaxError);
});

test('any text is translated or refused with a SyntaxError', () => {
  const piece = fc.constantFrom('a', '(', ')', '(?i)', '(?', '[', ']', '^', '$', '\\', 'Q', 'p', '{', '1', '}', '*', '+', '?', '|', ':', '-', 'x', 'k', '<', '>', 'P', '#', '\n');
  fc.assert(fc.property(fc.array(piece, { maxLength: 20 }), fc.boolean(), (parts, multiline) => {
    try {
      fromPcre(parts.join(''), multiline);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  }), { numRuns: 2_000 });
});
