import type { Logsource } from './stream.ts';

/** One event as a case writes it: what is left out is filled with what every event has. */
export interface CaseObservation {
  readonly logsource: Logsource;
  /** Members of the OCSF event. */
  readonly event: { readonly class_uid: number; readonly [member: string]: unknown };
  /** The original record, where the detector reads it. */
  readonly record?: unknown;
  /** Milliseconds since the epoch; a second after the one before when it is left out. */
  readonly time?: number;
}

/** Events that one detector sees in this order, alone and from its initial state. */
export interface StreamCase {
  readonly name: string;
  readonly observations: readonly CaseObservation[];
  /** How many signals are due; only where it fires, one when it is left out. */
  readonly signals?: number;
}

export interface StreamCases {
  readonly fires: readonly StreamCase[];
  readonly silent: readonly StreamCase[];
}

export function defineStreamCases(cases: StreamCases): StreamCases {
  return cases;
}
