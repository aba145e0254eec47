import { createHash } from 'node:crypto';
import { doesNotMatch, equal, match } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

export default {
  checks: [
    {
      name: 'one file under a policy that lets in its own style and script and nothing else',
      report: sampleReport(),
      verify(output) {
        const policy = /Content-Security-Policy" content="([^"]+)"/.exec(output)?.[1] ?? '';
        match(policy, /^default-src 'none'; /);
        for (const part of ['style', 'script']) {
          const text = new RegExp(`<${part}>(.*?)</${part}>`, 's').exec(output)?.[1] ?? '';
          equal(policy.includes(`${part}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`), true);
        }
        doesNotMatch(output, /<script\s|<link|<img|<iframe|\ssrc=|@import|url\(|\sstyle=|\son\w+=/);
      },
    },
    {
      name: 'shows charts, every finding with its factors, and the ledger',
      report: sampleReport(),
      verify(output) {
        match(output, /<option value="open" selected>/);
        for (const title of ['Risk distribution', 'By rule', 'By folder']) match(output, new RegExp(`<figcaption>${title}</figcaption><svg`));
        equal(output.match(/<tr role="row" data-severity/g)?.length, 7);
        match(output, /100 × likelihood 0\.964 × impact 1 = <b>96\.4<\/b>/);
        match(output, /<td class="number">−0\.9<\/td>/);
        match(output, /a binary file was not analysed <code>file-binary<\/code>/);
      },
    },
    {
      name: 'an incomplete run is an alert and never clean',
      report: emptyReport(true),
      verify(output) {
        match(output, /<section class="verdict unknown incomplete" role="alert"/);
        match(output, /<h2 id="verdict">INCOMPLETE: this is not a clean result<\/h2>/);
      },
    },
    { name: 'a clean run says so', report: emptyReport(false), verify: (output) => match(output, /<section class="verdict clean complete"/) },
    {
      name: 'content stays text and only web addresses become links',
      report: sampleReport({ findings: [sampleFinding(1, { message: '</td><script>alert(1)</script>', references: ['javascript:alert(1)'] })] }),
      verify(output) {
        match(output, /&lt;\/td&gt;&lt;script&gt;alert\(1\)/);
        doesNotMatch(output, /href="javascript/);
        equal(output.match(/<script>/g)?.length, 1);
      },
    },
  ],
} satisfies ReporterCases;
