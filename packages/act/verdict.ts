import { plural } from './coverage.ts';
import { openFindings } from './open-findings.ts';
import type { Report } from '#model/report.ts';

/** What a reader may conclude. `unknown` looks like `clean` to a careless eye, so no reporter may leave its words out. */
export interface Verdict {
  readonly kind: 'findings' | 'clean' | 'unknown';
  /** COMPLETE, INCOMPLETE or NOTHING SCANNED. */
  readonly coverage: string;
  readonly headline: string;
  readonly explanation: string;
}

export function verdictOf(report: Report): Verdict {
  const open = Math.max(openFindings(report).length, report.summary.open);
  const found = open === 0 ? 'No open findings' : plural(open, 'open finding');
  if (report.ledger.degraded || report.run.exitCode === 2) {
    return {
      kind: open > 0 ? 'findings' : 'unknown',
      coverage: 'INCOMPLETE',
      headline: open > 0 ? `${found}; INCOMPLETE` : 'INCOMPLETE: this is not a clean result',
      explanation: `${open > 0 ? 'There may be more' : `${found} in what was read`}: parts were not analysed, and nothing is known about them.`,
    };
  }
  if (report.ledger.filesAnalysed + report.ledger.filesFromCache === 0 || report.run.exitCode === 4) {
    return {
      kind: open > 0 ? 'findings' : 'unknown',
      coverage: 'NOTHING SCANNED',
      headline: open > 0 ? found : 'NOTHING SCANNED: this is not a clean result',
      explanation: 'No file was analysed, so nothing is known.',
    };
  }
  return {
    kind: open > 0 ? 'findings' : 'clean',
    coverage: 'COMPLETE',
    headline: found,
    explanation: 'Everything that should be read was read.',
  };
}
