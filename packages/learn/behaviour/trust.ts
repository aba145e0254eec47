import { at, hoursAt } from './clock.ts';

/**
 * Against slow poisoning: how much of what is seen is learned. What is odd is learned with less weight, so that it takes several days and not one to
 * become a habit; and an entity's odd days count in the tail that everyone is measured by at most once in a while, so that few who are odd every day
 * cannot make oddness ordinary.
 */
export interface TrustLaw {
  /** What is odder than this is learned with less than its whole weight. */
  readonly odd: number;
  /** The least weight: so many odd days make one ordinary one. */
  readonly least: number;
  /** Milliseconds in which an entity's odd scores count once. */
  readonly spell: number;
}

/** The weight with which something of this chance is learned. */
export function learningWeight(chance: number, { odd, least }: TrustLaw): number {
  return chance >= odd ? 1 : Math.max(least, chance / odd);
}

const lastOdd = 0;
export const spellSize = 1;

/** The weight of a score in the common tail: whole where the entity has not been odd for a spell, less the shorter ago that was. */
export function tailWeight(state: Float32Array, chance: number, now: number, { odd, spell }: TrustLaw): number {
  if (chance >= odd) return 1;
  const hours = hoursAt(now);
  const since = at(state, lastOdd) === 0 ? 1 : Math.min(1, Math.max(0, ((hours - at(state, lastOdd)) * 3_600_000) / spell));
  state[lastOdd] = hours;
  return since;
}
