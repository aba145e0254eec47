/** Numbers that look drawn by chance and follow from a seed alone (Mulberry32): the same seed gives the same numbers everywhere. From 0 up to 1, in steps of 2^-32. */
export type Draw = () => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `most` different numbers below `count`, or all of them, in an order of chance (Floyd's sample keeps memory to what is drawn). */
export function drawSome(count: number, most: number, draw: Draw): Int32Array {
  const chosen = new Set<number>();
  for (let last = Math.max(0, count - most); last < count; last += 1) {
    const one = Math.floor(draw() * (last + 1));
    chosen.add(chosen.has(one) ? last : one);
  }
  const order = Int32Array.from(chosen);
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1));
    const held = order[at] as number;
    order[at] = order[other] as number;
    order[other] = held;
  }
  return order;
}
