import { at, fading, hoursAt } from './clock.ts';

/**
 * Groups of entities that do alike. An entity is a direction: the sum of a fixed random direction for each of its habits (Charikar's random projection of
 * the set of its values). Groups are found as entities come (leader clustering): one who is near no group opens one, as long as there is room,
 * and who has a group stays until another is clearly nearer, so that the same people keep the same group.
 */
export const dimensions = 32;
const members = 0;
const seenAt = 1;
const header = 2;
const groupSize = header + dimensions;

export interface PeersLaw {
  readonly halfLife: number;
  /** Cosine from which an entity is near a group. */
  readonly near: number;
  /** Another group must be nearer by this. */
  readonly clearly: number;
}

export function groupsSize(most: number): number {
  return most * groupSize;
}

/** The direction of habits, of length 1; undefined where there are none. */
export function directionOf(habits: readonly { readonly mark: number; readonly weight: number }[]): Float32Array | undefined {
  const direction = new Float32Array(dimensions);
  for (const { mark, weight } of habits) {
    const bits = mixed(mark);
    for (let index = 0; index < dimensions; index += 1) direction[index] = at(direction, index) + (((bits >>> index) & 1) === 1 ? weight : -weight);
  }
  return ofLengthOne(direction);
}

/** The group that the entity belongs to from now on; `own`: its group so far, -1 for none. */
export function joinGroup(groups: Float32Array, direction: Float32Array, own: number, now: number, law: PeersLaw): number {
  let best = -1;
  let nearest = -1;
  let empty = -1;
  for (let group = 0; (group + 1) * groupSize <= groups.length; group += 1) {
    if (membersOf(groups, group, now, law) < 0.05) {
      if (empty < 0) empty = group;
      continue;
    }
    const near = cosine(groups, group, direction) - (group === own ? 0 : own < 0 ? 0 : law.clearly);
    if (near > nearest) [best, nearest] = [group, near];
  }
  const chosen = best < 0 || (nearest < law.near && empty >= 0 && best !== own) ? empty : best;
  if (chosen >= 0) moveTowards(groups, chosen, direction, now, law);
  return chosen;
}

/** Entities that joined or came back, faded. */
export function membersOf(groups: Float32Array, group: number, now: number, { halfLife }: PeersLaw): number {
  const from = group * groupSize;
  return at(groups, from + members) * fading(hoursAt(now) - at(groups, from + seenAt), halfLife);
}

function cosine(groups: Float32Array, group: number, direction: Float32Array): number {
  const from = group * groupSize + header;
  let product = 0;
  let length = 0;
  for (let index = 0; index < dimensions; index += 1) {
    product += at(groups, from + index) * at(direction, index);
    length += at(groups, from + index) ** 2;
  }
  return length === 0 ? 0 : product / Math.sqrt(length);
}

function moveTowards(groups: Float32Array, group: number, direction: Float32Array, now: number, law: PeersLaw): void {
  const from = group * groupSize;
  const known = membersOf(groups, group, now, law);
  const rate = Math.max(0.02, 1 / (1 + known));
  for (let index = 0; index < dimensions; index += 1) {
    const place = from + header + index;
    groups[place] = known < 0.05 ? at(direction, index) : (1 - rate) * at(groups, place) + rate * at(direction, index);
  }
  groups[from + members] = known + 1;
  groups[from + seenAt] = hoursAt(now);
}

function ofLengthOne(direction: Float32Array): Float32Array | undefined {
  const length = Math.sqrt(direction.reduce((sum, one) => sum + one * one, 0));
  return length === 0 ? undefined : direction.map((one) => one / length);
}

/** Thirty-two bits that have nothing to do with each other (the finaliser of MurmurHash3). */
function mixed(mark: number): number {
  let bits = Math.imul(mark ^ (mark >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
