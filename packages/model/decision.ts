/** Three-valued on purpose: unknown never passes. */
export type Verdict = 'pass' | 'block' | 'unknown';

export interface Decision {
  readonly verdict: Verdict;
  readonly action: 'merge' | 'deploy';
  /** Why, each a sentence; the first is the decisive one. */
  readonly reasons: readonly string[];
  /** Ids of the policies that determined it. */
  readonly policies: readonly string[];
  readonly errors: readonly string[];
  readonly bypass?: { readonly by: string; readonly reason: string };
}
