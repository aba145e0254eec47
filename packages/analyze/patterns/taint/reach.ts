import type { CallGraph } from '../program/calls.ts';

/** Functions by their keys. */
type Keys = ReadonlySet<number>;

/** The functions in which parts of a rule lie. */
export interface RuleParts {
  readonly sources: Keys;
  readonly sinks: Keys;
  /** Those that put data somewhere because a part of the rule says so. */
  readonly putting: Keys;
}

/**
 * The functions that data can go through on its way from a source to a sink: those that come to both by calls, and all that these call. What one function
 * puts into a variable of the file or a field is a source for those that read it, and a sink as far as readers come to a sink.
 */
export function functionsBetween(graph: CallGraph, { sources, sinks, putting }: RuleParts): Keys {
  if (sources.size === 0 || sinks.size === 0) return new Set();
  const { of, mentions, writers } = graph.shared;
  const [inSources, inPutting] = [byPlace(graph, sources), byPlace(graph, putting)];
  const toSink = above(graph, sinks, (key, more) => {
    for (const place of of.get(key) ?? none) for (const others of [writers.get(place), inSources.get(place), inPutting.get(place)]) if (others !== undefined) more(others);
  });
  const toSource = above(graph, sources, (key, more) => {
    for (const place of of.get(key) ?? none) if (inSources.has(place) || putting.has(key) || writers.get(place)?.has(key) === true) more(mentions.get(place) ?? nobody);
  });
  const tops = new Set([...toSink].filter((key) => toSource.has(key)));
  return closure(tops, (key) => graph.calledBy({ key }));
}

const none: ReadonlySet<string> = new Set();
const nobody: Keys = new Set();

/** Tells of a function that lies near which others share a place with it. */
type Sharing = (key: number, more: (others: Iterable<number>) => void) => void;

/** All that come to some functions by calls, or by what `sharing` says of functions that those call. */
function above(graph: CallGraph, start: Keys, sharing: Sharing): Keys {
  const up = new Set(start);
  const near = new Set<number>();
  const told = new Set<Iterable<number>>();
  const [openUp, openNear]: [number[], number[]] = [[...start], []];
  const add = (keys: Set<number>, open: number[], key: number): void => {
    if (keys.has(key)) return;
    keys.add(key);
    open.push(key);
  };
  const more = (others: Iterable<number>): void => {
    if (told.has(others)) return;
    told.add(others);
    for (const key of others) add(up, openUp, key);
  };
  for (;;) {
    const high = openUp.pop();
    if (high !== undefined) {
      for (const { key } of graph.callersOf(high)) add(up, openUp, key);
      add(near, openNear, high);
      continue;
    }
    const key = openNear.pop();
    if (key === undefined) return up;
    for (const { key: called } of graph.calledBy({ key })) add(near, openNear, called);
    sharing(key, more);
  }
}

function closure(start: Keys, near: (key: number) => Iterable<{ readonly key: number }>): Set<number> {
  const seen = new Set(start);
  const open = [...start];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const { key: next } of near(key)) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

/** Which of some functions speak of each place. */
function byPlace(graph: CallGraph, keys: Keys): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const key of keys) {
    for (const place of graph.shared.of.get(key) ?? []) {
      const own = found.get(place);
      if (own === undefined) found.set(place, [key]);
      else own.push(key);
    }
  }
  return found;
}
