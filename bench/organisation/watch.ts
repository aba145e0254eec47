import unit from '#analyze/stream-detectors/entity-behaviour.ts';
import { EntryTable } from '#engine/entry-table.ts';
import type { UnscoredSignal } from '#model/stream.ts';
import { observationOf } from './event.ts';
import type { Deed } from './event.ts';
import type { Organisation } from './organisation.ts';

export interface Told {
  readonly signal: UnscoredSignal;
  readonly deed: Deed;
  readonly day: number;
}

export interface Watched {
  readonly told: readonly Told[];
  readonly events: number;
  /** Entities that did anything, by day. */
  readonly active: readonly number[];
  readonly seconds: number;
  readonly entries: number;
  readonly diagnostics: readonly string[];
  /** Of sittings that ended on a day without anything of a takeover in them. */
  readonly surprises: readonly number[];
}

/** Everything that the organisation does, seen by the detector alone. */
export function watch(organisation: Organisation): Watched {
  const memory = new EntryTable<unknown>(unit.remembers ?? 0);
  const told: Told[] = [];
  const active: number[] = [];
  const diagnostics: string[] = [];
  const surprises: number[] = [];
  // Whose sitting holds something of a takeover.
  const taken = new Set<string>();
  let [events, used, state] = [0, 0, unit.initial];
  let index = 0;
  for (const deeds of organisation.deeds) {
    active.push(new Set(deeds.map(({ who }) => who)).size);
    const observations = deeds.map((deed) => ({ deed, observation: observationOf(deed) }));
    const started = process.cpuUsage();
    for (const { deed, observation } of observations) {
      if (!unit.wants(observation)) continue;
      const step = unit.step(state, observation, deed.time, memory);
      state = step.state;
      for (const { surprise } of step.judged ?? []) if (!taken.delete(deed.who)) surprises.push(surprise);
      if (deed.attack !== undefined) taken.add(deed.who);
      for (const signal of step.signals) told.push({ signal, deed, day: index });
      for (const { message } of step.diagnostics) diagnostics.push(`day ${index}: ${message}`);
    }
    const { user, system } = process.cpuUsage(started);
    used += (user + system) / 1e6;
    events += deeds.length;
    index += 1;
  }
  return { told, events, active, seconds: used, entries: memory.size, diagnostics, surprises };
}
