import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialNetwork, law } from './known.ts';
import type { RarityState } from './known.ts';
import { weighAlert } from './rarity.ts';
import type { Alert, Rarity } from './rarity.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function empty(): RarityState {
  return { kinds: new Map(), here: new Map(), places: new Map(), network: initialNetwork() };
}

/** A network of ten machines: each kind of alert every so many hours at each, at uneven times. */
function ordinary(days: number, seed = 1): Alert[] {
  let state = seed;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const alerts: Alert[] = [];
  for (let place = 0; place < 10; place++) for (const [kind, every] of [['login', 0.5], ['update', 6], ['restart', 30]] as const) for (let at = random() * every; at < days * 24; at += every * -Math.log(1 - random())) alerts.push({ kind, place: `m${place}`, time: at * hour });
  return alerts.sort((a, b) => a.time - b.time);
}

function run(state: RarityState, alerts: readonly Alert[]): Rarity[] {
  return alerts.map((alert) => weighAlert(state, alert));
}

const times = (count: number, alert: Alert, apart: number): Alert[] => Array.from({ length: count }, (_, at) => ({ ...alert, time: alert.time + at * apart }));

describe('how rare an alert is', () => {
  it('is nothing for what comes daily, and much for a kind that never came', () => {
    const state = empty();
    run(state, ordinary(10));
    expect(weighAlert(state, { kind: 'login', place: 'm3', time: 10 * day }).rare).toBe(0);
    const fresh = weighAlert(state, { kind: 'shell', place: 'm3', time: 10 * day });
    expect(fresh.rare).toBeGreaterThan(1.5);
    expect(fresh.perDay).toBeLessThan(0.2);
  });

  it('calls hardly anything an outbreak where all is as always, however many alerts there are', () => {
    const [first, later] = [ordinary(30), ordinary(30, 5)];
    const state = empty();
    run(state, first);
    const last = new Map<string, number>();
    let outbreaks = 0;
    for (const one of later.map(({ time, ...rest }) => ({ ...rest, time: time + 30 * day }))) {
      const { adds, perDay } = weighAlert(state, one);
      if (!adds || perDay >= 0.1) continue;
      if (one.time - (last.get(one.place) ?? -Infinity) > law.outbreak) outbreaks++;
      last.set(one.place, one.time);
    }
    // Ten places, thirty days, less than once in ten days each: thirty are what it says; the peak of an outbreak is the greatest of several looks.
    expect(outbreaks).toBeLessThan(60);
  });

  it('sees a burst of what is common one by one, and still when the burst came before', () => {
    const state = empty();
    run(state, ordinary(10));
    const burst = run(state, times(2_000, { kind: 'login', place: 'm1', time: 10 * day }, 100));
    expect(Math.max(...burst.map(({ rare }) => rare))).toBeGreaterThan(1);
    const again = run(state, times(2_000, { kind: 'login', place: 'm1', time: 10 * day + 2 * hour }, 100));
    expect(Math.max(...again.map(({ rare }) => rare))).toBeGreaterThan(1);
  });

  it('adds what comes together by chance and not what always comes together', () => {
    const pairs = Array.from({ length: 12 }, (_, at): Alert[] => [{ kind: 'stop', place: `m${at % 10}`, time: at * 0.7 * day }, { kind: 'start', place: `m${at % 10}`, time: at * 0.7 * day + minute }]).flat();
    const usual = empty();
    run(usual, [...ordinary(9), ...pairs].sort((a, b) => a.time - b.time));
    const [, second] = run(usual, [{ kind: 'stop', place: 'm5', time: 9.5 * day }, { kind: 'start', place: 'm5', time: 9.5 * day + minute }]);
    const never = empty();
    run(never, ordinary(9));
    const [, other] = run(never, [{ kind: 'stop', place: 'm5', time: 9.5 * day }, { kind: 'start', place: 'm5', time: 9.5 * day + minute }]);
    expect(second?.rare).toBe(0);
    expect(other?.rare).toBeGreaterThan(1);
  });

  it('learns that a kind goes over many places at once', () => {
    const state = empty();
    run(state, ordinary(3));
    const rollout = (at: number): Alert[] => Array.from({ length: 10 }, (_, place) => ({ kind: 'rollout', place: `m${place}`, time: at + place * 1000 }));
    const first = run(state, rollout(3 * day));
    run(state, rollout(6 * day));
    run(state, rollout(9 * day));
    const later = run(state, rollout(12 * day));
    const odd = (list: readonly Rarity[]): number => list.slice(1).filter(({ rare }) => rare > 0).length;
    expect(odd(first)).toBe(9);
    expect(odd(later)).toBe(0);
  });

  it('gives the same again, also over a restart in between', () => {
    const alerts = fc.array(fc.record({ kind: fc.constantFrom('a', 'b', '__proto__'), place: fc.constantFrom('x', 'y', ''), time: fc.integer({ min: 0, max: 5 * day }) }), { maxLength: 60 });
    fc.assert(fc.property(alerts, fc.nat(60), (list, cut) => {
      const whole = run(empty(), list);
      const state = empty();
      const before = run(state, list.slice(0, cut));
      expect([...before, ...run(structuredClone(state), list.slice(cut))]).toEqual(whole);
      for (const { rare, joint, perDay, score } of whole) expect([rare, joint, perDay, score].every((figure) => Number.isFinite(figure) && figure >= 0)).toBe(true);
    }), { numRuns: 100 });
  });
});

