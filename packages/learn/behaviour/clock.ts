/**
 * Time as the states of this folder keep it: hours since 2020 in single precision, which is exact to half a minute until 2050. A state is one
 * `Float32Array`, most often a part of a larger one (`subarray`): bounded by its length, cheap to keep, cloned and stored as it is.
 */
const epoch = Date.UTC(2020, 0, 1);
export const hour = 3_600_000;
export const day = 24 * hour;
const farthest = 1e6;

/** Times come from outside: what no state could hold is taken for the nearest that it can. */
export function hoursAt(now: number): number {
  const hours = (now - epoch) / hour;
  return hours > 0 ? Math.min(hours, farthest) : 0;
}

/** What is left of a weight after this time. */
export function fading(elapsedHours: number, halfLife: number): number {
  return elapsedHours <= 0 ? 1 : 2 ** -((elapsedHours * hour) / halfLife);
}

/** Where a state holds when it began and when it faded last. */
export interface FadingPlaces {
  readonly firstAt: number;
  readonly fadedAt: number;
}

/**
 * How much is left of what a state holds; 1 as long as less than `step` hours have passed since it faded last: so short a time changes nothing, and the
 * whole state is touched by it. Sets both places.
 */
export function fadingBySteps(state: Float32Array, { firstAt, fadedAt }: FadingPlaces, now: number, { halfLife, step }: { readonly halfLife: number; readonly step: number }): number {
  const hours = hoursAt(now);
  if (at(state, firstAt) === 0) {
    state[firstAt] = hours;
    state[fadedAt] = hours;
  }
  const elapsed = hours - at(state, fadedAt);
  if (elapsed < step) return 1;
  state[fadedAt] = hours;
  return fading(elapsed, halfLife);
}

export function at(state: Float32Array, index: number): number {
  return state[index] ?? 0;
}
