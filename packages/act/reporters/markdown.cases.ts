import { doesNotMatch, equal, match, ok } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { crowdedReport, emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

const injected = sampleReport({
  findings: [sampleFinding(1, {
    title: 'a | b <img src=x> `code` [link](javascript:x)', consequence: '@octocat see #12 and https://evil.example',
    location: { path: 'a|b`c</code>.env', region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } },
  })],
});

export default {
  checks: [
    {
      name: 'begins with the mark, then verdict, table and folded details',
      report: sampleReport(),
      verify(output) {
        match(output, /^<!-- watchward -->\n## ❌ Watchward: 5 open findings\n\n2 critical, 1 high, 1 medium, 1 low\n/);
        match(output, /^\| 96\.4 \| critical \| \*\*GitHub personal access token \(classic\)\*\*<br>/m);
        equal(output.match(/^<details>/gm)?.length, output.match(/^<\/details>/gm)?.length);
        match(output, /<summary>What was read: COMPLETE<\/summary>/);
      },
    },
    {
      name: 'an incomplete run warns in the open',
      report: emptyReport(true),
      verify(output) {
        match(output, /^## ⚠️ Watchward: INCOMPLETE: this is not a clean result\n\n> \[!WARNING\]\n> \*\*INCOMPLETE\.\*\*/m);
        match(output, /<details open>\n<summary>What was read: INCOMPLETE/);
        doesNotMatch(output, /✅/);
      },
    },
    { name: 'a clean run says so', report: emptyReport(false), verify: (output) => match(output, /^## ✅ Watchward: No open findings$/m) },
    {
      name: 'stays short enough for a comment and says what it left out',
      report: crowdedReport(2_000),
      verify(output) {
        ok(output.length <= 60_000);
        match(output, /^_1,\d{3} more findings left out here/m);
        match(output, /What was read: COMPLETE/);
      },
    },
    {
      name: 'content neither formats, links nor notifies',
      report: injected,
      verify(output) {
        const row = output.split('\n').find((line) => line.startsWith('| 96.4')) ?? '';
        equal(row.split('|').length, 7);
        doesNotMatch(row, /<img|`|\]\(|@octocat|#12\b|https:\/\//);
      },
    },
  ],
} satisfies ReporterCases;
