import { at, hoursAt } from './clock.ts';

/** How many alarms a detector may raise, and what it does when it finds more to say. */
export interface BudgetLaw {
  /** An alarm is due where the chance is at most this. */
  readonly bar: number;
  /** Alarms a day that are due to ordinary chance; above it the bar rises. */
  readonly aDay: number;
}

export interface Judgement {
  readonly tells: boolean;
  /** The chance that would have been small enough just now. */
  readonly bar: number;
  /** It began to shout with this event, or has just come to rest again. */
  readonly turned: 'raised' | 'lowered' | undefined;
  /** Alarms that only the raised bar held back since it was raised. */
  readonly held: number;
}

const told = 0;
const seenAt = 1;
const heldBack = 2;
const raised = 3;
export const budgetSize = 4;

/** A few alarms at once are no shouting, however small the share of a detector is. */
const leastBurst = 3;

/** Judges a chance, and counts what comes of it. Each doubling of what is allowed in a day makes the bar ten times as high. */
export function judge(state: Float32Array, chance: number, now: number, { bar, aDay }: BudgetLaw): Judgement {
  forgetTold(state, now);
  const allowed = leastBurst + aDay;
  const excess = Math.max(0, at(state, told) / allowed - 1);
  const high = bar * 10 ** -excess;
  const turned = turn(state, excess);
  const tells = chance <= high;
  if (tells) state[told] = at(state, told) + 1;
  else if (chance <= bar) state[heldBack] = at(state, heldBack) + 1;
  const held = at(state, heldBack);
  if (turned === 'lowered') state[heldBack] = 0;
  return { tells, bar: high, turned, held };
}

function turn(state: Float32Array, excess: number): Judgement['turned'] {
  const isRaised = at(state, raised) === 1;
  if (!isRaised && excess > 0) {
    state[raised] = 1;
    return 'raised';
  }
  // Well below, so that it does not turn with every alarm.
  if (isRaised && excess === 0 && at(state, told) < 1) {
    state[raised] = 0;
    return 'lowered';
  }
  return undefined;
}

/** Alarms of the last day count, the older the less. */
function forgetTold(state: Float32Array, now: number): void {
  const hours = hoursAt(now);
  const elapsed = Math.max(0, hours - at(state, seenAt));
  if (at(state, seenAt) === 0 || elapsed > 0.05) {
    state[told] = at(state, told) * Math.exp(-elapsed / 24);
    state[seenAt] = hours;
  }
}
