/** Area under the ROC curve: how often what is to be found ranks above what is not; ties count half. */
export function rankedArea(scores: Float64Array, labels: Uint8Array): number {
  let [above, found, others] = [0, 0, 0];
  for (const { hits, misses } of ties(scores, labels)) {
    above += hits * (others + misses / 2);
    others += misses;
    found += hits;
  }
  return 1 - above / (found * others);
}

/** Mean precision at each that is to be found; of equal scores all or none are taken. */
export function averagePrecision(scores: Float64Array, labels: Uint8Array): number {
  let [sum, found, taken] = [0, 0, 0];
  for (const { hits, misses } of ties(scores, labels)) {
    found += hits;
    taken += hits + misses;
    sum += (hits * found) / taken;
  }
  return sum / found;
}

/** Rows of equal score together, the highest first. */
function* ties(scores: Float64Array, labels: Uint8Array): Iterable<{ readonly hits: number; readonly misses: number }> {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  for (let from = 0, to = 0; from < order.length; from = to) {
    let hits = 0;
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) hits += labels[order[to++] as number] === 1 ? 1 : 0;
    yield { hits, misses: to - from - hits };
  }
}
