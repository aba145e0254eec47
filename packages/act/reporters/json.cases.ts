import { deepEqual, equal } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { emptyReport, sampleReport } from '../sample-report.ts';

const report = sampleReport();

export default {
  checks: [
    { name: 'is the report, nothing more or less', report, verify: (output) => deepEqual(JSON.parse(output), JSON.parse(JSON.stringify(report))) },
    {
      name: 'indents by two and orders members, whatever order they were made in',
      report: { ...report, tool: Object.fromEntries(Object.entries(report.tool).reverse()) as unknown as typeof report.tool },
      verify(output) {
        equal(output.split('\n')[1], '  "findings": [');
        const members = /"tool": \{([^}]*)\}/.exec(output)?.[1]?.match(/"\w+"(?=:)/g) ?? [];
        deepEqual(members, ['"content"', '"contentDate"', '"digest"', '"name"', '"version"']);
      },
    },
    { name: 'says when the run was incomplete', report: emptyReport(true), verify: (output) => equal(JSON.parse(output).ledger.degraded, true) },
  ],
} satisfies ReporterCases;
