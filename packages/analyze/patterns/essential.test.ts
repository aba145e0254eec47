import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginsWithLine, essential } from './essential.ts';

const pieces = fc.constantFrom('a', 'b', '[^\\n]', '[^a]', '[ab]', '\\w', '\\n', '(a|b)', '(?:ab)', '(?=b)', '^', '$', '\\b', '.', '|', '\\.', '[]', '[^]');
const quantifiers = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{1,2}', '{0,}');
const expressions = fc.array(fc.tuple(pieces, quantifiers), { minLength: 1, maxLength: 6 }).map((all) => all.map(([piece, quantifier]) => (/^(?:\||\^|\$|\\b|\(\?=)/.test(piece) ? piece : piece + quantifier)).join(''));

it('is found in the same texts', () => {
  fc.assert(fc.property(expressions, fc.string({ unit: fc.constantFrom('a', 'b', '\n', '.'), maxLength: 12 }), (source, text) => {
    expect(new RegExp(essential(source)).test(text)).toBe(new RegExp(source).test(text));
  }), { numRuns: 3_000 });
});

it('leaves out what decides nothing', () => {
  expect(essential('[^\\n]*<script[^\\n]*')).toBe('<script');
  expect(essential('[^\\n]*[^$]+\\{[^{}]*\\}[^\\n]*')).toBe('[^$]\\{[^{}]*\\}');
  expect(essential('\\s*a|b\\w+')).toBe('a|b\\w');
  expect(essential('(.*)x')).toBe('(.*)x');
  expect(essential('\\x41*b')).toBe('\\x41*b');
  expect(essential('^a*$')).toBe('^a*$');
});

it('tells an expression that begins with the rest of a line', () => {
  expect(beginsWithLine('[^\\n]*a')).toBe(true);
  expect(beginsWithLine('[^\\n]*a|b')).toBe(false);
  expect(beginsWithLine('[^\\n]+a')).toBe(false);
});
