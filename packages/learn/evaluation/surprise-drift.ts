/**
 * Do surprises still come as often as they promise? A surprise of s or more is to come once in 10^s events. Counted by day; the newest day and the
 * newest seven are held against the promise, and against the days before them for a model that has gone quiet.
 */

/** Surprises whose shares are counted. */
export const levels = [1, 2, 3, 4] as const;

export interface SurpriseDay {
  /** Days since the epoch. */
  readonly day: number;
  judged: number;
  /** How many reached each of `levels`. */
  readonly reached: number[];
}

export type Band = 'unknown' | 'in' | 'loud' | 'quiet';

/** Plain data of bounded size. */
export interface SurpriseHistory {
  /** The newest last; at most `mostDays`. */
  readonly days: SurpriseDay[];
  band: Band;
}

export interface Drift {
  /** `loud`: surprises come more often than they promise. `quiet`: far more seldom than they used to. `unknown`: too little was judged. */
  readonly band: Band;
  /** What says so; for `in` and `unknown` the newest seven days. */
  readonly days: number;
  readonly judged: number;
  readonly level: number;
  readonly reached: number;
  /** How many were to be expected. */
  readonly expected: number;
}

export const mostDays = 35;
const windows = [1, 7] as const;
const recentDays = 7;
/** Fewer say nothing. */
export const leastJudged = 1_000;
const leastReached = 10;
/** Surprises come in bursts: what is a little off is not yet off. One that is off is on again only nearer to the promise. */
const factor = { leave: 3, return: 2 };
/** -ln of the chance that a model that fits leaves its band, for one look (Chernoff's bound of the Poisson tail). */
const significance = Math.log(1e6);

export function newHistory(): SurpriseHistory {
  return { days: [], band: 'unknown' };
}

/** `surprise` undefined: an event was judged, and nothing is known but that it was no signal. */
export function countSurprise(history: SurpriseHistory, day: number, surprise: number | undefined): void {
  const today = dayOf(history, day);
  today.judged++;
  if (surprise === undefined) return;
  for (let at = 0; at < levels.length; at++) if (surprise >= (levels[at] as number)) today.reached[at] = (today.reached[at] as number) + 1;
}

function dayOf({ days }: SurpriseHistory, day: number): SurpriseDay {
  const last = days.at(-1);
  // The stream's time only grows; should a day be behind the newest, its events count with that one.
  if (last !== undefined && last.day >= day) return last;
  const today = { day, judged: 0, reached: levels.map(() => 0) };
  days.push(today);
  while (days.length > mostDays || (days[0] as SurpriseDay).day <= day - mostDays) days.shift();
  return today;
}

export function driftOf({ days, band }: SurpriseHistory): Drift {
  const newest = days.at(-1)?.day ?? 0;
  const wanted = band === 'loud' || band === 'quiet' ? factor.return : factor.leave;
  for (const window of windows) {
    const { judged, reached } = sumOf(days.filter(({ day }) => day > newest - window));
    if (judged < leastJudged) continue;
    for (let at = levels.length - 1; at >= 0; at--) {
      const level = levels[at] as number;
      const [found, expected] = [reached[at] as number, judged * 10 ** -level];
      if (found >= leastReached && found > expected * wanted && exceeds(found, expected)) return { band: 'loud', days: window, judged, level, reached: found, expected };
    }
  }
  const recent = sumOf(days.filter(({ day }) => day > newest - recentDays));
  const before = sumOf(days.filter(({ day }) => day <= newest - recentDays));
  const [level, found, expected] = [levels[0], recent.reached[0] as number, recent.judged / 10];
  const figures = { days: recentDays, judged: recent.judged, level, reached: found };
  if (recent.judged < leastJudged) return { ...figures, band: 'unknown', expected };
  const usual = (recent.judged * (before.reached[0] as number)) / Math.max(1, before.judged);
  if (before.judged >= leastJudged && found * wanted < usual && exceeds(found, usual)) return { ...figures, band: 'quiet', expected: usual };
  return { ...figures, band: 'in', expected };
}

/** Whether so many are more, or fewer, than chance makes of what was expected. */
function exceeds(found: number, expected: number): boolean {
  return (found === 0 ? 0 : found * Math.log(found / expected)) - found + expected > significance;
}

function sumOf(days: readonly SurpriseDay[]): { readonly judged: number; readonly reached: readonly number[] } {
  return {
    judged: days.reduce((sum, { judged }) => sum + judged, 0),
    reached: levels.map((_, at) => days.reduce((sum, { reached }) => sum + (reached[at] as number), 0)),
  };
}

/** The shares of the newest days beside what is promised, for a table or a plot. */
export function sharesOf({ days }: SurpriseHistory, window = recentDays): readonly { readonly level: number; readonly promised: number; readonly seen: number; readonly judged: number }[] {
  const newest = days.at(-1)?.day ?? 0;
  const { judged, reached } = sumOf(days.filter(({ day }) => day > newest - window));
  return levels.map((level, at) => ({ level, promised: 10 ** -level, seen: (reached[at] as number) / Math.max(1, judged), judged }));
}
