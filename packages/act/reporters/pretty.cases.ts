import { doesNotMatch, match, ok } from 'node:assert/strict';
import type { Report } from '#model/report.ts';
import type { ReporterCases } from '../reporter-cases.ts';
import { crowdedReport, emptyReport, sampleFinding, sampleReport } from '../sample-report.ts';

const hostile = sampleReport({
  findings: [sampleFinding(1, {
    title: 'line one\nline two', message: '\u001b]0;owned\u0007', consequence: 'reverse \u202egnirts',
    location: { path: 'a\u001b[2J\r\n/\u009b31mb.txt', region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 3 } },
  })],
});

function withDiagnostics(diagnostics: Report['ledger']['diagnostics']): Report {
  const report = sampleReport();
  return { ...report, ledger: { ...report.ledger, diagnostics } };
}

export default {
  checks: [
    {
      name: 'each line holds risk, severity, place, consequence, reason and fix',
      report: sampleReport(),
      verify(output) {
        match(output, /^ {2}96 {3}critical {2}shop\/config\/production\.env:12:14/m);
        match(output, /Whoever reads it acts as its\n {7}owner on GitHub\./);
        match(output, /^ {7}fix safe, verified: Read DATABASE_URL from the environment/m);
        match(output, /^ {7}fix by hand; why: /m);
        ok(output.split('\n').every((line) => line.length <= 80));
      },
    },
    {
      name: 'the footer says what was read, skipped, sent, how old the data is and what to do next',
      report: sampleReport(),
      verify(output) {
        match(output, /^coverage {3}COMPLETE\./m);
        match(output, /^files {6}1,204 seen, 1,192 read, 980 from cache, 3\.4 MB$/m);
        match(output, /^skipped {4}8 × a binary file was not analysed \(file-binary\)$/m);
        match(output, /^sent {7}0 bytes$/m);
        match(output, /^data {7}2 days old/m);
        match(output, /^set aside {2}1 suppressed, 1 known from the baseline origin\/main$/m);
        match(output, /^next {7}watchward explain secrets\/github-token-classic$/m);
      },
    },
    {
      name: 'suppressions that hold nothing any more are named by their place',
      report: withDiagnostics([
        { code: 'suppression-expired', path: 'src/app.py', line: 8, message: 'it is over' }, { code: 'suppression-unused', rule: 'code/weak-hash', message: 'matches nothing' },
      ]),
      verify(output) {
        match(output, /\(suppression-expired\): src\/app\.py:8$/m);
        match(output, /\(suppression-unused\):\s+code\/weak-hash$/m);
      },
    },
    {
      name: 'a flow is shown from source to sink with the code of each step',
      report: sampleReport(),
      verify(output) {
        match(output, /^ {7}source +line 48 +const url = "\u2026";$/m);
        match(output, /^ {7}sink +shop\/services\/orders\/src\/pool\.ts:7\n? +export const pool = open\(url\);$/m);
      },
    },
    {
      name: 'shows ten and counts the rest',
      report: crowdedReport(40),
      verify(output) {
        ok(output.split('\n').filter((line) => /^ +\d+ {3}(?:critical|high|medium|low) /.test(line)).length === 10);
        match(output, /^and 22 more; all of them: -o report\.html, or --format json$/m);
        match(output, /^ {6}\d {2}\w+ +secrets\/\S+ in \d files$/m);
      },
    },
    {
      name: 'many of one rule in one file are one block, and do not keep out what is elsewhere',
      report: sampleReport({
        findings: Array.from({ length: 50 }, (_, at) => {
          const finding = sampleFinding(1, { fingerprint: (at + 1).toString(16).padStart(64, '0') });
          const path = at < 40 ? 'test/keys.ts' : at < 43 ? 'src/three.ts' : 'src/one-line.js';
          const line = at < 43 ? 3 * at + 1 : 1;
          return { ...finding, location: { path, region: { startLine: line, startColumn: at + 1, endLine: line, endColumn: at + 9 } } };
        }),
      }),
      verify(output) {
        match(output, /test\/keys\.ts:1:1\b/);
        match(output, /^ {7}And 39 more of this kind in the file, on lines 4, 7, 10, 13, 16, 19, …$/m);
        doesNotMatch(output, /keys\.ts:4:/);
        match(output, /three\.ts:121:41/);
        match(output, /three\.ts:124:42/);
        match(output, /^and 8 more; /m);
      },
    },
    {
      name: 'nothing found in an incomplete run is not clean',
      report: emptyReport(true),
      verify(output) {
        match(output, /^INCOMPLETE: this is not a clean result$/m);
        match(output, /^gave up {4}2 × a file could not be read \(file-unreadable\): data\/users\.sql, …$/m);
        doesNotMatch(output, /^No open findings/m);
      },
    },
    {
      name: 'nothing found in a complete run is clean',
      report: emptyReport(false),
      verify: (output) => match(output, /^No open findings$/m),
    },
    {
      name: 'nothing read is not clean',
      report: { ...emptyReport(false), ledger: { ...emptyReport(false).ledger, filesAnalysed: 0, filesFromCache: 0 } },
      verify: (output) => match(output, /^NOTHING SCANNED: this is not a clean result$/m),
    },
    {
      name: 'control and direction characters show as text and do nothing',
      report: hostile,
      verify(output) {
        doesNotMatch(output, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        match(output, /a\\x1b\[2J\\r\\n\/\\x9b31mb\.txt:1:2/);
        match(output, /reverse \\u\{202e\}gnirts/);
      },
    },
  ],
} satisfies ReporterCases;
