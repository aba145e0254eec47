import { at, fading, hoursAt } from '../behaviour/clock.ts';

/** What came after a context, and who brought it last. */
export interface Successor {
  count: number;
  last: number;
}

export interface Successors {
  readonly of: Map<number, Successor>;
  total: number;
  /** When counts were last faded. */
  readonly faded: Float32Array;
}

/** Most kinds of successors of one context: the least of them makes room. */
const most = 64;
const halfLife = 30 * 86_400_000;
/** Pitman-Yor: from each kind so much is taken for what was never seen, and so much beside. */
const discount = 0.5;
const strength = 0.5;
/** The chance of an action that nobody ever did. */
const unseen = 1 / 4096;

export function noSuccessors(): Successors {
  return { of: new Map(), total: 0, faded: new Float32Array(1) };
}

/** The chance of the next action by the predictive rule of a Pitman-Yor process; tables of ever shorter contexts, each the base of the one before. */
export function chanceOfNext(tables: readonly (Successors | undefined)[], next: number): number {
  let chance = unseen;
  for (let index = tables.length - 1; index >= 0; index -= 1) {
    const table = tables[index];
    if (table === undefined || table.total === 0) continue;
    const taken = Math.max(0, (table.of.get(next)?.count ?? 0) - discount);
    const left = Math.min(table.total, discount * table.of.size) + strength;
    chance = (taken + left * chance) / (table.total + strength);
  }
  return Math.min(1, chance);
}

/** One who does the same again and again counts once until somebody else does it: nobody makes a habit of all. False where nothing changed. */
export function learnNext(table: Successors, next: number, who: number, now: number, weight: number): boolean {
  const known = table.of.get(next);
  if (known?.last === who) return false;
  fade(table, now);
  if (known === undefined && table.of.size >= most) dropLeast(table);
  const successor = known ?? { count: 0, last: who };
  successor.count += weight;
  successor.last = who;
  table.total += weight;
  table.of.set(next, successor);
  return true;
}

function fade(table: Successors, now: number): void {
  const hours = hoursAt(now);
  const before = at(table.faded, 0);
  if (before !== 0 && hours - before < 24) return;
  table.faded[0] = hours;
  if (before === 0) return;
  const factor = fading(hours - before, halfLife);
  table.total = 0;
  for (const [next, successor] of table.of) {
    successor.count *= factor;
    if (successor.count < 0.05) table.of.delete(next);
    else table.total += successor.count;
  }
}

function dropLeast(table: Successors): void {
  let least: number | undefined;
  let count = Infinity;
  for (const [next, successor] of table.of) if (successor.count < count) [least, count] = [next, successor.count];
  if (least === undefined) return;
  table.of.delete(least);
  table.total = Math.max(0, table.total - count);
}

/** How often one itself did a thing after another: bounded, the pair that was met longest ago makes room. */
export type Habits = Map<number, number>;

const mostHabits = 512;
/** So many times of one's own weigh as much as what all do. */
const common = 2;

export function chanceByHabit(habits: Habits, pair: number, context: number, others: number): number {
  return ((habits.get(pair) ?? 0) + common * others) / ((habits.get(context) ?? 0) + common);
}

export function learnHabit(habits: Habits, key: number, weight: number): void {
  const known = habits.get(key);
  // The order in which they were met matters only where room is short.
  if (known !== undefined && habits.size > mostHabits / 2) habits.delete(key);
  if (known === undefined && habits.size >= mostHabits) {
    const [oldest] = habits.keys();
    if (oldest !== undefined) habits.delete(oldest);
  }
  habits.set(key, (known ?? 0) + weight);
}
