import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mappings } from '#generated/mappings.ts';
import { parseSigma } from '#formats/sigma.ts';
import { stages } from '#model/incident.ts';
import { factors } from '#score/factors.ts';
import { loadCases, loadEventContent } from './content.ts';
import { readEventCases, runEventRule } from './event-cases.ts';
import { loadEventRules } from './event-rules.ts';

const content = loadEventContent().sigma;
const cases = loadCases();

describe('the bundled event rules', () => {
  it('all load, each with an id of its own', () => {
    const { rules, correlations, skipped, diagnostics } = loadEventRules(content, []);
    expect(diagnostics).toEqual([]);
    expect(skipped).toBe(0);
    const named = [...rules, ...correlations].map(({ id }) => id);
    expect(content.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
    expect(content.length).toBeGreaterThanOrEqual(25);
    const ids = [...rules.map(({ rule }) => rule.id), ...correlations.map(({ id }) => id)];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('all say what they are', () => {
    const { rules, correlations } = loadEventRules(content, []);
    for (const correlation of correlations) {
      expect(correlation.tags.some((tag) => /^attack\.t\d{4}/.test(tag)), correlation.title).toBe(true);
      expect(correlation.falsePositives.length, correlation.title).toBeGreaterThan(0);
      expect(correlation.references.length, correlation.title).toBeGreaterThan(0);
    }
    for (const { rule } of rules) {
      expect(rule.description.length, rule.title).toBeGreaterThan(40);
      expect(rule.id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(rule.tags.some((tag) => /^attack\.t\d{4}/.test(tag)), rule.title).toBe(true);
      expect(rule.falsePositives.length, rule.title).toBeGreaterThan(0);
      expect(rule.references.length, rule.title).toBeGreaterThan(0);
      expect(rule.logsource.product ?? rule.logsource.category, rule.title).toBeDefined();
    }
  });

  it('name only tactics that incidents know as stages', () => {
    const { rules, correlations } = loadEventRules(content, []);
    const tags = [...correlations.map(({ title, tags: own }) => ({ title, own })), ...rules.map(({ rule }) => ({ title: rule.title, own: rule.tags }))];
    for (const { title, own } of tags) {
      const tactics = own.filter((tag) => /^attack\.[a-z-]+$/.test(tag)).map((tag) => tag.slice(7));
      expect(tactics.filter((tactic) => !(stages as readonly string[]).includes(tactic)), title).toEqual([]);
    }
  });
});

/** Records of sources without a mapping are tried as they are. */
function isMapped(yaml: string): boolean {
  const { logsource } = parseSigma(yaml).rules[0] ?? {};
  return logsource?.service !== undefined && mappings.some((mapping) => mapping.logsource.product !== undefined && mapping.logsource.product === logsource?.product && mapping.logsource.service === logsource?.service);
}

describe.each(content)('$id', (rule) => {
  const { fires, silent } = readEventCases(rule.id, cases.get(rule.id));

  it.each(fires.map((record) => [record]))('fires on %j', (record) => {
    const { outcome, signals, diagnostics } = runEventRule(rule, mappings, record);
    expect(signals.map((signal) => signal.rule)).toEqual([rule.id]);
    expect(diagnostics.filter(({ code }) => code !== 'event-unmapped')).toEqual([]);
    if (isMapped(rule.yaml)) expect(outcome).toBe('mapped');
    for (const { factor } of signals[0]?.evidence ?? []) expect(factors.has(factor), factor).toBe(true);
    expect(runEventRule(rule, mappings, record).signals).toEqual(signals);
  });

  it.each(silent.map((record) => [record]))('is silent on %j', (record) => {
    const { outcome, signals } = runEventRule(rule, mappings, record);
    expect(signals).toEqual([]);
    expect(outcome).not.toBe('unreadable');
  });
});

describe('rules of the user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ww-rules-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const rule = (title: string, more = ''): string => `title: ${title}\nlogsource: {product: github}\ndetection:\n  a:\n    action: repo.create\n  condition: a\n${more}`;

  it('load from a folder; what cannot is named with its place', () => {
    writeFileSync(join(folder, 'good.yml'), rule('Good'));
    writeFileSync(join(folder, 'two.yml'), `${rule('One')}---\n${rule('Two')}`);
    writeFileSync(join(folder, 'modifier.yml'), rule('Bad').replace('action:', 'action|contians:'));
    writeFileSync(join(folder, 'broken.yml'), 'title: [\n');
    writeFileSync(join(folder, 'correlation.yml'), 'title: C\ncorrelation:\n  type: event_count\n');
    writeFileSync(join(folder, 'notes.txt'), 'no rule');
    const { rules, skipped, diagnostics } = loadEventRules([], [folder]);
    expect(rules.map(({ id }) => id)).toEqual(['event/good', 'event/two', 'event/two-2']);
    expect(skipped).toBe(3);
    expect(diagnostics.map(({ path, line, message }) => [path?.split('/').at(-1), line, message.split(':')[1]?.trim()])).toEqual([
      ['broken.yml', 2, 'not-yaml'], ['correlation.yml', 2, 'missing-key'], ['modifier.yml', 5, 'unknown-modifier'],
    ]);
  });

  it('keep to one rule for each id', () => {
    const { rules, diagnostics } = loadEventRules([{ id: 'event/x', yaml: rule('X') }, { id: 'event/x', yaml: rule('Y') }], []);
    expect(rules.length).toBe(1);
    expect(diagnostics[0]?.message).toContain('is taken');
  });

  it('must be there', () => {
    expect(() => loadEventRules([], [join(folder, 'nowhere')])).toThrow(/cannot be read/);
  });
});
