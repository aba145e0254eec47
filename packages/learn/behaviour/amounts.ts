import { incompleteBeta } from '../gamma.ts';
import { at, fadingBySteps } from './clock.ts';

/**
 * How long something takes, how large it is: amounts whose logarithm is about normal. Mean and spread are not known but learned, so that what comes next follows
 * Student's law, which is wide after few amounts and narrows with more; before any is seen it leans on the spread that is thought of.
 */
export interface AmountsLaw {
  readonly halfLife: number;
  /** Standard deviation of the logarithm that is thought of before amounts are seen, and how many amounts that counts as. */
  readonly spread: number;
  readonly priorCount: number;
}

/** Where amounts of others lie: it stands in for those of one's own as long as there are few. */
export interface AmountsPeers {
  readonly mean: number;
  readonly spread: number;
}

const count = 0;
const mean = 1;
const squares = 2;
const fadedAt = 3;
const firstAt = 4;
export const amountsSize = 5;

/** No process is steadier than a few parts in a hundred. */
const steadiest = 0.04;
/** What is this many standard deviations away is learned as if it were just there. */
const widest = 3;

export type Side = 'more' | 'both';

/** The chance of an amount at least as far off; 1 where nothing is known. */
export function chanceOfAmount(state: Float32Array, amount: number, side: Side, law: AmountsLaw, peers?: AmountsPeers): number {
  const fitted = fit(state, law, peers);
  if (fitted === undefined) return 1;
  const distance = (Math.log1p(amount) - fitted.mean) / fitted.scale;
  if (side === 'more' && distance <= 0) return 1;
  const twoSided = incompleteBeta(fitted.freedom / (fitted.freedom + distance ** 2), fitted.freedom / 2, 0.5);
  return side === 'both' ? twoSided : twoSided / 2;
}

export function learnAmount(state: Float32Array, amount: number, now: number, law: AmountsLaw, weight = 1): void {
  fade(state, now, law);
  const value = withinReach(state, Math.log1p(amount), law);
  const all = at(state, count) + weight;
  const off = value - at(state, mean);
  state[mean] = at(state, mean) + (off * weight) / all;
  state[squares] = at(state, squares) + weight * off * (value - at(state, mean));
  state[count] = all;
}

export function amountsSeen(state: Float32Array): number {
  return at(state, count);
}

/** The amount in the middle, and that above which one in twenty lies. */
export function usualAmount(state: Float32Array, law: AmountsLaw): { readonly middle: number; readonly high: number } {
  const fitted = fit(state, law, undefined);
  const middle = at(state, mean);
  return { middle: Math.expm1(middle), high: Math.expm1(middle + 1.645 * (fitted?.scale ?? law.spread)) };
}

/** Mean and spread of what was learned, for those who have little of their own. */
export function peersOf(state: Float32Array, law: AmountsLaw): AmountsPeers | undefined {
  const fitted = at(state, count) < 2 ? undefined : fit(state, law, undefined);
  return fitted === undefined ? undefined : { mean: fitted.mean, spread: fitted.scale };
}

/** What changed on purpose is learned anew; the spread stays. */
export function restartAmounts(state: Float32Array): void {
  const kept = Math.min(1, at(state, count));
  state[squares] = at(state, count) === 0 ? 0 : (at(state, squares) / at(state, count)) * kept;
  state[count] = kept;
}

interface Fitted {
  readonly mean: number;
  readonly scale: number;
  readonly freedom: number;
}

function fit(state: Float32Array, { spread, priorCount }: AmountsLaw, peers: AmountsPeers | undefined): Fitted | undefined {
  const seen = at(state, count);
  if (seen === 0 && peers === undefined) return undefined;
  const variance = Math.max(steadiest ** 2, (at(state, squares) + priorCount * spread ** 2) / (Math.max(0, seen - 1) + priorCount));
  if (peers === undefined) return { mean: at(state, mean), scale: Math.sqrt(variance * (1 + 1 / seen)), freedom: Math.max(1, seen - 1 + priorCount) };
  // The mean of one's own is drawn from those of the peers: as long as there are few, it lies anywhere among them.
  const between = Math.max(peers.spread ** 2, variance);
  const trust = (seen * between) / (seen * between + variance);
  return { mean: trust * at(state, mean) + (1 - trust) * peers.mean, scale: Math.sqrt(variance + (1 - trust) * between), freedom: Math.max(2, seen - 1 + priorCount) };
}

function withinReach(state: Float32Array, value: number, law: AmountsLaw): number {
  const fitted = at(state, count) < 3 ? undefined : fit(state, law, undefined);
  return fitted === undefined ? value : Math.min(fitted.mean + widest * fitted.scale, Math.max(fitted.mean - widest * fitted.scale, value));
}

function fade(state: Float32Array, now: number, { halfLife }: AmountsLaw): void {
  const factor = fadingBySteps(state, { firstAt, fadedAt }, now, { halfLife, step: 24 });
  if (factor === 1) return;
  state[count] = at(state, count) * factor;
  state[squares] = at(state, squares) * factor;
}
