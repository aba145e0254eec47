import { deserialize, serialize } from 'node:v8';
import type { IncidentUpdate } from '#score/incidents/correlate.ts';
import type { RawRecord } from '#model/artifact.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Signal } from '#model/event.ts';
import type { Observation } from '#model/stream.ts';
import { entriesByTable } from './entry-parts.ts';
import { EngineError } from './errors.ts';
import { IncidentDesk } from './incident-desk.ts';
import type { FindingIndex } from './incident-desk.ts';
import { IncidentMemory } from './incident-memory.ts';
import type { DeskMemory } from './incident-memory.ts';
import { EventStream } from './stream.ts';
import type { StreamMemory, StreamResult, StreamUnits } from './stream.ts';

export interface Handled {
  readonly outcome: StreamResult['outcome'];
  readonly observation: Observation | undefined;
  readonly signals: readonly HandledSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface HandledSignal {
  readonly signal: Signal;
  /** What became of the incident that it belongs to; undefined when it belongs to none. */
  readonly update: IncidentUpdate | undefined;
  readonly dismissed: boolean;
}

/** The form in which the parts of a checkpoint are written, and the oldest that is read. */
const form = 4;
const oldestForm = 3;

/** The whole line of the watch plane: normalize, analyze, score. One record in, what follows from it out; all memory is plain data. */
export class EventPipeline {
  readonly desk: IncidentDesk;
  private readonly stream: EventStream;
  private readonly incidents: IncidentMemory;

  /** With `parts`, those of earlier checkpoints, what changes from here on is known. */
  constructor(units: StreamUnits, { parts, findings, budget }: { readonly parts?: ReadonlyMap<string, Uint8Array>; readonly findings?: FindingIndex; readonly budget?: number } = {}) {
    const memory = revive<StreamMemory>(parts?.get('stream'));
    const entries = parts === undefined ? undefined : entriesByTable(parts);
    this.stream = new EventStream(units, memory, entries);
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
    const { outcome, observation, signals, diagnostics } = this.stream.push(record);
    if (signals.length === 0) return { outcome, observation, signals: none, diagnostics };
    const results = signals.map((signal) => ({ signal, ...this.desk.push(signal) }));
    return {
      outcome, observation, diagnostics: [...diagnostics, ...results.flatMap((result) => result.diagnostics)],
      signals: results.map(({ signal, update, dismissed }) => ({ signal, update, dismissed })),
    };
  }

  /** What a checkpoint keeps: parts that changed since this was last asked; undefined for those that are gone. */
  parts(): Map<string, Uint8Array | undefined> {
    return new Map<string, Uint8Array | undefined>([...this.stream.changedParts(), ...this.incidents.changedParts(), ['stream', keep(this.stream.memory)], ['desk', keep(this.incidents.desk)]]);
  }
}

const none: readonly HandledSignal[] = [];

function keep(value: unknown): Uint8Array {
  return serialize({ form, value });
}

/** Only what this program wrote is read here: the store holds its checksum. */
function revive<T>(bytes: Uint8Array | undefined): T | undefined {
  if (bytes === undefined) return undefined;
  const kept = deserialize(bytes) as { readonly form?: unknown; readonly value: T };
  if (typeof kept.form === 'number' && kept.form >= oldestForm && kept.form <= form) return kept.value;
  throw new EngineError('state-version', 'the state was written by another version of watchward; give another folder with --state-dir, or delete the folder `watch` in it to begin anew');
}
