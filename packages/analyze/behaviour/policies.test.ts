import { describe, expect, it } from 'vitest';
import { drawFrom } from '#learn/draw.ts';
import { day, hour } from '#learn/behaviour/clock.ts';
import { atLeast, severities } from '#model/severity.ts';
import type { KeyedMemory, Observation, UnscoredSignal } from '#model/stream.ts';
import unit from '../stream-detectors/entity-behaviour.ts';
import { entityKey, entityWeek } from './entity-week.ts';
import { entityLength } from './entity.ts';

/** The policies of `specs/learning.md` for entities, each with its bound, on a team that is drawn from a seed. */

const monday = Date.UTC(2026, 0, 5);
const people = 24;

interface Act {
  readonly time: number;
  readonly who: string;
  readonly operation: string;
  readonly resource: string;
  readonly tool: string;
  readonly country: string;
  readonly network: number;
}

function observed({ time, who, operation, resource, tool, country, network }: Act): Observation {
  return {
    logsource: { product: 'aws' }, time, record: {},
    event: {
      class_uid: 6003, class_name: 'API Activity', category_uid: 6, activity_id: 1, type_uid: 600_301, severity_id: 1, time, metadata: { version: '1.8.0', product: { name: 'test', vendor_name: 'test' } },
      actor: { user: { name: who } }, api: { operation }, resources: [{ name: resource }], http_request: { user_agent: tool }, src_endpoint: { location: { country }, autonomous_system: { number: network } },
    },
  };
}

class Team {
  readonly told: { readonly signal: UnscoredSignal; readonly who: string; readonly day: number }[] = [];
  readonly memory = new Map<string, Float32Array>();
  private readonly keyed: KeyedMemory<unknown>;
  private readonly draw: () => number;

  constructor(seed: number) {
    this.draw = drawFrom(seed);
    const { memory } = this;
    this.keyed = {
      get size() { return memory.size; }, get: (key) => memory.get(key), set: (key, entry) => void memory.set(key, entry as Float32Array), delete: (key) => void memory.delete(key), entries: () => memory.entries(),
    };
  }

  act(act: Act): readonly UnscoredSignal[] {
    const { signals } = unit.step(unit.initial, observed(act), act.time, this.keyed);
    for (const signal of signals) this.told.push({ signal, who: act.who, day: Math.floor((act.time - monday) / day) });
    return signals;
  }

  /** Ordinary days. `change` may alter what somebody does. */
  work(from: number, to: number, change: (act: Act, person: number, index: number) => Act | undefined = (act) => act): void {
    for (let index = from; index < to; index += 1) {
      if (index % 7 >= 5) continue;
      const acts = Array.from({ length: people }, (_, person) => this.dayOf(person, index)).flat().sort((a, b) => a.time - b.time);
      for (const act of acts) {
        const changed = change(act, Number(act.who.slice(1)), index);
        if (changed !== undefined) this.act(changed);
      }
    }
  }

  signalsOf(from: number, to: number, least: 'low' | 'medium' = 'low'): number {
    return this.told.filter((one) => one.day >= from && one.day < to && atLeast(severities, one.signal.severity, least)).length;
  }

  private dayOf(person: number, index: number): Act[] {
    const { draw } = this;
    const group = person % 3;
    return Array.from({ length: 6 + Math.floor(draw() * 8) }, () => ({
      time: monday + index * day + (8 + draw() * 9) * hour, who: `p${person}`, operation: `Get${'ABCDEFGH'[Math.floor(draw() ** 2 * 6) + (group === 0 ? 0 : 2)]}`,
      resource: draw() < 0.02 ? `other-${Math.floor(draw() * 50)}` : `team-${group}-${Math.floor(draw() ** 2 * 8)}`, tool: draw() < 0.1 ? 'curl/8' : 'browser one', country: 'NO', network: draw() < 0.03 ? 2 + Math.floor(draw() * 4) : 1,
    }));
  }
}

/** Somebody else with the account of `who`, on a night. */
function takeover(team: Team, who: string, index: number): readonly UnscoredSignal[] {
  const acts = ['ListSecrets', 'ListUsers', 'GetAccountSummary', 'CreateAccessKey', 'AttachUserPolicy'];
  return acts.flatMap((operation, at) => team.act({ time: monday + index * day + 2 * hour + at * 60_000, who, operation, resource: `vault-${at}`, tool: 'python-requests/2', country: 'BR', network: 999 }));
}

