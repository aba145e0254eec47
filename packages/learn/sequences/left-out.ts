/**
 * What a score means, from the scores that the sequences of the training have when each is judged by the others alone. Inside what was seen it is the
 * conformal rule `(1 + at least as high) / (1 + all)`; beyond, it is what an exponential tail predicts whose slope is known only from the upper
 * log2(n) scores: the fewer those are, the heavier. The highest counts no more than the one below it, so that one broken or hostile sequence in
 * the training does not stretch the tail.
 */
export interface LeftOut {
  /** Ascending. */
  readonly scores: Float64Array;
  /** Where the tail begins, the chance there, and the excesses over it: how many, and their sum. */
  readonly from: number;
  readonly chance: number;
  readonly excesses: number;
  readonly sum: number;
}

export function leftOut(values: Iterable<number>): LeftOut {
  const scores = Float64Array.from(values).sort();
  const all = scores.length;
  const upper = Math.min(all, Math.max(1, Math.round(Math.log2(Math.max(2, all)))));
  const from = scores[all - upper - 1] ?? scores[0] ?? 0;
  const excesses = [...scores.subarray(all - upper)].map((score) => score - from).filter((excess) => excess > 0);
  if (excesses.length > 1) excesses[excesses.length - 1] = excesses.at(-2) ?? 0;
  return { scores, from, chance: (1 + excesses.length) / (1 + all), excesses: excesses.length, sum: excesses.reduce((sum, excess) => sum + excess, 0) };
}

/** The chance that a sequence like those of the training has a score at least this high. */
export function chanceOf({ scores, from, chance, excesses, sum }: LeftOut, score: number): number {
  const all = scores.length;
  if (score > from) return excesses > 0 ? chance * (1 + (score - from) / sum) ** -excesses : 1 / (1 + all);
  return (1 + all - firstNotBelow(scores, score)) / (1 + all);
}

function firstNotBelow(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((scores[middle] ?? 0) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
