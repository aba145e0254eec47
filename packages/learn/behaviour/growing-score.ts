import { learnScore } from './tail.ts';
import type { TailLaw } from './tail.ts';

/** The score of something that is not over: a day that goes on. It stands in the tail once, with what it has come to. */
export interface GrowingScore {
  /** -1 where it does not stand in the tail yet. */
  score: number;
  weight: number;
}

export function newScore(): GrowingScore {
  return { score: -1, weight: 0 };
}

/** Takes it out, so that what it has come to is judged by the others. */
export function liftScore(tail: Float32Array, held: GrowingScore, now: number, law: TailLaw): void {
  if (held.score >= 0) learnScore(tail, held.score, now, law, -held.weight);
  held.score = -1;
}

/** Puts it in, after it was lifted. */
export function placeScore(tail: Float32Array, held: GrowingScore, score: number, now: number, law: TailLaw, weight: number): void {
  learnScore(tail, score, now, law, weight);
  held.score = score;
  held.weight = weight;
}