function found(signals: readonly UnscoredSignal[]): boolean {
  return signals.some(({ severity }) => atLeast(severities, severity, 'medium'));
}

describe('policies of entities', () => {
  it('cold start: nothing is said of an entity in its first week, whatever it does', () => {
    const team = new Team(1);
    team.work(0, 4);
    takeover(team, 'p1', 4);
    team.work(5, 7);
    expect(team.told).toEqual([]);
  });

  it('cold start: an organisation that has just begun is told at most two wrong signals in three weeks', () => {
    const team = new Team(2);
    team.work(0, 21);
    expect(team.signalsOf(0, 21)).toBeLessThanOrEqual(2);
  });

  it('finds nine of ten takeovers after five weeks', () => {
    const team = new Team(3);
    team.work(0, 35);
    expect(Array.from({ length: 10 }, (_, person) => found(takeover(team, `p${person}`, 35 + person))).filter(Boolean).length).toBeGreaterThanOrEqual(9);
  });

  it('drift: what comes back each working day is no news after the first week', () => {
    const team = new Team(4);
    team.work(0, 35);
    team.work(35, 63, (act, person) => (person === 5 ? { ...act, resource: `new-${act.resource}`, network: 77, time: act.time + 3 * hour } : act));
    expect(team.told.filter(({ who, day: at }) => who === 'p5' && at >= 42).length).toBe(0);
  });

  it('holidays: two weeks in which nobody comes, and the days after, are told at most twice', () => {
    const team = new Team(5);
    team.work(0, 35);
    team.work(49, 56);
    expect(team.signalsOf(35, 56)).toBeLessThanOrEqual(2);
  });

  it('a deployment: a new client, action and network for everyone is told at most six times, and is ordinary the day after', () => {
    const team = new Team(6);
    team.work(0, 35);
    team.work(35, 42, (act, person) => (person % 4 === 3 ? act : { ...act, tool: 'client three', network: 55, operation: act.operation.endsWith('A') ? 'PutTelemetry' : act.operation }));
    expect(team.signalsOf(35, 36)).toBeLessThanOrEqual(6);
    expect(team.signalsOf(36, 42)).toBeLessThanOrEqual(2);
  });

  it('slow poisoning: with one in twenty events hostile for five weeks, at least seven of ten takeovers of others are found', () => {
    const team = new Team(7);
    const draw = drawFrom(8);
    // Two accounts are in hostile hands, which do at odd hours a little of what they will want to do: about 5 % of all events.
    team.work(0, 14);
    team.work(14, 49, (act, person) => (person >= 22 && draw() < 0.6 ? { ...act, time: act.time - 6 * hour, operation: draw() < 0.5 ? 'ListSecrets' : 'CreateAccessKey', resource: `vault-${Math.floor(draw() * 20)}`, tool: 'python-requests/2', country: 'BR', network: 999 } : act));
    expect(Array.from({ length: 10 }, (_, person) => found(takeover(team, `p${person}`, 49 + person))).filter(Boolean).length).toBeGreaterThanOrEqual(7);
  });

  it('shows the week of an entity beside what is usual for it', () => {
    const team = new Team(11);
    team.work(0, 35);
    const now = monday + 35 * day;
    const plot = entityWeek(team.memory.get(entityKey('user', 'p1')), { title: 'p1', times: [now - 5 * day + 2 * hour], now });
    expect(plot).toMatchObject({ title: 'p1', start: now - 7 * day + hour, days: 35 });
    expect(plot?.hours.filter(({ count }) => count > 0).map(({ surprise }) => surprise > 1)).toEqual([true]);
    expect(entityWeek(team.memory.get('\0all'), { title: 'all', times: [], now })).toBeUndefined();
  });

  it('keeps an entity in a bounded number of bytes, however much it does', () => {
    const team = new Team(9);
    const draw = drawFrom(10);
    for (let index = 0; index < 5_000; index += 1) team.act({ time: monday + index * 60_000, who: 'p1', operation: `Op${Math.floor(draw() * 1e6)}`, resource: `r${index}`, tool: `t${index}`, country: String(index), network: index });
    expect(team.memory.get('user\0p1')?.byteLength).toBe(4 * entityLength);
    expect(4 * entityLength).toBeLessThanOrEqual(2048);
    expect([...team.memory.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(200_000);
    // It raises its own bar: novelty is all that this account brings.
    expect(team.told.length).toBeLessThanOrEqual(10);
  });
});
