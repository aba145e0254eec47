import { type DiagnosticCode, diagnosticCodes } from '#model/diagnostic.ts';
import type { Report, RunFacts } from '#model/report.ts';
import { confidences, personas, severities } from '#model/severity.ts';
import { decodeScope, decodeThreshold, decodeTool } from './attestation.ts';
import { between, choice, type Decoder, flag, hex64, instant, listOf, part, text, whole } from './closed-shape.ts';

/** The part of a report that an attestation speaks of; every `Report` is one. */
export interface ReportFacts {
  readonly schema: Report['schema'];
  readonly tool: Report['tool'];
  readonly run: Pick<RunFacts, 'startedAt' | 'seconds' | 'treeHash' | 'commit' | 'repository' | 'threshold' | 'scope'>;
  readonly findings: readonly FindingFacts[];
  readonly ledger: Omit<Report['ledger'], 'diagnostics'> & { readonly diagnostics: readonly { readonly code: DiagnosticCode; readonly count?: number }[] };
}

export type FindingFacts = Pick<Report['findings'][number], 'rule' | 'severity' | 'confidence' | 'persona' | 'fingerprint' | 'baseline'> & {
  readonly location: { readonly path: string };
  readonly risk: { readonly score: number };
  readonly suppression?: object;
};

const count = whole(0, 1e12);
const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];

/** Reads a report from outside. Throws `ShapeError`. */
export const decodeReportFacts: Decoder<ReportFacts> = part({
  schema: choice(['watchward-report/1'] as const),
  tool: decodeTool,
  run: part({ startedAt: instant, seconds: between(0, 1e9), treeHash: hex64, threshold: decodeThreshold }, { commit: text(64), repository: text(1024), scope: decodeScope }),
  findings: listOf(
    part(
      {
        rule: text(256), severity: choice(severities), confidence: choice(confidences), persona: choice(personas), fingerprint: hex64,
        location: part({ path: text(32_768) }), risk: part({ score: between(0, 100) }),
      },
      { baseline: choice(['new', 'existing'] as const), suppression: part({}) },
    ),
    10_000_000,
  ),
  ledger: part({
    filesSeen: count, filesAnalysed: count, filesFromCache: count, bytesAnalysed: count, rulesLoaded: count, rulesSkipped: count,
    bytesSent: count, degraded: flag, diagnostics: listOf(part({ code: choice(codes) }, { count: whole(1, 1e12) }), 1_000_000),
  }),
});
