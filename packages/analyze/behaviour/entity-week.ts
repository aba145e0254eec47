import { weekAgainstBaseline, weekStart } from '#learn/behaviour/week.ts';
import type { WeekPlot } from '#model/plot.ts';
import { entityLength, partOf } from './entity.ts';
import { rhythmLaw } from './laws.ts';
import { daysKnown } from './sittings.ts';

const marked = 2;

/** The key under which the detector remembers an entity. */
export function entityKey(kind: string, name: string): string {
  return `${kind}\0${name}`;
}

/** An entity's last week against its baseline, from what the detector remembers of it and the times of its events; undefined for what is no entity. */
export function entityWeek(remembered: unknown, { title, times, now }: { readonly title: string; readonly times: Iterable<number>; readonly now: number }): WeekPlot | undefined {
  if (!(remembered instanceof Float32Array) || remembered.length !== entityLength) return undefined;
  return { title, start: weekStart(now), hours: weekAgainstBaseline(partOf(remembered, 'rhythm'), times, now, rhythmLaw), days: Math.round(daysKnown(remembered, now)), marked };
}
