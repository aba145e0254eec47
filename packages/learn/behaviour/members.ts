import { at, fadingBySteps } from './clock.ts';

/**
 * What occasions of a kind are made of: the steps of a job, the secrets that a build is given, the hosts that it speaks to. Each is a set, and two things can
 * be odd of it: that it holds a member which was never or hardly ever there, and that it lacks one which always was. The chance of either is the
 * conformal rule over occasions: (1 + occasions that were as odd) / (1 + occasions).
 */
export interface MembersLaw {
  /** Milliseconds of time that pass until an occasion counts half. */
  readonly halfLife: number;
}

/** What the members of one occasion say. */
export interface MembersChance {
  /** The chance of a member at least as rare as the rarest one here. */
  readonly rare: number;
  /** The place of that member in the list that was asked about; -1 where every member is usual. */
  readonly rarest: number;
  /** How often it was seen. */
  readonly times: number;
  /** Members that no occasion had before. */
  readonly unseen: number;
  /** The chance that an occasion lacks something that nearly all have. */
  readonly lacking: number;
  /** The mark of what is lacking; 0 when nothing is. */
  readonly lacked: number;
}

const occasions = 0;
/** Occasions that brought a member never seen before. */
const births = 1;
/** Occasions that lacked a usual member. */
const lacks = 2;
const fadedAt = 3;
const firstAt = 4;
const header = 5;
const cell = 2;

/** A member of this part of all occasions belongs to them. */
const usual = 0.9;
/** Before so many occasions nothing is usual. */
const fewest = 5;
const forgotten = 0.02;

/** The length of a state that remembers `places` members; the least seen make room for new ones. */
export function membersSize(places: number): number {
  return header + places * cell;
}

/** Occasions that are remembered, faded. */
export function occasionsSeen(state: Float32Array): number {
  return at(state, occasions);
}

export function chanceOfMembers(state: Float32Array, marks: readonly number[], now: number, law: MembersLaw): MembersChance {
  fade(state, now, law);
  const all = at(state, occasions);
  const { rarest, least, unseen } = rarestOf(state, marks);
  const lacked = lackedOf(state, marks);
  const asRare = rarest < 0 ? all : Math.min(all, at(state, births) + (least === 0 ? 0 : atMost(state, least)));
  return { rare: (1 + asRare) / (1 + all), rarest, times: rarest < 0 ? all : least, unseen, lacking: lacked === 0 ? 1 : (1 + at(state, lacks)) / (1 + all), lacked };
}

export function learnMembers(state: Float32Array, marks: readonly number[], now: number, law: MembersLaw, weight = 1): void {
  fade(state, now, law);
  if (rarestOf(state, marks).unseen > 0 && at(state, occasions) > 0) state[births] = at(state, births) + weight;
  if (lackedOf(state, marks) !== 0) state[lacks] = at(state, lacks) + weight;
  state[occasions] = at(state, occasions) + weight;
  for (const mark of new Set(marks)) {
    const place = placeFor(state, mark);
    state[place] = mark;
    state[place + 1] = at(state, place + 1) + weight;
  }
}

/** What occasions are made of has been changed on purpose, and some will be of the old kind for a while: neither what is here now nor what no longer is can be odd. */
export function adoptMembers(state: Float32Array, marks: readonly number[]): void {
  const half = at(state, occasions) / 2;
  const now = new Set(marks);
  for (const mark of now) {
    const place = placeFor(state, mark);
    state[place] = mark;
    state[place + 1] = Math.max(at(state, place + 1), half);
  }
  for (let place = header; place < state.length; place += cell) if (!now.has(at(state, place))) state[place + 1] = Math.min(at(state, place + 1), half);
}

function rarestOf(state: Float32Array, marks: readonly number[]): { readonly rarest: number; readonly least: number; readonly unseen: number } {
  let [rarest, least, unseen] = [-1, Number.POSITIVE_INFINITY, 0];
  for (let index = 0; index < marks.length; index += 1) {
    const place = placeOf(state, marks[index] ?? 0);
    const weight = place < 0 ? 0 : at(state, place + 1);
    if (place < 0) unseen += 1;
    if (weight < least) [rarest, least] = [index, weight];
  }
  return { rarest, least, unseen };
}

/** How many occasions had one of the members that were seen as seldom: at most the sum of their weights. */
function atMost(state: Float32Array, weight: number): number {
  let sum = 0;
  for (let place = header; place < state.length; place += cell) if (at(state, place) !== 0 && at(state, place + 1) <= weight + 1e-3) sum += at(state, place + 1);
  return sum;
}

function lackedOf(state: Float32Array, marks: readonly number[]): number {
  const all = at(state, occasions);
  if (all < fewest) return 0;
  for (let place = header; place < state.length; place += cell) {
    if (at(state, place) !== 0 && at(state, place + 1) >= usual * all && !marks.includes(at(state, place))) return at(state, place);
  }
  return 0;
}

function placeOf(state: Float32Array, mark: number): number {
  for (let place = header; place < state.length; place += cell) if (state[place] === mark) return place;
  return -1;
}

function placeFor(state: Float32Array, mark: number): number {
  const known = placeOf(state, mark);
  if (known >= 0) return known;
  let least = header;
  for (let place = header; place < state.length; place += cell) {
    if (at(state, place) === 0) return place;
    if (at(state, place + 1) < at(state, least + 1)) least = place;
  }
  state[least + 1] = 0;
  return least;
}

/** Steps of a day are exact enough. */
function fade(state: Float32Array, now: number, { halfLife }: MembersLaw): void {
  const factor = fadingBySteps(state, { firstAt, fadedAt }, now, { halfLife, step: 24 });
  if (factor === 1) return;
  for (const index of [occasions, births, lacks]) state[index] = at(state, index) * factor;
  for (let place = header; place < state.length; place += cell) {
    const weight = at(state, place + 1) * factor;
    if (weight < forgotten) state.fill(0, place, place + cell);
    else state[place + 1] = weight;
  }
}
