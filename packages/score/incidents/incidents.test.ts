import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event, Signal } from '#model/event.ts';
import { severities } from '#model/severity.ts';
import type { Severity } from '#model/severity.ts';
import { assessRisk } from '../risk.ts';
import { correlate, initialIncidents, stateLimits } from './correlate.ts';
import type { IncidentUpdate } from './correlate.ts';
import { limits } from './open-incident.ts';

const start = Date.UTC(2026, 2, 3, 2);
const minute = 60_000;
const open = { isClosed: () => false, findingsOn: () => [] };

interface Given {
  readonly rule?: string;
  readonly severity?: Severity;
  readonly at?: number;
  readonly user?: string;
  readonly address?: string;
  readonly host?: string;
  readonly credential?: string;
  readonly session?: string;
  readonly resource?: string;
  readonly type?: string;
  readonly account?: string;
  readonly issues?: string;
  readonly tactics?: readonly string[];
}

function signal({ rule = 'event/a', severity = 'medium', at = 0, tactics = ['persistence'], ...given }: Given): Signal {
  const event = {
    class_uid: 6003, class_name: 'API Activity', category_uid: 6, activity_id: 1, type_uid: 600301, severity_id: 1, time: start + at * minute,
    metadata: { version: '1.8.0', product: { name: 'P', vendor_name: 'V' }, uid: `${rule}${at}${given.user ?? ''}` },
    actor: { user: { name: given.user, credential_uid: given.credential }, session: { uid: given.session } },
    src_endpoint: { ip: given.address }, device: { hostname: given.host }, cloud: { account: { uid: given.account } },
    resources: given.resource === undefined ? [] : [{ name: given.resource, type: given.type ?? 'Thing' }],
    ...(given.issues === undefined ? {} : { user: { name: 'deploy', credential_uid: given.issues } }),
  } satisfies Event;
  return {
    rule, title: `Title of ${rule}`, severity, confidence: 'medium', message: `Title of ${rule}: ${given.user} acted`, time: event.time,
    techniques: ['T1098'], tactics, evidence: [], events: [event], references: [], falsePositives: [], risk: assessRisk(severity, 'medium', []),
  };
}

function run(signals: readonly Signal[], state = initialIncidents()): { updates: IncidentUpdate[]; live: Map<string, IncidentUpdate> } {
  const updates: IncidentUpdate[] = [];
  const live = new Map<string, IncidentUpdate>();
  for (const one of signals) {
    const { update } = correlate(state, one, open);
    if (update === undefined) continue;
    updates.push(update);
    live.set(update.incident.id, update);
    for (const id of update.absorbed) live.delete(id);
  }
  return { updates, live };
}

const incidentsOf = (...given: Given[]): number => run(given.map(signal)).live.size;

describe('which signals are one incident', () => {
  it('those of one user within hours, not those of two', () => {
    expect(incidentsOf({ user: 'mira' }, { user: 'mira', rule: 'event/b', at: 60 })).toBe(1);
    expect(incidentsOf({ user: 'mira' }, { user: 'olaf', rule: 'event/b', at: 1 })).toBe(2);
  });

  it('those of one user lose each other over days, those of one key do not', () => {
    expect(incidentsOf({ user: 'mira' }, { user: 'mira', at: 3 * 1440 })).toBe(2);
    expect(incidentsOf({ user: 'a', credential: 'AKIA1' }, { user: 'b', credential: 'AKIA1', at: 1440 })).toBe(1);
  });

  it('not those that share only an account', () => {
    expect(incidentsOf({ user: 'mira', account: '1' }, { user: 'olaf', account: '1', at: 1 }, { user: 'pia', account: '1', at: 2 })).toBe(3);
  });

  it('what one step handed out and another uses, from elsewhere, by another name, days later (IN-4)', () => {
    const { live } = run([signal({ user: 'mira', issues: 'ASIA9' }), signal({ user: 'role-session', credential: 'ASIA9', address: '203.0.113.9', rule: 'event/b', at: 2 * 1440 })]);
    const [only, ...rest] = [...live.values()];
    expect(rest).toEqual([]);
    expect(only?.incident.risk.factors.map(({ name }) => name)).toContain('incident.causal');
    expect(only?.incident.steps[1]?.joinedBy).toContain('credential ASIA9');
  });

  it('a signal that belongs to two makes them one, under the surest name', () => {
    const { live, updates } = run([
      signal({ user: 'mira', session: 's1' }), signal({ user: 'olaf', session: 's2', rule: 'event/b', at: 1 }),
      signal({ user: 'mira', session: 's1', resource: 'x', rule: 'event/c', at: 2, credential: 'k' }),
      signal({ user: 'olaf', session: 's2', credential: 'k', rule: 'event/d', severity: 'high', at: 3 }),
    ]);
    expect(live.size).toBe(1);
    expect(updates.at(-1)?.absorbed).toHaveLength(1);
    expect([...live.values()][0]?.incident.steps.map(({ rule }) => rule)).toEqual(['event/a', 'event/b', 'event/c', 'event/d']);
  });

  it('not through an address or machine that many share (IN-3)', () => {
    const users = Array.from({ length: 40 }, (_, at): Given => ({ user: `user${at}`, address: '198.51.100.7', host: 'gateway', at: at * 10 }));
    expect(incidentsOf(...users)).toBeGreaterThan(20);
  });

  it('private addresses alone tie nothing', () => {
    expect(incidentsOf({ user: 'mira', address: '10.0.0.1' }, { user: 'olaf', address: '10.0.0.1', at: 1 })).toBe(2);
  });

  it('well-known names mean somebody only on their machine', () => {
    expect(incidentsOf({ user: 'root', host: 'a' }, { user: 'root', host: 'b', at: 1 })).toBe(2);
    expect(incidentsOf({ user: 'root', host: 'a' }, { user: 'root', host: 'a', at: 1, rule: 'event/b' })).toBe(1);
  });

  it('what has no severity joins and never opens', () => {
    expect(incidentsOf({ user: 'mira', severity: 'informational' })).toBe(0);
    const { live } = run([signal({ user: 'mira' }), signal({ user: 'mira', severity: 'informational', rule: 'event/b', at: 1 })]);
    expect([...live.values()].map(({ incident }) => incident.signals)).toEqual([2]);
  });
});

