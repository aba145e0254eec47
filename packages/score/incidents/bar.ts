import { addTo, atLeastAsLarge, emptyHistogram, exposure, faded, record } from '#learn/alert-rarity/fading.ts';
import type { FadingCount, FadingHistogram } from '#learn/alert-rarity/fading.ts';

const day = 86_400_000;

/** What decides which incidents fit into the analyst's day: plain data. */
export interface BarState {
  /** Time of the first incident; -1 before it. */
  since: number;
  now: number;
  /** When `left` last grew. */
  refilled: number;
  /** How many incidents may still be told of now: it grows with the day, up to a day's budget. */
  left: number;
  /** How interesting incidents were at their best, told or not. */
  readonly seen: FadingHistogram;
  /** How many were told of in the last days. */
  readonly told: FadingCount;
}

/** A bar remembers incidents for about so long. */
const memory = 2 * day;
/** Interest of a risk of about 14 (low severity, medium confidence) that comes on fewer than five days of a week where it happened: what comes each working day is told to nobody. */
const floor = Math.log10(7 / 5) + 0.137;

export function initialBar(): BarState {
  return { since: -1, now: 0, refilled: 0, left: 0, seen: emptyHistogram(0), told: { value: 0, at: 0 } };
}

/** An incident became more interesting than it was: what it counted as before is taken back. */
export function noticeInterest(bar: BarState, before: number | undefined, interest: number, time: number): void {
  passTime(bar, time);
  if (before !== undefined) record(bar.seen, shifted(before), bar.now, memory, -1);
  record(bar.seen, shifted(interest), bar.now, memory);
}

/**
 * Whether an incident fits under a budget of so many a day, by what came before it. The bar is where the budget would have been met in the last days; it
 * goes down when much of the budget is left, and up when little is. What is very rare may borrow from the next day, and what is among the oddest of the last days from
 * the one after it, so that the worst is not shut out by what came a minute before it: in d days at most budget * (d + 2) are told of.
 */
export function admit(bar: BarState, interest: number, time: number, budget: number): boolean {
  passTime(bar, time);
  bar.left = Math.min(budget, bar.left + (budget * (bar.now - bar.refilled)) / day);
  bar.refilled = bar.now;
  if (bar.left - 1 < -2 * budget || interest < floor) return false;
  const asOdd = atLeastAsLarge(bar.seen, shifted(interest), bar.now, memory);
  const rate = asOdd / ((exposure(bar.since, bar.now, memory) + day / 2) / day);
  const most = bar.left >= 1 ? budget * (0.5 + bar.left / budget) : Math.max(0, (budget / 2) * (1 + (bar.left - 1) / budget));
  if (rate > most && asOdd > budget) return false;
  bar.left -= 1;
  addTo(bar.told, 1, bar.now, memory);
  return true;
}

/** Told of a day, in the last days. */
export function toldPerDay(bar: BarState): number {
  return bar.since < 0 ? 0 : faded(bar.told, bar.now, memory) / ((exposure(bar.since, bar.now, memory) + day / 2) / day);
}

function passTime(bar: BarState, time: number): void {
  if (bar.since < 0) [bar.since, bar.now, bar.refilled] = [time, time, time];
  bar.now = Math.max(bar.now, time);
}

/** The histogram begins at 0; interest may be below. */
function shifted(interest: number): number {
  return Math.max(0, interest + 4);
}
