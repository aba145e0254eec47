import { emptyDensity, learnValue, oddness, type Density } from './density.ts';
import { emptySeason, learnSeason, usualAt, type Season } from './season.ts';

/**
 * One numeric series, watched point by point: how odd is a value among all that were seen, and how odd is the way it keeps away from what is usual at
 * this hour. State is plain data of less than 4 KB; one configuration serves every series.
 */
export interface Series {
  seen: number;
  first: number;
  last: number;
  /** Mean of the last points, for hours of which nothing is known. */
  recent: number;
  /** Distance from what is usual at the hour, smoothed. */
  away: number;
  readonly values: Density;
  readonly aways: Density;
  /** Distance in spreads of its hour, of single points: what the band is made of. */
  readonly spreads: Density;
  readonly season: Season;
  /** How often novelty of each kind was of each size, fading. */
  readonly tail: Float32Array;
  /** Number of the point up to which only what is yet odder is told. */
  quietUntil: number;
  loudest: number;
}

export interface Judgement {
  /** In decades: how odd the value is by itself, how odd it keeps away from its hour, and the greater of both. Not calibrated, but without an upper end. */
  readonly byValue: number;
  readonly byHour: number;
  readonly novelty: number;
  /** -log10 of the chance that a point of this series is at least as novel in either way: the conformal rule over its own past. */
  readonly surprise: number;
  /** The novelty where it is news; 0 in the quiet after what was told. */
  readonly alarm: number;
  readonly kind: 'value' | 'hour';
}

const day = 86_400_000;
const valueScales = [0.02, 0.03, 0.04, 0.05, 0.07];
const awayScales = [0.03, 0.06];
export const spreadScales = [0.03];
/** An observation loses half its weight in so many points, or in so many days where that is longer. */
const halfPoints = 4000;
const halfDays = 14;
const recentPoints = 48;
/** Neighbours of a smoothed series are one observation, not as many as it smooths over. */
const smoothedPoints = 12;
const smoothedDecades = Math.log10(smoothedPoints);
/** What is odder than once in a hundred points makes the band with a tenth of its weight. */
const oddSurprise = 2;
const oddShare = 0.1;
/** Points before anything is called odd. */
export const warmUp = 100;
/** What was told is not told again within so many points, unless it is odder by so many decades. */
const quietPoints = 100;
const louder = 0.2;
/** Novelty of which an alarm may come. */
export const leastAlarm = 3;
const tailBins = 24;
const tailTop = 8;
const nothing: Judgement = { byValue: 0, byHour: 0, novelty: 0, surprise: 0, alarm: 0, kind: 'value' };

export function emptySeries(): Series {
  return {
    seen: 0, first: 0, last: 0, recent: 0, away: 0, values: emptyDensity(valueScales.length), aways: emptyDensity(awayScales.length), spreads: emptyDensity(spreadScales.length),
    season: emptySeason(), tail: new Float32Array(2 * tailBins), quietUntil: 0, loudest: 0,
  };
}

/** Judges the point by what was known before it, then learns it. A value that is no number is neither. */
export function observe(series: Series, time: number, value: number): Judgement {
  if (!Number.isFinite(value) || Math.abs(value) > 1e30 || !Number.isFinite(time)) return nothing;
  if (series.seen === 0) begin(series, time, value);
  const gap = Math.max(0, time - series.last);
  const keeps = 2 ** -Math.min(1 / halfPoints, gap / (halfDays * day));
  series.seen++;
  series.last = Math.max(series.last, time);
  series.recent += Math.max(1 / series.seen, 1 / recentPoints) * (value - series.recent);
  const usual = usualAt(series.season, time);
  const off = usual.seen > 0 ? value - usual.level : value - series.recent;
  series.away += Math.max(1 / series.seen, 1 / smoothedPoints) * (off - series.away);
  const judgement = judge(series, value);
  learnValue(series.values, value, valueScales, keeps);
  learnValue(series.aways, series.away, awayScales, keeps);
  // The band stays what it was while what is odd lasts, and follows what stays.
  if (usual.seen > 1) learnValue(series.spreads, off / spreadOf(series, usual.spread), spreadScales, keeps, judgement.surprise < oddSurprise ? 1 : oddShare);
  learnSeason(series.season, time, gap, value);
  return judgement;
}

function begin(series: Series, time: number, value: number): void {
  series.first = time;
  series.last = time;
  series.recent = value;
  series.season.origin = value;
}

function judge(series: Series, value: number): Judgement {
  const warm = series.seen > warmUp;
  const byValue = warm ? oddness(series.values, value, valueScales) : 0;
  const byHour = warm ? Math.max(0, oddness(series.aways, series.away, awayScales) - smoothedDecades) : 0;
  const novelty = Math.max(byValue, byHour);
  // Two questions were asked: either may be answered oddly by chance.
  const chance = 2 * Math.min(rank(series.tail.subarray(0, tailBins), byValue), rank(series.tail.subarray(tailBins), byHour));
  return { byValue, byHour, novelty, surprise: Math.max(0, -Math.log10(chance)), alarm: told(series, novelty), kind: byHour > byValue ? 'hour' : 'value' };
}

/** The share of the series' own points that were as novel, this one among them; then remembers it. */
function rank(tail: Float32Array, novelty: number): number {
  const bin = Math.min(tailBins - 1, Math.floor((novelty * tailBins) / tailTop));
  let [all, asOdd] = [0, 0];
  for (let i = 0; i < tailBins; i++) {
    const count = tail[i] as number;
    all += count;
    if (i >= bin) asOdd += count;
  }
  if (all > 4 * halfPoints) for (let i = 0; i < tailBins; i++) tail[i] = (tail[i] as number) / 2;
  tail[bin] = (tail[bin] as number) + 1;
  return (1 + asOdd) / (1 + all);
}

function told(series: Series, novelty: number): number {
  const quiet = series.seen <= series.quietUntil;
  if (novelty <= 0 || (quiet && novelty <= series.loudest + louder)) return 0;
  if (novelty < leastAlarm) return novelty;
  series.quietUntil = series.seen + quietPoints;
  series.loudest = novelty;
  return novelty;
}

/** An hour that never varied still has the width of a thousandth of the range. */
export function spreadOf({ values }: Series, spread: number): number {
  return Math.max(spread, 0.001 * (values.high - values.low), 1e-12 + 1e-9 * Math.abs(values.origin));
}
