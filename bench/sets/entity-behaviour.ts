import { serialize } from 'node:v8';
import { tellsAs } from '../organisation/tells.ts';
import { crowdCost } from '../organisation/crowd-cost.ts';
import { makeOrganisation } from '../organisation/organisation.ts';
import { takeoverKinds } from '../organisation/takeovers.ts';
import type { Watched } from '../organisation/watch.ts';
import { watch } from '../organisation/watch.ts';
import type { Figure } from '../set.ts';
import { defineSet, figure } from '../set.ts';

/** Looked at while the detector was written, and not. */
const seeds = { tuning: [1, 2, 3], fresh: [101, 102, 103] } as const;
const size = { people: 260, programs: 60, days: 60, takeovers: 60, attacksFrom: 21 } as const;
/** The detector begins empty: what it says in its first days is told apart. */
const warm = 14;
const mostWrong = { low: 1, medium: 0.1 } as const;
const mostMicroseconds = 25;
const mostMegabytes = 150;

interface Run {
  readonly watched: Watched;
  readonly takeovers: ReturnType<typeof makeOrganisation>['takeovers'];
}

export default defineSet({
  id: 'entity-behaviour',
  title: 'Habits of users and programs: an organisation that is made up, with weekends, holidays, journeys, newcomers, a reorganisation, a deployment and takeovers.',
  async run() {
    const [tuning, fresh] = [seeds.tuning.map(runOf), seeds.fresh.map(runOf)];
    const cost = crowdCost(50_000);
    return {
      figures: [
        ...figuresOf(fresh, 'fresh seeds'), ...figuresOf(tuning, 'seeds of tuning'), ...foundByKind(fresh), ...calibration(fresh),
        figure('processor time of an event, 50,000 entities live, us', cost.microseconds.toFixed(1), `at most ${mostMicroseconds}`, cost.microseconds <= mostMicroseconds),
        figure('memory of 50,000 entities, MB', cost.megabytes.toFixed(0), `at most ${mostMegabytes}`, cost.megabytes <= mostMegabytes),
        figure('one entity in a checkpoint, bytes', String(serialize(cost.entry).byteLength)),
      ],
      notes: [
        `${size.people} people and ${size.programs} programs over ${size.days} days, ${size.takeovers} takeovers from day ${size.attacksFrom}; \`bench/organisation\` says what everybody is like. Three organisations that were looked at while the detector was written, and three that were not.`,
        `Wrong signals are counted from day ${warm}; the first ${warm} days are given beside them. An event of a takeover that is told is no wrong signal, all others are, a manager on her first journey among them.`,
        'A careful session comes from the same country, with the same browser, in working hours; an insider from the own machine and network. Both are meant to be hard.',
        'Time is what the process used, not the clock: the machine was shared. It holds reading the event, not making it.',
      ],
    };
  },
});

function runOf(seed: number): Run {
  const organisation = makeOrganisation({ seed, ...size });
  return { watched: watch(organisation), takeovers: organisation.takeovers };
}

function figuresOf(runs: readonly Run[], name: string): Figure[] {
  const days = sum(runs.map(({ watched }) => sum(watched.active.slice(warm))));
  const wrong = (['low', 'medium'] as const).map((severity) => {
    const rate = (200 * sum(runs.map(({ watched }) => watched.told.filter((one) => one.deed.attack === undefined && one.day >= warm && tellsAs(one, severity)).length))) / days;
    return figure(`wrong signals from ${severity} on, for 200 entities a day, ${name}`, rate.toFixed(2), `at most ${mostWrong[severity]}`, rate <= mostWrong[severity]);
  });
  const early = runs.map(({ watched }) => watched.told.filter((one) => one.day < warm && tellsAs(one, 'low')).length);
  const found = (['low', 'medium'] as const).map((severity) => {
    const all = sum(runs.map(({ takeovers }) => takeovers.length));
    const count = sum(runs.map((run) => run.takeovers.filter(({ id }) => isFound(run, id, severity)).length));
    return figure(`takeovers told from ${severity} on, ${name}`, `${((100 * count) / all).toFixed(0)} % (${count} of ${all})`, severity === 'low' ? 'most' : '', severity === 'low' ? count / all > 0.5 : undefined);
  });
  return [...wrong, ...found, figure(`wrong signals in the first ${warm} days, each organisation, ${name}`, early.join(', '))];
}

function isFound({ watched }: Run, id: string, severity: 'low' | 'medium'): boolean {
  return watched.told.some((one) => one.deed.attack === id && tellsAs(one, severity));
}

function foundByKind(runs: readonly Run[]): Figure[] {
  return takeoverKinds.map((kind) => {
    const own = runs.flatMap((run) => run.takeovers.filter((one) => one.kind === kind).map(({ id }) => ({ run, id })));
    const [low, medium] = (['low', 'medium'] as const).map((severity) => own.filter(({ run, id }) => isFound(run, id, severity)).length);
    return figure(`told: ${kind}`, `${low} of ${own.length}, ${medium} as medium or more`);
  });
}

/** Of sittings without a takeover: how many have a surprise that is promised once in a hundred, once in a thousand. */
function calibration(runs: readonly Run[]): Figure[] {
  const surprises = runs.flatMap(({ watched }) => watched.surprises);
  return [2, 3].map((level) => {
    const share = surprises.filter((surprise) => surprise >= level).length / Math.max(1, surprises.length);
    return figure(`sittings with a surprise of ${level} or more, promised ${100 * 10 ** -level} %`, `${(100 * share).toFixed(2)} % of ${surprises.length}`);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
