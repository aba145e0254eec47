import type { Finding } from './finding.ts';
import type { CoverageLedger } from './ledger.ts';
import type { RuleInfo } from './rule.ts';
import type { ScanScope } from './scope.ts';
import type { Confidence, Persona, Severity } from './severity.ts';

/** The result of one scan, complete: every reporter renders it, `--json` prints it, the gate reads it. */
export interface Report {
  /** Changes only with a breaking change of this shape. */
  readonly schema: 'watchward-report/1';
  readonly tool: ToolIdentity;
  readonly run: RunFacts;
  /** Ranked: the worst first. Suppressed ones are kept, marked. */
  readonly findings: readonly Finding[];
  /** The rules behind the findings, sorted by id. */
  readonly rules: readonly RuleInfo[];
  readonly summary: Summary;
  readonly ledger: CoverageLedger;
}

export interface ToolIdentity {
  readonly name: 'watchward';
  readonly version: string;
  /** SHA-256 over the program's own files, hex. */
  readonly digest: string;
  /** SHA-256 over the compiled content bundle, hex. */
  readonly content: string;
  /** ISO date on which the bundled content was last changed. */
  readonly contentDate: string;
}

export interface RunFacts {
  /** The path as the user gave it. */
  readonly target: string;
  /** Absolute path of the scanned root. */
  readonly root: string;
  /** ISO time. */
  readonly startedAt: string;
  readonly seconds: number;
  /** SHA-256 over the paths and contents that were scanned, hex. */
  readonly treeHash: string;
  /** Commit that HEAD names, when the root is a git work tree. */
  readonly commit?: string;
  readonly branch?: string;
  /** `owner/name` of the remote `origin`, lower case. */
  readonly repository?: string;
  readonly baseline?: string;
  readonly threshold: { readonly severity: Severity; readonly confidence: Confidence; readonly persona: Persona };
  /** What the scan was told to look at; without it a report cannot be attested. */
  readonly scope?: ScanScope;
  readonly exitCode: 0 | 1 | 2 | 4;
}

export interface Summary {
  /** Findings that count: not suppressed, not in the baseline, at or above the thresholds. */
  readonly open: number;
  readonly suppressed: number;
  readonly existing: number;
  readonly bySeverity: { readonly [severity in Severity]: number };
}