describe('the stages of an incident', () => {
  it('are the tactics of ATT&CK, by their names of before version 19 too', () => {
    const { live } = run([signal({ user: 'mira', tactics: ['defense-impairment'] }), signal({ user: 'mira', rule: 'event/b', at: 1, tactics: ['Defense_Evasion', 'nonsense'] })]);
    expect([...live.values()][0]?.incident.stages).toEqual(['stealth', 'defense-impairment']);
  });

  it('are gone through by as many deeds: what rules say of one deed makes it no longer way', () => {
    const walked = (...signals: readonly Signal[]): string[] => [...run(signals).live.values()].flatMap(({ incident }) => incident.risk.factors.filter(({ name }) => name.startsWith('incident.stages')).map(({ detail }) => detail));
    const both = { user: 'mira', tactics: ['persistence', 'privilege-escalation'] };
    const one = signal(both);
    expect(walked(one)).toEqual([]);
    expect(walked(one, { ...one, rule: 'event/b', title: 'Title of event/b', message: 'Title of event/b: mira acted', tactics: ['execution'] })).toEqual([]);
    expect(walked(one, signal({ ...both, rule: 'event/b', at: 5 }))).toEqual(['goes through persistence, privilege escalation']);
    expect(walked(signal({ user: 'mira', tactics: ['persistence', 'exfiltration'] }), signal({ user: 'mira', rule: 'event/b', at: 5, tactics: ['persistence'] }))).toEqual(['goes through persistence, exfiltration']);
  });
});

describe('a title', () => {
  it('names who did it, not whose password was guessed', () => {
    const titleOf = (techniques: readonly string[]): string | undefined => [...run([{ ...signal({ user: 'mira', address: '203.0.113.9', host: 'a' }), techniques }]).live.values()][0]?.incident.title;
    expect(titleOf(['T1110.001'])).toBe('Title of event/a (203.0.113.9)');
    expect(titleOf(['T1098'])).toBe('Title of event/a (mira)');
  });
});

describe('a step', () => {
  it('says whether its signals are about the same thing', () => {
    const stepOf = (second: Partial<Signal>): unknown => [...run([signal({ user: 'mira' }), { ...signal({ user: 'mira', at: 1 }), ...second }]).live.values()][0]?.incident.steps[0];
    expect(stepOf({})).not.toHaveProperty('varied');
    expect(stepOf({ message: 'Title of event/a: mira acted on x' })).toMatchObject({ count: 2, varied: true });
  });
});

