import type { Report } from '#model/report.ts';

/** The cases of a reporter: its `<id>.cases.ts` exports one of these as default. */
export interface ReporterCases {
  readonly checks: readonly ReporterCheck[];
}

export interface ReporterCheck {
  readonly name: string;
  readonly report: Report;
  /** Throws when the output, rendered without colour at 80 columns, is wrong. */
  verify(output: string): void;
}
