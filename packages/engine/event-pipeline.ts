import type { IncidentUpdate } from '#score/incidents/correlate.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import { keptStates } from './detector-desk.ts';
import type { DetectorStep } from './detector-desk.ts';
import { entriesByTable } from './entry-parts.ts';
import type { Part } from './entry-parts.ts';
import { IncidentDesk } from './incident-desk.ts';
import type { FindingIndex } from './incident-desk.ts';
import { IncidentMemory } from './incident-memory.ts';
import type { DeskMemory } from './incident-memory.ts';
import { keep, revive } from './kept-value.ts';
import { EventStream, finish } from './stream.ts';
import type { Begun, StreamMemory, StreamResult, StreamUnits, Waiting } from './stream.ts';

export interface Handled {
  readonly outcome: StreamResult['outcome'];
  readonly signals: readonly HandledSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface HandledSignal {
  readonly signal: Signal;
  /** What became of the incident that it belongs to; undefined when it belongs to none. */
  readonly update: IncidentUpdate | undefined;
  readonly dismissed: boolean;
}

/** The whole line of the watch plane: normalize, analyze, score. One record in, what follows from it out; all memory is plain data. */
export class EventPipeline {
  readonly desk: IncidentDesk;
  private readonly stream: EventStream;
  private readonly incidents: IncidentMemory;

  /** With `parts`, those of earlier checkpoints, what changes from here on is known. */
  constructor(units: StreamUnits, { parts, findings, budget }: { readonly parts?: ReadonlyMap<string, Uint8Array>; readonly findings?: FindingIndex; readonly budget?: number } = {}) {
    const memory = revive<StreamMemory>(parts?.get('stream'));
    const entries = parts === undefined ? undefined : entriesByTable(parts);
    this.stream = new EventStream(units, memory, parts === undefined || entries === undefined ? {} : { states: keptStates(parts), entries });
    this.incidents = new IncidentMemory(entries, revive<DeskMemory>(parts?.get('desk')));
    this.desk = new IncidentDesk(this.incidents.state, { risks: this.incidents.risks, ...(findings === undefined ? {} : { findings }), ...(budget === undefined ? {} : { budget }) });
  }

  /** Milliseconds since the epoch: the time of the newest event. */
  get now(): number {
    return this.stream.memory.now;
  }

  reload(...rules: Parameters<EventStream['reload']>): void {
    this.stream.reload(...rules);
  }

  /** When the event of a record was; 0 when it does not say. */
  peekTime(record: RawRecord): number {
    return this.stream.peekTime(record);
  }

  push(record: RawRecord): Handled {
    return this.finish(this.begin(record), none);
  }

  /** Normalises a record and tries it on the rules. Records are begun and finished in the same order; several may be begun before the first is finished. */
  begin(record: RawRecord): Begun {
    return this.stream.begin(record);
  }

  /** What follows from a record, with what detectors found that run elsewhere. */
  finish(begun: Waiting, elsewhere: readonly DetectorStep[]): Handled {
    const { outcome, signals, diagnostics } = finish(begun, elsewhere);
    if (signals.length === 0) return { outcome, signals: none, diagnostics };
    const results = signals.map((signal) => ({ signal, ...this.desk.push(signal) }));
    return {
      outcome, diagnostics: [...diagnostics, ...results.flatMap((result) => result.diagnostics)],
      signals: results.map(({ signal, update, dismissed }) => ({ signal, update, dismissed })),
    };
  }

  /** What a checkpoint keeps of records that were begun: parts that changed since this was last asked; undefined for those that are gone. */
  begunParts(): Part[] {
    return [...this.stream.changedParts(), ['stream', keep(this.stream.memory)]];
  }

  /** The same of records that were finished. */
  finishedParts(): Part[] {
    return [...this.incidents.changedParts(), ['desk', keep(this.incidents.desk)]];
  }
}

const none: readonly never[] = [];
