import type { Confidence, Persona, Severity, Surface } from './severity.ts';
import type { Document, RawRecord } from './artifact.ts';
import type { Event } from './event.ts';
import type { Match } from './finding.ts';
import type { Report } from './report.ts';

/** What a detector may know besides its document; all of it is handed in, so that the stage stays pure. */
export interface DetectContext {
  /** Keyed digest of a secret value: HMAC-SHA-256, hex, 32 characters. */
  digest(value: string): string;
  /** SHA-256 of bytes. Synchronous. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** True once this document's time budget is spent; long loops ask it now and then. */
  overBudget(): boolean;
  /** Today, ISO date. */
  readonly today: string;
  /** A learned model by its id (`content/models/<id>.json`); undefined when this build has none of that name. */
  model(id: string): HashedModel | undefined;
}

/** Weights of a logistic regression over hashed features; `packages/learn/hashed-logistic.ts` says how they are used. */
export interface HashedModel {
  /** Number of buckets, a power of two. */
  readonly size: number;
  readonly bias: number;
  readonly weights: Float32Array;
}

/** A detector written in code. One file in `packages/analyze/detectors/`, its cases beside it. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly surface: Surface;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly persona: Persona;
  readonly cwe: readonly number[];
  readonly consequence: string;
  readonly remediation: string;
  readonly references: readonly string[];
  /** Literals (lower case) one of which must occur for the detector to run; empty: every document. */
  readonly needs: readonly string[];
  /** `hits` are the end offsets of `needs` in the document, ascending. */
  detect(doc: Document, hits: readonly number[], ctx: DetectContext): Match[];
}

export function defineDetector(detector: Detector): Detector {
  return detector;
}

/** Decides by structure whether a candidate can be a real credential. One file in `packages/analyze/proofs/`. */
export interface Proof {
  readonly id: string;
  readonly title: string;
  /** `valid`: the format's own check holds. `invalid`: it cannot be real. `unknown`: no verdict. */
  check(value: string, ctx: Pick<DetectContext, 'sha256' | 'today'>): ProofResult;
  /** Makes a value that passes, from a deterministic source of characters; used by cases (`${proof:ID}`). */
  example?(random: (alphabet: string, length: number) => string, ctx: Pick<DetectContext, 'sha256'>): string;
}

export interface ProofResult {
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** Short phrase without any part of the value. */
  readonly detail: string;
}

export function defineProof(proof: Proof): Proof {
  return proof;
}

/** Turns one kind of record into OCSF. One file in `packages/normalize/mappings/`, its cases beside it. */
export interface Mapping {
  readonly id: string;
  readonly title: string;
  /** Sigma logsource that events of this kind answer to. */
  readonly logsource: { readonly product?: string; readonly service?: string; readonly category?: string };
  /** It takes lines of any program, and is asked after those that know one. */
  readonly general?: true;
  /** What every record that it accepts looks like, so that others need not be shown to it. Without one it is shown all. */
  readonly hint?: RecordHint;
  /** Cheap test on the decoded record. */
  accepts(value: unknown): boolean;
  /** Never throws: an unusable record gives undefined, and the engine says so. */
  map(record: RawRecord): Event | undefined;
  /**
   * For sources with many events and few signals: what rules need, without building the event. Undefined exactly where `map`
   * gives undefined; `time` and `record` are the event's `time` and `unmapped`.
   */
  glance?(record: RawRecord): Glance | undefined;
  /** For what only wraps records of other kinds: the one inside, which is tried first; the wrapper stands in when nothing knows it. */
  inner?(record: RawRecord): InnerRecord | undefined;
}

/** A part that is left out says that no record of that shape is accepted. */
export interface RecordHint {
  /** Names one of which an object has at its top. */
  readonly keys?: readonly string[];
  /** Characters one of which a text begins with; `true`: any text. */
  readonly text?: string | true;
}

/** The record within a wrapper. */
export interface InnerRecord {
  readonly value: unknown;
  /** Milliseconds since the epoch, for a record that names no time of its own; 0 when the wrapper names none either. */
  readonly time: number;
}

/** An event as rules see it. */
export interface Glance {
  /** More exact than the mapping's own, where one source writes events of many categories. */
  readonly logsource: Mapping['logsource'];
  /** Milliseconds since the epoch; 0 when the record names no time or no year. */
  readonly time: number;
  readonly record: unknown;
  /** The time as the record writes it, where it names no year; the event's `metadata.original_time`. */
  readonly original?: string;
}

export function defineMapping(mapping: Mapping): Mapping {
  return mapping;
}

/** Renders a report. One file in `packages/act/reporters/`, its cases beside it. */
export interface Reporter {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  render(report: Report, options: RenderOptions): Rendered;
}

/** A text; or its pieces, in their order, where the whole can be too large to be held beside the report. */
export type Rendered = string | Iterable<string>;

export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal, 80 when unknown. */
  readonly width: number;
}

export function defineReporter(reporter: Reporter): Reporter {
  return reporter;
}
