import { expect, it } from 'vitest';
import { distribution, lengths } from './lengths.ts';
import { repoOf } from './repo.ts';

it('gives the nearest-rank percentiles', () => {
  expect(distribution(Array.from({ length: 20 }, (_, at) => 20 - at))).toBe('20, median 10 lines, 95th percentile 19, longest 20');
  expect(distribution([])).toBe('0, median 0 lines, 95th percentile 0, longest 0');
});

it('counts sources, not tests', () => {
  const repo = repoOf({ 'packages/act/a.ts': 'const f = () => {\n};\n', 'packages/act/a.test.ts': '\n'.repeat(99) });
  expect(lengths(repo)).toEqual([
    'files: 1, median 2 lines, 95th percentile 2, longest 2',
    'functions: 1, median 2 lines, 95th percentile 2, longest 2',
  ]);
});
