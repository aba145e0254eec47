import { negativeBinomialTail } from '../gamma.ts';
import { at, fading, hour, hoursAt } from './clock.ts';

/**
 * How much an entity does within a window of time, counted over windows in which it does anything, so that nights and holidays say nothing. Counts
 * follow a Poisson law whose rate is drawn anew for each window from a gamma law: a negative binomial one, with the doubt about its two parameters added to
 * its spread. Few windows lean on what is thought before any is seen: a mean of `priorMean` and a spread like that of a geometric law.
 */
export interface VolumeLaw {
  readonly halfLife: number;
  /** Milliseconds of a window. */
  readonly window: number;
  readonly priorMean: number;
}

const fadedAt = 0;
const windows = 1;
const sum = 2;
const squares = 3;
const most = 4;
const current = 5;
const count = 6;
const weightNow = 7;
export const volumeSize = 8;

/** The prior counts as much as so many windows. */
const priorWindows = 2;
const spreadWindows = 6;

/** Counts `amount` more in the window of `now`; a window that is over is learned. Gives the count of the window so far. */
export function countIn(state: Float32Array, now: number, law: VolumeLaw, amount = 1): number {
  const window = windowOf(now, law);
  if (at(state, current) < window) {
    learnWindow(state, now, law);
    state[current] = window;
    state[count] = 0;
    state[weightNow] = 1;
  }
  // What comes late counts in the window that is open.
  state[count] = at(state, count) + amount;
  return at(state, count);
}

/** The chance that an ordinary window holds as much as the one that is open. */
export function chanceOfCount(state: Float32Array, law: VolumeLaw): number {
  const more = at(state, count) - 1;
  if (more <= 0) return 1;
  const { mean, size } = fit(state, law);
  const chance = negativeBinomialTail(more, mean, size);
  // What has been seen before, or more, is no odder than once in all windows.
  return at(state, count) <= at(state, most) ? Math.max(chance, 1 / (1 + at(state, windows))) : chance;
}

/** The open window will be learned with this weight at most: what is odd must not become the measure. */
export function weighWindow(state: Float32Array, weight: number): void {
  state[weightNow] = Math.min(at(state, weightNow), weight);
}

/** The mean of a window in which the entity did anything, and how many it was learned from. */
export function usualCount(state: Float32Array, law: VolumeLaw): { readonly mean: number; readonly windows: number } {
  return { mean: 1 + fit(state, law).mean, windows: at(state, windows) };
}

function fit(state: Float32Array, { priorMean }: VolumeLaw): { readonly mean: number; readonly size: number } {
  const seen = at(state, windows);
  const prior = Math.max(0.1, priorMean - 1);
  const mean = (priorWindows * prior + at(state, sum)) / (priorWindows + seen);
  const variance = seen === 0 ? 0 : Math.max(0, at(state, squares) / seen - (at(state, sum) / seen) ** 2) * (seen / Math.max(1, seen - 1));
  const spread = Math.max(0, variance - mean) / mean ** 2;
  // 1 / size of the law, and that of the doubt about the mean.
  const over = (spreadWindows + seen * spread) / (spreadWindows + seen);
  const doubt = (1 + over) / (priorWindows + seen);
  return { mean, size: 1 / (over + doubt) };
}

function learnWindow(state: Float32Array, now: number, { halfLife }: VolumeLaw): void {
  const hours = hoursAt(now);
  const factor = fading(at(state, fadedAt) === 0 ? 0 : hours - at(state, fadedAt), halfLife);
  state[fadedAt] = hours;
  for (const index of [windows, sum, squares]) state[index] = at(state, index) * factor;
  const more = at(state, count) - 1;
  if (more < 0) return;
  const weight = at(state, weightNow);
  state[windows] = at(state, windows) + weight;
  state[sum] = at(state, sum) + weight * more;
  state[squares] = at(state, squares) + weight * more ** 2;
  state[most] = weight < 1 ? at(state, most) : Math.max(at(state, most) * Math.sqrt(factor), at(state, count));
}

function windowOf(now: number, { window }: VolumeLaw): number {
  return 1 + Math.floor((hoursAt(now) * hour) / window);
}
