import type { Surface } from './severity.ts';

/** What a scan was told to look at. A scan of a part is worth nothing as evidence about the whole. */
export interface ScanScope {
  /** Rule ids or globs; empty: all. */
  readonly rules: readonly string[];
  /** Empty: all. */
  readonly surfaces: readonly Surface[];
  /** Gitignore-style patterns that were left out. */
  readonly exclude: readonly string[];
  /** Files of rules that the user brought; such a rule may take a built-in one's place. */
  readonly ownRules: number;
  /** Suppressions that came from configuration. */
  readonly suppressions: number;
  readonly history: boolean;
  /** Only what differs from this git ref was read. */
  readonly changedSince?: string;
  readonly baseline?: ScopeBaseline;
  /** Who was taken to speak to the code, where that was not left to what each package is. */
  readonly threatModel?: 'application' | 'library';
  /** Limits that decide which files are listed. */
  readonly limits: { readonly fileBytes: number; readonly files: number; readonly depth: number };
}

export interface ScopeBaseline {
  /** The ref as the user gave it, or `report`. */
  readonly from: string;
  /** The commit that the ref named; absent when the baseline was an earlier report. */
  readonly commit?: string;
}
