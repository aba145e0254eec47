import { describe, expect, it } from 'vitest';
import { checkNames, loadCases, loadChecks } from './checks.ts';
import { repoOf } from './repo.ts';

const checks = await loadChecks();

it('names each check after its file', () => {
  expect(checks.map(({ id }) => id)).toEqual(checkNames());
});

describe.each(checks)('$id', async (check) => {
  const cases = await loadCases(check.id);

  it.each(cases.bad.map((bad) => [bad.why, bad] as const))('finds %s', (_, { at, tree }) => {
    const problems = check.check(repoOf(tree));
    expect(problems.length).toBeGreaterThan(0);
    expect(new Set(problems.map(({ path }) => path))).toEqual(new Set([at]));
  });

  it('finds nothing in a tidy tree', () => {
    for (const tree of cases.good) expect(check.check(repoOf(tree))).toEqual([]);
  });

  it('has cases of both kinds', () => {
    expect(cases.bad.length).toBeGreaterThan(0);
    expect(cases.good.length).toBeGreaterThan(0);
  });
});
