import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestF1, f1, type Kind } from './ceiling.ts';

it('is the best F1 of all choices of kinds', () => {
  const kind = fc.record({ normal: fc.integer({ min: 0, max: 30 }), abnormal: fc.integer({ min: 0, max: 30 }) });
  fc.assert(fc.property(fc.array(kind, { maxLength: 9 }), (kinds) => {
    expect(bestF1(kinds)).toBeCloseTo(byTrying(kinds), 12);
  }));
});

it('is no more than calling all abnormal where abnormal ones look like normal ones', () => {
  expect(bestF1([{ normal: 900, abnormal: 100 }])).toBeCloseTo(f1(100, 900, 100), 12);
  expect(bestF1([{ normal: 900, abnormal: 0 }, { normal: 0, abnormal: 100 }])).toBe(1);
});

function byTrying(kinds: readonly Kind[]): number {
  const all = kinds.reduce((sum, { abnormal }) => sum + abnormal, 0);
  const choices = Array.from({ length: 2 ** kinds.length }, (_, bits) => kinds.filter((_kind, at) => (bits & (1 << at)) !== 0));
  return Math.max(...choices.map((chosen) => f1(chosen.reduce((sum, { abnormal }) => sum + abnormal, 0), chosen.reduce((sum, { normal }) => sum + normal, 0), all)));
}
