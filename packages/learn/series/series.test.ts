import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandAt, replay } from './replay.ts';
import { emptySeries, observe, warmUp, type Judgement, type Series } from './series.ts';

const minute = 60_000;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);

/** Numbers in [0, 1) that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Usage of a machine in per cent, a point each five minutes: busy by day, less so at weekends. */
function usage(days: number, seed: number): [number, number][] {
  const next = numbers(seed);
  return Array.from({ length: days * 288 }, (_, i) => {
    const time = start + i * 5 * minute;
    const weekend = [0, 6].includes(new Date(time).getUTCDay());
    const wave = Math.sin((2 * Math.PI * ((time % day) / day - 0.25)));
    return [time, 20 + (weekend ? 4 : 12) * wave + 1.5 * gaussian(next)];
  });
}

function feed(series: Series, points: readonly (readonly [number, number])[]): Judgement[] {
  return points.map(([time, value]) => observe(series, time, value));
}

function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, one) => sum + bytesOf(one), 0) : 8;
}

describe('a series', () => {
  it('takes no more than 4 KB, whatever it saw', () => {
    const series = emptySeries();
    const next = numbers(1);
    for (let i = 0; i < 5000; i++) observe(series, start + i * minute, gaussian(next) * 10 ** (12 * next() - 6));
    expect(bytesOf(series)).toBeLessThanOrEqual(4096);
  });

  it('goes on from a copy as if nothing had happened', () => {
    const points = usage(6, 2);
    const whole = emptySeries();
    feed(whole, points.slice(0, 800));
    const copy = structuredClone(whole);
    expect(feed(copy, points.slice(800))).toEqual(feed(whole, points.slice(800)));
  });

  it('is surprised as often as it says on a series that does not change', () => {
    const surprises = [3, 4, 5].flatMap((seed) => feed(emptySeries(), usage(28, seed)).slice(7 * 288)).map(({ surprise }) => surprise);
    const share = (least: number): number => surprises.filter((one) => one >= least).length / surprises.length;
    expect(share(1)).toBeLessThan(0.13);
    expect(share(2)).toBeLessThan(0.013);
    expect(share(3)).toBeLessThan(0.0015);
  });

  it('tells a spike, a new level, a value that is only wrong for its hour, and one that is stuck', () => {
    const known = emptySeries();
    feed(known, usage(21, 6));
    const noon = start + 21 * day + day / 2;
    const night = start + 21 * day + day / 12;
    const after = (time: number, value: (i: number) => number, count: number): number => Math.max(...feed(structuredClone(known), Array.from({ length: count }, (_, i) => [time + i * 5 * minute, value(i)])).map(({ alarm }) => alarm));
    expect(after(noon, () => 97, 1)).toBeGreaterThan(3.5);
    expect(after(noon, (i) => 45 + (i % 3), 12)).toBeGreaterThan(3.5);
    expect(after(night, (i) => 31 + (i % 2), 24)).toBeGreaterThan(3.3);
    expect(after(night, () => 20, 144)).toBeGreaterThan(3.3);
    expect(after(noon, (i) => 31 + Math.sin(i), 12)).toBeLessThan(3.3);
  });

  it('is quiet while it knows little', () => {
    const judgements = feed(emptySeries(), usage(1, 7).map(([time, value], i) => [time, i === warmUp - 1 ? 1e6 : value]));
    expect(judgements.slice(0, warmUp).every(({ alarm, novelty }) => alarm === 0 && novelty === 0)).toBe(true);
  });

  it('tells a change that stays once, then takes it for normal', () => {
    const series = emptySeries();
    feed(series, usage(14, 8));
    const next = numbers(9);
    const changed = feed(series, Array.from({ length: 3 * 288 }, (_, i) => [start + 14 * day + i * 5 * minute, 70 + gaussian(next)]));
    expect(changed.slice(0, 12).some(({ alarm }) => alarm > 3.5)).toBe(true);
    expect(changed.slice(288).filter(({ alarm }) => alarm > 3.5)).toHaveLength(0);
  });

  it('sees again some weeks after one wild value', () => {
    const series = emptySeries();
    feed(series, usage(14, 10));
    observe(series, start + 14 * day + minute, 1e12);
    feed(series, usage(40, 11).map(([time, value]) => [time + 15 * day, value]));
    expect(observe(series, start + 55 * day + day / 2, 97).novelty).toBeGreaterThan(3.3);
  });

  it('answers with finite numbers whatever comes, in any order of times', () => {
    const odd = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e300, 5e-324, -1e29), fc.integer());
    const time = fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.constantFrom(NaN, Infinity, 0, start));
    fc.assert(fc.property(fc.array(fc.tuple(time, odd), { maxLength: 300 }), (points) => {
      const series = emptySeries();
      for (const [at, value] of points) {
        const { novelty, surprise, alarm } = observe(series, at, value);
        const band = bandAt(series, Number.isFinite(at) ? at : 0) ?? { low: 0, high: 0 };
        for (const one of [novelty, surprise, alarm, band.low, band.high]) expect(Number.isFinite(one)).toBe(true);
        expect(band.high).toBeGreaterThanOrEqual(band.low);
      }
    }));
  });
});

describe('the band', () => {
  it('holds about as many points as it says, and is narrow where the hour is quiet', () => {
    const points = replay(usage(28, 12)).slice(10 * 288);
    const out = points.filter(({ value, low, high }) => value < low || value > high).length / points.length;
    expect(out).toBeLessThan(0.03);
    const widths = points.map(({ low, high }) => high - low).sort((a, b) => a - b);
    expect(widths[widths.length >> 1]).toBeLessThan(14);
  });

  it('gives the same as watching does', () => {
    const points = usage(3, 13);
    const watched = feed(emptySeries(), points);
    expect(replay(points).map(({ surprise, novelty }) => ({ surprise, novelty }))).toEqual(watched.map(({ surprise, novelty }) => ({ surprise, novelty })));
  });
});
