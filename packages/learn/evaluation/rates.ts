/** One judged case: what a model gave it, and whether it is what the model looks for. */
export interface Judged {
  readonly score: number;
  readonly positive: boolean;
}

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** What one gets by taking everything from a score on. */
export function ratesFrom(cases: readonly Judged[], threshold: number): Rates {
  const taken = cases.filter(({ score }) => score >= threshold);
  const hit = taken.filter(({ positive }) => positive).length;
  const due = cases.filter(({ positive }) => positive).length;
  return { precision: hit / Math.max(1, taken.length), recall: hit / Math.max(1, due), f1: hit === 0 ? 0 : (2 * hit) / (taken.length + due) };
}
