import dataUnit from '#analyze/stream-detectors/unusual-data-access.ts';
import unit from '#analyze/stream-detectors/unusual-pipeline-run.ts';
import { drawFrom } from '../../tools/recordings/record.ts';
import type { Recorded } from '../../tools/recordings/record.ts';
import { attacks } from '../../tools/recordings/weeks/ci-attacks.ts';
import { ciWeeks, workflowsOf } from '../../tools/recordings/weeks/ci-weeks.ts';
import { dataAttacks, dataWeeks } from '../../tools/recordings/weeks/data-weeks.ts';
import { day } from '../../tools/recordings/weeks/draws.ts';
import { defineSet, figure } from '../set.ts';
import type { Figure } from '../set.ts';
import { costOf, tryOut } from '../stream-trials.ts';
import type { Stretch, Trial } from '../stream-trials.ts';

const start = Date.UTC(2026, 0, 5);
const days = 60;
const seeds = [7, 11];
/** Repositories on which each attack is tried. */
const repositories = 5;
const goals = { falseLow: 1, falseMedium: 0.1, found: 0.9, poisoned: 0.7, perEvent: 50 } as const;

export default defineSet({
  id: 'pipeline-behaviour',
  title: 'Sixty days of a made-up company (ten repositories, 26 developers, holidays, changed definitions, a new fleet of runners): what is told on ordinary days, and which attacks are found. Each is tried on a copy of what was known by then. The same for who reads its data.',
  run() {
    const stretches = seeds.map((seed) => tryOut(unit, ordinary(seed), trialsOf(seed)));
    return Promise.resolve({
      figures: [...falseFigures(stretches), ...foundFigures(stretches), ...poisonFigures(), costFigure(), ...dataFigures()],
      notes: ['Nobody but the makers of the detector made this company: the figures say that it does what it is meant to, not how it does elsewhere.', 'What a poisoner makes usual is his own deed: it is told while he does it, and the same deed by the same hand is not told again within 14 days.'],
    });
  },
});

function ordinary(seed: number): Recorded[] {
  return ciWeeks({ start, days, draw: drawFrom(seed), activity: (at) => (at >= 26 && at < 31 ? 0.1 : 1) });
}

function trialsOf(seed: number): Trial[] {
  const workflows = workflowsOf(drawFrom(seed)).filter(({ name }) => name === 'build').slice(0, repositories);
  return attacks.flatMap(({ name, records }, n) => workflows.map((workflow, m): Trial => {
    const at = 34 + ((n * 5 + m * 4) % 25);
    return { name, time: start + at * day, records: records(workflow, start + at * day, at, drawFrom(seed * 1000 + n * 10 + m)) };
  }));
}

function falseFigures(stretches: readonly Stretch[]): Figure[] {
  const aDay = (pick: (stretch: Stretch) => number): number => stretches.reduce((sum, stretch) => sum + pick(stretch), 0) / (days * stretches.length);
  const surprises = stretches.flatMap((stretch) => stretch.surprises);
  return [
    figure('false signals a day, low', aDay(({ low }) => low).toFixed(2), `at most ${goals.falseLow}`, aDay(({ low }) => low) <= goals.falseLow), figure('false signals a day, medium', aDay(({ medium }) => medium).toFixed(3), `at most ${goals.falseMedium}`, aDay(({ medium }) => medium) <= goals.falseMedium),
    figure('changed definitions told a day', aDay(({ informational }) => informational).toFixed(2)),
    ...[1, 2, 3].map((level) => {
      const part = surprises.filter((surprise) => surprise >= level).length / surprises.length;
      return figure(`events with a surprise of ${level} or more`, part.toExponential(1), `${10 ** -level}, within twice`, part <= 2 * 10 ** -level && part >= 0.2 * 10 ** -level);
    }),
  ];
}

function foundFigures(stretches: readonly Stretch[]): Figure[] {
  const all = stretches.flatMap(({ trials }) => trials);
  const told = all.filter((trial) => trial.told > 0).length;
  return [
    figure('attacks told', `${told} of ${all.length}`, `at least ${goals.found * 100} %`, told >= goals.found * all.length),
    ...attacks.map(({ name }) => {
      const own = all.filter((trial) => trial.name === name);
      return figure(name, `${own.filter((trial) => trial.told > 0).length} of ${own.length}, ${own.filter(({ medium }) => medium > 0).length} at medium`);
    }),
  ];
}

