/** What a run of vitest amounted to, read from its JSON report. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface JsonReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** A file that could not be loaded, or a run that failed for another reason, counts as one failure: it never shows as clean. */
export function countTests(report: JsonReport): Counts {
  const states = report.testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const of = (state: string): number => states.filter((status) => status === state).length;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
  const failed = of('failed') + brokenFiles;
  const passed = of('passed');
  return { passed, failed: failed === 0 && !report.success ? 1 : failed, skipped: states.length - passed - of('failed') };
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
