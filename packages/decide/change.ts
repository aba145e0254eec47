import type { BySeverity, ScanPredicate } from '#formats/attestation.ts';
import { severities } from '#model/severity.ts';

/** What a policy sees of a change; `gateSchema` is its type in Cedar, `specs/gate.md` its description. */
export interface Change {
  readonly new: Counts;
  readonly existing: Counts;
  readonly suppressed: Counts;
  readonly tentative: number;
  readonly worstNewRisk: number;
  readonly worstRisk: number;
  readonly rules: readonly string[];
  readonly baseline: boolean;
  readonly ageMinutes: number;
  readonly contentAgeDays: number;
  readonly coverage: {
    readonly filesSeen: number;
    readonly filesAnalysed: number;
    readonly filesFromCache: number;
    readonly rulesLoaded: number;
    readonly diagnostics: readonly string[];
  };
}

export type Counts = BySeverity & { readonly total: number };

/** Cedar schema (human form) of everything a policy may ask about. */
export const gateSchema = `
type Counts = { informational: Long, low: Long, medium: Long, high: Long, critical: Long, total: Long };
type Coverage = { filesSeen: Long, filesAnalysed: Long, filesFromCache: Long, rulesLoaded: Long, diagnostics: Set<String> };
entity Actor;
entity Change = {
  new: Counts, existing: Counts, suppressed: Counts, tentative: Long, worstNewRisk: Long, worstRisk: Long, rules: Set<String>,
  baseline: Bool, ageMinutes: Long, contentAgeDays: Long, coverage: Coverage
};
action merge, deploy appliesTo { principal: [Actor], resource: [Change], context: {} };
`;

/** Cedar's integers have 64 bits and JSON's do not: nothing near the limit of either leaves here. */
const most = 1_000_000_000;

export function changeOf({ findings, coverage, finishedAt, tool, scope }: ScanPredicate, now: number): Change {
  const { filesSeen, filesAnalysed, filesFromCache, rulesLoaded, diagnostics } = coverage;
  const worst = (found: readonly { readonly risk: number }[]): number => found.reduce((highest, { risk }) => Math.max(highest, Math.ceil(risk)), 0);
  return {
    new: countsOf(findings.new),
    existing: countsOf(findings.existing),
    suppressed: countsOf(findings.suppressed),
    tentative: bounded(findings.tentative),
    worstNewRisk: worst(findings.open.filter(({ state }) => state === 'new')),
    worstRisk: worst(findings.open),
    rules: [...new Set(findings.open.map(({ rule }) => rule))].sort(),
    baseline: scope.baseline !== undefined,
    ageMinutes: bounded((now - Date.parse(finishedAt)) / 60_000),
    contentAgeDays: bounded((now - Date.parse(`${tool.contentDate}T00:00:00.000Z`)) / 86_400_000),
    coverage: {
      filesSeen: bounded(filesSeen),
      filesAnalysed: bounded(filesAnalysed),
      filesFromCache: bounded(filesFromCache),
      rulesLoaded: bounded(rulesLoaded),
      diagnostics: diagnostics.map(({ code }) => code).sort(),
    },
  };
}

function countsOf(counts: BySeverity): Counts {
  const { informational, low, medium, high, critical } = counts;
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  return {
    informational: bounded(informational), low: bounded(low), medium: bounded(medium), high: bounded(high), critical: bounded(critical),
    total: bounded(total),
  };
}

/** Rounded up, so that a limit is never met by rounding. */
function bounded(value: number): number {
  return Math.min(most, Math.max(0, Math.ceil(value)));
}
