/** A count whose old parts weigh less: after each half-life, half. */
export interface FadingCount {
  value: number;
  at: number;
}

export function faded({ value, at }: FadingCount, now: number, halfLife: number): number {
  return value * 2 ** (-Math.max(0, now - at) / halfLife);
}

export function addTo(count: FadingCount, amount: number, now: number, halfLife: number): void {
  count.value = faded(count, now, halfLife) + amount;
  count.at = Math.max(count.at, now);
}

/** The time that was watched, faded alike: what a count is to be held against. */
export function exposure(since: number, now: number, halfLife: number): number {
  return (halfLife / Math.LN2) * (1 - 2 ** (-Math.max(0, now - since) / halfLife));
}

/** How often figures of a size come: a histogram over equal steps, faded as a whole. */
export interface FadingHistogram {
  readonly bins: number[];
  at: number;
}

const step = 0.25;
const mostBins = 160;

export function emptyHistogram(at: number): FadingHistogram {
  return { bins: [], at };
}

export function record(histogram: FadingHistogram, figure: number, now: number, halfLife: number, times = 1): void {
  const shrink = 2 ** (-Math.max(0, now - histogram.at) / halfLife);
  if (shrink < 1) {
    for (let at = 0; at < histogram.bins.length; at++) histogram.bins[at] = (histogram.bins[at] ?? 0) * shrink;
    histogram.at = now;
  }
  const bin = binOf(figure);
  while (histogram.bins.length <= bin) histogram.bins.push(0);
  histogram.bins[bin] = Math.max(0, (histogram.bins[bin] ?? 0) + times);
}

/** How many figures of at least this size, faded to `now`. What is in the same step counts by the share of the step above. */
export function atLeastAsLarge(histogram: FadingHistogram, figure: number, now: number, halfLife: number): number {
  const bin = binOf(figure);
  const within = Math.min(1, Math.max(0, 1 - (figure / step - bin)));
  let sum = (histogram.bins[bin] ?? 0) * within;
  for (let at = bin + 1; at < histogram.bins.length; at++) sum += histogram.bins[at] ?? 0;
  return sum * 2 ** (-Math.max(0, now - histogram.at) / halfLife);
}

function binOf(figure: number): number {
  return Math.max(0, Math.min(mostBins - 1, Math.floor(figure / step)));
}
