import { hoursAt } from '#learn/behaviour/clock.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import { chanceOfScore, learnScore, scoresSeen, tailSize, type TailLaw } from '#learn/behaviour/tail.ts';
import { learningWeight } from '#learn/behaviour/trust.ts';
import { chanceByHabit, chanceOfNext, learnHabit, learnNext, noSuccessors, type Habits, type Successors } from '#learn/sequences/next.ts';
import type { KeyedMemory } from '#model/stream.ts';
import type { Action } from './action.ts';

/** What is known of one who acts, and the sitting that goes on. */
export interface Actor {
  readonly kind: 'actor';
  readonly habits: Habits;
  /** How odd stretches of its sittings are. */
  readonly tail: Float32Array;
  firstHours: number;
  lastHours: number;
  actions: number;
  /** Kinds of actions that it did. */
  kinds: number;
  /** Of the last actions of the sitting: what, and the bits that each told. */
  readonly recent: string[];
  readonly bits: number[];
  told: boolean;
}

export interface Context {
  readonly kind: 'context';
  readonly next: Successors;
}

export type Entry = Actor | Context;
export type Memory = KeyedMemory<Entry>;

export interface JudgedAction {
  readonly actor: Actor;
  readonly chance: number;
  /** Bits that the last actions tell together. */
  readonly bits: number;
  readonly seenBefore: number;
  readonly days: number;
  readonly ripe: boolean;
}

/** A sitting ends where nothing is done for so long; a stretch of it is so many actions. */
const gapHours = 0.5;
export const stretch = 8;
/** Nothing is told before one has done so much, over so many days, and all have. */
const leastActions = 100;
const leastDays = 3;
const leastOfAll = 1000;
const scorePerBit = 0.25;
const lawOfAll: TailLaw = { halfLife: 30 * 86_400_000, prior: (score) => Math.min(1, Math.exp(-score / 2)), priorWeight: 20 };
const odd = { odd: 0.01, least: 0.25, spell: 86_400_000 };

/** Judges an action by what was known before it, then learns it. */
export function judgeAction(all: Float32Array, memory: Memory, { who, what }: Action, now: number): JudgedAction {
  const key = `actor\n${who}`;
  const actor = (memory.get(key) as Actor | undefined) ?? newActor(now);
  if (hoursAt(now) - actor.lastHours > gapHours) beginSitting(actor);
  const self = markOf(who);
  const symbol = markOf(what);
  const [second = '', first = ''] = [actor.recent.at(-1), actor.recent.at(-2)];
  const contexts = [`${first}\n${second}`, second, 'any'].map((context) => `after\n${context}`);
  const tables = contexts.map((context) => (memory.get(context) as Context | undefined)?.next);
  const [pair, context] = [markOf(`${second}\n${what}`), markOf(`${second}\n`)];
  const own = markOf(`is\n${what}`);
  const isNew = !actor.habits.has(own);
  const others = chanceOfNext(tables, symbol) * (isNew ? chanceOfNews(actor) : 1);
  const chanceOfIt = chanceByHabit(actor.habits, pair, context, others);
  const seenBefore = actor.habits.get(pair) ?? 0;
  remember(actor, what, -Math.log2(chanceOfIt));
  const bits = actor.bits.reduce((sum, one) => sum + one, 0);
  const score = bits * scorePerBit;
  const chance = chanceOfScore(actor.tail, score, { ...lawOfAll, prior: (value) => chanceOfScore(all, value, lawOfAll), priorWeight: 50 });
  const days = Math.max(0, (hoursAt(now) - actor.firstHours) / 24);
  const ripe = actor.actions >= leastActions && days >= leastDays && scoresSeen(all) >= leastOfAll;
  const weight = learningWeight(chance, odd);
  learnScore(actor.tail, score, now, lawOfAll, weight);
  learnScore(all, score, now, lawOfAll, weight);
  learnHabit(actor.habits, pair, weight);
  learnHabit(actor.habits, context, weight);
  learnHabit(actor.habits, own, weight);
  if (isNew) actor.kinds += 1;
  for (const [index, name] of contexts.entries()) {
    const next = tables[index] ?? noSuccessors();
    if (learnNext(next, symbol, self, now, weight)) memory.set(name, { kind: 'context', next });
  }
  actor.actions += 1;
  actor.lastHours = hoursAt(now);
  memory.set(key, actor);
  return { actor, chance, bits, seenBefore, days, ripe };
}

/** How likely one is to do what it never did, however many others do it: by the kinds that its actions had so far. */
function chanceOfNews({ actions, kinds }: Actor): number {
  return Math.min(1, (0.5 * kinds + 0.5) / (actions + 0.5));
}

function newActor(now: number): Actor {
  return { kind: 'actor', habits: new Map(), tail: new Float32Array(tailSize), firstHours: hoursAt(now), lastHours: hoursAt(now), actions: 0, kinds: 0, recent: [], bits: [], told: false };
}

function beginSitting(actor: Actor): void {
  actor.recent.length = 0;
  actor.bits.length = 0;
  actor.told = false;
}

function remember(actor: Actor, what: string, bits: number): void {
  actor.recent.push(what);
  actor.bits.push(bits);
  if (actor.recent.length > stretch) actor.recent.shift();
  if (actor.bits.length > stretch) actor.bits.shift();
}
