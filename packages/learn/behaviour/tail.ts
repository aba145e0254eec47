import { at, fading, hoursAt } from './clock.ts';

/**
 * What a score means: the part of all scores that were at least as high. Scores of many entities go into one tail, so that its chances hold whatever the
 * dependence of what the score was made of. Beyond what was seen often, the tail goes on as an exponential one; before anything is seen, it is the
 * prior. No chance is smaller than what the number of scores seen can support.
 */
export interface TailLaw {
  readonly halfLife: number;
  /** The tail that is thought of before scores are seen. */
  readonly prior: (score: number) => number;
  /** It counts as much as so many scores. */
  readonly priorWeight: number;
}

const all = 0;
const fadedAt = 1;
/** Where a tail keeps a time; everything else in it is a weight. */
export const tailTime = fadedAt;
const header = 2;
const bins = 128;
/** Width of a bin. */
const step = 0.25;
export const tailSize = header + bins;
/** From where fewer than so many scores are left, the tail is drawn on. */
const few = 10;
/** A chance is at least this part of one in all scores seen. */
const furthest = 0.1;

/** The chance that an ordinary score is at least as high. */
export function chanceOfScore(state: Float32Array, score: number, { prior, priorWeight }: TailLaw): number {
  if (score <= 0) return 1;
  const weight = at(state, all) + priorWeight;
  const chance = (drawnOn(state, score) + priorWeight * prior(score)) / weight;
  return Math.min(1, Math.max(chance, furthest / weight));
}

export function learnScore(state: Float32Array, score: number, now: number, { halfLife }: TailLaw, weight = 1): void {
  const hours = hoursAt(now);
  const elapsed = at(state, fadedAt) === 0 ? 0 : hours - at(state, fadedAt);
  if (elapsed >= 24) {
    const factor = fading(elapsed, halfLife);
    for (let index = header; index < tailSize; index += 1) state[index] = at(state, index) * factor;
    state[all] = at(state, all) * factor;
  }
  if (elapsed >= 24 || at(state, fadedAt) === 0) state[fadedAt] = hours;
  const index = header + binOf(score);
  state[index] = at(state, index) + weight;
  state[all] = at(state, all) + weight;
}

/** Scores that the tail knows, faded. */
export function scoresSeen(state: Float32Array): number {
  return at(state, all);
}

/** How many scores are at least as high, the bin of the score counted whole; where they are few, by the exponential law that those above a lower score follow. */
function drawnOn(state: Float32Array, score: number): number {
  const own = binOf(score);
  let counted = 0;
  let above = 0;
  let excess = 0;
  for (let bin = bins - 1; bin >= 0; bin -= 1) {
    excess += above * step;
    above += at(state, header + bin);
    if (bin === own) counted = above;
    if (bin > own || above < few) continue;
    if (bin === own) return above;
    // Two more scores with the excess that independent aspects have steady the mean of a few.
    const mean = (excess + above * step * 0.5 + 2) / (above + 2);
    return above * Math.exp((-(own - bin) * step) / mean);
  }
  return counted;
}

function binOf(score: number): number {
  return score > 0 ? Math.min(bins - 1, Math.floor(score / step)) : 0;
}
