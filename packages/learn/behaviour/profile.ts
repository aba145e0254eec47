import { amountsSeen, amountsSize, chanceOfAmount, learnAmount, restartAmounts, usualAmount } from './amounts.ts';
import type { AmountsLaw, AmountsPeers, Side } from './amounts.ts';
import { at } from './clock.ts';
import type { AspectChance } from './fusion.ts';
import { adoptMembers, chanceOfMembers, learnMembers, membersSize, occasionsSeen } from './members.ts';
import { chanceOfValue, learnValue, raritySize, slotsSeen, weightOfValue } from './rarity.ts';
import { chanceOfHour, hoursSeen, learnHour, rhythmSize } from './rhythm.ts';

/**
 * What is known of somebody or something under several aspects at once, in one `Float32Array`. An aspect is a value (who), a set of members (which steps),
 * an amount (how long), an amount for each of several parts (how long each job), or the hour.
 */
export type AspectShape =
  | { readonly kind: 'value'; readonly places: number; readonly slot: number }
  | { readonly kind: 'members'; readonly places: number }
  | { readonly kind: 'amount'; readonly side: Side; readonly spread: number }
  | { readonly kind: 'part-amounts'; readonly places: number; readonly side: Side; readonly spread: number }
  | { readonly kind: 'hour' };

export interface AspectPlan {
  readonly id: string;
  /** Aspects of one family tend to be odd together. */
  readonly family: string;
  readonly shape: AspectShape;
}

export interface Profile {
  readonly size: number;
  readonly halfLife: number;
  readonly aspects: ReadonlyMap<string, AspectPlan & { readonly from: number; readonly to: number }>;
}

/** What an event says under one aspect. */
export interface Fact {
  readonly aspect: string;
  /** Of a value its mark, of members theirs, of a part its own. */
  readonly marks?: readonly number[];
  readonly amount?: number;
}

export interface Answer extends AspectChance {
  readonly aspect: string;
  /** The place of the fact that it answers in the list. */
  readonly fact: number;
  /** On how many observations the chance rests. */
  readonly rests: number;
  /** How often the value was seen; for members, that of the rarest one. */
  readonly times: number;
  /** Of members, the place of the rarest in the fact; -1 where all are usual. */
  readonly rarest: number;
  readonly unseen: number;
  /** The mark of a usual member that is not there; 0 when nothing lacks. */
  readonly lacked: number;
  /** Of amounts, what is usual. */
  readonly middle: number;
}

/** What stands in where somebody has little of their own. */
export interface ProfilePeers {
  readonly hours?: Float32Array;
  amounts?(aspect: string): AmountsPeers | undefined;
}

const part = 1 + amountsSize;
const priorCount = 3;

export function defineProfile(halfLife: number, plans: readonly AspectPlan[]): Profile {
  let size = 0;
  const aspects = new Map(plans.map((plan) => {
    const from = size;
    size += sizeOf(plan.shape);
    return [plan.id, { ...plan, from, to: size }] as const;
  }));
  return { size, halfLife, aspects };
}

function sizeOf(shape: AspectShape): number {
  switch (shape.kind) {
    case 'value': return raritySize(shape.places);
    case 'members': return membersSize(shape.places);
    case 'amount': return amountsSize;
    case 'part-amounts': return shape.places * part;
    case 'hour': return rhythmSize;
  }
}

/** The chances of what an event says. `whole`: the members are all there are, so that what lacks is odd, too. */
export function askProfile(profile: Profile, state: Float32Array, facts: readonly Fact[], now: number, { peers = {}, whole = false }: { readonly peers?: ProfilePeers; readonly whole?: boolean } = {}): Answer[] {
  const answers: Answer[] = [];
  for (const [place, fact] of facts.entries()) {
    const plan = profile.aspects.get(fact.aspect);
    if (plan === undefined) continue;
    const own = state.subarray(plan.from, plan.to);
    const answer = answerOf(plan, own, fact, { now, halfLife: profile.halfLife, peers, whole });
    answers.push({
      aspect: fact.aspect, fact: place, family: plan.family, chance: answer.chance, rests: answer.rests ?? 0, times: answer.times ?? 0, rarest: answer.rarest ?? -1,
      unseen: answer.unseen ?? 0, lacked: answer.lacked ?? 0, middle: answer.middle ?? 0,
    });
  }
  return answers;
}

