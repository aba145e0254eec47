import { doesNotMatch, equal, match } from 'node:assert/strict';
import type { ReporterCases } from '../reporter-cases.ts';
import { crowdedReport, emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

const injected = sampleReport({
  findings: [sampleFinding(1, {
    message: 'one\n::set-output name=x::y\r\n100%', location: { path: 'a,b:c\n.env', region: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 } },
  })],
});

export default {
  checks: [
    {
      name: 'annotates the line with level, columns and title',
      report: sampleReport(),
      verify(output) {
        match(output, /^::error file=shop\/config\/production\.env,line=12,endLine=12,col=14,endColumn=54,title=critical%2C risk 96%3A GitHub/m);
        match(output, /^::warning file=shop\/scripts\/notify\.sh,/m);
        match(output, /^::notice file=shop\/tests\/fixtures\/users\.json,/m);
        doesNotMatch(output, /quickstart|build\.gradle/);
      },
    },
    {
      name: 'keeps ten of each level and counts what is left',
      report: crowdedReport(100),
      verify(output) {
        for (const level of ['error', 'warning', 'notice']) equal(output.match(new RegExp(`^::${level} `, 'gm'))?.length, 10);
        match(output, /50 findings not annotated: GitHub shows 10 of each level for a step\.\n$/);
      },
    },
    {
      name: 'an incomplete run is an error of its own',
      report: emptyReport(true),
      verify(output) {
        match(output, /^::error title=watchward%3A INCOMPLETE::/m);
        match(output, /^watchward: INCOMPLETE: this is not a clean result\./m);
      },
    },
    {
      name: 'no content makes another command',
      report: injected,
      verify(output) {
        equal(output.split('\n').filter((line) => /^\s*::/.test(line)).length, 1);
        match(output, /file=shop\/a%2Cb%3Ac%0A\.env,line=1,endLine=2,title=/);
        match(output, /one\\n::set-output name=x::y\\r\\n100%25/);
      },
    },
  ],
} satisfies ReporterCases;
