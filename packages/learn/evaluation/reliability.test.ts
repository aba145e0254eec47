import { describe, expect, it } from 'vitest';
import { ratesFrom } from './rates.ts';
import { reliabilityOf, reliabilityOfSurprises } from './reliability.ts';

describe('reliabilityOf', () => {
  it('puts what was said beside what came, bin by bin', () => {
    const cases = [{ said: 0.11, was: false }, { said: 0.19, was: true }, { said: 1, was: true }];
    expect(reliabilityOf('x', cases).points).toEqual([{ said: 0.15, seen: 0.5, count: 2 }, { said: 1, seen: 1, count: 1 }]);
  });
});

describe('reliabilityOfSurprises', () => {
  it('counts how many reach what 10^-s promises', () => {
    expect(reliabilityOfSurprises('x', [0.2, 1, 2.5, 0.9], [1, 2]).points).toEqual([{ said: 0.1, seen: 0.5, count: 4 }, { said: 0.01, seen: 0.25, count: 4 }]);
  });
});

describe('ratesFrom', () => {
  it('gives precision, recall and F1 of what reaches the threshold', () => {
    const cases = [{ score: 2, positive: true }, { score: 1, positive: false }, { score: 0, positive: true }, { score: -1, positive: false }];
    expect(ratesFrom(cases, 1)).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(ratesFrom(cases, 3)).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});
