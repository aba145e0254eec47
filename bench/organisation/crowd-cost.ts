import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import unit from '#analyze/stream-detectors/entity-behaviour.ts';
import { EntryTable } from '#engine/entry-table.ts';
import { Chance } from './chance.ts';
import { observationOf } from './event.ts';
import type { Deed } from './event.ts';
import { day } from './people.ts';
import { browsers, lineIn, offices, operations } from './world.ts';

export interface Cost {
  readonly microseconds: number;
  readonly megabytes: number;
  readonly entry: unknown;
}

/** Deeds of an entity before it is another's turn. */
const burst = 6;

/** What it costs to watch many entities at once: each has lived for some days before it is timed, and whose turn it is follows no order. */
export function crowdCost(entities: number): Cost {
  const chance = new Chance(9);
  const lines = offices.flatMap((town) => [lineIn(town, 'home', chance), lineIn(town, 'office', chance)]);
  const memory = new EntryTable<unknown>(unit.remembers ?? 0);
  const before = used();
  let time = Date.UTC(2026, 0, 5);
  let [who, left, turns] = [0, 0, 0];
  const next = (gap: number): Deed => {
    time += gap;
    if (left === 0) [who, left] = turns < entities ? [turns, 2] : [chance.below(entities), burst];
    if (left === 2 && turns < entities) turns += 1;
    left -= 1;
    return { time, who: `entity-${who}`, kind: who % 5 === 0 ? 'service' : 'user', source: 'cloud', operation: operations[(who + chance.below(12)) % operations.length] as string, resource: `thing-${(who * 7 + chance.below(8)) % 4000}`, tool: browsers[who % browsers.length] as string, line: lines[who % lines.length] as (typeof lines)[number] };
  };
  const step = (deed: Deed): void => void unit.step(unit.initial, observationOf(deed), deed.time, memory);
  // Everybody once, then whoever's turn it is.
  const warm = entities * 3;
  for (let index = 0; index < warm; index += 1) step(next((12 * day) / warm));
  const megabytes = (used() - before) / 1e6;
  const timed = Array.from({ length: 20_000 }, () => next(day / 500_000)).map((deed) => ({ time: deed.time, observation: observationOf(deed) }));
  const started = process.cpuUsage();
  for (const { time: at, observation } of timed) unit.step(unit.initial, observation, at, memory);
  const { user, system } = process.cpuUsage(started);
  return { microseconds: (user + system) / timed.length, megabytes, entry: memory.get('user\0entity-1') };
}

/** Bytes in use, after a collection. */
function used(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
