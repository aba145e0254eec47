import { at, fading, fadingBySteps, hoursAt } from './clock.ts';

/**
 * When an entity acts: a weight for each hour of the week (UTC), an hour of the calendar counting once however much happened in it. An hour is as
 * odd as its smoothed weight is small: neighbouring hours and the same hour of other days speak for it, and the peers' week where the
 * entity's own is thin. The chance is the conformal rule over that weight, with the hour in question among the others.
 */
export interface RhythmLaw {
  /** Milliseconds until an observation counts half. */
  readonly halfLife: number;
}

export const hoursOfWeek = 168;
const fadedAt = 0;
const lastHour = 1;
const firstAt = 2;
const header = 3;
export const rhythmSize = header + hoursOfWeek;

/** Weights of an hour and of those before and after it, the nearest first. */
const beside = [1, 0.6, 0.25] as const;
/** What the same hour of another day says. */
const otherDays = 0.2;
/** The peers' week counts as much as so many hours of the entity's own. */
const peersCount = 8;
const alike = 1e-6;

/** 0 is Sunday 00 h UTC. */
export function hourOfWeek(now: number): number {
  const date = new Date(Number.isFinite(now) && Math.abs(now) < 8e15 ? now : 0);
  return date.getUTCDay() * 24 + date.getUTCHours();
}

/** The chance that an ordinary hour of this entity's is at least as odd; 1 where the hour has been learned already. */
export function chanceOfHour(state: Float32Array, now: number, law: RhythmLaw, peers?: Float32Array): number {
  fade(state, now, law);
  if (isHourLearned(state, now)) return 1;
  const own = hourOfWeek(now);
  // Asked for nearly every event: the arrays are used again.
  const { week, both, smooth } = scratch;
  for (let index = 0; index < hoursOfWeek; index += 1) week[index] = state[header + index] as number;
  week[own] = at(week, own) + 1;
  smoothInto(smooth, withPeers(week, peers, both));
  const limit = at(smooth, own) * (1 + alike);
  let odder = 0;
  let all = 0;
  for (let index = 0; index < hoursOfWeek; index += 1) {
    all += at(week, index);
    if (at(smooth, index) <= limit) odder += at(week, index);
  }
  return Math.min(1, odder / all);
}

export function learnHour(state: Float32Array, now: number, law: RhythmLaw, weight = 1): void {
  fade(state, now, law);
  if (isHourLearned(state, now)) return;
  const index = header + hourOfWeek(now);
  state[index] = at(state, index) + weight;
  state[lastHour] = hourCount(now);
}

/** This hour of the calendar has been learned. */
export function isHourLearned(state: Float32Array, now: number): boolean {
  return at(state, lastHour) === hourCount(now);
}

/** Adds to the week of many: every one of them counts. */
export function addHour(peers: Float32Array, now: number, law: RhythmLaw, weight = 1): void {
  fade(peers, now, law);
  const index = header + hourOfWeek(now);
  peers[index] = at(peers, index) + weight;
}

/** Hours that are remembered, faded. */
export function hoursSeen(state: Float32Array): number {
  let all = 0;
  for (let index = header; index < rhythmSize; index += 1) all += at(state, index);
  return all;
}

/** For each hour of the week, Sunday 00 h UTC first, the chance that the entity is active in it. */
export function expectedWeek(state: Float32Array, now: number, { halfLife }: RhythmLaw): Float32Array {
  const weeks = Math.max(1, weeksSeen(state, now, halfLife));
  const norm = (2 * beside.reduce((sum, one) => sum + one, 0) - beside[0]) * (1 + otherDays * 6);
  return smoothed(state.slice(header)).map((weight) => Math.min(1, weight / norm / weeks));
}

/** The hours of the week between which lie most of what was seen: [from, to) in hours of the day (UTC), on the days when it acts at all. */
export function usualHours(state: Float32Array): readonly [from: number, to: number] | undefined {
  const hours = new Float32Array(24);
  for (let index = 0; index < hoursOfWeek; index += 1) hours[index % 24] = at(hours, index % 24) + at(state, header + index);
  const all = hours.reduce((sum, one) => sum + one, 0);
  if (all === 0) return undefined;
  let best: readonly [number, number] = [0, 24];
  for (let from = 0; from < 24; from += 1) {
    let sum = 0;
    for (let length = 1; length < best[1] - best[0]; length += 1) {
      sum += at(hours, (from + length - 1) % 24);
      if (sum < 0.95 * all) continue;
      best = [from, from + length];
    }
  }
  return [best[0], best[1] % 24];
}

const reach = beside.length - 1;
const scratch = {
  week: new Float32Array(hoursOfWeek), both: new Float32Array(hoursOfWeek), smooth: new Float32Array(hoursOfWeek),
  ofDay: new Float32Array(24), mixed: new Float32Array(hoursOfWeek + 2 * reach),
};

function smoothed(week: Float32Array): Float32Array {
  return smoothInto(new Float32Array(hoursOfWeek), week);
}

function smoothInto(smooth: Float32Array, week: Float32Array): Float32Array {
  const { ofDay, mixed } = scratch;
  ofDay.fill(0);
  for (let from = 0; from < hoursOfWeek; from += 24) for (let hour = 0; hour < 24; hour += 1) ofDay[hour] = (ofDay[hour] as number) + otherDays * (week[from + hour] as number);
  for (let from = 0; from < hoursOfWeek; from += 24) for (let hour = 0; hour < 24; hour += 1) mixed[reach + from + hour] = (1 - otherDays) * (week[from + hour] as number) + (ofDay[hour] as number);
  // The week goes round.
  for (let far = 0; far < reach; far += 1) {
    mixed[far] = mixed[hoursOfWeek + far] as number;
    mixed[reach + hoursOfWeek + far] = mixed[reach + far] as number;
  }
  for (let index = 0; index < hoursOfWeek; index += 1) {
    let sum = beside[0] * (mixed[reach + index] as number);
    for (let far = 1; far <= reach; far += 1) sum += (beside[far] as number) * ((mixed[reach + index + far] as number) + (mixed[reach + index - far] as number));
    smooth[index] = sum;
  }
  return smooth;
}

/** The hours of an entity with those of its peers, who count as much as a few of its own. */
function withPeers(week: Float32Array, peers: Float32Array | undefined, both: Float32Array): Float32Array {
  const all = peers === undefined ? 0 : hoursSeen(peers);
  if (peers === undefined || all === 0) return week;
  for (let index = 0; index < hoursOfWeek; index += 1) both[index] = (week[index] as number) + (peersCount * (peers[header + index] as number)) / all;
  return both;
}

function weeksSeen(state: Float32Array, now: number, halfLife: number): number {
  if (at(state, firstAt) === 0) return 0;
  const weeks = Math.max(0, hoursAt(now) - at(state, firstAt)) / hoursOfWeek;
  const kept = fading(hoursOfWeek, halfLife);
  return (1 - kept ** weeks) / (1 - kept);
}

function hourCount(now: number): number {
  return 1 + Math.floor(hoursAt(now));
}

function fade(state: Float32Array, now: number, { halfLife }: RhythmLaw): void {
  const factor = fadingBySteps(state, { firstAt, fadedAt }, now, { halfLife, step: 24 });
  if (factor === 1) return;
  for (let index = header; index < rhythmSize; index += 1) state[index] = at(state, index) * factor;
}
