import { describe, expect, it } from 'vitest';
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Signal } from '#model/event.ts';
import { toDetectionFinding } from './signal-ocsf.ts';
import { signalLine } from './signal-pretty.ts';

const product = { name: 'watchward', version: '1.2.3' };
const event = buildEvent({
  class: ocsfClasses.apiActivity, activity: 1, severity: 'informational', time: 1_700_000_000_000,
  metadata: { product: { name: 'GitHub', vendor_name: 'GitHub' }, uid: 'd-1', log_name: 'audit' },
  attributes: {
    actor: { user: { name: 'mira' } }, api: { operation: 'repo.create' }, src_endpoint: { ip: '203.0.113.9' }, resources: [{ name: 'acme/web', uid: '9' }],
    unmapped: { action: 'repo.create', body: 'what was sent' },
  },
});
const signal: Signal = {
  rule: 'event/x', title: 'X', severity: 'high', confidence: 'medium', message: 'X: \u001b[31mrepo.create', time: event.time, techniques: ['T1098.001', 'T1110'],
  tactics: ['defense-impairment'], evidence: [], events: [event], references: ['https://example.org'], falsePositives: ['none'],
  risk: { score: 61.4, likelihood: 0.8187, impact: 0.75, factors: [{ name: 'severity.high', on: 'impact', weight: 0.75, detail: 'severity is high' }] },
};

describe('a signal as a detection finding', () => {
  const finding = toDetectionFinding(signal, product);

  it('is a finding of class 2004 with its rule, attacks, risk and evidence', () => {
    expect(finding).toMatchObject({
      class_uid: 2004, type_uid: 200_401, severity_id: 4, confidence_id: 2, is_alert: true, risk_score: 61, risk_level: 'High', risk_level_id: 3,
      status_id: 1, start_time: event.time, end_time: event.time, metadata: { version: '1.8.0', product: { name: 'watchward', version: '1.2.3' } },
      finding_info: {
        title: 'X', analytic: { uid: 'event/x', type_id: 1 }, related_events: [{ uid: 'd-1', type_uid: 600_301 }],
        attacks: [
          { technique: { uid: 'T1098' }, sub_technique: { uid: 'T1098.001' } }, { technique: { uid: 'T1110' } }, { tactic: { name: 'Defense Impairment' } },
        ],
      },
      evidences: [{ actor: { user: { name: 'mira' } }, api: { operation: 'repo.create' }, src_endpoint: { ip: '203.0.113.9' } }],
      resources: [{ name: 'acme/web' }],
      unmapped: { risk: { score: 61.4 } },
    });
  });

  it('does not repeat the original record', () => expect(JSON.stringify(finding)).not.toContain('what was sent'));

  it('has an identity made of rule and events', () => {
    const uid = (one: Signal): unknown => toDetectionFinding(one, product).metadata.uid;
    expect(uid({ ...signal, message: 'other words' })).toBe(finding.metadata.uid);
    expect(uid({ ...signal, rule: 'event/y' })).not.toBe(finding.metadata.uid);
    expect(uid({ ...signal, events: [{ ...event, metadata: { ...event.metadata, uid: 'd-2' } }] })).not.toBe(finding.metadata.uid);
  });

  it('is one line for a person, without control characters', () => {
    expect(signalLine(signal)).toBe('2023-11-14T22:13:20Z   61  high           X: \\x1b[31mrepo.create  [event/x]');
  });
});
