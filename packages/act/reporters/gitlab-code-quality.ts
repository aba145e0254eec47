import { clip } from '#formats/clip.ts';
import type { CodeQualityIssue, CodeQualitySeverity } from '#formats/gitlab-code-quality.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Report, RunFacts } from '#model/report.ts';
import type { Severity } from '#model/severity.ts';
import { defineReporter } from '#model/unit.ts';
import { diagnosticGroups } from '../coverage.ts';
import { openFindings } from '../open-findings.ts';
import { repositoryPath } from '../place.ts';
import { uniqueFingerprints } from '../unique-fingerprint.ts';
import { verdictOf } from '../verdict.ts';

const severityOf: Readonly<Record<Severity, CodeQualitySeverity>> = {
  critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', informational: 'info',
};

export default defineReporter({
  id: 'gitlab-code-quality',
  title: 'GitLab Code Quality: findings in the merge request, on every tier',
  mediaType: 'application/json',
  render(report) {
    return `${JSON.stringify([...coverageIssues(report), ...findingIssues(report)], undefined, 2)}\n`;
  },
});

function findingIssues(report: Report): readonly CodeQualityIssue[] {
  return uniqueFingerprints(openFindings(report)).map(({ finding, id }) => ({
    description: clip(visibleText(`${finding.message} ${finding.consequence}`), 4_000),
    check_name: finding.rule.toWellFormed(),
    fingerprint: id,
    severity: severityOf[finding.severity],
    location: issueLocation(report.run, finding.location.path, finding.location.region.startLine, finding.location.region.endLine),
  }));
}

/** The format has no place for coverage, and an empty list reads as "all is well": what was not analysed becomes an issue. */
function coverageIssues(report: Report): readonly CodeQualityIssue[] {
  const { coverage, explanation } = verdictOf(report);
  if (coverage === 'COMPLETE') return [];
  const groups = diagnosticGroups(report.ledger).filter(({ degraded }) => degraded);
  const first = groups[0]?.examples[0];
  const reasons = groups.map(({ code, count, means }) => `${count} × ${means} (${code})`).join('; ');
  return [{
    description: `${coverage}: ${explanation} ${reasons}`.trim(),
    check_name: 'watchward/coverage',
    fingerprint: `watchward-coverage-${coverage.toLowerCase().replace(' ', '-')}`,
    severity: 'critical',
    location: issueLocation(report.run, first?.path ?? '.', first?.line ?? 1),
  }];
}

function issueLocation(run: RunFacts, path: string, begin: number, end?: number): CodeQualityIssue['location'] {
  return { path: repositoryPath(run, path).toWellFormed(), lines: { begin, ...(end === undefined ? {} : { end }) } };
}
