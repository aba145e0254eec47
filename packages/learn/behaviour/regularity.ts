import { lowerGamma } from '../gamma.ts';

/**
 * Whether something comes at regular times. Against what comes by chance, at whatever rate, the ratio of the geometric and the arithmetic mean of its
 * intervals is a test (Moran, 1951, as Bartlett corrected it): regular ones are too much alike, bursts too little. It needs no more than two sums.
 */
export interface Intervals {
  last: number;
  first: number;
  count: number;
  sum: number;
  logarithms: number;
}

/** What comes so soon belongs to what was before: a page and its pictures, a try and another. */
const together = 2_000;
/** An interval so many times the mean is an absence, and no interval. */
const absence = 8;
const fewest = 6;

export function newIntervals(time: number): Intervals {
  return { last: time, first: time, count: 0, sum: 0, logarithms: 0 };
}

/** True where the time made an interval. */
export function seeTime(intervals: Intervals, time: number): boolean {
  const interval = time - intervals.last - together;
  if (interval <= 0) return false;
  intervals.last = time;
  if (intervals.count >= fewest && interval > (absence * intervals.sum) / intervals.count) return false;
  intervals.count += 1;
  intervals.sum += interval;
  intervals.logarithms += Math.log(interval);
  return true;
}

/** The chance that intervals of chance are at least as much alike. */
export function chanceOfRegular({ count, sum, logarithms }: Intervals): number {
  if (count < fewest) return 1;
  const apart = Math.max(0, Math.log(sum / count) - logarithms / count);
  const statistic = (2 * count * apart) / (1 + (count + 1) / (6 * count));
  return Math.max(1e-14, lowerGamma((count - 1) / 2, statistic / 2));
}

/** Mean interval in milliseconds, and how far intervals stray from it, as part of it. */
export function rhythmOf({ count, sum, logarithms }: Intervals): { readonly period: number; readonly jitter: number } {
  const mean = sum / Math.max(1, count);
  // For small ones, ln of the mean less the mean of ln is half the square of the spread.
  return { period: mean + together, jitter: Math.sqrt(2 * Math.max(0, Math.log(mean) - logarithms / Math.max(1, count))) };
}
