import { hash } from 'node:crypto';
import { type AttestedCoverage, type AttestedFindings, type BySeverity, listedFindings, type ScanPredicate, scanPredicateType } from '#formats/attestation.ts';
import { ShapeError } from '#formats/closed-shape.ts';
import { statementPayloadType, treeStatement } from '#formats/in-toto.ts';
import { decodeReportFacts, type FindingFacts, type ReportFacts } from '#formats/report-facts.ts';
import type { DiagnosticCode } from '#model/diagnostic.ts';
import { type Envelope, signEnvelope } from '#protect/dsse.ts';
import type { SigningKey } from '#protect/keys.ts';
import { EngineError } from './errors.ts';

/** Says in a signed statement what a report says. It attests degraded and partial scans too; what they are worth is the gate's to judge. */
export function attest(report: unknown, key: SigningKey, options: { readonly nonce?: string } = {}): Envelope {
  const facts = readFacts(report);
  const predicate = predicateOf(facts, reportDigest(report), options.nonce);
  const payload = JSON.stringify(treeStatement(facts.run.treeHash, scanPredicateType, predicate));
  return signEnvelope(statementPayloadType, Buffer.from(payload), key);
}

/** Checks that a value is a report as far as an attestation needs it. */
export function readFacts(report: unknown): ReportFacts {
  try {
    return decodeReportFacts(report, '');
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new EngineError('report-unusable', `this is no report of this version of watchward: ${cause.message}; make one with \`watchward scan --json\``, { cause });
  }
}

/** SHA-256 of a report in canonical form: members sorted by name, no spaces, text well-formed. How a file was formatted does not matter. */
export function reportDigest(report: unknown): string {
  return hash('sha256', canonicalJson(report), 'hex');
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === 'string') return member.toWellFormed();
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function predicateOf({ tool, run, findings, ledger }: ReportFacts, digest: string, nonce?: string): ScanPredicate {
  if (run.scope === undefined) {
    throw new EngineError('report-unusable', 'the report does not say what was scanned (run.scope); scan again with this version of watchward');
  }
  return {
    tool,
    ...(run.commit === undefined ? {} : { commit: run.commit }),
    startedAt: run.startedAt,
    finishedAt: new Date(Date.parse(run.startedAt) + Math.round(run.seconds * 1000)).toISOString(),
    ...(nonce === undefined ? {} : { nonce }),
    scope: run.scope,
    threshold: run.threshold,
    coverage: coverageOf(ledger),
    findings: findingsOf(findings),
    report: { digest },
  };
}

function coverageOf(ledger: ReportFacts['ledger']): AttestedCoverage {
  const { filesSeen, filesAnalysed, filesFromCache, bytesAnalysed, rulesLoaded, rulesSkipped, bytesSent, degraded } = ledger;
  const counts = new Map<DiagnosticCode, number>();
  for (const { code, count = 1 } of ledger.diagnostics) counts.set(code, (counts.get(code) ?? 0) + count);
  const diagnostics = [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
  return { filesSeen, filesAnalysed, filesFromCache, bytesAnalysed, rulesLoaded, rulesSkipped, bytesSent, degraded, diagnostics };
}

/** Counts by the attestation's own measure: the thresholds of the run decide what is printed, not what is attested. */
export function findingsOf(findings: readonly FindingFacts[]): AttestedFindings {
  const firm = findings.filter(({ confidence, persona }) => confidence !== 'low' && persona === 'regular');
  const active = firm.filter(({ suppression }) => suppression === undefined);
  const open = active.map(({ rule, severity, risk, location, fingerprint, baseline }) => ({
    rule, severity, risk: risk.score, path: location.path.toWellFormed(), fingerprint, state: baseline === 'existing' ? 'existing' as const : 'new' as const,
  }));
  return {
    new: countBySeverity(active.filter(({ baseline }) => baseline !== 'existing')),
    existing: countBySeverity(active.filter(({ baseline }) => baseline === 'existing')),
    suppressed: countBySeverity(firm.filter(({ suppression }) => suppression !== undefined)),
    tentative: findings.filter(({ suppression, baseline }) => suppression === undefined && baseline !== 'existing').length
      - active.filter(({ baseline }) => baseline !== 'existing').length,
    open: open.slice(0, listedFindings),
    omitted: Math.max(0, open.length - listedFindings),
  };
}

function countBySeverity(findings: readonly FindingFacts[]): BySeverity {
  const count = (severity: FindingFacts['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return { informational: count('informational'), low: count('low'), medium: count('medium'), high: count('high'), critical: count('critical') };
}
