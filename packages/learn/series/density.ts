/**
 * What values a series takes, at several scales at once: for each scale a few cells, each as wide as a share of the range seen so far. A value far
 * from every cell founds one; a value near one belongs to it. Cells fade, and where all places are taken the two closest become one.
 */
export interface Density {
  /** First value; the others are kept relative to it, so that small changes of large numbers are not lost. */
  origin: number;
  low: number;
  high: number;
  seen: number;
  /** Weight of all that was seen, in the same unit as `weight`. */
  total: number;
  /** Weight of an observation made now; it grows, instead of all others fading. */
  unit: number;
  /** Places and weights of the cells, `cellsPerScale` for each scale. */
  readonly at: Float32Array;
  readonly weight: Float32Array;
  readonly used: Uint8Array;
}

export const cellsPerScale = 40;
/** Weight of what was never seen: a tenth of an observation. */
const unseen = 0.1;
/** Rescaled before the 24 bits of a weight are too few. */
const mostUnit = 1 << 16;
const farthest = 10;
/** What weighs less than so much of an observation is forgotten, looked for once in so many observations. */
const least = 0.3;
const forgetsEvery = 256;

export function emptyDensity(scales: number): Density {
  const places = scales * cellsPerScale;
  return { origin: 0, low: 0, high: 0, seen: 0, total: 0, unit: 1, at: new Float32Array(places), weight: new Float32Array(places), used: new Uint8Array(scales) };
}

/**
 * How odd the value is, in decades: -log10 of the share of what was seen that lay in cells as rare as its own or rarer, averaged over the scales. A
 * value in no cell also gets the distance to the nearest one, in widths of a cell.
 */
export function oddness(density: Density, value: number, scales: readonly number[]): number {
  if (density.seen === 0) return 0;
  const x = value - density.origin;
  const range = rangeWith(density, x);
  let sum = 0;
  for (let scale = 0; scale < scales.length; scale++) {
    const nearest = nearestCell(density, scale, x);
    const distance = Math.abs((density.at[nearest] as number) - x);
    const width = (scales[scale] as number) * range;
    const own = distance > width ? 0 : (density.weight[nearest] as number);
    const share = (rarer(density, scale, own) / density.unit + unseen) / (density.total / density.unit + unseen);
    sum -= Math.log10(share);
    if (distance > width) sum += Math.log10(Math.min(distance, farthest * range) / width);
  }
  return sum / scales.length;
}

/** `keeps` is the share of its weight that an older observation has left by now. */
export function learnValue(density: Density, value: number, scales: readonly number[], keeps: number, share = 1): void {
  if (density.seen === 0) density.origin = value;
  const x = value - density.origin;
  density.seen++;
  density.unit /= keeps;
  if (density.unit > mostUnit) rescale(density);
  if (density.seen % forgetsEvery === 0) forget(density, scales.length);
  const weight = density.unit * share;
  density.total += weight;
  const range = rangeWith(density, x);
  density.low = Math.min(density.low, x);
  density.high = Math.max(density.high, x);
  for (let scale = 0; scale < scales.length; scale++) {
    const nearest = nearestCell(density, scale, x);
    const founds = density.used[scale] === 0 || Math.abs((density.at[nearest] as number) - x) > (scales[scale] as number) * range;
    if (founds) found(density, scale, x, weight);
    else (density.weight[nearest] as number) += weight;
  }
}

function rangeWith({ low, high }: Density, x: number): number {
  return Math.max(high, x) - Math.min(low, x) + 1e-6 * Math.abs(x) + 1e-12;
}

/** Index of the nearest cell, or of the first place where there is none. */
function nearestCell({ at, used }: Density, scale: number, x: number): number {
  const first = scale * cellsPerScale;
  const end = first + (used[scale] as number);
  const next = placeOf(at, first, end, x);
  if (next === first) return first;
  return next === end || x - (at[next - 1] as number) <= (at[next] as number) - x ? next - 1 : next;
}

/** Cells are in the order of their places: the first that is not below. */
function placeOf(at: Float32Array, first: number, end: number, x: number): number {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rarer({ weight, used }: Density, scale: number, own: number): number {
  const first = scale * cellsPerScale;
  const end = first + (used[scale] as number);
  let sum = 0;
  for (let i = first; i < end; i++) if ((weight[i] as number) <= own) sum += weight[i] as number;
  return sum;
}

function found(density: Density, scale: number, x: number, own: number): void {
  if (density.used[scale] === cellsPerScale) joinClosest(density, scale);
  const { at, weight, used } = density;
  const first = scale * cellsPerScale;
  const end = first + (used[scale] as number);
  const place = placeOf(at, first, end, x);
  at.copyWithin(place + 1, place, end);
  weight.copyWithin(place + 1, place, end);
  at[place] = x;
  weight[place] = own;
  used[scale] = (used[scale] as number) + 1;
}

/** The heavier one stays where it is. */
function joinClosest(density: Density, scale: number): void {
  const { at, weight } = density;
  const first = scale * cellsPerScale;
  let closest = first + 1;
  for (let i = first + 2; i < first + cellsPerScale; i++) if (gap(at, i) < gap(at, closest)) closest = i;
  const [kept, gone] = (weight[closest] as number) > (weight[closest - 1] as number) ? [closest, closest - 1] : [closest - 1, closest];
  weight[kept] = (weight[kept] as number) + (weight[gone] as number);
  remove(density, scale, gone);
}

function gap(at: Float32Array, i: number): number {
  return (at[i] as number) - (at[i - 1] as number);
}

/** The range shrinks to what is still known, so that one wild value does not blind the series for ever. */
function forget(density: Density, scales: number): void {
  const { at, weight, used, unit } = density;
  let [low, high] = [Infinity, -Infinity];
  for (let scale = 0; scale < scales; scale++) {
    const first = scale * cellsPerScale;
    for (let i = first + (used[scale] as number) - 1; i >= first; i--) {
      if ((weight[i] as number) / unit < least) remove(density, scale, i);
      else [low, high] = [Math.min(low, at[i] as number), Math.max(high, at[i] as number)];
    }
  }
  if (high >= low) [density.low, density.high] = [low, high];
}

function remove({ at, weight, used }: Density, scale: number, place: number): void {
  const end = scale * cellsPerScale + (used[scale] as number);
  at.copyWithin(place, place + 1, end);
  weight.copyWithin(place, place + 1, end);
  used[scale] = (used[scale] as number) - 1;
}

function rescale(density: Density): void {
  for (let i = 0; i < density.weight.length; i++) (density.weight[i] as number) /= density.unit;
  density.total /= density.unit;
  density.unit = 1;
}

/** Value below which a share of what was seen lies, by the cells of a scale: exact to about a width. */
export function quantile({ origin, at, weight, used, high }: Density, scale: number, share: number): number {
  const first = scale * cellsPerScale;
  const end = first + (used[scale] as number);
  let all = 0;
  for (let i = first; i < end; i++) all += weight[i] as number;
  let left = share * all;
  for (let i = first; i < end; i++) {
    left -= weight[i] as number;
    if (left <= 0) return origin + (at[i] as number);
  }
  return origin + high;
}
