import { expect, it } from 'vitest';
import unit from '#analyze/stream-detectors/unusual-pipeline-run.ts';
import { drawFrom } from '../tools/recordings/record.ts';
import { attacks } from '../tools/recordings/weeks/ci-attacks.ts';
import { ciWeeks, workflowsOf } from '../tools/recordings/weeks/ci-weeks.ts';
import { day } from '../tools/recordings/weeks/draws.ts';
import { tryOut } from './stream-trials.ts';
import type { Trial } from './stream-trials.ts';

const start = Date.UTC(2026, 0, 5);
const days = 36;
const seed = 5;
const ordinary = ciWeeks({ start, days, draw: drawFrom(seed), activity: (at) => (at >= 20 && at < 24 ? 0.1 : 1) });
const workflows = workflowsOf(drawFrom(seed)).filter(({ name }) => name === 'build');

const trials = (at: number, from: number, to: number): Trial[] => workflows.slice(from, to).flatMap((workflow, m) => attacks.map(({ name, records }, n) => ({ name, time: start + at * day, records: records(workflow, start + at * day, at, drawFrom(100 * m + n)) })));

it('tells little of ordinary weeks with holidays and changed definitions, nothing in the first days, and nearly every attack', () => {
  const { low, medium, surprises, messages, trials: results } = tryOut(unit, ordinary, trials(35, 0, 2));
  const part = (level: number): number => surprises.filter((surprise) => surprise >= level).length / surprises.length;
  expect(surprises.length).toBeGreaterThan(5_000);
  expect(part(1)).toBeLessThan(0.15);
  expect(part(2)).toBeLessThan(0.02);
  expect(part(3)).toBeLessThan(0.003);
  expect(low / days).toBeLessThan(1);
  expect(medium / days).toBeLessThan(0.2);
  expect(results.filter(({ told }) => told > 0).length / results.length).toBeGreaterThanOrEqual(0.9);
  expect(messages.filter((message) => !/\d/.test(message))).toEqual([]);
  const first = tryOut(unit, ordinary.filter(({ time }) => time < start + 2 * day), trials(1, 0, 1));
  expect([first.low, first.medium, first.trials.filter(({ told }) => told > 0).length]).toEqual([0, 0, 0]);
});

it('still finds at least seven in ten of other attacks where one run in twenty was hostile, and told of it', () => {
  const [workflow] = workflows;
  const [poison] = attacks;
  if (workflow === undefined || poison === undefined) throw new Error('nothing to poison');
  const hostile = Array.from({ length: 12 }, (_, n) => 10 + 2 * n).flatMap((at) => poison.records(workflow, start + at * day, at, drawFrom(at)));
  const { trials: results, hostileTold } = tryOut(unit, [...ordinary, ...hostile], trials(35, 0, 1), new Set(hostile));
  expect(hostileTold).toBeGreaterThan(0);
  const others = results.filter(({ name }) => name !== poison.name);
  expect(others.filter(({ told }) => told > 0).length / others.length).toBeGreaterThanOrEqual(0.7);
});
