/** What the gate found out by itself or was told by its operator, and measures evidence against. */
export interface Expectation {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly maxAgeMinutes: number;
  readonly commit?: string;
  /** Digests of watchward programs whose scans count. */
  readonly tools: ReadonlySet<string>;
  /** Hashes of content bundles whose scans count. */
  readonly contents: ReadonlySet<string>;
  /** Content of this ISO date or later counts as well. */
  readonly contentSince?: string;
  /** Patterns that a scan may have left out. */
  readonly exclude: ReadonlySet<string>;
  /** Whether scans with rules of the user's own count. */
  readonly ownRules: boolean;
  /** The commit against which a scan may have called findings old. */
  readonly baseline?: string;
  readonly nonce?: string;
}

/** The judged tree, as the gate itself read it: with the same exclusions and limits as the scan that is judged. */
export interface JudgedTree {
  readonly hash: string;
  readonly files: number;
}

/** A clock may be this far ahead. */
export const clockSkewMinutes = 5;
