import { deepEqual, equal, match } from 'node:assert/strict';
import type { CodeQualityIssue } from '#formats/gitlab-code-quality.ts';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

const issuesOf = (output: string): readonly CodeQualityIssue[] => JSON.parse(output) as readonly CodeQualityIssue[];

export default {
  checks: [
    {
      name: 'lists open findings on the five steps of GitLab',
      report: sampleReport(),
      verify(output) {
        const issues = issuesOf(output);
        deepEqual(issues.map(({ severity }) => severity), ['blocker', 'blocker', 'critical', 'major', 'minor']);
        deepEqual(issues[0]?.location, { path: 'shop/config/production.env', lines: { begin: 12, end: 12 } });
        equal(issues[0]?.check_name, 'secrets/github-token-classic');
      },
    },
    {
      name: 'fingerprints differ even where the content is the same',
      report: sampleReport({ findings: [sampleFinding(1), sampleFinding(1)] }),
      verify: (output) => equal(new Set(issuesOf(output).map(({ fingerprint }) => fingerprint)).size, 2),
    },
    { name: 'a clean and complete run is an empty list', report: emptyReport(false), verify: (output) => deepEqual(issuesOf(output), []) },
    {
      name: 'missing coverage is an issue',
      report: emptyReport(true),
      verify(output) {
        const [issue, ...others] = issuesOf(output);
        equal(others.length, 0);
        equal(issue?.check_name, 'watchward/coverage');
        match(issue?.description ?? '', /^INCOMPLETE: .*file-unreadable/);
      },
    },
  ],
} satisfies ReporterCases;
