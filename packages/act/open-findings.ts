import type { Finding } from '#model/finding.ts';
import type { Report, RunFacts } from '#model/report.ts';
import { atLeast, confidences, personas, severities, type Severity } from '#model/severity.ts';

export type FindingState = 'open' | 'suppressed' | 'existing' | 'below';

/** Why a finding counts or does not; the same reading everywhere that `Summary.open` has. */
export function findingState(finding: Finding, threshold: RunFacts['threshold']): FindingState {
  if (finding.suppression !== undefined) return 'suppressed';
  if (finding.baseline === 'existing') return 'existing';
  const counts = atLeast(severities, finding.severity, threshold.severity)
    && atLeast(confidences, finding.confidence, threshold.confidence)
    && atLeast(personas, threshold.persona, finding.persona);
  return counts ? 'open' : 'below';
}

/** The findings that count, in the report's order: worst first. */
export function openFindings(report: Report): readonly Finding[] {
  return report.findings.filter((finding) => findingState(finding, report.run.threshold) === 'open');
}

export interface SeverityCount {
  readonly severity: Severity;
  readonly count: number;
}

/** Every severity that occurs, the heaviest first. */
export function countBySeverity(findings: readonly Finding[]): readonly SeverityCount[] {
  return severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .reverse();
}
