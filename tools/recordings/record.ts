/** A line of a recording: JSON, or text as its source writes it. */
export interface Recorded {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly record: object | string;
}

/** 0 to `choices` - 1, from a seed: Mulberry32, the same everywhere. */
export type Draw = (choices: number) => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (choices) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % choices;
  };
}

/** Hexadecimal digits that a seed gives; they are nobody's. */
export function hexOf(draw: Draw, length: number): string {
  return Array.from({ length }, () => draw(16).toString(16)).join('');
}

export function oneOf<T>(draw: Draw, among: readonly [T, ...T[]]): T {
  return among[draw(among.length)] ?? among[0];
}

export function inOrder(lines: readonly Recorded[]): string[] {
  return lines.toSorted((a, b) => a.time - b.time).map(({ record }) => (typeof record === 'string' ? record : JSON.stringify(record)));
}
