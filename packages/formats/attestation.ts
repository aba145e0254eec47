import { type DiagnosticCode, diagnosticCodes } from '#model/diagnostic.ts';
import type { ToolIdentity } from '#model/report.ts';
import type { ScanScope } from '#model/scope.ts';
import { confidences, type Confidence, type Persona, personas, severities, type Severity, surfaces } from '#model/severity.ts';
import { between, choice, day, type Decoder, flag, hex64, instant, listOf, record, text, whole } from './closed-shape.ts';
import { decodeStatement, type Statement } from './in-toto.ts';

/** A URI as in-toto's TypeURI asks for; a URN, because it names a format and no place. */
export const scanPredicateType = 'urn:watchward:attestation:scan:v1';

/** Open findings that are listed one by one; more than that are counted in `omitted`, and the gate treats it as unknown. */
export const listedFindings = 10_000;

export type BySeverity = { readonly [severity in Severity]: number };

/** What a scan found, over what, with what; independent of any policy and of the thresholds of its report. */
export interface ScanPredicate {
  readonly tool: ToolIdentity;
  readonly commit?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** What the verifier asked to be bound in, so that an old attestation cannot answer a new question. */
  readonly nonce?: string;
  readonly scope: ScanScope;
  readonly threshold: { readonly severity: Severity; readonly confidence: Confidence; readonly persona: Persona };
  readonly coverage: AttestedCoverage;
  readonly findings: AttestedFindings;
  /** SHA-256 of the whole report in canonical form (`specs/gate.md`), hex. */
  readonly report: { readonly digest: string };
}

export interface AttestedCoverage {
  readonly filesSeen: number;
  readonly filesAnalysed: number;
  readonly filesFromCache: number;
  readonly bytesAnalysed: number;
  readonly rulesLoaded: number;
  readonly rulesSkipped: number;
  readonly bytesSent: number;
  readonly degraded: boolean;
  /** By code, each once. */
  readonly diagnostics: readonly { readonly code: DiagnosticCode; readonly count: number }[];
}

export interface AttestedFindings {
  /** Not suppressed, not in the baseline, of at least medium confidence and the regular persona. */
  readonly new: BySeverity;
  readonly existing: BySeverity;
  readonly suppressed: BySeverity;
  /** Open ones of low confidence or of another persona: worth a look, not worth a block. */
  readonly tentative: number;
  /** New and existing, the worst first. */
  readonly open: readonly AttestedFinding[];
  /** How many more there are than `open` lists. */
  readonly omitted: number;
}

export interface AttestedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly risk: number;
  readonly path: string;
  readonly fingerprint: string;
  readonly state: 'new' | 'existing';
}

const count = whole(0, 1e12);
const bySeverity = record({ informational: count, low: count, medium: count, high: count, critical: count });
const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];
const objectId = text(64, /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

export const decodeTool: Decoder<ToolIdentity> = record({
  name: choice(['watchward'] as const), version: text(64), digest: hex64, content: hex64, contentDate: day,
});

export const decodeThreshold = record({ severity: choice(severities), confidence: choice(confidences), persona: choice(personas) });

export const decodeScope: Decoder<ScanScope> = record(
  {
    rules: listOf(text(1_000), 1_000),
    surfaces: listOf(choice(surfaces), surfaces.length),
    exclude: listOf(text(4_096), 1_000),
    ownRules: count,
    suppressions: count,
    history: flag,
    limits: record({ fileBytes: whole(1, 2 ** 31), files: whole(1, 1e9), depth: whole(1, 1e6) }),
  },
  { changedSince: text(1_000), baseline: record({ from: text(1_000) }, { commit: objectId }), threatModel: choice(['application', 'library'] as const) },
);

const decodeCoverage: Decoder<AttestedCoverage> = record({
  filesSeen: count, filesAnalysed: count, filesFromCache: count, bytesAnalysed: count, rulesLoaded: count, rulesSkipped: count,
  bytesSent: count, degraded: flag, diagnostics: listOf(record({ code: choice(codes), count: whole(1, 1e12) }), codes.length),
});

const decodeFindings: Decoder<AttestedFindings> = record({
  new: bySeverity, existing: bySeverity, suppressed: bySeverity, tentative: count, omitted: count,
  open: listOf(
    record({
      rule: text(256), severity: choice(severities), risk: between(0, 100), path: text(32_768), fingerprint: hex64,
      state: choice(['new', 'existing'] as const),
    }),
    listedFindings,
  ),
});

const decodePredicate: Decoder<ScanPredicate> = record(
  {
    tool: decodeTool, startedAt: instant, finishedAt: instant, scope: decodeScope, threshold: decodeThreshold,
    coverage: decodeCoverage, findings: decodeFindings, report: record({ digest: hex64 }),
  },
  { commit: objectId, nonce: text(256) },
);

/** Reads the payload of a scan attestation. Throws `ShapeError` for anything that is not wholly one. */
export function decodeScanStatement(json: string): Statement<ScanPredicate> {
  return decodeStatement(json, scanPredicateType, decodePredicate);
}
