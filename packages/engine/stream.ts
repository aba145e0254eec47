import type { CompiledCorrelation } from '#analyze/sigma/correlation.ts';
import { correlatedDetector } from '#analyze/sigma/correlator.ts';
import type { CorrelationState } from '#analyze/sigma/correlator.ts';
import { sigmaDetector } from '#analyze/sigma/detector.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import { memberText } from '#formats/ocsf-member.ts';
import { timeWithoutYear } from '#formats/yearless-time.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event, Signal } from '#model/event.ts';
import type { Logsource, Observation, StreamDetector, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import type { Glance, Mapping } from '#model/unit.ts';
import { partyEvidence } from '#score/known-parties.ts';
import { assessRisk } from '#score/risk.ts';
import { DetectorDesk } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import type { Part } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import { isGeneric, MappingTable } from './mapping-table.ts';

/** Wrappers in wrappers that are opened: a container's line in a shipper's record in a cloud's. */
const wrapperLimit = 3;

export interface StreamResult {
  /** Built when it is asked for; undefined when the record is unreadable. */
  readonly observation: Observation | undefined;
  /** `unmapped`: only the mapping for anything took it. `unreadable`: no event could be made of it. */
  readonly outcome: 'mapped' | 'unmapped' | 'unreadable';
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface StreamUnits {
  readonly mappings: readonly Mapping[];
  readonly rules: readonly CompiledRule[];
  readonly correlations?: readonly CompiledCorrelation[];
  readonly detectors?: readonly StreamUnit[];
  /** Adds what the user's files say of the parties of an event; called when the event is built. */
  readonly enrich?: (event: Event) => Event;
  /** Milliseconds since the epoch: the year of times that name none, where the record does not say when it was written. */
  readonly clock?: () => number;
}

/** What the stream must remember over a restart, beside what detectors do: plain data that can be cloned. */
export interface StreamMemory {
  readonly now: number;
  readonly correlation: CorrelationState;
}

/** A record that was normalised and tried on the rules; what detectors elsewhere find in it is still to come. */
export interface Begun {
  readonly record: RawRecord;
  readonly outcome: StreamResult['outcome'];
  readonly observation: Observation | undefined;
  /** The time of the stream after it. */
  readonly now: number;
  /** What rules found, then the detectors of this stream. */
  readonly rules: DetectorStep | undefined;
  readonly found: readonly DetectorStep[];
}

/** What is still needed of it to finish: records that wait hold no event. */
export type Waiting = Omit<Begun, 'observation' | 'now'>;

/**
 * The line of the watch plane for one stream: normalize, analyze, score. It keeps the detector's state and the time, which
 * is the events' own: the same records give the same signals, whenever they are read.
 */
export class EventStream {
  private readonly mappings: MappingTable;
  private readonly recognised: readonly Logsource[];
  private detector: StreamDetector<CorrelationState>;
  private readonly desk: DetectorDesk;
  private readonly enrich: (event: Event) => Event;
  private readonly clock: (() => number) | undefined;
  private state: CorrelationState;
  private now = 0;

  constructor({ mappings, rules, correlations = [], detectors = [], enrich = (event) => event, clock }: StreamUnits, memory?: StreamMemory, kept: ConstructorParameters<typeof DetectorDesk>[1] = {}) {
    this.mappings = new MappingTable(mappings);
    this.recognised = mappings.map(({ logsource }) => logsource);
    this.enrich = enrich;
    this.clock = clock;
    this.detector = correlatedDetector(sigmaDetector(rules, this.recognised), correlations);
    this.state = memory?.correlation ?? this.detector.initial;
    this.now = memory?.now ?? 0;
    this.desk = new DetectorDesk(detectors, kept);
  }

  /** Other rules from here on; what correlations had counted is kept where `carry` keeps it. */
  reload(rules: readonly CompiledRule[], correlations: readonly CompiledCorrelation[], carry: (state: CorrelationState) => CorrelationState): void {
    this.detector = correlatedDetector(sigmaDetector(rules, this.recognised), correlations);
    this.state = carry(this.state);
  }

  get memory(): StreamMemory {
    return { now: this.now, correlation: this.state };
  }

  /** What detectors know and what they set in their memory since this was last asked, as parts of a checkpoint. */
  changedParts(): Part[] {
    return this.desk.changedParts();
  }

  /** When the event of a record was, in milliseconds since the epoch; 0 when it does not say. Nothing is remembered. */
  peekTime(record: RawRecord): number {
    const kept = this.now;
    this.now = 0;
    const time = this.normalize(record)?.time ?? 0;
    this.now = kept;
    return time;
  }

  push(record: RawRecord): StreamResult {
    const begun = this.begin(record);
    return { ...finish(begun, none), observation: begun.observation };
  }

  /** All that needs the order of the records. */
  begin(record: RawRecord): Begun {
    const observation = this.normalize(record);
    if (observation === undefined) return { record, outcome: 'unreadable', observation, now: this.now, rules: undefined, found: none };
    const rules = this.detector.step(this.state, observation, this.now);
    this.state = rules.state;
    return { record, outcome: observation.generic ? 'unmapped' : 'mapped', observation, now: this.now, rules, found: this.desk.step(observation, this.now) };
  }

  /** The first mapping that makes an event of it: a record that only looks like one kind is tried as the next. */
  private normalize(record: RawRecord, wrapped = 0, depth = 0): Observed | undefined {
    for (const mapping of this.mappings.candidates(record.value)) {
      if (!mapping.accepts(record.value)) continue;
      const inner = depth < wrapperLimit ? mapping.inner?.(record) : undefined;
      const within = inner === undefined ? undefined : this.normalize({ ...record, value: inner.value }, inner.time, depth + 1);
      if (within?.generic === false) return within;
      const observed = mapping.glance === undefined ? this.mapped(mapping, record, wrapped) : this.glanced(mapping, mapping.glance(record), record, wrapped);
      if (observed !== undefined) return observed;
    }
    return undefined;
  }

  private mapped(mapping: Mapping, record: RawRecord, wrapped: number): Observed | undefined {
    const event = mapping.map(record);
    if (event === undefined) return undefined;
    const time = this.timeOf(event.time > 0 ? event.time : wrapped || this.yearFound(memberText(event.metadata, 'original_time'), record));
    const timed = event.time > 0 ? event : { ...event, time };
    return new Observed({ logsource: mapping.logsource, time, record: event.unmapped }, isGeneric(mapping), () => this.enrich(timed));
  }

  private glanced(mapping: Mapping, glance: Glance | undefined, record: RawRecord, wrapped: number): Observed | undefined {
    if (glance === undefined) return undefined;
    const time = this.timeOf(glance.time > 0 ? glance.time : wrapped || this.yearFound(glance.original, record));
    return new Observed({ ...glance, time }, isGeneric(mapping), () => {
      const event = mapping.map(record);
      if (event === undefined) throw new EngineError('mapping-inconsistent', `the mapping ${mapping.id} took a record of which it makes no event`);
      return this.enrich(event.time > 0 ? event : { ...event, time });
    });
  }

  /** A time that names no year; 0 when there is none, or nobody knows what day it is. */
  private yearFound(original: string | undefined, { written = this.clock?.() }: RawRecord): number {
    return original === undefined || written === undefined ? 0 : (timeWithoutYear(original, written) ?? 0);
  }

  /** An event without a time of its own gets that of the stream. */
  private timeOf(time: number): number {
    this.now = Math.max(this.now, time);
    return time > 0 ? time : this.now;
  }
}

/** Joins what was found in a record; `elsewhere`: by detectors that are not the stream's own. */
export function finish({ record, outcome, rules, found }: Waiting, elsewhere: readonly DetectorStep[]): Omit<StreamResult, 'observation'> {
  const steps = rules === undefined ? none : found.length === 0 && elsewhere.length === 0 ? [rules] : [rules, ...elsewhere, ...found];
  const told = outcome === 'mapped' ? none : [outcome === 'unmapped' ? unmapped(record) : unreadable(record)];
  const signals = steps.some((step) => step.signals.length > 0) ? steps.flatMap((step) => step.signals).map(scored) : none;
  const diagnostics = told.length > 0 || steps.some((step) => step.diagnostics.length > 0) ? [...told, ...steps.flatMap((step) => step.diagnostics)] : none;
  return { outcome, signals, diagnostics };
}

/** Who takes part counts too, where the user's lists say so. */
function scored(signal: UnscoredSignal): Signal {
  const evidence = [...signal.evidence, ...partyEvidence(signal.events)];
  return { ...signal, evidence, risk: assessRisk(signal.severity, signal.confidence, evidence) };
}

const none: readonly never[] = [];

/** The event is built when someone asks for it. */
class Observed implements Observation {
  readonly logsource: Logsource;
  readonly time: number;
  readonly record: unknown;
  readonly generic: boolean;
  private readonly build: () => Event;
  private built: Event | undefined;

  constructor({ logsource, time, record }: Glance, generic: boolean, build: () => Event) {
    this.logsource = logsource;
    this.time = time;
    this.record = record;
    this.generic = generic;
    this.build = build;
  }

  get event(): Event {
    this.built ??= this.build();
    return this.built;
  }
}

function unmapped({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unmapped', path: source, line: sequence, message: 'no mapping knows this kind of record; it was kept as it is' };
}

function unreadable({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unreadable', path: source, line: sequence, message: 'the record is no JSON object and was left out' };
}
