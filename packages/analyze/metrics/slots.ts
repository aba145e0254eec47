import { spellSize } from '#learn/behaviour/trust.ts';
import type { Sample } from './sample.ts';

/** Samples of the five minutes that are running: small, so that keeping it costs little however often a series is read. */
export interface Running {
  slot: number;
  sum: number;
  count: number;
  /** Last reading of a counter, and when. */
  reading: number;
  readAt: number;
  /** Slots in a row that ended with the same value, the longest such row before, and how many of all slots repeated the one before. */
  same: number;
  longest: number;
  repeats: number;
  closed: number;
  before: number;
  /** Slots in a row above the band; whether one of them was told, and the band's upper edge then: what stays becomes the band. */
  above: number;
  edge: number;
  toldAbove: boolean;
  toldStuck: boolean;
  /** When the series was last odd, by value and by hour, for what it may add to the common tails. */
  readonly odd: Float32Array;
}

/** A slot that has ended: its mean, of counters the growth a second. */
export interface Closed {
  readonly time: number;
  readonly value: number;
}

export const slotLength = 300_000;
/** After a longer silence a counter's growth says nothing of now. */
const longestGap = 12 * slotLength;

export function startRunning(): Running {
  return { slot: -1, sum: 0, count: 0, reading: NaN, readAt: 0, same: 0, longest: 0, repeats: 0, closed: 0, before: NaN, above: 0, edge: Infinity, toldAbove: false, toldStuck: false, odd: new Float32Array(2 * spellSize) };
}

/** Takes a sample in; gives the slot before it where that has ended with it. Samples of slots that have ended come too late. */
export function take(running: Running, sample: Sample, time: number): Closed | undefined {
  const slot = Math.floor(time / slotLength);
  if (slot < running.slot) return undefined;
  const closed = slot > running.slot ? close(running) : undefined;
  if (slot > running.slot) [running.slot, running.sum, running.count] = [slot, 0, 0];
  const value = sample.grows ? growth(running, sample.value, time) : sample.value;
  if (value !== undefined) {
    running.sum += value;
    running.count++;
  }
  return closed;
}

function close(running: Running): Closed | undefined {
  if (running.count === 0) return undefined;
  const value = running.sum / running.count;
  running.closed++;
  if (value === running.before) {
    running.same++;
    running.repeats++;
  } else {
    [running.longest, running.same, running.toldStuck] = [Math.max(running.longest, running.same), 1, false];
  }
  running.before = value;
  return { time: running.slot * slotLength, value };
}

/** Per second since the last reading; undefined at the first one, after a restart of what counts, and after a long silence. */
function growth(running: Running, reading: number, time: number): number | undefined {
  const [before, at] = [running.reading, running.readAt];
  if (time <= at && !Number.isNaN(before)) return undefined;
  [running.reading, running.readAt] = [reading, time];
  if (Number.isNaN(before) || reading < before || time - at > longestGap) return undefined;
  return (1000 * (reading - before)) / (time - at);
}

/** A row of equal slots that is no longer than so many times the longest one before is nothing new. */
const muchLonger = 4;
/** Slots outside the row, a day of them, that say how often values repeat. */
const fewestOthers = 288;

/** The chance that a slot begins a row as long as the one that is running, where each slot repeats the one before as often as ever; 1 where it is no news. */
export function chanceOfStuck({ same, longest, repeats, closed }: Running): number {
  if (same <= muchLonger * Math.max(1, longest) || closed - same < fewestOthers) return 1;
  const again = (repeats - same + 1.5) / (closed - same + 2);
  return Math.min(1, Math.max(again, 1e-3) ** (same - 1));
}