describe('what is told', () => {
  it('new, then quiet, then escalating with a further stage, then ongoing at ten times as much', () => {
    const same = (at: number): Signal => signal({ user: 'mira', at });
    const changes = run([
      same(0), same(1), signal({ user: 'mira', rule: 'event/x', at: 2, severity: 'high', tactics: ['exfiltration'] }), ...Array.from({ length: 27 }, (_, at) => same(3 + at)),
    ]).updates.map(({ change }) => change);
    expect(changes.slice(0, 3)).toEqual(['new', 'quiet', 'escalating']);
    expect(changes.indexOf('ongoing')).toBe(29);
  });

  it('regressed once a person had closed it', () => {
    const state = initialIncidents();
    const first = correlate(state, signal({ user: 'mira' }), open).update;
    const again = correlate(state, signal({ user: 'mira', at: 5 }), { ...open, isClosed: (id) => id === first?.incident.id }).update;
    expect([first?.change, again?.change, again?.incident.state]).toEqual(['new', 'regressed', 'regressed']);
  });

  it('what several rules say of one record as one action, which does not escalate', () => {
    const { live } = run([signal({ user: 'mira', rule: 'event/a' }), signal({ user: 'mira', rule: 'event/b', severity: 'high', tactics: ['impact'] })]);
    const { steps, state, title } = [...live.values()][0]?.incident ?? { steps: [], state: '', title: '' };
    expect([steps.length, state, title]).toEqual([2, 'new', 'Title of event/b (mira)']);
  });

  it('a story in the order of time, one sentence a deed', () => {
    const { live } = run([signal({ user: 'mira', rule: 'event/late', at: 90 }), signal({ user: 'mira', rule: 'event/early', at: 10, tactics: ['initial-access'] })]);
    const { story, title } = [...live.values()][0]?.incident ?? { story: '', title: '' };
    expect(story).toBe('mira, 2 actions over 1 h 20 min. 02:10 mira acted: Title of event/early. 03:30 mira acted: Title of event/late.');
    expect(title).toBe('Title of event/early (mira): 2 actions from initial access to persistence');
  });
});

const arbitrarySignal = fc.record({
  rule: fc.constantFrom('event/a', 'event/b', 'event/c', 'event/d'), severity: fc.constantFrom(...severities), at: fc.integer({ min: 0, max: 5_000 }),
  user: fc.constantFrom('mira', 'olaf', 'root', '', '__proto__'), address: fc.constantFrom('10.0.0.1', '203.0.113.1', '203.0.113.2'), host: fc.constantFrom('a', 'b'),
  credential: fc.constantFrom('k1', 'k2', 'constructor'), tactics: fc.constantFrom(['persistence'], ['impact'], ['Initial_Access', 'nonsense'], []),
}).map(signal);

describe('whatever comes', () => {
  it('gives the same incidents again, also over a restart in between (IN-1)', () => {
    fc.assert(fc.property(fc.array(arbitrarySignal, { maxLength: 40 }), fc.nat(40), (signals, cut) => {
      const whole = run(signals).updates;
      const state = initialIncidents();
      const before = run(signals.slice(0, cut), state).updates;
      const after = run(signals.slice(cut), structuredClone(state)).updates;
      expect([...before, ...after]).toEqual(whole);
    }), { numRuns: 60 });
  });

  it('tells of times that no calendar holds', () => {
    for (const time of [Number.NaN, -1, 1e300]) {
      const { update } = correlate(initialIncidents(), { ...signal({ user: 'mira' }), time }, open);
      expect(update?.incident.story).toContain('mira acted');
    }
  });

  it('never lowers a risk by a signal of low or greater severity (IN-5)', () => {
    fc.assert(fc.property(fc.array(arbitrarySignal, { maxLength: 30 }), (signals) => {
      const scores = new Map<string, number>();
      for (const { incident } of run(signals.filter(({ severity }) => severity !== 'informational')).updates) {
        expect(incident.risk.score).toBeGreaterThanOrEqual(scores.get(incident.id) ?? 0);
        scores.set(incident.id, incident.risk.score);
      }
    }), { numRuns: 60 });
  });

  it('stays inside its limits and counts what they leave out (IN-2)', () => {
    const state = initialIncidents();
    let retired = 0;
    for (let at = 0; at < stateLimits.incidents + 500; at++) retired += correlate(state, signal({ user: `u${at}`, at: at / 60 }), open).retired;
    expect(state.incidents.size).toBeLessThanOrEqual(stateLimits.incidents);
    expect(retired).toBe(500);
    const one = initialIncidents();
    for (let at = 0; at < limits.steps + 50; at++) correlate(one, signal({ user: 'mira', rule: `event/${at}`, resource: `r${at}`, at: at / 10 }), open);
    const [[, incident] = []] = one.incidents.entries();
    expect(incident?.steps).toHaveLength(limits.steps);
    expect(incident?.omitted).toBe(50);
  });
});
