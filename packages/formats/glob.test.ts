import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from './glob.ts';

test.each([
  ['secrets/github-token', 'secrets/github-*', true],
  ['secrets/github-token', 'secrets/*', true],
  ['secrets/github-token', '*token', true],
  ['secrets/github-token', 'github', false],
  ['secrets/github-token', 'secrets/git?ub-token', true],
  ['secrets/github-token', 'secrets/github-token?', false],
  ['', '', true],
  ['', '**', true],
  ['a', '', false],
  ['a.b', 'a?b', true],
  ['axb', 'a.b', false],
])('%j and %j: %s', (text, pattern, expected) => expect(matchesGlob(text, pattern)).toBe(expected));

test('agrees with a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 });
  fc.assert(fc.property(letters, patterns, (text, pattern) => {
    const source = [...pattern].map((character) => (character === '*' ? '.*' : character === '?' ? '.' : `\\${character === '.' ? '.' : `x${character.charCodeAt(0).toString(16)}`}`)).join('');
    return matchesGlob(text, pattern) === new RegExp(`^${source}$`).test(text);
  }));
});

test('a pattern made to be slow is not', () => {
  const started = process.threadCpuUsage();
  expect(matchesGlob('a'.repeat(5_000), `${'*a'.repeat(200)}b`)).toBe(false);
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(2_000);
});
