import { bagKey, bagOf, steadinessOf, type KnownBag } from './bags.ts';
import { gramsOf, type Grams } from './grams.ts';
import { chanceOf, leftOut, type LeftOut } from './left-out.ts';
import { isUnlikeAll, likenessOf, type KnownSequences, type Likeness } from './likeness.ts';

/** Most that a model keeps; what finds no room is counted in `dropped`, and is as if it had not been seen. */
export const limits = { actions: 4096, stretches: 2_000_000, bags: 2048, length: 20_000 } as const;

/**
 * What sequences of actions are like: which stretches occur, how often each action does, and how odd each of the sequences that it was made from looks
 * to the others. Plain data.
 */
export interface SequenceModel extends KnownSequences {
  readonly tails: Readonly<Record<Aspect, LeftOut>>;
  /** Of the oddest aspect's -ln chance, so that the chance of all aspects together is what the training had. */
  readonly together: LeftOut;
  /** Sequences of the training that were unlike all others. */
  readonly unlike: number;
  readonly dropped: number;
}

/**
 * `counts`: how far the counts of its actions are from the nearest ones known. `order`: the part of its pairs and triples of actions that were never
 * seen.
 */
export type Aspect = 'counts' | 'order';
const aspects: readonly Aspect[] = ['counts', 'order'];

export interface Judgement {
  /** The chance that a sequence like those of the training is at least as odd in counts or order. */
  readonly chance: number;
  readonly oddest: Aspect;
  readonly unlikeAll: boolean;
  /** The chance that a sequence like those of the training is unlike all others. */
  readonly unlikeChance: number;
  readonly likeness: Likeness;
}

export function learnSequences(sequences: readonly (readonly string[])[]): SequenceModel {
  const distinct = distinctOf(sequences);
  const { bits, events, dropped: actionsDropped } = bitsOf(distinct);
  const { stretches, dropped: stretchesDropped } = stretchesOf(distinct);
  const { byKey, dropped: bagsDropped } = bagsOf(distinct);
  const bags = [...byKey.values()];
  const wholes = new Map(distinct.map(({ grams, sessions }) => [grams.whole, sessions]));
  const known: KnownSequences = { sessions: sequences.length, events, bits, stretches, wholes, bags, steadiness: steadinessOf(bags, sequences.length) };
  return { ...known, ...calibrated(known, distinct, byKey), dropped: actionsDropped + stretchesDropped + bagsDropped };
}

export function judgeSequence(model: SequenceModel, sequence: readonly string[]): Judgement {
  const actions = sequence.slice(0, limits.length);
  const likeness = likenessOf(model, actions, gramsOf(actions));
  const { aspect: oddest, chance } = oddestOf(model.tails, likeness);
  const unlikeAll = isUnlikeAll(likeness);
  return { chance: chanceOf(model.together, -Math.log(chance)), oddest, unlikeAll, unlikeChance: unlikeAll ? (1 + model.unlike) / (1 + model.sessions) : 1, likeness };
}

/**
 * Odder than all sequences of the training are likely to be, or unlike all of them. The false alarms that this costs are declared by the training: about
 * one in as many sequences as it had, and the part of it that was itself unlike all others.
 */
export function isOdd({ sessions }: SequenceModel, { chance, unlikeAll }: Judgement): boolean {
  return unlikeAll || chance <= 1 / sessions;
}

interface Distinct {
  readonly actions: readonly string[];
  readonly grams: Grams;
  sessions: number;
}

/** Each sequence judged by what remains when it is left out. */
function calibrated(known: KnownSequences, distinct: readonly Distinct[], byKey: ReadonlyMap<string, KnownBag>): Pick<SequenceModel, 'tails' | 'together' | 'unlike'> {
  const judged = distinct.map(({ actions, grams, sessions }) => ({ sessions, likeness: likenessOf(known, actions, grams, { bag: byKey.get(bagKey(bagOf(actions))) }) }));
  const all = (score: (likeness: Likeness) => number): LeftOut => leftOut(judged.flatMap(({ sessions, likeness }) => Array.from({ length: sessions }, () => score(likeness))));
  const tails = { counts: all((likeness) => scoreOf(likeness, 'counts')), order: all((likeness) => scoreOf(likeness, 'order')) };
  return {
    tails,
    together: all((likeness) => -Math.log(oddestOf(tails, likeness).chance)),
    unlike: judged.reduce((sum, { sessions, likeness }) => sum + (isUnlikeAll(likeness) ? sessions : 0), 0),
  };
}

function oddestOf(tails: SequenceModel['tails'], likeness: Likeness): { aspect: Aspect; chance: number } {
  let oddest: { aspect: Aspect; chance: number } = { aspect: 'counts', chance: 1 };
  for (const aspect of aspects) {
    const chance = chanceOf(tails[aspect], scoreOf(likeness, aspect));
    if (chance < oddest.chance) oddest = { aspect, chance };
  }
  return oddest;
}

function scoreOf(likeness: Likeness, aspect: Aspect): number {
  return aspect === 'counts' ? likeness.nearest.distance : likeness.newOrder;
}

function distinctOf(sequences: readonly (readonly string[])[]): Distinct[] {
  const byWhole = new Map<number, Distinct>();
  for (const sequence of sequences) {
    const actions = sequence.slice(0, limits.length);
    const grams = gramsOf(actions);
    const same = byWhole.get(grams.whole);
    if (same === undefined) byWhole.set(grams.whole, { actions, grams, sessions: 1 });
    else same.sessions += 1;
  }
  return [...byWhole.values()];
}

function bitsOf(distinct: readonly Distinct[]): { bits: Map<string, number>; events: number; dropped: number } {
  const counts = new Map<string, number>();
  let events = 0;
  let dropped = 0;
  for (const { actions, sessions } of distinct) {
    events += actions.length * sessions;
    for (const action of actions) {
      if (counts.size >= limits.actions && !counts.has(action)) dropped += 1;
      else counts.set(action, (counts.get(action) ?? 0) + sessions);
    }
  }
  const all = events + 0.5 * (counts.size + 1);
  return { bits: new Map([...counts].map(([action, count]) => [action, -Math.log2((count + 0.5) / all)])), events, dropped };
}

function stretchesOf(distinct: readonly Distinct[]): { stretches: Map<number, number>; dropped: number } {
  const stretches = new Map<number, number>();
  let dropped = 0;
  for (const { grams, sessions } of distinct) {
    for (const keys of grams.byOrder.values()) {
      for (const key of new Set(keys)) {
        const had = stretches.get(key);
        if (had === undefined && stretches.size >= limits.stretches) dropped += 1;
        else stretches.set(key, (had ?? 0) + sessions);
      }
    }
  }
  return { stretches, dropped };
}

function bagsOf(distinct: readonly Distinct[]): { byKey: Map<string, KnownBag>; dropped: number } {
  const byKey = new Map<string, KnownBag>();
  let dropped = 0;
  for (const { actions, sessions } of distinct) {
    const bag = bagOf(actions);
    const key = bagKey(bag);
    const same = byKey.get(key);
    if (same !== undefined) same.sessions += sessions;
    else if (byKey.size < limits.bags) byKey.set(key, { bag, sessions });
    else dropped += 1;
  }
  return { byKey, dropped };
}
