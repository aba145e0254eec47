import { expect, it } from 'vitest';
import unit from '#analyze/stream-detectors/unusual-data-access.ts';
import { drawFrom } from '../tools/recordings/record.ts';
import { dataAttacks, dataWeeks, objectRead, serviceRole } from '../tools/recordings/weeks/data-weeks.ts';
import { day, hour } from '../tools/recordings/weeks/draws.ts';
import { tryOut } from './stream-trials.ts';
import type { Trial } from './stream-trials.ts';

const start = Date.UTC(2026, 0, 5);
const days = 40;
const ordinary = dataWeeks({ start, days, draw: drawFrom(9) });
const trials = dataAttacks.map(({ name, records }, n): Trial => ({ name, time: start + (days - 1) * day, records: records(start + (days - 1) * day, drawFrom(n)) }));
const part = (told: readonly { readonly told: number }[]): number => told.filter((one) => one.told > 0).length / told.length;

it('tells little of ordinary weeks, and nearly every attack', () => {
  const { low, medium, surprises, trials: results } = tryOut(unit, ordinary, trials);
  expect(surprises.length).toBeGreaterThan(2_000);
  expect(surprises.filter((surprise) => surprise >= 1).length / surprises.length).toBeLessThan(0.15);
  expect(surprises.filter((surprise) => surprise >= 2).length / surprises.length).toBeLessThan(0.02);
  expect(low / days).toBeLessThan(1);
  expect(medium / days).toBeLessThan(0.1);
  expect(part(results)).toBeGreaterThanOrEqual(0.9);
});

it('still tells them where a service read ten times as much in one hour of twenty, for weeks', () => {
  const draw = drawFrom(4);
  const hostile = Array.from({ length: 12 }, (_, n) => start + (6 + 2.6 * n) * day + 2 * hour).flatMap((time) => Array.from({ length: 150 }, (_unused, n) => objectRead(draw, { time: time + n * 3_000, by: serviceRole('billing-service'), bucket: 'billing-files', key: `h/${n}`, bytes: 60_000 })));
  const { trials: results, hostileTold } = tryOut(unit, [...ordinary, ...hostile], trials, new Set(hostile));
  expect(hostileTold).toBeGreaterThan(0);
  expect(part(results)).toBeGreaterThanOrEqual(0.8);
});

it('says nothing in its first days', () => {
  const { low, medium } = tryOut(unit, ordinary.filter(({ time }) => time < start + 2 * day), []);
  expect([low, medium]).toEqual([0, 0]);
});
