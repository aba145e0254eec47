import type { Event } from '#model/event.ts';
import type { StoreErrorCode } from '#store/store-error.ts';
import type { DetectorStep } from './detector-desk.ts';
import type { EnrichmentOptions } from './enrichment.ts';

/** What the thread of the events begins with. */
export interface EventThreadSetup {
  /** Of detectors, in their order. */
  readonly detectors: readonly string[];
  /** Parts of earlier checkpoints. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  readonly enrichment: EnrichmentOptions;
  /** Folder of the lake; without one, events are kept nowhere. */
  readonly lake?: string;
  /** Milliseconds that the clock of the watch is ahead of the machine's. */
  readonly ahead: number;
}

/** Records of one batch in their order, member by member: what is the same for many is said once. */
export interface RecordBatch {
  readonly kind: 'observe';
  readonly epoch: number;
  readonly sources: readonly string[];
  /** For each record: which of `sources`, its number there, when the source was written. */
  readonly from: readonly number[];
  readonly sequences: readonly number[];
  readonly written: readonly (number | undefined)[];
  /** For each record its value, or the JSON that says it, as `isJson` tells: a text goes over to another thread for less than what it says. */
  readonly bodies: readonly unknown[];
  readonly isJson: readonly boolean[];
}

/** What the thread is asked, each answered under its number; only `observe` and `keep` have more to say than that it is done. */
export type EventQuestion =
  | RecordBatch
  /** What changed since this was last asked, as parts of a checkpoint. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'append'; readonly event: Event; readonly epoch: number; readonly source: string; readonly sequence: number }
  | { readonly kind: 'recover' | 'flush' | 'committed'; readonly epoch: number }
  | { readonly kind: 'close' };

/** What was found, by the place of the record in its batch; nothing of the others. */
export type FoundAt = ReadonlyMap<number, readonly DetectorStep[]>;

/** Parts of a checkpoint, one behind the other: to hand over one piece costs less than thousands. */
export interface PackedParts {
  readonly names: readonly string[];
  /** Of each part; -1 for one that is gone. */
  readonly lengths: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `store`: the code of an error of the store, which is told as one. */
export type EventAnswer =
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly failure: string; readonly store?: StoreErrorCode }
  /** What the lake has to say. */
  | { readonly note: string };
