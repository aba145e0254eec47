import type { Diagnostic } from '#model/diagnostic.ts';
import type { Observation, StreamStep, StreamUnit } from '#model/stream.ts';
import { DriftWatch } from './drift-watch.ts';
import { changedParts, tableOf } from './entry-parts.ts';
import type { Entries, Part } from './entry-parts.ts';
import type { EntryTable } from './entry-table.ts';

type Step = Pick<StreamStep<unknown>, 'signals' | 'diagnostics' | 'judged'>;

interface Desk {
  readonly unit: StreamUnit;
  state: unknown;
  readonly memory: EntryTable<unknown>;
  toldFull: boolean;
}

/** The detectors of a stream with what each remembers. */
export class DetectorDesk {
  private readonly desks: readonly Desk[];
  private readonly drift: DriftWatch;

  /** `states` and `entries` by detector, as earlier checkpoints kept them; without `entries` nothing is to be kept. */
  constructor(units: readonly StreamUnit[], states?: ReadonlyMap<string, unknown>, entries?: Entries) {
    this.drift = new DriftWatch(entries);
    this.desks = units.map((unit) => ({
      unit, state: states?.get(unit.id) ?? structuredClone(unit.initial), memory: tableOf(entries, unit.id, unit.remembers ?? 0), toldFull: false,
    }));
  }

  get states(): ReadonlyMap<string, unknown> {
    return new Map(this.desks.map(({ unit, state }) => [unit.id, state]));
  }

  /** Entries that were set since this was last asked, and what models were surprised by since. */
  changedParts(): Part[] {
    return [...this.desks.flatMap(({ unit, memory }) => changedParts(unit.id, memory)), ...this.drift.changedParts()];
  }

  step(observation: Observation, now: number): readonly Step[] {
    const steps: Step[] = [];
    for (const desk of this.desks) {
      const step = stepOf(desk, observation, now);
      if (step === undefined) continue;
      const drifted = this.drift.note(desk.unit.id, step, now);
      steps.push(drifted.length === 0 ? step : { ...step, diagnostics: [...step.diagnostics, ...drifted] });
    }
    return steps;
  }
}

/** A detector that fails costs its own answer on this one event. */
function stepOf(desk: Desk, observation: Observation, now: number): Step | undefined {
  const { unit, memory } = desk;
  try {
    if (!unit.wants(observation)) return undefined;
    const step = unit.step(desk.state, observation, now, memory);
    desk.state = step.state;
    return memory.forgotten > 0 && !desk.toldFull ? { ...step, diagnostics: [...step.diagnostics, full(desk)] } : step;
  } catch {
    return { signals: [], diagnostics: [{ code: 'rule-failed', rule: unit.id, message: `detector ${unit.id} failed on an event and gave no answer` }] };
  }
}

function full(desk: Desk): Diagnostic {
  desk.toldFull = true;
  const { id, remembers } = desk.unit;
  return { code: 'memory-limit', rule: id, message: `detector ${id} knows ${remembers} entities, its limit; those that were quiet longest are forgotten and are new to it when they come back` };
}