/** One in twenty runs of the busiest workflow is an attack, by the same hand, for 45 days; then every attack is tried, on that workflow. */
function poisonFigures(): Figure[] {
  const seed = seeds[0] ?? 1;
  const [workflow] = workflowsOf(drawFrom(seed));
  if (workflow === undefined) return [];
  const results = attacks.filter((_, n) => n % 3 === 0).map(({ name, records }, n) => {
    const before = Array.from({ length: 22 }, (_, at) => ({ at: 12 + 2 * at, draw: drawFrom(n * 100 + at) })).flatMap(({ at, draw }) => records(workflow, start + at * day, at, draw));
    const last = attacks.map((attack, m): Trial => ({ name: attack.name, time: start + 58 * day, records: attack.records(workflow, start + 58 * day, 58, drawFrom(m)) }));
    const { trials, hostileTold } = tryOut(unit, [...ordinary(seed), ...before], last, new Set(before));
    const others = trials.filter((trial) => trial.name !== name);
    return { hostileTold, others: others.filter(({ told }) => told > 0).length, of: others.length };
  });
  const [found, of] = [results.reduce((sum, { others }) => sum + others, 0), results.reduce((sum, one) => sum + one.of, 0)];
  return [
    figure('poisoners told while they poisoned', `${results.filter(({ hostileTold }) => hostileTold > 0).length} of ${results.length}`, 'all', results.every(({ hostileTold }) => hostileTold > 0)),
    figure('other attacks told after 45 days of one in twenty runs being hostile', `${found} of ${of}`, `at least ${goals.poisoned * 100} %`, found >= goals.poisoned * of),
  ];
}

/** Sixty days of services, analysts, developers and a backup that read; the attacks on three nights each. */
function dataFigures(): Figure[] {
  const stretches = seeds.map((seed) => tryOut(dataUnit, dataWeeks({ start, days, draw: drawFrom(seed) }), dataAttacks.flatMap(({ name, records }, n) => [33, 45, 57].map((at): Trial => ({ name, time: start + at * day, records: records(start + at * day, drawFrom(seed * 100 + n)) })))));
  const all = stretches.flatMap(({ trials }) => trials);
  const aDay = (pick: (stretch: Stretch) => number): number => stretches.reduce((sum, stretch) => sum + pick(stretch), 0) / (days * stretches.length);
  const surprises = stretches.flatMap((stretch) => stretch.surprises);
  const told = all.filter((trial) => trial.told > 0).length;
  const cost = costOf(dataUnit, dataWeeks({ start, days, draw: drawFrom(seeds[0] ?? 1) }));
  return [
    figure('data: false signals a day, low', aDay(({ low }) => low).toFixed(2), `at most ${goals.falseLow}`, aDay(({ low }) => low) <= goals.falseLow), figure('data: false signals a day, medium', aDay(({ medium }) => medium).toFixed(3), `at most ${goals.falseMedium}`, aDay(({ medium }) => medium) <= goals.falseMedium),
    ...[1, 2].map((level) => {
      const part = surprises.filter((surprise) => surprise >= level).length / surprises.length;
      return figure(`data: hours of reading with a surprise of ${level} or more`, part.toExponential(1), `${10 ** -level}, within twice`, part <= 2 * 10 ** -level && part >= 0.2 * 10 ** -level);
    }),
    figure('data: attacks told', `${told} of ${all.length}`, `at least ${goals.found * 100} %`, told >= goals.found * all.length),
    ...dataAttacks.map(({ name }) => {
      const own = all.filter((trial) => trial.name === name);
      return figure(`data: ${name}`, `${own.filter((trial) => trial.told > 0).length} of ${own.length}, ${own.filter(({ medium }) => medium > 0).length} at medium`);
    }),
    figure('data: microseconds an access', cost.toFixed(0), 'at most 15', cost <= 15),
  ];
}

function costFigure(): Figure {
  const cost = costOf(unit, ordinary(seeds[0] ?? 1));
  return figure('microseconds an event of a pipeline', cost.toFixed(0), `at most ${goals.perEvent}`, cost <= goals.perEvent);
}
