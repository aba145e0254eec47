import { expectedWeek, hourOfWeek, hoursOfWeek } from './rhythm.ts';
import type { RhythmLaw } from './rhythm.ts';

/** One hour of the week of an entity, for a plot. */
export interface WeekHour {
  /** 0 is Sunday 00 h UTC. */
  readonly hour: number;
  /** The chance that the entity is active in this hour. */
  readonly expected: number;
  /** Events in it. */
  readonly seen: number;
}

const week = 7 * 86_400_000;

/** The week before `now` beside what is usual: `times` are those of the entity's events, in milliseconds; what is older or newer is left out. */
export function weekAgainstBaseline(rhythm: Float32Array, times: Iterable<number>, now: number, law: RhythmLaw): WeekHour[] {
  const seen = new Float64Array(hoursOfWeek);
  for (const time of times) if (time > now - week && time <= now) seen[hourOfWeek(time)] = (seen[hourOfWeek(time)] as number) + 1;
  return [...expectedWeek(rhythm, now, law)].map((expected, hour) => ({ hour, expected, seen: seen[hour] as number }));
}
