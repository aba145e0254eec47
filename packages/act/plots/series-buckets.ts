import type { SeriesPoint } from '#model/plot.ts';

/** Neighbouring points that share a column of the plot. */
export interface Bucket {
  readonly time: number;
  readonly least: number;
  readonly most: number;
  readonly low: number;
  readonly high: number;
  readonly points: number;
  /** After a pause in which no value came: the line is interrupted before it. */
  readonly apart: boolean;
}

/** A pause is so many times as long as the usual distance. */
const pause = 4;

/** At most `columns` buckets of equal time; the extremes of each stay. */
export function bucketsOf(points: readonly SeriesPoint[], columns: number): readonly Bucket[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const width = Math.max(1e-9, (last.time - first.time) / columns);
  const usual = medianDistance(points);
  const buckets: (Bucket & { index: number })[] = [];
  let before = first.time;
  for (const point of points) {
    const index = points.length <= columns ? buckets.length : Math.min(columns - 1, Math.floor((point.time - first.time) / width));
    const apart = point.time - before > pause * usual;
    before = point.time;
    const open = buckets.at(-1);
    if (open?.index === index && !apart) buckets[buckets.length - 1] = { ...joined(open, point), index };
    else buckets.push({ index, time: point.time, least: point.value, most: point.value, low: point.low, high: point.high, points: 1, apart });
  }
  return buckets;
}

function joined(bucket: Bucket, { high, low, value }: SeriesPoint): Bucket {
  return {
    ...bucket, points: bucket.points + 1, least: Math.min(bucket.least, value), most: Math.max(bucket.most, value),
    low: Number.isFinite(low) ? lesser(bucket.low, low) : bucket.low, high: Number.isFinite(high) ? greater(bucket.high, high) : bucket.high,
  };
}

function lesser(one: number, other: number): number {
  return Number.isFinite(one) ? Math.min(one, other) : other;
}

function greater(one: number, other: number): number {
  return Number.isFinite(one) ? Math.max(one, other) : other;
}

function medianDistance(points: readonly SeriesPoint[]): number {
  const distances = points.slice(1, 5_000).map(({ time }, at) => time - (points[at] as SeriesPoint).time).filter((distance) => distance > 0).sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 1;
}

/** What the axis shows: all values, and of the band what lies near them. */
export function valueRange(points: readonly SeriesPoint[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const { value } of points) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!Number.isFinite(least)) return [0, 1];
  const size = most - least || Math.abs(most) || 1;
  let [low, high] = [least, most];
  for (const point of points) {
    if (Number.isFinite(point.low)) low = Math.min(low, Math.max(point.low, least >= 0 ? 0 : -Infinity, least - size / 4));
    if (Number.isFinite(point.high)) high = Math.max(high, Math.min(point.high, most + size / 4));
  }
  const margin = (high - low || size) * 0.04;
  // Counts and sizes do not go below nothing.
  return [low >= 0 && low - margin < 0 ? 0 : low - margin, high + margin];
}
