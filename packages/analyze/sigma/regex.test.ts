import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateRegex } from './regex-source.ts';

const none = { i: false, m: false, s: false };

describe('a regular expression of a rule', () => {
  it.each([
    ['\\Aab\\z', '^ab$'],
    ['(?P<x>a)', '(?<x>a)'],
    ['a(?#note)b', 'ab'],
    ['[]a]', '[\\]a]'],
    ['[^]a]', '[^\\]a]'],
    ['[[:alpha:]_]', '[a-zA-Z_]'],
    ['\\h[\\h]', '[ \\t][ \\t]'],
    ['a{2,}?b', 'a{2,}?b'],
    ['\\x41\\.', '\\x41\\.'],
  ])('%s becomes %s', (pattern, source) => expect(translateRegex(pattern, none).source).toBe(source));

  it.each(['a*+', '(?>a)', '(?|a)', '\\K', '\\G', '\\R', '\\p{L}', '\\x{41}', '(?i)a(?i)b', '[[:nope:]]', 'a\\', '\\y'])('%s is refused', (pattern) => {
    expect(() => translateRegex(pattern, none)).toThrow(/not supported/);
  });

  it.each([
    ['(a+)+', true, true], ['(?:a|b*)*', true, true], ['(a+b)?', true, false], ['a+b+', true, false], ['((a+)b)+', true, true], ['(a{2,})+', true, true],
    ['(a+)\\1', false, false], ['(?=a)b', false, false], ['(?<!a)(b+)+', false, true], ['(a)+(b)+', true, false],
  ])('%s: linear %s, nested %s', (pattern, linear, nested) => expect(translateRegex(pattern, none)).toMatchObject({ linear, nested }));

  it('means the same without regard to case as V8 with its flag', () => {
    const atom = fc.constantFrom('a', 'B', '[a-d]', '[^B-D]', '[xY_]', '.', '\\d', '\\W', '[A-z]', '(?:a|C)', 'é', '[à-ö]');
    const pattern = fc.array(fc.tuple(atom, fc.constantFrom('', '+', '?', '*')), { minLength: 1, maxLength: 4 }).map((parts) => parts.flat().join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'C', 'd', 'x', 'Y', '_', '1', '^', 'É', 'Ö'), maxLength: 5 });
    fc.assert(
      fc.property(pattern, text, (source, input) => {
        const ours = translateRegex(source, { ...none, i: true });
        expect(new RegExp(`^(?:${ours.source})$`).test(input)).toBe(new RegExp(`^(?:${source})$`, 'i').test(input));
      }),
      { numRuns: 2_000 },
    );
  });
});
