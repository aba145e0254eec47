import { weekAgainstBaseline } from '#learn/behaviour/week.ts';
import type { WeekHour } from '#learn/behaviour/week.ts';
import { entityLength, partOf } from './entity.ts';
import { rhythmLaw } from './laws.ts';

/** The key under which the detector remembers an entity. */
export function entityKey(kind: string, name: string): string {
  return `${kind}\0${name}`;
}

/** An entity's last week against its baseline, from what the detector remembers of it; undefined for what is no entity. */
export function entityWeek(remembered: unknown, times: Iterable<number>, now: number): WeekHour[] | undefined {
  if (!(remembered instanceof Float32Array) || remembered.length !== entityLength) return undefined;
  return weekAgainstBaseline(partOf(remembered, 'rhythm'), times, now, rhythmLaw);
}
