import { describe, expect, test } from 'vitest';
import { type ScanPredicate, scanPredicateType } from '#formats/attestation.ts';
import { treeStatement } from '#formats/in-toto.ts';
import { changeOf } from './change.ts';
import { type Authorize, decide, type Evidence, type Question } from './decide.ts';
import type { Expectation } from './expectation.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const digest = 'a'.repeat(64);
const none = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };

const scan: ScanPredicate = {
  tool: { name: 'watchward', version: '1.0.0', digest, content: digest, contentDate: '2026-11-01' },
  startedAt: '2026-11-23T11:00:00.000Z',
  finishedAt: '2026-11-23T11:00:05.000Z',
  scope: { rules: [], surfaces: [], exclude: [], ownRules: 0, suppressions: 0, history: false, limits: { fileBytes: 1, files: 1, depth: 1 } },
  threshold: { severity: 'low', confidence: 'medium', persona: 'regular' },
  coverage: { filesSeen: 2, filesAnalysed: 2, filesFromCache: 0, bytesAnalysed: 9, rulesLoaded: 5, rulesSkipped: 0, bytesSent: 0, degraded: false, diagnostics: [] },
  findings: { new: none, existing: none, suppressed: none, tentative: 0, open: [], omitted: 0 },
  report: { digest },
};

const expected: Expectation = { now, maxAgeMinutes: 1440, tools: new Set([digest]), contents: new Set([digest]), exclude: new Set(), ownRules: false };

function evidence(some: Partial<ScanPredicate> = {}): Evidence {
  return { source: 'scan.att', statement: treeStatement(digest, scanPredicateType, { ...scan, ...some }), tree: { hash: digest, files: 2 }, problems: [] };
}

const permit: Authorize = () => ({ effect: 'permit', determining: [{ id: 'yes' }], errors: [] });
const ask = (some: Partial<Question> = {}) => decide({ action: 'merge', actor: 'a', evidence: [evidence()], expected, faults: [], authorize: permit, ...some });

test('what a policy permits on complete evidence passes', () => {
  expect(ask()).toEqual({ verdict: 'pass', action: 'merge', reasons: ['permitted by yes', 'no open finding'], policies: ['yes'], errors: [] });
});

describe('is unknown', () => {
  test.each<[string, Partial<Question>]>([
    ['with a fault', { faults: ['the policy is broken'] }],
    ['without evidence', { evidence: [] }],
    ['with evidence that could not be opened', { evidence: [{ source: 'x', problems: ['it does not exist'] }] }],
    ['with evidence of which nothing is known', { evidence: [{ source: 'x', problems: [] }] }],
    ['with a statement and no tree', { evidence: [{ ...evidence(), tree: undefined } as unknown as Evidence] }],
    ['when one of two is in doubt', { evidence: [evidence(), { source: 'x', problems: ['it is forged'] }] }],
    ['when one of two is stale', { evidence: [evidence(), evidence({ startedAt: '2026-11-20T11:00:00.000Z' })] }],
    ['when files were lost on the way', { evidence: [evidence({ coverage: { ...scan.coverage, filesAnalysed: 1 } })] }],
    ['when rules did not run', { evidence: [evidence({ coverage: { ...scan.coverage, rulesSkipped: 1 } })] }],
    ['when a policy fails, though another permits', { authorize: () => ({ effect: 'permit', determining: [{ id: 'yes' }], errors: ['overflow'] }) }],
    ['when a policy fails, though another forbids', { authorize: () => ({ effect: 'forbid', determining: [{ id: 'no' }], errors: ['overflow'] }) }],
    ['when nothing is named that permits', { authorize: () => ({ effect: 'permit', determining: [], errors: [] }) }],
    ['when the evaluator throws', { authorize: () => { throw new RangeError('stack'); } }],
  ])('%s', (_, some) => {
    const decision = ask(some);
    expect(decision.verdict).toBe('unknown');
    expect(decision.reasons[0]).toMatch(/\S/);
    expect(decision.policies).toEqual([]);
  });
});

test('what nothing permits, or something forbids, is blocked with its reason', () => {
  expect(ask({ authorize: () => ({ effect: 'forbid', determining: [], errors: [] }) })).toMatchObject({ verdict: 'block', reasons: ['no policy permits this merge', 'no open finding'] });
  const forbid: Authorize = () => ({ effect: 'forbid', determining: [{ id: 'no', reason: 'it is Friday' }], errors: [] });
  expect(ask({ authorize: forbid })).toMatchObject({ verdict: 'block', policies: ['no'], reasons: ['forbidden by no: it is Friday', 'no open finding'] });
});

test('with two scans the worse decision counts', () => {
  const bad = { rule: 'secrets/x', severity: 'critical' as const, risk: 90, path: 'a', fingerprint: digest, state: 'new' as const };
  const found = evidence({ findings: { ...scan.findings, new: { ...none, critical: 1 }, open: [bad] } });
  const authorize: Authorize = ({ change }) => (change.new.critical > 0 ? { effect: 'forbid', determining: [{ id: 'no' }], errors: [] } : permit({ action: 'merge', actor: '', id: '', change }));
  expect(ask({ evidence: [evidence(), found], authorize }).verdict).toBe('block');
  expect(ask({ evidence: [found, evidence()], authorize }).reasons).toContain('new critical finding secrets/x in a, risk 90');
});

test('what a policy sees is rounded to the side of caution', () => {
  const open = [{ rule: 'secrets/x', severity: 'low' as const, risk: 59.1, path: 'a', fingerprint: digest, state: 'new' as const }];
  const change = changeOf({ ...scan, findings: { ...scan.findings, new: { ...none, low: 1 }, open } }, now);
  expect(change).toMatchObject({ worstNewRisk: 60, ageMinutes: 60, contentAgeDays: 23, rules: ['secrets/x'], new: { low: 1, total: 1 } });
});

test.each([[0, 'pass'], [-5, 'pass'], [-6, 'unknown'], [1440, 'pass'], [1441, 'unknown'], [Number.NaN, 'unknown']])(
  'with a clock %d minutes after the scan: %s',
  (minutes, verdict) => {
    const later = Date.parse(scan.startedAt) + minutes * 60_000;
    expect(ask({ evidence: [evidence({ finishedAt: scan.startedAt })], expected: { ...expected, now: later } }).verdict).toBe(verdict);
  },
);

test('binary files are seen, not analysed, and not lost', () => {
  const coverage = { ...scan.coverage, filesAnalysed: 1, diagnostics: [{ code: 'file-binary' as const, count: 1 }] };
  expect(ask({ evidence: [evidence({ coverage })] }).verdict).toBe('pass');
});
