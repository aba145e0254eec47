import type { CompiledCorrelation } from '#analyze/sigma/correlation.ts';
import { correlatedDetector } from '#analyze/sigma/correlator.ts';
import type { CorrelationState } from '#analyze/sigma/correlator.ts';
import { sigmaDetector } from '#analyze/sigma/detector.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import type { Logsource, Observation, StreamDetector, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import { partyEvidence } from '#score/known-parties.ts';
import { assessRisk } from '#score/risk.ts';
import { DetectorDesk } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import type { Part } from './entry-parts.ts';
import { Normaliser } from './normaliser.ts';
import type { NormaliserUnits } from './normaliser.ts';

export interface StreamResult {
  /** Built when it is asked for; undefined when the record is unreadable. */
  readonly observation: Observation | undefined;
  /** `unmapped`: only the mapping for anything took it. `unreadable`: no event could be made of it. */
  readonly outcome: 'mapped' | 'unmapped' | 'unreadable';
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface StreamUnits extends NormaliserUnits {
  readonly rules: readonly CompiledRule[];
  readonly correlations?: readonly CompiledCorrelation[];
  readonly detectors?: readonly StreamUnit[];
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
  /** What rules found, then the detectors of this stream. */
  readonly rules: DetectorStep | undefined;
  readonly found: readonly DetectorStep[];
}

/** What is still needed of it to finish: records that wait hold no event. */
export type Waiting = Omit<Begun, 'observation'>;

/**
 * The line of the watch plane for one stream: normalize, analyze, score. It keeps the detector's state and the time, which
 * is the events' own: the same records give the same signals, whenever they are read.
 */
export class EventStream {
  private readonly normaliser: Normaliser;
  private readonly recognised: readonly Logsource[];
  private detector: StreamDetector<CorrelationState>;
  private readonly desk: DetectorDesk;
  private state: CorrelationState;

  constructor(units: StreamUnits, memory?: StreamMemory, kept: ConstructorParameters<typeof DetectorDesk>[1] = {}) {
    const { mappings, rules, correlations = [], detectors = [] } = units;
    this.recognised = mappings.map(({ logsource }) => logsource);
    this.normaliser = new Normaliser(units, memory?.now);
    this.detector = correlatedDetector(sigmaDetector(rules, this.recognised), correlations);
    this.state = memory?.correlation ?? this.detector.initial;
    this.desk = new DetectorDesk(detectors, kept);
  }

  /** Other rules from here on; what correlations had counted is kept where `carry` keeps it. */
  reload(rules: readonly CompiledRule[], correlations: readonly CompiledCorrelation[], carry: (state: CorrelationState) => CorrelationState): void {
    this.detector = correlatedDetector(sigmaDetector(rules, this.recognised), correlations);
    this.state = carry(this.state);
  }

  get memory(): StreamMemory {
    return { now: this.normaliser.now, correlation: this.state };
  }

  /** What detectors know and what they set in their memory since this was last asked, as parts of a checkpoint. */
  changedParts(): Part[] {
    return this.desk.changedParts();
  }

  /** When the event of a record was, in milliseconds since the epoch; 0 when it does not say. Nothing is remembered. */
  peekTime(record: RawRecord): number {
    return this.normaliser.peekTime(record);
  }

  push(record: RawRecord): StreamResult {
    const begun = this.begin(record);
    return { ...finish(begun, none), observation: begun.observation };
  }

  /** All that needs the order of the records. */
  begin(record: RawRecord): Begun {
    const observation = this.normaliser.observe(record);
    if (observation === undefined) return { record, outcome: 'unreadable', observation, rules: undefined, found: none };
    const { now } = this.normaliser;
    const rules = this.detector.step(this.state, observation, now);
    this.state = rules.state;
    return { record, outcome: observation.generic ? 'unmapped' : 'mapped', observation, rules, found: this.desk.step(observation, now) };
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

function unmapped({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unmapped', path: source, line: sequence, message: 'no mapping knows this kind of record; it was kept as it is' };
}

function unreadable({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unreadable', path: source, line: sequence, message: 'the record is no JSON object and was left out' };
}
