/** How often a source tried one kind of thing on one target. Plain data. */
export interface Sighting {
  readonly count: number;
  /** The most telling answer so far: 0 refused or unknown, 1 answered, 2 an error of the server. */
  readonly answer: 0 | 1 | 2;
}

/** By source, target and kind, the longest unseen first. The engine keeps it; a step changes it in place, as no copy of thousands is due for each event. */
export interface Sightings {
  readonly seen: Map<string, Sighting>;
  /** Whether the limit was reached and said. */
  forgot: boolean;
}

/** Beyond it, who was unseen for longest is forgotten, and would be told of as new. */
export const mostSightings = 20_000;

const longestKey = 200;

/** Counts one attempt; gives the count when somebody should hear of it: the first, then powers of ten, and when the server's answer tells more. */
export function count(state: Sightings, parts: readonly string[], answer: Sighting['answer']): number | undefined {
  const key = parts.map((part) => part.slice(0, longestKey)).join('\0');
  const known = state.seen.get(key);
  const next: Sighting = { count: (known?.count ?? 0) + 1, answer: known !== undefined && known.answer > answer ? known.answer : answer };
  state.seen.delete(key);
  state.seen.set(key, next);
  if (state.seen.size > mostSightings) state.seen.delete(state.seen.keys().next().value ?? '');
  return isPowerOfTen(next.count) || (known !== undefined && answer > known.answer) ? next.count : undefined;
}

function isPowerOfTen(value: number): boolean {
  return value === 10 ** Math.round(Math.log10(value));
}
