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

/**
 * What a detector knows by key: of an entity, a series, a template. Entries are plain data; the engine keeps those that were set since the last
 * checkpoint, so that remembering costs by what happens and not by what is known. An entry that was changed in place must be set again.
 */
export interface KeyedMemory<Entry> {
  readonly size: number;
  get(key: string): Entry | undefined;
  /** Where all places are taken, the entry that was set longest ago makes room. */
  set(key: string, entry: Entry): void;
  delete(key: string): void;
  /** The one that was set longest ago first. */
  entries(): Iterable<readonly [key: string, entry: Entry]>;
}

export interface StreamStep<State> {
  readonly state: State;
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
  /**
   * What learned models said of this event, also where it was no signal: the engine counts surprises to see whether they come as often as they promise
   * (`watchward models list`). Once for each time that a model was asked. Without it only the surprises of signals are counted, against all events that the
   * detector wanted, so that a model that has become too quiet is not seen.
   */
  readonly judged?: readonly Judgement[];
}

export type Judgement = Pick<Learned, 'model' | 'surprise'>;

/**
 * A reducer over events. The engine keeps the state, which is plain data, and hands in the time: the same events give the
 * same signals, and a restart that reloads the state loses nothing.
 */
export interface StreamDetector<State> {
  readonly initial: State;
  step(state: State, observation: Observation, now: number): StreamStep<State>;
}

/** What a learned model says of an event, beside the evidence in words. */
export interface Learned {
  /** Id and version of its card in `content/models/`. */
  readonly model: string;
  readonly version: string;
  /**
   * -log10 of the chance that what was normal so far brings an event at least as odd: 3 is once in a thousand events of the kind that the
   * detector wants. Calibrated: figures of different models may be compared and joined.
   */
  readonly surprise: number;
}

/**
 * A detector on streams, written in code. One file in `packages/analyze/stream-detectors/`, its cases beside it. `State` is plain
 * data with a declared bound.
 */
export interface StreamUnit<State = unknown, Entry = unknown> {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly consequence: string;
  readonly remediation: string;
  readonly references: readonly string[];
  /** Cheap test: only observations that it accepts reach `step`. */
  wants(observation: Observation): boolean;
  /** Small and of bounded size: it is written whole at each checkpoint. What grows with what is watched goes into `memory`. */
  readonly initial: State;
  /** It costs about as much as all others: where there are two threads it watches in the one that tries the rules. It is asked after those that are not. */
  readonly heavy?: true;
  /** Most entries of `memory`; none when it is left out. */
  readonly remembers?: number;
  step(state: State, observation: Observation, now: number, memory: KeyedMemory<Entry>): StreamStep<State>;
}

/** The types of state and entries are the unit's own affair: whoever keeps them only hands them back. */
export function defineStreamDetector<State, Entry = never>(unit: StreamUnit<State, Entry>): StreamUnit {
  return unit as StreamUnit;
}
