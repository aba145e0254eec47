/**
 * One explainable risk for every surface. `score = 100 * likelihood * impact`, where
 * `likelihood = 1 / (1 + exp(-sum of likelihood weights))` and
 * `impact = min(1, product of impact weights)`. See `specs/risk.md`.
 */
export interface Risk {
  /** 0 to 100, one decimal. */
  readonly score: number;
  /** 0 to 1, four decimals. */
  readonly likelihood: number;
  /** 0 to 1, four decimals. */
  readonly impact: number;
  readonly factors: readonly RiskFactor[];
}

export interface RiskFactor {
  readonly name: string;
  readonly on: 'likelihood' | 'impact';
  /** Log-odds when `on` is likelihood; a multiplier when it is impact. */
  readonly weight: number;
  readonly detail: string;
}
