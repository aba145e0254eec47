/**
 * Stretches of a sequence as numbers. A stretch of each of `orders` symbols is hashed from two shorter ones, so that all of them cost a few
 * multiplications a symbol, whatever their length. Two lanes of 32 bits make a key of 52: of a million stretches none is likely to be mistaken for another.
 */
export const orders: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];
const halves: readonly (readonly [order: number, first: number, second: number])[] = [
  [2, 1, 1], [3, 2, 1], [4, 2, 2], [6, 4, 2], [8, 4, 4], [12, 8, 4], [16, 8, 8], [24, 16, 8], [32, 16, 16],
];

/** Marks of where a sequence begins and ends: symbols like others, that no action can be. */
const startMark = '\u0002start';
const endMark = '\u0003end';

interface Lanes {
  readonly high: Int32Array;
  readonly low: Int32Array;
}

export interface Grams {
  /** Keys of one order, by the position of their first symbol; symbol 0 is the start, the last one the end. */
  readonly byOrder: ReadonlyMap<number, Float64Array>;
  /** The key of the whole sequence. */
  readonly whole: number;
}

/** All stretches of a sequence with its start and its end. */
export function gramsOf(actions: readonly string[]): Grams {
  const lanes = new Map<number, Lanes>([[1, symbolLanes([startMark, ...actions, endMark])]]);
  const length = actions.length + 2;
  for (const [order, first, second] of halves) {
    const left = lanes.get(first);
    const right = lanes.get(second);
    if (left === undefined || right === undefined || length < order) break;
    lanes.set(order, joined(left, right, first, order, length - order + 1));
  }
  return { byOrder: new Map([...lanes].map(([order, { high, low }]) => [order, keysOf(high, low)])), whole: wholeKey(lanes.get(1)) };
}

function symbolLanes(symbols: readonly string[]): Lanes {
  const high = new Int32Array(symbols.length);
  const low = new Int32Array(symbols.length);
  for (const [index, symbol] of symbols.entries()) {
    let first = 0x811c9dc5;
    let second = 0x12345677;
    for (let at = 0; at < symbol.length; at += 1) {
      const code = symbol.charCodeAt(at);
      first = Math.imul(first ^ code, 0x01000193);
      second = Math.imul(second ^ code, 0x85ebca6b) + 0x9e3779b1;
    }
    high[index] = stirred(first);
    low[index] = stirred(second);
  }
  return { high, low };
}

function joined(left: Lanes, right: Lanes, offset: number, order: number, count: number): Lanes {
  const high = new Int32Array(count);
  const low = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    high[index] = stirred(Math.imul(left.high[index] ?? 0, 0x9e3779b1) + (right.high[index + offset] ?? 0) + order);
    low[index] = stirred(Math.imul(left.low[index] ?? 0, 0xc2b2ae35) + (right.low[index + offset] ?? 0) + order);
  }
  return { high, low };
}

function stirred(value: number): number {
  const once = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return once ^ (once >>> 13);
}

function keysOf(high: Int32Array, low: Int32Array): Float64Array {
  const keys = new Float64Array(high.length);
  for (let index = 0; index < keys.length; index += 1) keys[index] = keyOf(high[index] ?? 0, low[index] ?? 0);
  return keys;
}

function keyOf(high: number, low: number): number {
  return (high >>> 0) * 0x100000 + (low >>> 12);
}

function wholeKey(symbols: Lanes | undefined): number {
  let high = 0x5bd1e995;
  let low = 0x1b873593;
  for (let index = 0; index < (symbols?.high.length ?? 0); index += 1) {
    high = stirred(Math.imul(high, 0x9e3779b1) + (symbols?.high[index] ?? 0));
    low = stirred(Math.imul(low, 0xc2b2ae35) + (symbols?.low[index] ?? 0));
  }
  return keyOf(high, low);
}
