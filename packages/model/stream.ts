import type { Diagnostic } from './diagnostic.ts';
import type { Event, Signal } from './event.ts';
import type { Confidence, Severity } from './severity.ts';

/** Where events come from, in Sigma's words; what is not said may be anything. */
export interface Logsource {
  readonly product?: string;
  readonly service?: string;
  readonly category?: string;
}

/** A normalised event with the logsource of the mapping that made it. */
export interface Observation {
  /** May be built only when it is asked for. */
  readonly event: Event;
  readonly logsource: Logsource;
  /** Milliseconds since the epoch: the event's time. */
  readonly time: number;
  /** The original record with the names that rules use: the event's `unmapped`. */
  readonly record: unknown;
}

/** A signal as a detector gives it; the engine has its risk assessed. */
export type UnscoredSignal = Omit<Signal, 'risk'>;

export interface StreamStep<State> {
  readonly state: State;
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A reducer over events. The engine keeps the state, which is plain data, and hands in the time: the same events give the
 * same signals, and a restart that reloads the state loses nothing.
 */
export interface StreamDetector<State> {
  readonly initial: State;
  step(state: State, observation: Observation, now: number): StreamStep<State>;
}

/**
 * A detector on streams, written in code. One file in `packages/analyze/stream-detectors/`, its cases beside it. `State` is plain
 * data with a declared bound.
 */
export interface StreamUnit<State = unknown> extends StreamDetector<State> {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly consequence: string;
  readonly remediation: string;
  readonly references: readonly string[];
  /** Cheap test: only observations that it accepts reach `step`. */
  wants(observation: Observation): boolean;
}

/** The state's type is the unit's own affair: whoever keeps it only hands it back. */
export function defineStreamDetector<State>(unit: StreamUnit<State>): StreamUnit {
  return unit;
}
