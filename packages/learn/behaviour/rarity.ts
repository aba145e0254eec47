import { at, fadingBySteps, hour, hoursAt } from './clock.ts';

/**
 * How rare a value is for an entity: a user's countries, a repository's actors. What is counted is a value in a slot of time (a day), not an event,
 * because events come in bursts: two hundred pushes of one afternoon say as much of a habit as one.
 *
 * The chance is that of the conformal rule with "how often was this value seen" as the measure of oddness. Of a stream whose order means nothing it is
 * exact whatever the law of its values, which the predictive rule of a Pitman-Yor process is only for the right discount; for a new value it
 * is Good and Turing's estimate, (1 + values seen once) / (1 + slots).
 */
export interface RarityLaw {
  /** Milliseconds of time that pass until an observation counts half. */
  readonly halfLife: number;
  /** Milliseconds within which a value counts once. */
  readonly slot: number;
}

const others = 0;
const fadedAt = 1;
const firstAt = 2;
const header = 3;
const cell = 3;
/** What is left of a value that was seen once so long ago that it says nothing any more. */
const forgotten = 0.02;
const alike = 1e-3;

/** The length of the state of an aspect that remembers `places` values; the least seen of them make room for new ones and are counted as others. */
export function raritySize(places: number): number {
  return header + places * cell;
}

export function isKnown(state: Float32Array, mark: number): boolean {
  return placeOf(state, mark) >= 0;
}

/** The value has been learned in this slot of time already. */
export function isAnswered(state: Float32Array, mark: number, now: number, law: RarityLaw): boolean {
  const own = placeOf(state, mark);
  return own >= 0 && at(state, own + 2) === slotOf(now, law);
}

/** The chance that an ordinary slot brings a value at least as rare; 1 where this value has been seen in this slot already. */
export function chanceOfValue(state: Float32Array, mark: number, now: number, law: RarityLaw): number {
  fade(state, now, law);
  const own = placeOf(state, mark);
  if (own >= 0 && at(state, own + 2) === slotOf(now, law)) return 1;
  const count = 1 + (own < 0 ? 0 : at(state, own + 1));
  let rarer = count + at(state, others);
  let all = 1 + at(state, others);
  for (let place = header; place < state.length; place += cell) {
    const weight = at(state, place + 1);
    all += weight;
    if (place !== own && weight <= count + alike) rarer += weight;
  }
  return Math.min(1, rarer / all);
}

/** Remembers the value. `weight`: less than 1 for what is not to become a habit at once. */
export function learnValue(state: Float32Array, mark: number, now: number, law: RarityLaw, weight = 1): void {
  fade(state, now, law);
  const slot = slotOf(now, law);
  const known = placeOf(state, mark);
  if (known >= 0 && at(state, known + 2) === slot) return;
  const place = known >= 0 ? known : emptyPlace(state);
  state[place] = mark;
  state[place + 1] = at(state, place + 1) + weight;
  state[place + 2] = slot;
}

/** Slots that are remembered, faded: what the chance rests on. */
export function slotsSeen(state: Float32Array): number {
  let all = at(state, others);
  for (let place = header; place < state.length; place += cell) all += at(state, place + 1);
  return all;
}

/** Values that are remembered with their weights, the most usual first. */
export function usualValues(state: Float32Array): { readonly mark: number; readonly weight: number }[] {
  const found = [];
  for (let place = header; place < state.length; place += cell) if (at(state, place) !== 0) found.push({ mark: at(state, place), weight: at(state, place + 1) });
  return found.sort((a, b) => b.weight - a.weight || a.mark - b.mark);
}

/** How often a value was seen, faded; 0 for one that is not remembered. */
export function weightOfValue(state: Float32Array, mark: number): number {
  const place = mark === 0 ? -1 : placeOf(state, mark);
  return place < 0 ? 0 : at(state, place + 1);
}

/** Days since the first value was learned. */
export function daysKnown(state: Float32Array, now: number): number {
  return at(state, firstAt) === 0 ? 0 : Math.max(0, (hoursAt(now) - at(state, firstAt)) / 24);
}

function placeOf(state: Float32Array, mark: number): number {
  for (let place = header; place < state.length; place += cell) if (state[place] === mark) return place;
  return -1;
}

function emptyPlace(state: Float32Array): number {
  let least = header;
  for (let place = header; place < state.length; place += cell) {
    if (at(state, place) === 0) return place;
    if (at(state, place + 1) < at(state, least + 1)) least = place;
  }
  state[others] = at(state, others) + at(state, least + 1);
  state[least + 1] = 0;
  return least;
}

/** Fading by steps of an hour or more is exact enough and spares the work within it. */
function fade(state: Float32Array, now: number, { halfLife }: RarityLaw): void {
  const factor = fadingBySteps(state, { firstAt, fadedAt }, now, { halfLife, step: 1 });
  if (factor === 1) return;
  state[others] = at(state, others) * factor;
  for (let place = header; place < state.length; place += cell) {
    const weight = at(state, place + 1) * factor;
    if (weight < forgotten) state.fill(0, place, place + cell);
    else state[place + 1] = weight;
  }
}

function slotOf(now: number, { slot }: RarityLaw): number {
  return 1 + Math.floor((hoursAt(now) * hour) / slot);
}
