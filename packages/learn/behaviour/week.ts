import type { WeekHour } from '#model/plot.ts';
import { surpriseOf } from './fusion.ts';
import { chanceOfHour, expectedWeek, hourOfWeek, hoursOfWeek } from './rhythm.ts';
import type { RhythmLaw } from './rhythm.ts';

const hour = 3_600_000;

/** The first whole hour of the week before `now`. */
export function weekStart(now: number): number {
  return (Math.floor(now / hour) + 1 - hoursOfWeek) * hour;
}

/**
 * The hours of the week before `now`, the oldest first, beside what is usual. `times` are those of the entity's events in milliseconds; what is older or newer is
 * left out. What was learned of this very week is part of what is usual.
 */
export function weekAgainstBaseline(rhythm: Float32Array, times: Iterable<number>, now: number, law: RhythmLaw): WeekHour[] {
  const start = weekStart(now);
  const counts = new Float64Array(hoursOfWeek);
  for (const time of times) {
    const at = Math.floor((time - start) / hour);
    if (at >= 0 && at < hoursOfWeek && time <= now) counts[at] = (counts[at] as number) + 1;
  }
  const usual = expectedWeek(rhythm, now, law);
  const state = rhythm.slice();
  return Array.from(counts, (count, at) => {
    const time = start + at * hour;
    return { count, usual: usual[hourOfWeek(time)] as number, surprise: count === 0 ? 0 : surpriseOf(chanceOfHour(state, time, law)) };
  });
}
