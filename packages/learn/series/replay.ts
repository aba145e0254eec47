import type { SeriesPoint } from '#model/plot.ts';
import { quantile } from './density.ts';
import { usualAt } from './season.ts';
import { emptySeries, observe, spreadOf, type Series } from './series.ts';

/** A point of a plot; the value itself stands for its band where too little was known. */
export interface JudgedPoint extends SeriesPoint {
  readonly novelty: number;
  readonly alarm: number;
}

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Outside the band lies about one point in a hundred. */
const outside = 0.01;
/** Observations of an hour, and of the series, before they make a band. */
const fewestOfHour = 2;
const fewest = 24;

/** Where the next value is expected, at this hour; undefined while too little is known. */
export function bandAt(series: Series, time: number): Band | undefined {
  const usual = usualAt(series.season, time);
  if (usual.seen < fewestOfHour || series.spreads.seen < fewest) return undefined;
  const spread = spreadOf(series, usual.spread);
  const edge = (share: number): number => usual.level + spread * quantile(series.spreads, 0, share);
  return { low: Math.min(usual.level, edge(outside / 2)), high: Math.max(usual.level, edge(1 - outside / 2)) };
}

/** Plays points through a series that knows nothing yet, in the order given. */
export function replay(points: Iterable<readonly [time: number, value: number]>): JudgedPoint[] {
  const series = emptySeries();
  return Array.from(points, ([time, value]) => {
    const { low, high } = bandAt(series, time) ?? { low: value, high: value };
    const { surprise, novelty, alarm } = observe(series, time, value);
    return { time, value, low, high, surprise, novelty, alarm };
  });
}
