/** One kind of sequence: the same events in the same order, and how many normal and abnormal ones are of it. */
export interface Kind {
  readonly normal: number;
  readonly abnormal: number;
}

/**
 * The best F1 of a judge who knows every label and may only look at the sequence: it says the same of sequences that are the same, so that it chooses among
 * kinds. F1 grows by a kind exactly where the kind's part of abnormal ones is more than half of the F1 so far; the best choice is therefore a beginning of the list of kinds in
 * the order of that part. No method that sees sequences alone, however it learns, comes above it.
 */
export function bestF1(kinds: Iterable<Kind>): number {
  const byPart = [...kinds].sort((a, b) => b.abnormal * (a.abnormal + a.normal) - a.abnormal * (b.abnormal + b.normal));
  const all = byPart.reduce((sum, { abnormal }) => sum + abnormal, 0);
  let [best, hits, alarms] = [0, 0, 0];
  for (const { normal, abnormal } of byPart) {
    hits += abnormal;
    alarms += normal;
    best = Math.max(best, f1(hits, alarms, all));
  }
  return best;
}

export function f1(hits: number, alarms: number, all: number): number {
  return hits === 0 ? 0 : (2 * hits) / (hits + alarms + all);
}
