/** GitLab's Code Quality report: a plain array of these ("Code Quality report format" in GitLab's documentation). */
export interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  /** Must differ between entries: GitLab keeps one of each. */
  readonly fingerprint: string;
  readonly severity: CodeQualitySeverity;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

export const codeQualitySeverities = ['info', 'minor', 'major', 'critical', 'blocker'] as const;
export type CodeQualitySeverity = (typeof codeQualitySeverities)[number];
