import { at, fading, hoursAt } from './clock.ts';

/** Where somebody was: coordinates in degrees, and the mark of the network that it was seen through, where known. */
export interface SeenAt {
  readonly lat: number;
  readonly long: number;
  readonly network?: number;
}

export interface TravelLaw {
  readonly halfLife: number;
  /** Kilometres an hour that nobody moves faster than. */
  readonly fastest: number;
  /** Kilometres within which databases of addresses contradict each other. */
  readonly blur: number;
}

export interface Travel {
  readonly kilometres: number;
  readonly hours: number;
  /** Faster than anybody moves: two who act under one name, or one whose network goes through another country. */
  readonly impossible: boolean;
  /** The chance that an ordinary day of this entity's holds such a move: those who use exits of a VPN or a cloud make them every day. */
  readonly chance: number;
}

const lat = 0;
const long = 1;
const seenAt = 2;
const network = 3;
const days = 4;
const leaps = 5;
const fadedAt = 6;
const lastLeap = 7;
const lastDay = 8;
export const placeSize = 9;

const radius = 6371;
/** Shorter than this is one moment: sources write times with their own delays. */
const leastHours = 0.25;

export function isPlace(north: unknown, east: unknown): boolean {
  return typeof north === 'number' && typeof east === 'number' && Math.abs(north) <= 90 && Math.abs(east) <= 180 && (north !== 0 || east !== 0);
}

export function kilometresBetween(one: SeenAt, other: SeenAt): number {
  const [a, b] = [radians(one.lat), radians(other.lat)];
  const across = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(other.long - one.long) / 2) ** 2;
  return 2 * radius * Math.asin(Math.min(1, Math.sqrt(across)));
}

/** What it would take to get here from where the entity was last; undefined where that is not known. */
export function travelTo(state: Float32Array, place: SeenAt, now: number, law: TravelLaw): Travel | undefined {
  if (at(state, seenAt) === 0) return undefined;
  const kilometres = kilometresBetween({ lat: at(state, lat), long: at(state, long) }, place);
  const hours = Math.abs(hoursAt(now) - at(state, seenAt));
  const sameNetwork = place.network !== undefined && at(state, network) === place.network;
  const impossible = !sameNetwork && kilometres > law.blur && kilometres / Math.max(hours, leastHours) > law.fastest;
  return { kilometres, hours, impossible, chance: impossible ? (1 + at(state, leaps)) / (1 + at(state, days)) : 1 };
}

/** Moves the entity to where it is now. A leap counts once a day. */
export function learnPlace(state: Float32Array, place: SeenAt, now: number, law: TravelLaw, weight = 1): void {
  const travel = travelTo(state, place, now, law);
  const hours = hoursAt(now);
  const today = 1 + Math.floor(hours / 24);
  if (at(state, lastDay) < today) {
    const factor = fading(at(state, fadedAt) === 0 ? 0 : hours - at(state, fadedAt), law.halfLife);
    state[fadedAt] = hours;
    state[days] = at(state, days) * factor + 1;
    state[leaps] = at(state, leaps) * factor;
    state[lastDay] = today;
  }
  if (travel?.impossible === true && at(state, lastLeap) !== today) {
    state[leaps] = at(state, leaps) + weight;
    state[lastLeap] = today;
  }
  state[lat] = place.lat;
  state[long] = place.long;
  state[seenAt] = hours;
  state[network] = place.network ?? 0;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