describe('an attacker who floods (IN-9)', () => {
  /** How rare the kind is at its place after a flood that went on for so many of ten days. */
  function afterFlood(days: number): number {
    const state = empty();
    const flood = times(Math.max(0, Math.round((days * day) / (15 * minute))), { kind: 'shell', place: 'm1', time: (10 - days) * day }, 15 * minute);
    run(state, [...ordinary(10), ...flood].sort((a, b) => a.time - b.time));
    return weighAlert(state, { kind: 'shell', place: 'm1', time: 10 * day + 3 * hour }).rare;
  }

  it('makes a kind common only by what he does for a good part of the time that is watched', () => {
    const untouched = afterFlood(0);
    expect(untouched).toBeGreaterThan(1.5);
    // A day of flooding in ten, 96 alerts: the kind is still told as rare.
    expect(afterFlood(1)).toBeGreaterThan(law.floor);
    expect(afterFlood(1)).toBeLessThan(untouched);
    expect(afterFlood(5)).toBe(0);
  });

  it('hides nothing of another kind or at another place, and makes no floods common', () => {
    const odd = (flooded: boolean): number[] => {
      const state = empty();
      run(state, [...ordinary(10), ...(flooded ? times(5_000, { kind: 'noise', place: 'm2', time: 8 * day }, 20_000) : [])].sort((a, b) => a.time - b.time));
      return [weighAlert(state, { kind: 'shell', place: 'm2', time: 10 * day + 8 * hour }), weighAlert(state, { kind: 'noise', place: 'm7', time: 10 * day + 8 * hour })].map(({ rare }) => rare);
    };
    const [shell = 0, elsewhere = 0] = odd(true);
    const [shellBefore = 0] = odd(false);
    expect(shell).toBeGreaterThan(shellBefore - 0.5);
    expect(elsewhere).toBeGreaterThan(law.floor);
  });

  it('shows himself by the flood, which counts once however large it is, and hides what comes after it only a little', () => {
    const state = empty();
    run(state, ordinary(10));
    const flood = run(state, times(3_000, { kind: 'noise', place: 'm2', time: 10 * day }, 1000));
    expect(Math.min(...flood.map(({ perDay }) => perDay))).toBeLessThan(0.1);
    expect(weighAlert(state, { kind: 'shell', place: 'm2', time: 12 * day }).perDay).toBeLessThan(0.3);
  });
});
