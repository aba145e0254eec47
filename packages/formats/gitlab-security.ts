/** GitLab's security report, secret detection, schema 15.0.7: the members that Watchward writes. */
export const gitlabSecurityVersion = '15.0.7';

export const gitlabSeverities = ['Info', 'Low', 'Medium', 'High', 'Critical'] as const;
export type GitlabSeverity = (typeof gitlabSeverities)[number];

/** Lengths beyond which GitLab refuses the whole report. */
export const gitlabLengths = { name: 255, description: 1_048_576, solution: 7_000 } as const;

export interface GitlabSecurityReport {
  readonly version: string;
  readonly scan: GitlabScan;
  readonly vulnerabilities: readonly GitlabVulnerability[];
}

export interface GitlabScan {
  readonly type: 'secret_detection';
  readonly status: 'success' | 'failure';
  /** UTC, `yyyy-mm-ddThh:mm:ss` without a zone. */
  readonly start_time: string;
  readonly end_time: string;
  readonly analyzer: GitlabTool;
  readonly scanner: GitlabTool;
  readonly messages: readonly { readonly level: 'info' | 'warn' | 'fatal'; readonly value: string }[];
}

export interface GitlabTool {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly vendor: { readonly name: string };
}

export interface GitlabVulnerability {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: GitlabSeverity;
  readonly solution: string;
  readonly identifiers: readonly GitlabIdentifier[];
  readonly links: readonly { readonly url: string }[];
  readonly tracking: {
    readonly type: 'source';
    readonly items: readonly {
      readonly file: string;
      readonly start_line: number;
      readonly end_line: number;
      readonly signatures: readonly { readonly algorithm: string; readonly value: string }[];
    }[];
  };
  readonly location: {
    readonly file: string;
    readonly start_line: number;
    readonly end_line: number;
    readonly commit: { readonly sha: string };
  };
}

export interface GitlabIdentifier {
  readonly type: string;
  readonly name: string;
  readonly value: string;
  readonly url?: string;
}

/** `2026-11-23T21:00:00.123Z` as GitLab wants it; anything that is no such time becomes the epoch, so that the report stays valid. */
export function gitlabTime(iso: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?=\.|Z|$)/.exec(iso)?.[0] ?? '1970-01-01T00:00:00';
}
