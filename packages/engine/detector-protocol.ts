import type { Logsource } from '#model/stream.ts';
import type { DetectorStep } from './detector-desk.ts';

/** What a thread of detectors begins with. */
export interface DetectorSetup {
  /** Of detectors, in their order. */
  readonly ids: readonly string[];
  /** Parts of earlier checkpoints. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

/** Observations in the order of the stream. What is the same for many is said once. */
export interface ObservationBatch {
  readonly kind: 'observe';
  readonly logsources: readonly Logsource[];
  /** For each observation: which of `logsources`, its time, the time of the stream, the event as JSON. */
  readonly sources: readonly number[];
  readonly times: readonly number[];
  readonly nows: readonly number[];
  readonly events: readonly string[];
  /** Where in the JSON the record as it came begins, which is the last member of the event and half of its length: most detectors never read it. 0 where it is not the last. */
  readonly records: readonly number[];
}

/** Asks for what changed since this was last asked. */
export interface PartsWanted {
  readonly kind: 'keep';
}

export type DetectorQuestion = ObservationBatch | PartsWanted;

/** What was found, by the place of the observation in its batch; nothing of the others. */
export type FoundAt = ReadonlyMap<number, readonly DetectorStep[]>;

/** Parts of a checkpoint, one behind the other: to hand over one piece costs less than thousands. */
export interface PackedParts {
  readonly names: readonly string[];
  /** Of each part; -1 for one that is gone. */
  readonly lengths: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What stands before the record in an event as JSON. */
export const beforeRecord = ',"unmapped":';
