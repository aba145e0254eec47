/** A sitting: what an entity does between two silences, a day at most. It is judged as a whole, as often as something in it is odder than before. */
import type { KeyedMemory } from '#model/stream.ts';
import { hoursAt } from '#learn/behaviour/clock.ts';
import { fusedScore, surpriseOf } from '#learn/behaviour/fusion.ts';
import { tailWeight } from '#learn/behaviour/trust.ts';
import { regroup } from './crowd.ts';
import type { Tails } from './crowd.ts';
import { field, oddities, oddityNames } from './entity.ts';
import type { Oddity, Sitting } from './entity.ts';
import { groupedFor, leastDays, leastSittings, longestSitting, oddAspect, silence, trustLaw } from './laws.ts';

const hour = 3_600_000;

/** Begins another sitting where it is due; what the last one came to is learned, and its surprise given. */
export function sit(memory: KeyedMemory<Float32Array>, entity: Float32Array, sitting: Sitting, tails: Tails, now: number): number | undefined {
  const hours = hoursAt(now);
  const last = entity[field.last] as number;
  if (entity[field.first] === 0) entity[field.first] = hours;
  entity[field.last] = Math.max(last, hours);
  const isOver = last === 0 || (hours - last) * hour > silence || (hours - (entity[field.began] as number)) * hour > longestSitting;
  if (!isOver) return undefined;
  const surprise = last > 0 ? close(entity, tails, now) : undefined;
  sitting.begin();
  entity[field.began] = hours;
  entity[field.score] = 0;
  entity[field.told] = 1;
  entity[field.severity] = 0;
  entity[field.sittings] = (entity[field.sittings] as number) + 1;
  if ((entity[field.sittings] as number) > 2 && (hours - (entity[field.grouped] as number)) * hour > groupedFor) {
    regroup(memory, entity, now);
    entity[field.grouped] = hours;
  }
  return surprise;
}

function close(entity: Float32Array, tails: Tails, now: number): number | undefined {
  if (!isSettled(entity, now)) return undefined;
  const score = entity[field.score] as number;
  const chance = tails.sittingChance(score);
  tails.learnSitting(score, now, tailWeight(entity.subarray(field.spell, field.spell + 1), chance, now, trustLaw));
  return surpriseOf(chance);
}

/** Days since the first event. */
export function daysKnown(entity: Float32Array, now: number): number {
  return Math.max(0, hoursAt(now) - (entity[field.first] as number)) / 24;
}

/** It has a history that can bear a chance. */
export function isSettled(entity: Float32Array, now: number): boolean {
  return daysKnown(entity, now) >= leastDays && (entity[field.sittings] as number) > leastSittings;
}

export interface Verdict {
  /** The chance that an ordinary sitting becomes at least as odd. */
  readonly chance: number;
  /** The oddest first, each odd by itself, one of a family. */
  readonly reasons: readonly { readonly oddity: Oddity; readonly chance: number }[];
}

/** What the sitting comes to so far. */
export function judgeSitting(entity: Float32Array, sitting: Sitting, tails: Tails): Verdict {
  const all = oddityNames.map((oddity) => ({ oddity, family: oddities[oddity], chance: sitting.chance(oddity) }));
  const score = fusedScore(all);
  entity[field.score] = Math.max(entity[field.score] as number, score);
  const reasons = all.filter(({ chance }) => chance <= oddAspect).sort((a, b) => a.chance - b.chance);
  return { chance: tails.sittingChance(score), reasons: reasons.filter(({ family }, index) => reasons.findIndex((other) => other.family === family) === index) };
}
