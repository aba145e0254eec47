import { at, hoursAt } from './clock.ts';

/** How often something happens, in times a day: what is recent counts more. */
const weight = 0;
const seenAt = 1;
const firstAt = 2;
export const paceSize = 3;

/** Days over which it is reckoned. */
const span = 7;

export function learnPace(state: Float32Array, now: number): void {
  const hours = hoursAt(now);
  if (at(state, firstAt) === 0) {
    state[firstAt] = hours;
    state[seenAt] = hours;
  }
  const elapsed = hours - at(state, seenAt);
  // Single precision tells half a minute; what comes closer together fades together.
  if (elapsed > 0.05) {
    state[weight] = at(state, weight) * Math.exp(-elapsed / 24 / span);
    state[seenAt] = hours;
  }
  state[weight] = at(state, weight) + 1;
}

export function perDay(state: Float32Array): number {
  const days = (at(state, seenAt) - at(state, firstAt)) / 24;
  // Of what an even pace would have gathered in the time so far.
  return at(state, weight) / Math.max(1, span * (1 - Math.exp(-days / span)));
}
