/** A decision to accept a finding: who, why, until when. */
export interface Suppression {
  readonly kind: 'inline' | 'file' | 'baseline';
  readonly rule: string;
  readonly reason: string;
  readonly owner?: string;
  /** ISO date; the suppression has no effect from the day after. */
  readonly until?: string;
}
