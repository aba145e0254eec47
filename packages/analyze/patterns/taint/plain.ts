import type { CallGraph, Component } from '../program/calls.ts';
import type { Summary } from './summary.ts';

/** What functions do that no part of a rule lies in, nor in what they call: the same for every rule of the same settings. */
export interface PlainComponent {
  readonly summaries: ReadonlyMap<number, Summary>;
  /** Places that several functions share and that were asked for: it holds where nothing was put there. */
  readonly asked: ReadonlySet<string>;
  /** Nodes that were walked for it; whoever takes it over pays for them, so that a limit is reached in any order of rules. */
  readonly steps: number;
}

const graphs = new WeakMap<CallGraph, Map<string, Map<number, PlainComponent>>>();

/** What is known of such functions under some settings, by the first of those that call one another. */
export function plainComponents(graph: CallGraph, settings: string): Map<number, PlainComponent> {
  let bySettings = graphs.get(graph);
  if (bySettings === undefined) graphs.set(graph, (bySettings = new Map()));
  let known = bySettings.get(settings);
  if (known === undefined) bySettings.set(settings, (known = new Map()));
  return known;
}

/** All that come to some functions by calls, and these. */
export function callersAndSelf(graph: CallGraph, start: Iterable<number>): Set<number> {
  const seen = new Set(start);
  const open = [...seen];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const { key: caller } of graph.callersOf(key)) {
      if (seen.has(caller)) continue;
      seen.add(caller);
      open.push(caller);
    }
  }
  return seen;
}

export function callsAny(graph: CallGraph, { members }: Component, keys: ReadonlySet<number>): boolean {
  if (keys.size === 0) return false;
  return members.some((member) => [...graph.calledBy(member)].some(({ key }) => keys.has(key)));
}
