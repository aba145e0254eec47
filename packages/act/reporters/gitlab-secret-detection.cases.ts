import { deepEqual, equal, ok } from 'node:assert/strict';
import type { GitlabSecurityReport } from '#formats/gitlab-security.ts';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

const read = (output: string): GitlabSecurityReport => JSON.parse(output) as GitlabSecurityReport;

export default {
  checks: [
    {
      name: 'open secrets with identifiers, place and commit',
      report: sampleReport(),
      verify(output) {
        const { scan, version, vulnerabilities } = read(output);
        equal(version, '15.0.7');
        deepEqual([scan.type, scan.status, scan.start_time, scan.end_time], ['secret_detection', 'success', '2026-11-23T21:00:00', '2026-11-23T21:00:01']);
        equal(vulnerabilities.length, 5);
        deepEqual(vulnerabilities[0]?.identifiers.map(({ type, value }) => `${type} ${value}`), ['watchward_rule secrets/github-token-classic', 'cwe 798']);
        deepEqual(vulnerabilities[0]?.location, { file: 'shop/config/production.env', start_line: 12, end_line: 12, commit: { sha: 'a'.repeat(40) } });
      },
    },
    {
      name: 'other surfaces have other reports',
      report: sampleReport({ findings: [sampleFinding(1, { surface: 'pipeline' })] }),
      verify: (output) => deepEqual(read(output).vulnerabilities, []),
    },
    {
      name: 'an incomplete scan failed and says why',
      report: emptyReport(true),
      verify(output) {
        const { scan } = read(output);
        equal(scan.status, 'failure');
        ok(scan.messages.some(({ level, value }) => level === 'warn' && value.includes('file-unreadable')));
      },
    },
  ],
} satisfies ReporterCases;
