import { at, fading, hoursAt } from './clock.ts';

/**
 * How many entities have a value: a table of marks with faded counts. An entity counts when a value is new to it. What many have is no news when one more
 * gets it; where the same value is new to many in a short time, something has changed for all of them, and nobody has been taken over.
 */
export interface SharersLaw {
  readonly halfLife: number;
}

const fadedAt = 0;
const header = 2;
const cell = 2;
/** Places that a mark may have; the least of them makes room. */
const probes = 8;

export function sharersSize(places: number): number {
  return header + places * cell;
}

/** Entities that were seen to get this value, faded. */
export function sharersOf(state: Float32Array, mark: number): number {
  const place = placeOf(state, mark);
  return at(state, place) === mark ? at(state, place + 1) : 0;
}

export function learnSharer(state: Float32Array, mark: number, now: number, law: SharersLaw): void {
  fade(state, now, law);
  const place = placeOf(state, mark);
  if (at(state, place) !== mark) {
    state[place] = mark;
    state[place + 1] = 0;
  }
  state[place + 1] = at(state, place + 1) + 1;
}

/** Where the mark is, or would go. */
function placeOf(state: Float32Array, mark: number): number {
  const places = Math.floor((state.length - header) / cell);
  let least = -1;
  for (let probe = 0; probe < probes; probe += 1) {
    const place = header + ((Math.imul(mark, 0x9e3779b1) >>> 8) + probe) % places * cell;
    if (at(state, place) === mark) return place;
    if (least < 0 || at(state, place + 1) < at(state, least + 1)) least = place;
  }
  return least;
}

function fade(state: Float32Array, now: number, { halfLife }: SharersLaw): void {
  const hours = hoursAt(now);
  const elapsed = hours - at(state, fadedAt);
  if (at(state, fadedAt) !== 0 && elapsed < 24) return;
  if (at(state, fadedAt) !== 0) {
    const factor = fading(elapsed, halfLife);
    for (let place = header; place < state.length; place += cell) state[place + 1] = at(state, place + 1) * factor;
  }
  state[fadedAt] = hours;
}
