import { sigmaDetector } from '#analyze/sigma/detector.ts';
import type { SigmaState } from '#analyze/sigma/detector.ts';
import type { CompiledRule } from '#analyze/sigma/compile.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event, Signal } from '#model/event.ts';
import type { Observation, StreamDetector } from '#model/stream.ts';
import type { Mapping } from '#model/unit.ts';
import { assessRisk } from '#score/risk.ts';

export interface StreamResult {
  /** `unmapped`: only the mapping for anything took it. `unreadable`: no event could be made of it. */
  readonly outcome: 'mapped' | 'unmapped' | 'unreadable';
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface StreamUnits {
  readonly mappings: readonly Mapping[];
  readonly rules: readonly CompiledRule[];
}

/**
 * The line of the watch plane for one stream: normalize, analyze, score. It keeps the detector's state and the time, which
 * is the events' own: the same records give the same signals, whenever they are read.
 */
export class EventStream {
  private readonly mappings: readonly Mapping[];
  private readonly detector: StreamDetector<SigmaState>;
  private state: SigmaState;
  private now = 0;

  constructor({ mappings, rules }: StreamUnits) {
    // What says where it comes from goes before what takes anything.
    this.mappings = mappings.toSorted((a, b) => Number(isGeneric(a)) - Number(isGeneric(b)) || (a.id < b.id ? -1 : 1));
    this.detector = sigmaDetector(rules);
    this.state = this.detector.initial;
  }

  push(record: RawRecord): StreamResult {
    const found = this.normalize(record);
    if (found === undefined) return { outcome: 'unreadable', signals: [], diagnostics: [unreadable(record)] };
    const { event, mapping } = found;
    const { signals, diagnostics } = this.observe({ event: this.timed(event), logsource: mapping.logsource });
    if (!isGeneric(mapping)) return { outcome: 'mapped', signals, diagnostics };
    return { outcome: 'unmapped', signals, diagnostics: [unmapped(record), ...diagnostics] };
  }

  /** The first mapping that makes an event of it: a record that only looks like one kind is tried as the next. */
  private normalize(record: RawRecord): { readonly event: Event; readonly mapping: Mapping } | undefined {
    for (const mapping of this.mappings) {
      const event = mapping.accepts(record.value) ? mapping.map(record) : undefined;
      if (event !== undefined) return { event, mapping };
    }
    return undefined;
  }

  private observe(observation: Observation): Pick<StreamResult, 'signals' | 'diagnostics'> {
    const step = this.detector.step(this.state, observation, this.now);
    this.state = step.state;
    const signals = step.signals.map((signal) => ({ ...signal, risk: assessRisk(signal.severity, signal.confidence, signal.evidence) }));
    return { signals, diagnostics: step.diagnostics };
  }

  /** An event without a time of its own gets that of the stream; the clock on the wall has no say. */
  private timed(event: Event): Event {
    this.now = Math.max(this.now, event.time);
    return event.time > 0 ? event : { ...event, time: this.now };
  }
}

function isGeneric({ logsource }: Mapping): boolean {
  return logsource.product === undefined && logsource.service === undefined && logsource.category === undefined;
}

function unmapped({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unmapped', path: source, line: sequence, message: 'no mapping knows this kind of record; it was kept as it is' };
}

function unreadable({ source, sequence }: RawRecord): Diagnostic {
  return { code: 'event-unreadable', path: source, line: sequence, message: 'the record is no JSON object and was left out' };
}
