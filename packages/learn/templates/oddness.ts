import { at, fadingBySteps, hoursAt } from '../behaviour/clock.ts';

/**
 * How odd what a source writes usually is, by kind of oddness: a histogram of strengths over all that it wrote. The chance that an ordinary line is at least as
 * odd is then the conformal one, whatever made the strength. What is old fades.
 */
export const oddnessKinds = { rarity: 0, number: 1, count: 2 } as const;
export type OddnessKind = keyof typeof oddnessKinds;

const fadedAt = 0;
const firstAt = 1;
const lines = 2;
const countedAt = 3;
const header = 4;
const strengths = 32;
export const oddnessSize = header + Object.keys(oddnessKinds).length * (1 + strengths);

export const mostStrength = strengths - 1;

/** The chance that what was asked of this kind was at least as strong, and how many such are due in a day. */
export function judgeStrength(state: Float32Array, kind: OddnessKind, strength: number, now: number, halfLife: number): { readonly chance: number; readonly aDay: number } {
  const from = header + oddnessKinds[kind] * (1 + strengths);
  let stronger = 1;
  for (let bin = Math.min(mostStrength, strength); bin < strengths; bin++) stronger += at(state, from + 1 + bin);
  return { chance: Math.min(1, stronger / (1 + at(state, from))), aDay: stronger / countedDays(state, now, halfLife) };
}

/** `asked`: of how many things this is one; 0 where they are counted apart (`countAsked`). */
export function learnStrength(state: Float32Array, kind: OddnessKind, strength: number, weight: number, asked: 0 | 1): void {
  if (!isRead(state)) return;
  const from = header + oddnessKinds[kind] * (1 + strengths);
  const place = from + 1 + Math.min(mostStrength, strength);
  state[place] = at(state, place) + weight;
  state[from] = at(state, from) + asked;
}

/** One more thing of which odd ones are asked by `learnStrength`: most are not odd, and need not be asked. */
export function countAsked(state: Float32Array, kind: OddnessKind): void {
  if (!isRead(state)) return;
  const from = header + oddnessKinds[kind] * (1 + strengths);
  state[from] = at(state, from) + 1;
}

/** So many lines are only read: all that a program says is new at first, and says nothing of how much is new later. */
export const leastLines = 200;

/** Counts a line; old ones fade. */
export function countLine(state: Float32Array, now: number, halfLife: number): void {
  const hours = hoursAt(now);
  const factor = fadingBySteps(state, { firstAt, fadedAt }, now, { halfLife, step: 1 });
  if (factor < 1) for (let index = lines; index < oddnessSize; index++) if (index !== countedAt) state[index] = at(state, index) * factor;
  state[lines] = at(state, lines) + 1;
  if (at(state, countedAt) === 0 && at(state, lines) >= leastLines) state[countedAt] = hours;
}

/** Whether what is asked of it can be answered, and is learned. */
export function isRead(state: Float32Array): boolean {
  return at(state, countedAt) !== 0;
}

export function linesSeen(state: Float32Array): number {
  return at(state, lines);
}

export function daysSeen(state: Float32Array, now: number): number {
  return at(state, firstAt) === 0 ? 0 : Math.max(0, (hoursAt(now) - at(state, firstAt)) / 24);
}

/** Days over which was counted; those that have faded count as they do in what is kept. */
function countedDays(state: Float32Array, now: number, halfLife: number): number {
  const half = halfLife / 86_400_000;
  const days = isRead(state) ? Math.max(0, (hoursAt(now) - at(state, countedAt)) / 24) : 0;
  return Math.max(1 / 24, (half / Math.LN2) * (1 - 2 ** (-days / half)));
}
