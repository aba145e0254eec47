import type { Diagnostic } from '#model/diagnostic.ts';
import type { Observation, StreamStep, StreamUnit } from '#model/stream.ts';
import { DriftWatch } from './drift-watch.ts';
import { changedParts, tableOf } from './entry-parts.ts';
import type { Entries, Part } from './entry-parts.ts';
import { keep, revive } from './kept-value.ts';
import type { EntryTable } from './entry-table.ts';

/** What a detector found in an event. */
export type DetectorStep = Pick<StreamStep<unknown>, 'signals' | 'diagnostics' | 'judged'>;

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

  /** By detector, as earlier checkpoints kept them; without `entries` nothing is to be kept. */
  constructor(units: readonly StreamUnit[], { states, entries }: { readonly states?: ReadonlyMap<string, unknown>; readonly entries?: Entries } = {}) {
    this.drift = new DriftWatch(entries);
    const ordered = [...units.filter(({ heavy }) => heavy !== true), ...units.filter(({ heavy }) => heavy === true)];
    this.desks = ordered.map((unit) => ({
      unit, state: states?.get(unit.id) ?? structuredClone(unit.initial), memory: tableOf(entries, unit.id, unit.remembers ?? 0), toldFull: false,
    }));
  }

  /** What each detector knows, entries that were set since this was last asked, and what models were surprised by since. */
  changedParts(): Part[] {
    return [
      ...this.desks.map(({ unit, state }): Part => [`${statePrefix}${unit.id}`, keep(state)]),
      ...this.desks.flatMap(({ unit, memory }) => changedParts(unit.id, memory)), ...this.drift.changedParts(),
    ];
  }

  step(observation: Observation, now: number): readonly DetectorStep[] {
    let steps: DetectorStep[] | undefined;
    for (const desk of this.desks) {
      const step = stepOf(desk, observation, now);
      if (step === undefined) continue;
      const drifted = this.drift.note(desk.unit.id, step, now);
      (steps ??= []).push(drifted.length === 0 ? step : { ...step, diagnostics: [...step.diagnostics, ...drifted] });
    }
    return steps ?? none;
  }
}

const none: readonly never[] = [];
const statePrefix = 'state/';

/** States by detector, as checkpoints kept them; before form 5 they lay in the part of the stream. */
export function keptStates(parts: ReadonlyMap<string, Uint8Array>): Map<string, unknown> {
  const older = revive<{ readonly detectors?: ReadonlyMap<string, unknown> }>(parts.get('stream'))?.detectors ?? [];
  const kept = [...parts].filter(([name]) => name.startsWith(statePrefix));
  return new Map([...older, ...kept.map(([name, bytes]) => [name.slice(statePrefix.length), revive<unknown>(bytes)] as const)]);
}

/** A detector that fails costs its own answer on this one event. */
function stepOf(desk: Desk, observation: Observation, now: number): DetectorStep | undefined {
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
