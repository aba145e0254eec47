/**
 * How much a source does in a day on which it does anything, by the logarithm: amounts are spread over orders of magnitude. Few days lean on what is
 * thought before any is seen, so that two quiet days make no law.
 */
export interface Habit {
  days: number;
  sum: number;
  squares: number;
  most: number;
}

/** What is thought of the spread counts as much as so many days. */
const priorDays = 4;
const priorSpread = 1;
/** Each day leaves so much of those before: a half after five weeks of days with traffic. */
const kept = 0.98;

export function newHabit(): Habit {
  return { days: 0, sum: 0, squares: 0, most: 0 };
}

/** `weight`: less than 1 for a day that is not to become the measure. */
export function learnDay(habit: Habit, amount: number, weight: number): void {
  const value = Math.log1p(amount);
  habit.days = habit.days * kept + weight;
  habit.sum = habit.sum * kept + weight * value;
  habit.squares = habit.squares * kept + weight * value * value;
  habit.most = weight < 1 ? habit.most : Math.max(habit.most * kept, amount);
}

/** By how many of its own deviations an amount is above the usual one, twice: what the tail of such scores has room for. */
export function excessOf({ days, sum, squares }: Habit, amount: number): number {
  if (days === 0) return 0;
  const mean = sum / days;
  const spread = Math.sqrt((priorDays * priorSpread ** 2 + Math.max(0, squares - days * mean * mean)) / (priorDays + days));
  return Math.max(0, (2 * (Math.log1p(amount) - mean)) / spread);
}

export function usualAmount({ days, sum }: Habit): number {
  return days === 0 ? 0 : Math.expm1(sum / days);
}
