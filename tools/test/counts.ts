/** What a run of vitest amounted to, read from its JSON report. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface JsonReport {
  readonly success: boolean;
  readonly testResults: readonly FileReport[];
}

interface FileReport {
  readonly status: string;
  /** Absolute path of the file. */
  readonly name?: string;
  /** Why the file could not be loaded. */
  readonly message?: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName?: string; readonly failureMessages?: readonly string[] }[];
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

/** A line for each failed test or broken file: `failed: FILE > TEST: the first line of why`. Who sees only the end of an output needs no more to begin. */
export function failureLines(report: JsonReport, root: string): readonly string[] {
  const lines = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const place = file.name?.startsWith(`${root}/`) === true ? file.name.slice(root.length + 1) : (file.name ?? 'an unnamed file');
    if (failed.length === 0) return file.status === 'failed' ? [`failed: ${place}: ${firstLine(file.message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `failed: ${place} > ${fullName ?? ''}: ${firstLine(failureMessages?.[0])}`);
  });
  return lines.length > 0 || report.success ? lines : ['failed: the run itself, outside its tests: an error that nobody caught, or a process that ended early; it is told above'];
}

function firstLine(message = ''): string {
  return message.split('\n', 1)[0]?.slice(0, 400) ?? '';
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
