import type { Draw } from '../record.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** 0 to 1, without either. */
export function unit(draw: Draw): number {
  return (draw(1_000_000) + 0.5) / 1_000_000;
}

export function chance(draw: Draw, part: number): boolean {
  return unit(draw) < part;
}

/** Box and Muller. */
export function normal(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(unit(draw))) * Math.cos(2 * Math.PI * unit(draw));
}

export function logNormal(draw: Draw, median: number, spread: number): number {
  return median * Math.exp(spread * normal(draw));
}

/** Knuth; for means of a few dozens at most. */
export function poisson(draw: Draw, mean: number): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, unit(draw)];
  while (product > limit && count < 500) {
    count += 1;
    product *= unit(draw);
  }
  return count;
}

/** The earlier of a list the likelier: what few use much. */
export function favourite<T>(draw: Draw, among: readonly T[], steepness = 1): T {
  const weights = among.map((_, at) => 1 / (at + 1) ** steepness);
  let left = unit(draw) * weights.reduce((sum, one) => sum + one, 0);
  const at = weights.findIndex((weight) => (left -= weight) <= 0);
  return among[at < 0 ? among.length - 1 : at] as T;
}

export function isWeekend(time: number): boolean {
  const weekday = new Date(time).getUTCDay();
  return weekday === 0 || weekday === 6;
}
