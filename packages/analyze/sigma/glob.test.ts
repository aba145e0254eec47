import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, globTest, one, parseGlob, star } from './glob.ts';
import type { Glob } from './glob.ts';

function asRegExp(glob: Glob): RegExp {
  const source = glob.map((part) => (part === star ? '.*' : part === one ? '.' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${source.join('')}$`, 's');
}

describe('a pattern', () => {
  it.each([
    ['plain', ['plain']],
    ['a*b?c', ['a', star, 'b', one, 'c']],
    ['a**b', ['a', star, 'b']],
    ['\\*', ['*']],
    ['\\\\*', ['\\', star]],
    ['\\\\\\*', ['\\*']],
    ['\\a\\', ['\\a\\']],
    ['\\\\\\\\', ['\\\\']],
    ['\\\\\\', ['\\\\']],
    ['', []],
  ])('%s is read as the specification says', (text, glob) => expect(parseGlob(text)).toEqual(glob));

  it('matches what the same regular expression matches', () => {
    const glob = fc.array(fc.oneof(fc.constantFrom<Glob[number]>(star, one), fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 })), { maxLength: 6 });
    fc.assert(
      fc.property(glob, fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 9 }), (parts, text) => {
        expect(globTest(parts)(text)).toBe(asRegExp(parts).test(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is quick where a backtracking matcher is not', () => {
    const started = process.threadCpuUsage();
    expect(globTest(parseGlob('*a*a*a*a*a*a*a*a*a*b'))('a'.repeat(100_000))).toBe(false);
    expect(globTest(parseGlob('*a?*a?*a?*a?*a?*a?*b?c'))('a'.repeat(100_000))).toBe(false);
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
  });
});

describe('folding', () => {
  it('is the same for a text and its parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('Σ', 'ς', 'σ', 'İ', 'ẞ', 'a') }), (a, b) => {
        expect(fold(a + b)).toBe(fold(a) + fold(b));
      }),
    );
  });
});
