import type { Decision } from '#model/decision.ts';
import { choice, hex64, instant, listOf, record, text } from './closed-shape.ts';
import { decodeStatement, type Statement } from './in-toto.ts';

export const bypassPredicateType = 'urn:watchward:attestation:bypass:v1';

/** Who let a change through against the gate's verdict, and why. One line of a bypass record. */
export interface BypassPredicate {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly action: Decision['action'];
  readonly verdict: 'block' | 'unknown';
  /** The gate's own reasons, the first few. */
  readonly reasons: readonly string[];
  readonly commit?: string;
  /** SHA-256 of the line before this one; absent in the first. A line that is taken out leaves a gap. */
  readonly previous?: string;
}

export const shortestReason = 10;
export const longestReason = 2_000;
export const keptReasons = 50;
export const longestKeptReason = 2_000;

const decodePredicate = record(
  {
    by: text(256, /\S/), reason: text(longestReason, /\S/), at: instant, action: choice(['merge', 'deploy'] as const),
    verdict: choice(['block', 'unknown'] as const), reasons: listOf(text(longestKeptReason), keptReasons),
  },
  { commit: text(64, /^[0-9a-f]{40,64}$/), previous: hex64 },
);

/** Throws `ShapeError` for anything that is not wholly one. */
export function decodeBypassStatement(json: string): Statement<BypassPredicate> {
  return decodeStatement(json, bypassPredicateType, decodePredicate);
}
