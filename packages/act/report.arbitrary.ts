/** Random reports whose texts try to break out of every syntax; for tests only. */
import fc from 'fast-check';
import { diagnosticCodes, isDegrading, type Diagnostic, type DiagnosticCode } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { Region } from '#model/region.ts';
import type { Report } from '#model/report.ts';
import type { Risk } from '#model/risk.ts';
import { confidences, personas, severities, surfaces } from '#model/severity.ts';
import { sampleReport, summaryOf } from './sample-report.ts';

/** Each would end a context, start a command or rewrite a screen if it came through as it is. */
export const attacks = [
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-alert(1)-'", '</style><b>', '<!--', '-->', ']]>', '<![CDATA[',
  '\u001b[2J\u001b[31m', '\u009b0m', '\u001b]8;;http://evil.example\u0007', '\u0000', '\r\n::error::forged', '::stop-commands::x', '##[group]x',
  '| --- |', '`code`', '[text](http://evil.example)', '@everyone', '#1', '${{ secrets.X }}', '{0}', '%0A%25', '\u202egnp.exe', '\u2028', '\ufffe',
  '\ud800', '\udfff', '../../etc/passwd', 'C:\\x', 'a:b,c', '__proto__', '\u{1f600}', 'https://evil.example/x"y', 'javascript:alert(1)',
] as const;

export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('plain words', ' ', '/')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

/** Valid Unicode, never empty, as the model promises of paths. */
export const hostilePath = hostileText.map((text) => text.toWellFormed().replace(/^\/+/, '') || 'x');

const line = fc.integer({ min: 1, max: 2_000_000 });
const column = fc.integer({ min: 1, max: 500 });
export const anyRegion: fc.Arbitrary<Region> = fc.tuple(line, column, fc.nat(3), fc.nat(50)).map(([startLine, startColumn, lines, width]) => ({
  startLine, startColumn, endLine: startLine + lines, endColumn: lines === 0 ? startColumn + width : width + 1,
}));

const anyLocation = fc.record({ path: hostilePath, region: anyRegion });
const tenth = fc.integer({ min: 0, max: 1_000 }).map((value) => value / 10);
const ratio = fc.integer({ min: 0, max: 10_000 }).map((value) => value / 10_000);
const anyRisk: fc.Arbitrary<Risk> = fc.record({
  score: tenth,
  likelihood: ratio,
  impact: ratio,
  factors: fc.array(fc.record({
    name: hostileText, on: fc.constantFrom('likelihood', 'impact'), weight: fc.integer({ min: -50, max: 50 }).map((value) => value / 10), detail: hostileText,
  }), { maxLength: 3 }),
});

const isoDate = fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
const anyReference = fc.oneof(hostileText, fc.constantFrom('https://example.com/a?b=c#d', 'http://example.com'));

export const anyFinding: fc.Arbitrary<Finding> = fc.record({
  rule: hostileText.map((text) => text || 'x'),
  title: hostileText,
  surface: fc.constantFrom(...surfaces),
  severity: fc.constantFrom(...severities),
  confidence: fc.constantFrom(...confidences),
  persona: fc.constantFrom(...personas),
  location: anyLocation,
  message: hostileText,
  consequence: hostileText,
  remediation: hostileText,
  evidence: fc.array(fc.record({ factor: hostileText, detail: hostileText }), { maxLength: 3 }),
  fingerprint: hex,
  cwe: fc.array(fc.integer({ min: 1, max: 1_400 }), { maxLength: 30 }),
  references: fc.array(anyReference, { maxLength: 3 }),
  risk: anyRisk,
  codeFlow: fc.array(fc.record({ location: anyLocation, message: hostileText, code: hostileText }), { maxLength: 3 }),
  fix: fc.record({
    title: hostileText, disposition: fc.constantFrom('safe', 'unsafe'), verified: fc.boolean(),
    edits: fc.array(fc.record({ region: anyRegion, text: hostileText }), { maxLength: 2 }),
  }),
  suppression: fc.record({ kind: fc.constantFrom('inline', 'file', 'baseline'), rule: hostileText, reason: hostileText, owner: hostileText, until: isoDate }, {
    requiredKeys: ['kind', 'rule', 'reason'],
  }),
  baseline: fc.constantFrom('new', 'existing'),
}, {
  requiredKeys: [
    'rule', 'title', 'surface', 'severity', 'confidence', 'persona', 'location', 'message', 'consequence', 'remediation',
    'evidence', 'fingerprint', 'cwe', 'references', 'risk',
  ],
});

const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  code: fc.constantFrom(...(Object.keys(diagnosticCodes) as DiagnosticCode[])),
  message: hostileText,
  path: hostilePath,
  line: fc.integer({ min: 1, max: 1_000 }),
  rule: hostileText,
  count: fc.integer({ min: 1, max: 9_999 }),
}, { requiredKeys: ['code', 'message'] });

/** A report that is consistent in its figures and hostile in its texts. */
export const anyReport: fc.Arbitrary<Report> = fc.record({
  findings: fc.array(anyFinding, { maxLength: 14 }),
  diagnostics: fc.array(anyDiagnostic, { maxLength: 6 }),
  threshold: fc.record({ severity: fc.constantFrom(...severities), confidence: fc.constantFrom(...confidences), persona: fc.constantFrom(...personas) }),
  facts: fc.record({ target: hostileText, root: hostileText, branch: hostileText, baseline: hostileText, commit: hostileText }, { requiredKeys: ['target', 'root'] }),
}).map(({ diagnostics, facts, findings, threshold }) => {
  const sample = sampleReport({ findings });
  const { baseline: _baseline, branch: _branch, commit: _commit, ...run } = { ...sample.run, threshold };
  const summary = summaryOf(findings, { ...run, ...facts });
  const degraded = diagnostics.some(isDegrading);
  return {
    ...sample,
    run: { ...run, ...facts, exitCode: degraded ? 2 : summary.open > 0 ? 1 : 0 },
    summary,
    ledger: { ...sample.ledger, diagnostics, degraded },
  };
});
