import { gzipSync } from 'node:zlib';
import { sarifUploadLimits } from '#formats/sarif.ts';
import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { severities } from '#model/severity.ts';
import { findingState } from '../open-findings.ts';
import { largePieces } from '../pieces.ts';
import { logText, type LogPlan } from './log.ts';

export interface UploadLimits {
  readonly results: number;
  readonly threadFlowLocations: number;
  readonly gzipBytes: number;
}

/** Steps of a flow when the file is too large: as many as GitHub still shows of the locations of a result. */
const shortFlow = 100;

/** The log as text in pieces, inside the limits: first long flows and fixes go, then whole results, the least risk first. */
export function fitSarif(report: Report, limits: UploadLimits = sarifUploadLimits): readonly string[] {
  const ranked = rankForCut(report);
  let kept = Math.min(ranked.length, limits.results);
  let flowLimit = limits.threadFlowLocations;
  for (;;) {
    const full = flowLimit === limits.threadFlowLocations;
    const pieces = [...largePieces(logText(report, planFor(report, ranked, kept, flowLimit, full)))];
    const size = uploadBytes(pieces, limits.gzipBytes);
    if (size <= limits.gzipBytes || kept === 0) return pieces;
    if (full && flowLimit > shortFlow) flowLimit = shortFlow;
    // Aim a little under the limit: the cut results are not of the average size.
    else kept = Math.min(kept - 1, Math.floor(kept * 0.95 * (limits.gzipBytes / size)));
  }
}

/**
 * Compressed size; a text below the limit as it is need not be compressed to know that it fits. Pieces that are compressed one by
 * one take a little more than the whole.
 */
function uploadBytes(pieces: readonly string[], limit: number): number {
  const sum = (sizeOf: (piece: string) => number): number => pieces.reduce((size, piece) => size + sizeOf(piece), 0);
  const size = sum((piece) => Buffer.byteLength(piece));
  return size <= limit ? size : sum((piece) => gzipSync(piece).length);
}

/** Positions in the report, the last to be cut first: what counts, then severity, then risk. */
function rankForCut({ findings, run }: Report): readonly number[] {
  const weigh = (finding: Finding): readonly number[] => [
    findingState(finding, run.threshold) === 'open' ? 1 : 0, severities.indexOf(finding.severity), finding.risk.score,
  ];
  return findings
    .map((finding, index) => ({ index, weight: weigh(finding) }))
    .sort((a, b) => compare(b.weight, a.weight) || a.index - b.index)
    .map(({ index }) => index);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function planFor(report: Report, ranked: readonly number[], kept: number, flowLimit: number, full: boolean): LogPlan {
  const chosen = new Set(ranked.slice(0, kept));
  const findings = report.findings.filter((_, index) => chosen.has(index));
  const cutFlow = findings.some(({ codeFlow }) => (codeFlow?.length ?? 0) > flowLimit);
  const cutFix = !full && findings.some(({ fix }) => fix !== undefined);
  const left = ranked.length - kept;
  return {
    findings,
    flowLimit,
    fixes: full,
    notices: [
      ...(left === 0 ? [] : [`${left} of ${ranked.length} results were left out to stay inside GitHub's upload limits; the severest were kept.`]),
      ...(cutFlow ? [`Flows of more than ${flowLimit} steps were cut in the middle to stay inside GitHub's upload limits.`] : []),
      ...(cutFix ? ["Fixes were left out to stay inside GitHub's upload limits."] : []),
    ],
  };
}
