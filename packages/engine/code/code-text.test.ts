import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CodeLines, identityText, shownLine } from './code-text.ts';

test('places are lines and columns in UTF-16 units, from 1', () => {
  const lines = new CodeLines('a\r\n\u{1f600}bc\nlast');
  expect(lines.region(5, 7)).toEqual({ startLine: 2, startColumn: 3, endLine: 2, endColumn: 5 });
  expect(lines.region(0, 8)).toEqual({ startLine: 1, startColumn: 1, endLine: 2, endColumn: 6 });
  expect([lines.lineText(1), lines.lineText(2), lines.lineText(3)]).toEqual(['a', '\u{1f600}bc', 'last']);
});

test('a line is shown without secrets and without what looks like one', () => {
  const lines = new CodeLines('  connect("a1b2C3d4e5f6g7h8", name, "a plain sentence of words");\n  key = hunter2;');
  expect(shownLine(lines, 1, [])).toBe('connect("\u2026", name, "a plain sentence of words");');
  expect(shownLine(lines, 2, [{ startLine: 2, startColumn: 9, endLine: 2, endColumn: 16 }])).toBe('key = \u2026;');
});

test('identity does not change with white space, and never holds a long value', () => {
  const secret = fc.string({ unit: fc.constantFrom(...'abcXYZ0123456789'), minLength: 20, maxLength: 60 }).filter((text) => /\d/.test(text));
  fc.assert(fc.property(secret, (text) => {
    const one = new CodeLines(`exec( "${text}",\n   cmd )`);
    const other = new CodeLines(`exec( "${text}", cmd )`);
    expect(identityText(one, 0, one.text.length)).toBe(identityText(other, 0, other.text.length));
    expect(identityText(one, 0, one.text.length)).not.toContain(text);
  }));
});
