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

export function at(state: Float32Array, index: number): number {
  return state[index] ?? 0;
}
