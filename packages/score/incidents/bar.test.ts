import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, initialBar, noticeInterest, toldPerDay } from './bar.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Incidents in a row, each asked about once; gives which were told. */
function ask(incidents: readonly { readonly at: number; readonly interest: number }[], budget: number, bar = initialBar()): boolean[] {
  return incidents.map(({ at, interest }) => {
    noticeInterest(bar, undefined, interest, at);
    return admit(bar, interest, at, budget);
  });
}

/** So many a day, of an interest that is rarer the greater it is. */
function stream(days: number, perDay: number, seed = 3): { at: number; interest: number }[] {
  let state = seed;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return Array.from({ length: days * perDay }, (_, at) => ({ at: (at * day) / perDay, interest: -Math.log10(1 - random() * 0.9999) }));
}

describe('the bar under a budget', () => {
  it('tells about the budget, and the most interesting (IN-6)', () => {
    const incidents = stream(20, 200);
    const told = ask(incidents, 8);
    const shown = incidents.filter((_, at) => told[at]);
    expect(shown.length).toBeGreaterThan(20 * 8 * 0.5);
    expect(shown.length).toBeLessThanOrEqual(20 * 8 + 16);
    const rarest = [...incidents].sort((a, b) => b.interest - a.interest).slice(0, 20);
    expect(rarest.filter((one) => shown.includes(one)).length).toBeGreaterThanOrEqual(18);
  });

  it('never tells more than the budget and two days of it, whatever comes (IN-6)', () => {
    const arbitrary = fc.array(fc.record({ at: fc.integer({ min: 0, max: 6 * day }), interest: fc.double({ min: -5, max: 40, noNaN: true }) }), { maxLength: 400 });
    fc.assert(fc.property(arbitrary, fc.integer({ min: 1, max: 20 }), (incidents, budget) => {
      const ordered = [...incidents].sort((a, b) => a.at - b.at);
      const told = ask(ordered, budget);
      const times = ordered.filter((_, at) => told[at]).map(({ at }) => at);
      const [from = 0, to = from] = [ordered[0]?.at, times.at(-1)];
      const days = (to - from) / day;
      expect(times.length).toBeLessThanOrEqual(budget * (days + 2));
    }));
  });

  it('keeps room for what is very rare when a flood has used the budget up', () => {
    const flood = Array.from({ length: 500 }, (_, at) => ({ at: 10 * day + at * 1000, interest: 0.6 }));
    const told = ask([...stream(10, 50), ...flood, { at: 10 * day + hour, interest: 6 }], 4);
    expect(told.at(-1)).toBe(true);
  });

  it('tells nothing that is below the floor, however much of the budget is left', () => {
    expect(ask([{ at: 0, interest: 0 }, { at: 5 * day, interest: 0.2 }], 8)).toEqual([false, false]);
  });

  it('goes on over a restart as if there had been none', () => {
    const incidents = stream(6, 60);
    const bar = initialBar();
    const before = ask(incidents.slice(0, 200), 8, bar);
    const copy = structuredClone(bar);
    expect([...before, ...ask(incidents.slice(200), 8, copy)]).toEqual(ask(incidents, 8));
    expect(toldPerDay(copy)).toBeGreaterThan(2);
  });
});
