import { clip } from '#formats/clip.ts';
import {
  sarifText, type SarifArtifactLocation, type SarifCodeFlow, type SarifFix, type SarifLocation, type SarifResult, type SarifSuppression,
} from '#formats/sarif.ts';
import { pathUri } from '#formats/uri.ts';
import type { Finding, Fix, FlowStep } from '#model/finding.ts';
import type { Location } from '#model/region.ts';
import type { Suppression } from '#model/suppression.ts';
import { lengths, levels } from './scale.ts';

export const sourceRoot = '%SRCROOT%';

/** What holds for every result of a run: SARIF wants these members on all results or on none. */
export interface ResultContext {
  readonly ruleIndexes: ReadonlyMap<string, number>;
  readonly flowLimit: number;
  readonly fixes: boolean;
  /** §3.27.23: all null or all non-null. */
  readonly suppressions: boolean;
  /** §3.27.24 */
  readonly baseline: boolean;
}

export function sarifResult(finding: Finding, context: ResultContext): SarifResult {
  const ruleId = finding.rule.toWellFormed();
  const flow = finding.codeFlow ?? [];
  const fix = context.fixes ? sarifFix(finding) : undefined;
  return {
    ruleId,
    ruleIndex: context.ruleIndexes.get(ruleId) ?? -1,
    level: levels[finding.severity],
    message: { text: sarifText(clip(finding.message, lengths.long)) || ruleId },
    locations: [sarifLocation(finding.location)],
    partialFingerprints: { 'watchward/v1': finding.fingerprint.toWellFormed() },
    ...(flow.length === 0 ? {} : { codeFlows: [codeFlow(flow, context.flowLimit)] }),
    ...(fix === undefined ? {} : { fixes: [fix] }),
    ...(context.suppressions ? { suppressions: finding.suppression === undefined ? [] : [suppression(finding.suppression)] } : {}),
    ...(context.baseline ? { baselineState: finding.baseline === 'existing' ? 'unchanged' as const : 'new' as const } : {}),
    rank: finding.risk.score,
    properties: propertiesOf(finding),
  };
}

function propertiesOf(finding: Finding): SarifResult['properties'] {
  return {
    severity: finding.severity,
    confidence: finding.confidence,
    persona: finding.persona,
    evidence: finding.evidence.map(({ factor, detail }) => ({ factor: plain(factor), detail: plain(detail) })),
    risk: { ...finding.risk, factors: finding.risk.factors.map((factor) => ({ ...factor, name: plain(factor.name), detail: plain(factor.detail) })) },
  };
}

const plain = (text: string): string => clip(text, lengths.short).toWellFormed();

function artifact(path: string): SarifArtifactLocation {
  return { uri: pathUri(path), uriBaseId: sourceRoot };
}

export function sarifLocation({ path, region }: Location): SarifLocation {
  return { physicalLocation: { artifactLocation: artifact(path), region: { ...region } } };
}

/** Too long a flow keeps both ends: where the data enters and where it does harm. */
function codeFlow(steps: readonly FlowStep[], limit: number): SarifCodeFlow {
  const half = Math.ceil(limit / 2);
  const kept = steps.length <= limit ? steps : [...steps.slice(0, half), ...steps.slice(steps.length - (limit - half))];
  const locations = kept.map((step) => ({
    location: { ...sarifLocation(step.location), message: { text: sarifText(clip(step.message, lengths.short)) || 'step' } },
  }));
  return { threadFlows: [{ locations }] };
}

function sarifFix(finding: Finding): SarifFix | undefined {
  const { fix } = finding;
  if (fix === undefined || fix.edits.length === 0 || fix.edits.some(({ text }) => text.length > lengths.edit)) return undefined;
  return {
    description: { text: sarifText(clip(fix.title, lengths.short)) || 'Fix' },
    artifactChanges: [{ artifactLocation: artifact(finding.location.path), replacements: replacements(fix) }],
    properties: { disposition: fix.disposition, verified: fix.verified },
  };
}

function replacements(fix: Fix): SarifFix['artifactChanges'][number]['replacements'] {
  return fix.edits.map(({ region, text }) => ({ deletedRegion: { ...region }, insertedContent: { text: text.toWellFormed() } }));
}

function suppression({ kind, reason, owner, until }: Suppression): SarifSuppression {
  return {
    kind: kind === 'inline' ? 'inSource' : 'external',
    status: 'accepted',
    justification: plain(reason),
    properties: { ...(owner === undefined ? {} : { owner: plain(owner) }), ...(until === undefined ? {} : { until: plain(until) }) },
  };
}
