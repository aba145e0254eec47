import { deserialize, serialize } from 'node:v8';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Observation, StreamStep, StreamUnit } from '#model/stream.ts';
import { EntryTable } from './entry-table.ts';
import type { KeptEntry } from './entry-table.ts';

type Step = Pick<StreamStep<unknown>, 'signals' | 'diagnostics'>;

interface Desk {
  readonly unit: StreamUnit;
  state: unknown;
  readonly memory: EntryTable<unknown>;
  toldFull: boolean;
}

const prefix = 'entry/';

/** The detectors of a stream with what each remembers. */
export class DetectorDesk {
  private readonly desks: readonly Desk[];

  /** `states` by detector; `parts` as `changedParts` gave them, of all checkpoints so far; left out where nothing is kept. */
  constructor(units: readonly StreamUnit[], states?: ReadonlyMap<string, unknown>, parts?: ReadonlyMap<string, Uint8Array>) {
    const entries = parts === undefined ? undefined : entriesByUnit(parts);
    this.desks = units.map((unit) => ({
      unit, state: states?.get(unit.id) ?? structuredClone(unit.initial), memory: new EntryTable(unit.remembers ?? 0, entries === undefined ? undefined : (entries.get(unit.id) ?? [])), toldFull: false,
    }));
  }

  get states(): ReadonlyMap<string, unknown> {
    return new Map(this.desks.map(({ unit, state }) => [unit.id, state]));
  }

  /** Entries that were set since this was last asked, as parts of a checkpoint; undefined for those that are gone. */
  changedParts(): (readonly [name: string, bytes: Uint8Array | undefined])[] {
    return this.desks.flatMap(({ unit, memory }) => memory.takeChanges().map(([key, kept]) => [`${prefix}${unit.id}\n${key}`, kept === undefined ? undefined : serialize(kept)] as const));
  }

  step(observation: Observation, now: number): readonly Step[] {
    const steps: Step[] = [];
    for (const desk of this.desks) {
      const step = stepOf(desk, observation, now);
      if (step !== undefined) steps.push(step);
    }
    return steps;
  }
}

/** A detector that fails costs its own answer on this one event. */
function stepOf(desk: Desk, observation: Observation, now: number): Step | undefined {
  const { unit, memory } = desk;
  try {
    if (!unit.wants(observation)) return undefined;
    const { state, signals, diagnostics } = unit.step(desk.state, observation, now, memory);
    desk.state = state;
    return memory.forgotten > 0 && !desk.toldFull ? { signals, diagnostics: [...diagnostics, full(desk)] } : { signals, diagnostics };
  } catch {
    return { signals: [], diagnostics: [{ code: 'rule-failed', rule: unit.id, message: `detector ${unit.id} failed on an event and gave no answer` }] };
  }
}

function full(desk: Desk): Diagnostic {
  desk.toldFull = true;
  const { id, remembers } = desk.unit;
  return { code: 'memory-limit', rule: id, message: `detector ${id} knows ${remembers} entities, its limit; those that were quiet longest are forgotten and are new to it when they come back` };
}

/** Only what this program wrote is read here: the store holds its checksum. */
function entriesByUnit(parts: ReadonlyMap<string, Uint8Array>): Map<string, [string, KeptEntry<unknown>][]> {
  const found = new Map<string, [string, KeptEntry<unknown>][]>();
  for (const [name, bytes] of parts) {
    if (!name.startsWith(prefix)) continue;
    const end = name.indexOf('\n');
    const unit = name.slice(prefix.length, end);
    const list = found.get(unit) ?? [];
    list.push([name.slice(end + 1), deserialize(bytes) as KeptEntry<unknown>]);
    found.set(unit, list);
  }
  return found;
}
