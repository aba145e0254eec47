import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Signal } from '#model/event.ts';
import type { Incident, IncidentStep } from '#model/incident.ts';
import type { Notice, NoticeVerdict } from '#model/sink.ts';

/** An attack as a recording would show it, for cases. */
const minute = 60_000;
export const sampleStart = Date.UTC(2026, 10, 28, 9, 14, 2);

const step = (at: number, rest: Pick<IncidentStep, 'rule' | 'title' | 'message' | 'severity' | 'stages' | 'techniques' | 'entities' | 'joinedBy'>, count = 1): IncidentStep => ({
  ...rest, first: sampleStart + at * minute, last: sampleStart + (at + count - 1) * minute, count,
});

const mira = { kind: 'user', name: 'mira' } as const;
const repository = { kind: 'repository', name: 'acme/web' } as const;
const role = { kind: 'role', name: 'arn:aws:iam::123456789012:role/deploy' } as const;
const address = { kind: 'address', name: '203.0.113.9' } as const;

export const sampleSteps: readonly IncidentStep[] = [
  step(0, {
    rule: 'event/tag-moved', title: 'A tag was moved', severity: 'high', message: 'mira moved the tag v3 of acme/build-action to another commit',
    stages: ['initial-access'], techniques: ['T1195.002'], entities: [mira, { kind: 'repository', name: 'acme/build-action' }], joinedBy: 'it came first',
  }),
  step(11, {
    rule: 'event/runner-reaches-out', title: 'A build speaks to an unknown address', severity: 'high', message: 'the workflow release of acme/web sent 48 kB to 203.0.113.9',
    stages: ['execution', 'exfiltration'], techniques: ['T1041'], entities: [repository, { kind: 'workflow', name: 'release' }, address], joinedBy: 'acme/web runs acme/build-action@v3',
  }),
  step(26, {
    rule: 'event/role-from-new-address', title: 'A role is used from an address never seen', severity: 'critical', message: 'the role deploy listed 212 secrets from 203.0.113.9',
    stages: ['credential-access', 'discovery'], techniques: ['T1552.001', 'T1580'], entities: [role, address], joinedBy: 'the same address 203.0.113.9',
  }, 3),
];

export function sampleIncident(change: Partial<Incident> = {}): Incident {
  const steps = change.steps ?? sampleSteps;
  return {
    id: 'inc-5f2c81d0',
    title: 'A moved tag led a build to hand out cloud credentials',
    story: 'mira moved a tag of acme/build-action; the next release of acme/web sent data to 203.0.113.9, which then used the role deploy to list secrets.',
    state: 'new', severity: 'critical', confidence: 'high',
    risk: {
      score: 87.3, likelihood: 0.9701, impact: 0.9,
      factors: [
        { name: 'severity.critical', on: 'impact', weight: 0.9, detail: 'severity is critical' },
        { name: 'confidence.high', on: 'likelihood', weight: 1.6, detail: 'the rules are seldom wrong' },
        { name: 'chain.stages', on: 'likelihood', weight: 1.9, detail: 'five stages of one attack in order' },
      ],
    },
    first: steps[0]?.first ?? sampleStart, last: steps.at(-1)?.last ?? sampleStart,
    stages: ['initial-access', 'execution', 'credential-access', 'discovery', 'exfiltration'],
    techniques: ['T1195.002', 'T1041', 'T1552.001', 'T1580'],
    entities: [
      { ...mira, signals: 1 }, { ...repository, signals: 1 }, { kind: 'repository', name: 'acme/build-action', signals: 1 },
      { kind: 'workflow', name: 'release', signals: 1 }, { ...role, signals: 3 }, { ...address, signals: 4 },
    ],
    steps, signals: 5, omitted: 0, findings: ['0123456789abcdef'],
    ...change,
  };
}

export function sampleSignal(change: Partial<Signal> = {}): Signal {
  const event = buildEvent({
    class: ocsfClasses.apiActivity, activity: 1, severity: 'informational', time: sampleStart,
    metadata: { product: { name: 'GitHub', vendor_name: 'GitHub' }, uid: 'd-1', log_name: 'audit' },
    attributes: { actor: { user: { name: 'mira' } }, api: { operation: 'protected_branch.destroy' }, src_endpoint: { ip: '203.0.113.9' }, resources: [{ name: 'acme/web', uid: '9' }], unmapped: {} },
  });
  return {
    rule: 'event/branch-protection-removed', title: 'Branch protection was removed', severity: 'high', confidence: 'medium',
    message: 'mira removed the protection of main in acme/web', time: sampleStart, techniques: ['T1685'], tactics: ['defense-impairment'],
    evidence: [{ factor: 'x', detail: 'y' }], events: [event], references: ['https://example.org/why'], falsePositives: ['an owner renames a branch'],
    risk: { score: 61.4, likelihood: 0.8187, impact: 0.75, factors: [{ name: 'severity.high', on: 'impact', weight: 0.75, detail: 'severity is high' }] },
    ...change,
  };
}

export function incidentNotice(revision = 1, change: Partial<Incident> = {}, verdict?: NoticeVerdict): Notice {
  const incident = sampleIncident({ state: revision === 1 ? 'new' : 'escalating', steps: sampleSteps.slice(0, Math.min(revision, 3)), ...change });
  return { kind: 'incident', key: `${incident.id}.${revision}`, revision, incident, ...(verdict === undefined ? {} : { verdict }) };
}

export function signalNotice(change: Partial<Signal> = {}): Notice {
  return { kind: 'signal', key: 'sig-9b1d', signal: sampleSignal(change) };
}
