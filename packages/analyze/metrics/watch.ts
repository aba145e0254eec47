import { chanceOfScore, learnScore, tailSize, type TailLaw } from '#learn/behaviour/tail.ts';
import { spellSize, tailWeight } from '#learn/behaviour/trust.ts';
import { bandAt, type Band } from '#learn/series/replay.ts';
import { leastAlarm, observe, type Judgement, type Series } from '#learn/series/series.ts';
import { chanceOfStuck, slotLength, type Closed, type Running } from './slots.ts';

export type Oddity = 'high' | 'low' | 'new' | 'hour' | 'stuck' | 'stays';

/** What is odd about the slot that has ended, with what was known before it. */
export interface Odd {
  readonly what: Oddity;
  readonly value: number;
  readonly chance: number;
  readonly band: Band | undefined;
  readonly least: number;
  readonly most: number;
  /** Milliseconds since the series is known. */
  readonly known: number;
  /** Milliseconds since it is so, for what lasts; and the upper edge of the band when that began. */
  readonly lasts: number;
  readonly edge: number;
}

const day = 86_400_000;
export const tailsSize = 2 * tailSize;
/** A series speaks only of what it itself saw at most once in five hundred slots: none does in its first days. */
const ownSurprise = 2.7;
/** Novelty of all series in one tail for each kind: what an alarm means does not depend on how wild one of them is. */
const common = { halfLife: 30 * day, priorWeight: 1000 };
const valueLaw: TailLaw = { ...common, prior: (score) => Math.min(1, 3 * 10 ** -score) };
/** Novelty by hour already counts neighbours as one. */
const hourLaw: TailLaw = { ...common, prior: (score) => Math.min(1, 10 ** -score) };
const trust = { odd: 0.01, least: 0.2, spell: 7 * day };
/** What lies above its band for so many slots stays there. */
const staysAfter = 12;
/** A series that says the same for an hour may be stuck. */
const stuckAfter = 12;
const stuckBelow = 1e-4;
const settledAfter = 1000;

export interface Judged {
  /** Undefined while the series is too little known to be asked, and while what was told of it lasts: its next points are no new answers. */
  readonly chance: number | undefined;
  readonly odd: Odd | undefined;
}

/** Judges the slot, then learns it. */
export function judgeSlot(series: Series, running: Running, tails: Float32Array, { time, value }: Closed): Judged {
  const { values, first } = series;
  const before = { value, band: bandAt(series, time), least: values.origin + values.low, most: values.origin + values.high, known: time - first };
  const judgement = observe(series, time, value);
  const chance = chanceAmongAll(judgement, tails, running, time);
  const above = value > (running.toldAbove ? running.edge : (before.band?.high ?? Infinity));
  if (!running.toldAbove) running.edge = before.band?.high ?? Infinity;
  running.above = above ? running.above + 1 : 0;
  running.toldAbove = running.toldAbove && above;
  if (series.seen < settledAfter) return { chance: undefined, odd: undefined };
  const found = oddityOf({ judgement, running, before, away: series.away });
  const asked = judgement.novelty > 0 && judgement.alarm === 0 ? undefined : chance;
  if (found === undefined) return { chance: asked, odd: undefined };
  return { chance: asked, odd: { ...before, what: found, chance: found === 'stuck' ? chanceOfStuck(running) : chance, lasts: slotLength * (found === 'stuck' ? running.same : running.above), edge: running.edge } };
}

interface Seen {
  readonly judgement: Judgement;
  readonly running: Running;
  readonly before: Pick<Odd, 'value' | 'least' | 'most' | 'band'>;
  readonly away: number;
}

function oddityOf({ judgement, running, before, away }: Seen): Oddity | undefined {
  const { alarm, surprise, kind } = judgement;
  if (running.toldAbove && running.above === staysAfter) return 'stays';
  if (!running.toldAbove && !running.toldStuck && running.same >= stuckAfter && chanceOfStuck(running) <= stuckBelow) {
    running.toldStuck = true;
    return 'stuck';
  }
  if (alarm < leastAlarm || surprise < ownSurprise) return undefined;
  running.toldAbove = running.above > 0;
  if (kind === 'value') return before.value > before.most ? 'high' : before.value < before.least ? 'low' : 'new';
  // A quiet day is never odd by itself: holidays are.
  return away > 0 ? 'hour' : undefined;
}

/** In the tails of all series: of values the first half, of hours the second. */
function chanceAmongAll({ byValue, byHour }: Judgement, tails: Float32Array, running: Running, time: number): number {
  const [values, hours] = [tails.subarray(0, tailSize), tails.subarray(tailSize)];
  const chances = { value: chanceOfScore(values, byValue, valueLaw), hour: chanceOfScore(hours, byHour, hourLaw) };
  learnScore(values, byValue, time, valueLaw, tailWeight(running.odd.subarray(0, spellSize), chances.value, time, trust));
  learnScore(hours, byHour, time, hourLaw, tailWeight(running.odd.subarray(spellSize), chances.hour, time, trust));
  return Math.min(1, 2 * Math.min(chances.value, chances.hour));
}
