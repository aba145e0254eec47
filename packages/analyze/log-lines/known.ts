import { markOf } from '#learn/behaviour/mark.ts';
import { oddnessSize } from '#learn/templates/oddness.ts';
import { mostEntries, type Template, type TemplateEntry, type TemplateShelf } from '#learn/templates/shelf.ts';
import type { KeyedMemory } from '#model/stream.ts';

/** What is known of a template beside its words. */
export interface TemplateStats {
  /** Lines, faded; and when that was. */
  seen: number;
  hours: number;
  toldHours: number;
  /** By host, how many lines a window holds; hosts beyond the first few are one. */
  readonly volumes: Map<string, Float32Array>;
  /** What its numbers usually are; undefined while it has none. */
  numbers?: Float32Array;
}

/** What is known of a program: how odd its lines usually are. */
export interface ProgramStats {
  readonly oddness: Float32Array;
  toldHours: number;
  /** Odd lines within the hour after one was told. */
  held: number;
}

export type LogMemory = KeyedMemory<TemplateEntry>;
export type Programs = Map<number, ProgramStats>;

/** Programs share so many places, half a kilobyte each; two that fall into one are judged together. */
const mostPrograms = 128;
export const mostHosts = 8;
export const remembers = mostEntries;

/** The shelf of the miner in the memory of the detector. */
export function shelfIn(memory: LogMemory): TemplateShelf {
  return memory;
}

/** Kept with the template. */
export function statsOf(template: Template): TemplateStats {
  template.kept ??= { seen: 0, hours: 0, toldHours: 0, volumes: new Map() } satisfies TemplateStats;
  return template.kept as TemplateStats;
}

export function programStats(programs: Programs, program: string): ProgramStats {
  const place = markOf(program) % mostPrograms;
  const known = programs.get(place);
  if (known !== undefined) return known;
  const fresh = { oddness: new Float32Array(oddnessSize), toldHours: 0, held: 0 };
  programs.set(place, fresh);
  return fresh;
}
