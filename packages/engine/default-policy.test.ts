import { readFileSync } from 'node:fs';
import type { Change } from '#decide/change.ts';
import { entriesOf, parseYaml } from '#formats/yaml.ts';
import type { Decision } from '#model/decision.ts';
import { expect, test } from 'vitest';
import { loadEvaluator } from './cedar.ts';
import { loadContent } from './content.ts';

const none = { informational: 0, low: 0, medium: 0, high: 0, critical: 0, total: 0 };

const clean: Change = {
  new: none, existing: none, suppressed: none, tentative: 0, worstNewRisk: 0, worstRisk: 0, rules: [], baseline: false, ageMinutes: 60,
  contentAgeDays: 3, coverage: { filesSeen: 10, filesAnalysed: 10, filesFromCache: 0, rulesLoaded: 100, diagnostics: [] },
};

interface PolicyCase {
  readonly name: string;
  readonly action: Decision['action'];
  readonly change?: object;
  readonly verdict: 'pass' | 'block';
  readonly policies?: readonly string[];
}

const cases = parseYaml(readFileSync(new URL('../../content/policies/default.cases.yaml', import.meta.url), 'utf8')) as PolicyCase[];
const evaluator = await loadEvaluator(loadContent().policies);

/** Counts are given by severity; their total follows. */
function changed(differences: object = {}): Change {
  const entries = [...(entriesOf(differences) ?? [])].map(([key, value]) => {
    const counts = entriesOf(value);
    if (counts === undefined) return [key, value];
    const total = [...counts.values()].reduce<number>((sum, count) => sum + Number(count), 0);
    return [key, { ...none, ...Object.fromEntries(counts), total }];
  });
  return { ...clean, ...Object.fromEntries(entries) };
}

test('the policies that ship have no fault, and have cases for both actions', () => {
  expect(evaluator.faults).toEqual([]);
  expect(new Set(cases.map(({ action, verdict }) => `${action} ${verdict}`)).size).toBe(4);
});

test.each(cases.map((item) => [item.action, item.name, item] as const))('%s: %s', (action, _, { change, verdict, policies }) => {
  const answer = evaluator.authorize({ action, actor: 'a', id: 'a'.repeat(64), change: changed(change) });
  expect(answer.errors).toEqual([]);
  expect(answer.effect === 'permit' ? 'pass' : 'block').toBe(verdict);
  if (policies !== undefined) expect(answer.determining.map(({ id }) => id).sort()).toEqual([...policies].sort());
});
