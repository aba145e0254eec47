import type { ScanPredicate } from '#formats/attestation.ts';
import { diagnosticCodes } from '#model/diagnostic.ts';
import { severities } from '#model/severity.ts';

/** What a scan attestation says twice and differently. A program that signs such a thing cannot be believed. */
export function inconsistencies({ startedAt, finishedAt, scope, coverage, findings }: ScanPredicate): string[] {
  const wrong: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  check(finishedAt >= startedAt, 'the scan ends before it begins');
  check(coverage.filesAnalysed <= coverage.filesSeen, 'more files were analysed than seen');
  check(coverage.filesFromCache <= coverage.filesAnalysed, 'more files came from the cache than were analysed');
  const binary = coverage.diagnostics.find(({ code }) => code === 'file-binary')?.count ?? 0;
  check(coverage.degraded || coverage.filesAnalysed + binary >= coverage.filesSeen, 'files were seen and neither analysed nor named as left out');
  const codes = coverage.diagnostics.map(({ code }) => code);
  check(new Set(codes).size === codes.length, 'a diagnostic is counted twice');
  check(coverage.degraded === codes.some((code) => diagnosticCodes[code].degraded), 'its diagnostics do not bear out whether it is degraded');
  check(findings.open.every(({ state }) => state === 'new') || scope.baseline !== undefined, 'a finding is old without a baseline');
  for (const severity of severities) {
    for (const state of ['new', 'existing'] as const) {
      const listed = findings.open.filter((finding) => finding.severity === severity && finding.state === state).length;
      const missing = findings[state][severity] - listed;
      check(missing >= 0 && (missing === 0 || findings.omitted > 0), `${findings[state][severity]} ${state} findings of severity ${severity}, ${listed} in the list`);
    }
  }
  const counted = severities.reduce((sum, severity) => sum + findings.new[severity] + findings.existing[severity], 0);
  check(counted === findings.open.length + findings.omitted, `${counted} findings are counted, ${findings.open.length} listed and ${findings.omitted} omitted`);
  return wrong;
}
