import { describe, expect, it } from 'vitest';
import { buildEvent, ocsfClasses } from '#formats/ocsf.ts';
import type { Signal } from '#model/event.ts';
import type { Severity } from '#model/severity.ts';
import { assessRisk } from '../risk.ts';
import { correlate, initialIncidents } from './correlate.ts';
import type { IncidentState, IncidentUpdate } from './correlate.ts';

const start = Date.UTC(2026, 2, 3);
const hour = 3_600_000;

/** An alert of another product that names nothing but its machine. */
function alert(title: string, host: string, hours: number, severity: Severity = 'low', product = 'Wazuh'): Signal {
  const event = buildEvent({
    class: ocsfClasses.detectionFinding, activity: 1, severity, time: start + hours * hour, metadata: { product: { name: product, vendor_name: product }, log_name: 'alerts' },
    attributes: { message: title, finding_info: { uid: title, title }, device: { hostname: host, type_id: 0 } },
  });
  return { rule: 'event/imported-alert', title: `${product} reports: ${title}`, severity, confidence: 'medium', message: title, time: event.time, techniques: [], tactics: [], evidence: [], events: [event], references: [], falsePositives: [], risk: assessRisk(severity, 'medium', []) };
}

/** A week in which every machine has logins each hour and updates each half day. */
function week(): Signal[] {
  return ['a', 'b', 'c', 'd'].flatMap((host, at) => [
    ...Array.from({ length: 24 * 7 }, (_, hours) => alert('login', host, hours + at / 10)), ...Array.from({ length: 14 }, (_, half) => alert('update', host, half * 12 + at * 2)),
  ]).sort((one, other) => one.time - other.time);
}

function run(signals: readonly Signal[], budget?: number, state: IncidentState = initialIncidents()): IncidentUpdate[] {
  return signals.flatMap((one) => correlate(state, one, { isClosed: () => false, findingsOn: () => [], ...(budget === undefined ? {} : { budget }) }).update ?? []);
}

const scan = (host: string): Signal[] => [alert('port scan', host, 168, 'low', 'Suricata'), alert('forbidden path', host, 168.05), alert('forbidden path', host, 168.06), alert('new process', host, 168.5, 'low', 'AMiner'), alert('login', host, 168.6)];

describe('alerts of other products', () => {
  it('that are rare at one machine within an hour are one incident, with what is everyday beside them (IN-8)', () => {
    const state = initialIncidents();
    run(week(), undefined, state);
    const updates = run(scan('b'), undefined, state);
    expect(new Set(updates.map(({ id }) => id)).size).toBe(1);
    const { incident } = updates.at(-1) as IncidentUpdate;
    expect(incident.signals).toBe(5);
    expect(incident.steps.map(({ title }) => title)).toEqual(['Suricata reports: port scan', 'Wazuh reports: forbidden path', 'AMiner reports: new process', 'Wazuh reports: login']);
    expect(incident.risk.factors.map(({ name }) => name)).toContain('incident.very-rare');
    expect(incident.risk.factors.find(({ name }) => name === 'incident.very-rare')?.detail).toMatch(/^something this unusual comes about once in [\d.]+ days on host b, judged by 7 days of alerts; its kind never came before$/);
    expect(incident.context).toEqual([{ title: 'login', place: 'host b', first: expect.any(Number) as number, last: expect.any(Number) as number, count: expect.any(Number) as number }]);
  });

  it('open nothing where they are everyday and of low severity, and always when they are of medium (IN-7)', () => {
    const state = initialIncidents();
    run(week(), undefined, state);
    expect(run([alert('login', 'c', 170), alert('update', 'c', 170.1)], undefined, state)).toEqual([]);
    expect(run([alert('login', 'c', 171, 'medium')], undefined, state)).toHaveLength(1);
  });

  it('of machines that have nothing to do with each other stay apart', () => {
    const state = initialIncidents();
    run(week(), undefined, state);
    expect(new Set(run([...scan('a'), ...scan('d')], undefined, state).map(({ id }) => id)).size).toBe(2);
  });

  it('are told under a budget when they are rare, and held before anything is known; the tally adds up', () => {
    const state = initialIncidents();
    const first = run(week(), 3, state);
    const later = run(scan('b'), 3, state);
    expect(later.filter(({ change }) => change === 'new')).toHaveLength(1);
    const tally = [...first, ...later].reduce((sum, { tally: { told, held } }) => ({ told: sum.told + told, held: sum.held + held }), { told: 0, held: 0 });
    const [...kept] = state.incidents.entries();
    expect(tally).toEqual({ told: kept.filter(([, { told }]) => told.signals > 0).length, held: kept.filter(([, { told }]) => told.signals === 0).length });
    expect(later[0]?.held === false && first.some(({ held }) => held)).toBe(true);
  });
});
