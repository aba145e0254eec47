import { deserialize, serialize } from 'node:v8';
import type { Event } from '#model/event.ts';
import type { CaseObservation, StreamCase } from '#model/stream-cases.ts';
import type { Observation, StreamUnit, UnscoredSignal } from '#model/stream.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { EntryTable } from './entry-table.ts';
import type { KeptEntry } from './entry-table.ts';

const start = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface StreamCaseResult {
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs one detector alone over the events of one case; `restarts`: with a restart between any two of them. */
export function runStreamCase(unit: StreamUnit, { observations }: Pick<StreamCase, 'observations'>, { restarts = false } = {}): StreamCaseResult {
  let state: unknown = structuredClone(unit.initial);
  let memory = new EntryTable(unit.remembers ?? 0, []);
  const kept = new Map<string, Uint8Array>();
  const signals: UnscoredSignal[] = [];
  const diagnostics: Diagnostic[] = [];
  let now = start;
  for (const written of observations) {
    now = written.time ?? now + 1000;
    const observation = observationOf(written, now);
    if (!unit.wants(observation)) continue;
    const step = unit.step(state, observation, now, memory);
    state = restarts ? deserialize(serialize(step.state)) : step.state;
    if (restarts) memory = restarted(unit, memory, kept);
    signals.push(...step.signals);
    diagnostics.push(...step.diagnostics);
  }
  return { signals, diagnostics };
}

function restarted(unit: StreamUnit, memory: EntryTable<unknown>, kept: Map<string, Uint8Array>): EntryTable<unknown> {
  for (const [key, entry] of memory.takeChanges()) {
    if (entry === undefined) kept.delete(key);
    else kept.set(key, serialize(entry));
  }
  return new EntryTable(unit.remembers ?? 0, [...kept].map(([key, bytes]) => [key, deserialize(bytes) as KeptEntry<unknown>] as const));
}

export function observationOf({ logsource, event, record }: CaseObservation, time: number): Observation {
  const filled: Event = {
    class_name: 'Case', category_uid: Math.trunc(event.class_uid / 1000), activity_id: 1, type_uid: event.class_uid * 100 + 1, severity_id: 1, time,
    metadata: { version: '1.8.0', product: { name: 'cases', vendor_name: 'cases' } }, ...event,
  };
  // As the engine does: the event is a getter of the class, and no own member.
  return new CaseEvent(logsource, time, record, filled);
}

class CaseEvent implements Observation {
  readonly logsource: Observation['logsource'];
  readonly time: number;
  readonly record: unknown;
  readonly #event: Event;

  constructor(logsource: Observation['logsource'], time: number, record: unknown, event: Event) {
    this.logsource = logsource;
    this.time = time;
    this.record = record;
    this.#event = event;
  }

  get event(): Event {
    return this.#event;
  }
}
