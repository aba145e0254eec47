import type { Diagnostic } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { Incident } from '#model/incident.ts';
import type { Confidence, Persona, Severity, Surface } from '#model/severity.ts';

/** Everything a scan depends on, already resolved from flags, environment and files. */
export interface ScanOptions {
  /** Absolute path of the folder (or single file) to scan. */
  readonly target: string;
  /** The path as the user typed it. */
  readonly label: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly persona: Persona;
  /** Rule ids or globs; empty: all. */
  readonly rules: readonly string[];
  readonly surfaces: readonly Surface[];
  /** Ids of learned models to do without. */
  readonly modelsOff?: readonly string[];
  /** Absolute paths of rule files or folders the user brings (own YAML, gitleaks TOML). */
  readonly ruleFiles: readonly string[];
  /** Gitignore-style patterns, relative to the target. */
  readonly exclude: readonly string[];
  readonly suppressions: readonly FileSuppression[];
  /** A git ref or the absolute path of an earlier JSON report. */
  readonly baseline?: string;
  /** Analyse only files that differ from this git ref. */
  readonly changedSince?: string;
  /** Scan every version of every file in the history of HEAD instead of the work tree. */
  readonly history: boolean;
  /** Seconds for the whole run. */
  readonly maxTime?: number;
  /** Worker threads; 0: one per core, none for a small tree. */
  readonly jobs: number;
  /** Absolute folder for cache and keys; undefined: no cache. */
  readonly stateDir?: string;
  /** Who speaks to the code: chosen by what each package is, or the same for all. */
  readonly threatModel?: 'auto' | 'application' | 'library';
  /** Read also the code of packages that the program uses. */
  readonly followDependencies?: boolean;
  readonly limits: Limits;
  /** Open incidents of a watch: those on the scanned repository raise its findings. */
  readonly incidents?: readonly Incident[];
  /** What was already found out while the options were resolved; goes into the ledger. */
  readonly notes?: readonly Diagnostic[];
}

/** Law 3: everything that grows with input has a declared limit. */
export interface Limits {
  readonly fileBytes: number;
  readonly files: number;
  readonly depth: number;
  readonly findingsPerFile: number;
  /** Findings of one run; the riskiest are kept. */
  readonly findings: number;
  /** Milliseconds for the flow analysis of one program. */
  readonly programMs: number;
  /** Entries that the sets of the flow analysis of one program hold together. */
  readonly programFacts: number;
  /** Milliseconds for one file, and for one user-supplied rule on one file. */
  readonly fileMs: number;
  /** Comparisons of rules in Semgrep's syntax on one file, ours and the user's. */
  readonly fileSteps: number;
}

export const defaultLimits: Limits = {
  fileBytes: 64 * 1024 * 1024,
  files: 2_000_000,
  depth: 256,
  findingsPerFile: 1_000,
  findings: 25_000,
  programMs: 120_000,
  programFacts: 50_000_000,
  fileMs: 10_000,
  fileSteps: 400_000_000,
};

/** Beyond these a limit would no longer protect: texts that cannot be held, stacks that overflow. */
export const highestLimits: Limits = {
  fileBytes: 256 * 1024 * 1024,
  files: 10_000_000,
  depth: 1_000,
  findingsPerFile: 20_000,
  findings: 100_000,
  programMs: 3_600_000,
  programFacts: 1_000_000_000,
  fileMs: 600_000,
  fileSteps: 100_000_000_000,
};

/** A suppression from the project's configuration. */
export interface FileSuppression {
  readonly rule: string;
  readonly paths: readonly string[];
  readonly fingerprints: readonly string[];
  readonly reason: string;
  readonly owner: string;
  /** ISO date. */
  readonly until: string;
}

export interface ScanObserver {
  onFinding?(finding: Finding): void;
  onProgress?(progress: { readonly files: number; readonly total: number; readonly bytes: number }): void;
  readonly signal?: AbortSignal;
}
