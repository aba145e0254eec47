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
  const [inSources, inPutting] = [byPlace(graph, sources), byPlace(graph, putting)];
  const toSink = above(graph, sinks, (near) => {
    const more = new Set<number>();
    for (const place of placesOf(graph, near)) for (const key of [...(graph.shared.writers.get(place) ?? []), ...(inSources.get(place) ?? []), ...(inPutting.get(place) ?? [])]) more.add(key);
    return more;
  });
  const toSource = above(graph, sources, (near) => {
    const more = new Set<number>();
    const isNear = (key: number): boolean => near.has(key);
    const written = [...placesOf(graph, near)].filter((place) => inSources.has(place) || inPutting.get(place)?.some(isNear) === true || [...(graph.shared.writers.get(place) ?? [])].some(isNear));
    for (const place of written) for (const key of graph.shared.mentions.get(place) ?? []) more.add(key);
    return more;
  });
  const tops = new Set([...toSink].filter((key) => toSource.has(key)));
  return closure(tops, (key) => graph.calledBy({ key }));
}

/** All that come to some functions by calls, and to those that `more` names for what lies near. */
function above(graph: CallGraph, start: Keys, more: (near: Keys) => Keys): Keys {
  let all = start;
  for (;;) {
    const up = closure(all, (key) => graph.callersOf(key));
    const next = new Set([...all, ...more(closure(up, (key) => graph.calledBy({ key })))]);
    if (next.size === all.size) return up;
    all = next;
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

function placesOf(graph: CallGraph, keys: Keys): ReadonlySet<string> {
  const places = new Set<string>();
  for (const key of keys) for (const place of graph.shared.of.get(key) ?? []) places.add(place);
  return places;
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
