import { doesNotMatch, match } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

export default {
  checks: [
    {
      name: 'open findings fail, accepted ones are skipped',
      report: sampleReport(),
      verify(output) {
        match(output, /<testsuites name="watchward" tests="8" failures="5" errors="0" skipped="2"/);
        match(output, /<testcase classname="secrets\/private-key" name="Private key at shop\/deploy\/keys\/id_ed25519:1:1"/);
        match(output, /<skipped message="suppressed: shown in the tutorial"\/>/);
        match(output, /<skipped message="known from the baseline"\/>/);
      },
    },
    {
      name: 'a clean run is one passing test, not an empty file',
      report: emptyReport(false),
      verify(output) {
        match(output, /tests="1" failures="0" errors="0"/);
        match(output, /<testcase classname="watchward" name="coverage" time="0"><system-out>/);
      },
    },
    { name: 'missing coverage is an error', report: emptyReport(true), verify: (output) => match(output, /errors="1".*<error type="INCOMPLETE"/s) },
    {
      name: 'content stays content',
      report: sampleReport({ findings: [sampleFinding(1, { message: ']]><failure>&\u0000"\u001b' })] }),
      verify(output) {
        match(output, /\]\]&gt;&lt;failure&gt;&amp;\\x00&quot;\\x1b/);
        doesNotMatch(output, /[\u0000-\u0008\u001b]/);
      },
    },
  ],
} satisfies ReporterCases;
