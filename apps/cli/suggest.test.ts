import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, nearest } from './suggest.ts';

test.each([['kitten', 'sitting', 3], ['lits', 'list', 1], ['', 'abc', 3], ['same', 'same', 0]])('distance of %s and %s', (from, to, edits) => {
  expect(distance(from, to)).toBe(edits);
});

test('distance is symmetric and bounded by the longer word', () => {
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
    expect(distance(a, b)).toBe(distance(b, a));
    expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
  }));
});

test('nearest finds typing mistakes and leaves strangers alone', () => {
  const known = ['scan', 'explain', 'rules', 'doctor'];
  expect(nearest('sacn', known)).toBe('scan');
  expect(nearest('doc', known)).toBe('doctor');
  expect(nearest('kubernetes', known)).toBeUndefined();
  expect(nearest('x'.repeat(10_000), known)).toBeUndefined();
});
