import { describe, expect, it } from 'vitest';
import type { Change } from '#decide/change.ts';
import { loadEvaluator } from './cedar.ts';

const zero = { informational: 0, low: 0, medium: 0, high: 0, critical: 0, total: 0 };
const clean: Change = {
  new: zero, existing: zero, suppressed: zero, tentative: 0, worstNewRisk: 0, worstRisk: 0, rules: [], baseline: false, ageMinutes: 60, contentAgeDays: 3,
  coverage: { filesSeen: 10, filesAnalysed: 10, filesFromCache: 0, rulesLoaded: 100, diagnostics: [] },
};

async function ask(text: string, action: 'merge' | 'deploy' = 'merge', change: Change = clean, actor = 'someone') {
  const { faults, authorize } = await loadEvaluator([{ name: 'p', text }]);
  return { faults, answer: authorize({ action, actor, id: 'tree', change }) };
}

describe('policies of the user', () => {
  it('may ask who, what, and which rules', async () => {
    const text = 'permit (principal == Actor::"bot", action == Action::"deploy", resource) unless { resource.rules.contains("secrets/private-key") };';
    expect((await ask(text, 'deploy', clean, 'bot')).answer.effect).toBe('permit');
    expect((await ask(text, 'deploy', clean, 'mallory')).answer).toMatchObject({ effect: 'forbid', determining: [] });
    expect((await ask(text, 'deploy', { ...clean, rules: ['secrets/private-key'] }, 'bot')).answer.effect).toBe('forbid');
  });

  it('go by their annotation, else by file and place', async () => {
    const { answer } = await ask('@id("all") permit (principal, action, resource); permit (principal, action, resource);');
    expect(answer.determining.map(({ id }) => id)).toEqual(['all', 'p#2']);
  });

  it.each([
    ['no policy', ''],
    ['only a comment', '// permit everything'],
    ['a syntax error', 'permit (principal'],
    ['an unknown attribute', 'permit (principal, action, resource) when { resource.findings == 0 };'],
    ['a wrong type', 'permit (principal, action, resource) when { resource.tentative == "0" };'],
    ['an unknown action', 'permit (principal, action == Action::"release", resource);'],
    ['a policy that can never apply', 'forbid (principal, action, resource) when { false && resource.baseline };'],
    ['a template', 'permit (principal == ?principal, action, resource);'],
    ['one id for two policies', '@id("x") permit (principal, action, resource); @id("x") forbid (principal, action, resource);'],
    ['brackets without end', `permit (principal, action, resource) when { ${'('.repeat(70)}true${')'.repeat(70)} };`],
    ['too much', ' '.repeat(300_000)],
  ])('with %s are a fault', async (_, text) => expect((await ask(text)).faults).not.toEqual([]));

  it('that fail while they run say so', async () => {
    const text = 'permit (principal, action, resource); forbid (principal, action, resource) when { resource.ageMinutes + 9223372036854775807 > 0 };';
    expect((await ask(text)).answer.errors).toEqual([expect.stringContaining('integer overflow')]);
  });
});