type Partly = { readonly chance: number } & Partial<Answer>;

interface Asking {
  readonly now: number;
  readonly halfLife: number;
  readonly peers: ProfilePeers;
  readonly whole: boolean;
}

function answerOf(plan: AspectPlan, own: Float32Array, { marks = [], amount = 0 }: Fact, { now, halfLife, peers, whole }: Asking): Partly {
  const { shape } = plan;
  switch (shape.kind) {
    case 'value': return { chance: chanceOfValue(own, marks[0] ?? 0, now, { halfLife, slot: shape.slot }), rests: slotsSeen(own), times: weightOfValue(own, marks[0] ?? 0) };
    case 'members': return membersAnswer(own, marks, now, halfLife, whole);
    case 'amount': return amountAnswer(own, amount, shape, halfLife, peers.amounts?.(plan.id));
    case 'part-amounts': {
      const state = partOf(own, marks[0] ?? 0);
      return state === undefined ? { chance: 1 } : amountAnswer(state, amount, shape, halfLife, undefined);
    }
    case 'hour': return { chance: chanceOfHour(own, now, { halfLife }, peers.hours), rests: hoursSeen(own) };
  }
}

function membersAnswer(own: Float32Array, marks: readonly number[], now: number, halfLife: number, whole: boolean): Partly {
  const found = chanceOfMembers(own, marks, now, { halfLife });
  const lacking = whole ? found.lacking : 1;
  const odd = { rests: occasionsSeen(own), rarest: found.rarest, unseen: found.unseen, times: found.times };
  return lacking < found.rare ? { ...odd, chance: lacking, lacked: found.lacked } : { ...odd, chance: found.rare };
}

function amountAnswer(own: Float32Array, amount: number, { side, spread }: { readonly side: Side; readonly spread: number }, halfLife: number, peers: AmountsPeers | undefined): Partly {
  const law: AmountsLaw = { halfLife, spread, priorCount };
  return { chance: chanceOfAmount(own, amount, side, law, peers), rests: amountsSeen(own), middle: usualAmount(own, law).middle };
}

export function learnProfile(profile: Profile, state: Float32Array, facts: readonly Fact[], now: number, weight = 1): void {
  const { halfLife } = profile;
  for (const { aspect, marks = [], amount = 0 } of facts) {
    const plan = profile.aspects.get(aspect);
    if (plan === undefined) continue;
    const own = state.subarray(plan.from, plan.to);
    const { shape } = plan;
    if (shape.kind === 'value') learnValue(own, marks[0] ?? 0, now, { halfLife, slot: shape.slot }, weight);
    else if (shape.kind === 'members') learnMembers(own, marks, now, { halfLife }, weight);
    else if (shape.kind === 'amount') learnAmount(own, amount, now, { halfLife, spread: shape.spread, priorCount }, weight);
    else if (shape.kind === 'part-amounts') learnAmount(partFor(own, marks[0] ?? 0), amount, now, { halfLife, spread: shape.spread, priorCount }, weight);
    else learnHour(own, now, { halfLife }, weight);
  }
}

/** Takes what an event says as the rule from now on: what it is about was changed on purpose. */
export function adoptFacts(profile: Profile, state: Float32Array, facts: readonly Fact[]): void {
  for (const { aspect, marks = [] } of facts) {
    const plan = profile.aspects.get(aspect);
    if (plan === undefined) continue;
    const own = state.subarray(plan.from, plan.to);
    if (plan.shape.kind === 'members') adoptMembers(own, marks);
    else if (plan.shape.kind === 'amount') restartAmounts(own);
    else if (plan.shape.kind === 'part-amounts') restartAmounts(partFor(own, marks[0] ?? 0));
  }
}

function partOf(own: Float32Array, mark: number): Float32Array | undefined {
  for (let place = 0; place < own.length; place += part) if (own[place] === mark) return own.subarray(place + 1, place + part);
  return undefined;
}

/** The least known part makes room. */
function partFor(own: Float32Array, mark: number): Float32Array {
  const known = partOf(own, mark);
  if (known !== undefined) return known;
  let least = 0;
  for (let place = 0; place < own.length; place += part) {
    if (at(own, place) === 0) {
      least = place;
      break;
    }
    if (at(own, place + 1) < at(own, least + 1)) least = place;
  }
  own.fill(0, least, least + part);
  own[least] = mark;
  return own.subarray(least + 1, least + part);
}
