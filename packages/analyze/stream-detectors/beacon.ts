import { liftScore, newScore, placeScore } from '#learn/behaviour/growing-score.ts';
import type { GrowingScore } from '#learn/behaviour/growing-score.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { chanceOfRegular, newIntervals, rhythmOf, seeTime } from '#learn/behaviour/regularity.ts';
import type { Intervals } from '#learn/behaviour/regularity.ts';
import { chanceOfScore, tailSize } from '#learn/behaviour/tail.ts';
import type { TailLaw } from '#learn/behaviour/tail.ts';
import { hashOf } from '#learn/sketches/hyperloglog.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, UnscoredSignal } from '#model/stream.ts';
import { destinationOf, portOf, shown, sourceOf } from '../network/parties.ts';
import { allows, bar, day, model, newBudget } from '../network/telling.ts';

interface State {
  /** Of how regular pairs of a source and a new, rare destination have come to be. */
  readonly regular: Float32Array;
  readonly budget: Float32Array;
  firstAt: number;
}

interface Destination {
  readonly firstAt: number;
  writtenAt: number;
  /** Who speaks to it, as long as they are few. */
  readonly sources: number[];
}

interface Pair extends GrowingScore, Intervals {
  told: boolean;
}

type Entry = Destination | Pair;

const id = 'event/beacon';
const title = 'Regular contact with a new destination';
/** What is seen within these days of the first event was there before. */
const history = 3 * day;
const mostSources = 2;
const leastIntervals = 12;
const leastSpan = 20 * 60_000;
const leastPeriod = 15_000;
/** Of times of chance, so few are as regular. */
const regular = 1e-6;
const hour = 3_600_000;
/** The law of chance is known, so that what is thought before anything is seen weighs much; others that are regular make the tail heavier. */
const law: TailLaw = { halfLife: 30 * day, priorWeight: 100, prior: (score) => Math.exp(-score) };

/** Programs that report to their master at regular times. Only destinations that are new to everybody and stay rare are listened to: what was always there is none. */
export default defineStreamDetector({
  id: 'event/beacon', title, severity: 'low', confidence: 'low',
  consequence: 'A program asks at regular times for what it is to do next: that is how implants are led.',
  remediation: 'Find the program that connects and who installed it; where nobody knows it, cut the machine off and keep its memory.',
  references: ['https://attack.mitre.org/techniques/T1071/', 'https://attack.mitre.org/techniques/T1029/'],
  initial: { regular: new Float32Array(tailSize), budget: newBudget(), firstAt: 0 } satisfies State as State,
  remembers: 50_000,
  wants: ({ event }) => event.class_uid === 4001 || event.class_uid === 4002,
  step(state: State, { event, time }, _now, memory: KeyedMemory<Entry>) {
    const source = sourceOf(event);
    const name = destinationOf(event);
    if (source === undefined || name === undefined || source === name) return { state, signals: [], diagnostics: [] };
    if (state.firstAt === 0) state.firstAt = time;
    const place = `${name}:${portOf(event)}`;
    const destination = meet(memory, place, source, time);
    if (destination.firstAt - state.firstAt < history || destination.sources.length > mostSources) return { state, signals: [], diagnostics: [] };
    const key = `${source}\0${place}`;
    const known = memory.get(key);
    const pair: Pair = known !== undefined && 'told' in known ? known : { ...newIntervals(time), ...newScore(), told: false };
    const grew = seeTime(pair, time);
    memory.set(key, pair);
    if (!grew || pair.told || pair.count < leastIntervals) return { state, signals: [], diagnostics: [] };
    const { chance, judged } = judgePair(state, pair, time);
    if (!isBeacon(pair, chance)) return { state, signals: [], diagnostics: [], judged };
    const { tells, diagnostics } = allows(state.budget, id, chance, time);
    if (!tells) return { state, signals: [], diagnostics, judged };
    pair.told = true;
    return { state, signals: [signalOf(event, source, place, pair, chance, (destination.firstAt - state.firstAt) / day)], diagnostics, judged };
  },
});

function meet(memory: KeyedMemory<Entry>, place: string, source: string, time: number): Destination {
  const key = `\0${place}`;
  const known = memory.get(key);
  const destination: Destination = known !== undefined && 'sources' in known ? known : { firstAt: time, writtenAt: 0, sources: [] };
  const mark = hashOf(source);
  const isNew = destination.sources.length <= mostSources && !destination.sources.includes(mark);
  if (isNew) destination.sources.push(mark);
  // Written again once an hour, so that it is not the one that makes room.
  if (isNew || time - destination.writtenAt >= hour) {
    destination.writtenAt = time;
    memory.set(key, destination);
  }
  return destination;
}

/** A pair stands in the tail with the most regular that it ever was. It is judged once, when it has been long enough. */
function judgePair(state: State, pair: Pair, time: number): { readonly chance: number; readonly judged: readonly Judgement[] } {
  const isFirst = pair.score < 0;
  const score = Math.max(pair.score, -Math.log(chanceOfRegular(pair)));
  liftScore(state.regular, pair, time, law);
  const chance = chanceOfScore(state.regular, score, law);
  placeScore(state.regular, pair, score, time, law, 1);
  return { chance, judged: isFirst ? [{ model: model.model, surprise: surpriseOf(chance) }] : [] };
}

function isBeacon(pair: Pair, chance: number): boolean {
  return chance <= bar && chanceOfRegular(pair) <= regular && pair.last - pair.first >= leastSpan && rhythmOf(pair).period >= leastPeriod;
}

function signalOf(event: Event, source: string, place: string, pair: Pair, chance: number, days: number): UnscoredSignal {
  const { period, jitter } = rhythmOf(pair);
  const far = pair.count >= 48 && jitter < 0.5;
  return {
    rule: id, title, severity: far ? 'medium' : 'low', confidence: 'low',
    message: `${title}: ${shown(source)} has contacted ${shown(place)} ${pair.count + 1} times in ${lasted(pair.last - pair.first)}, every ${lasted(period)} give or take ${Math.round(100 * jitter)} %; the destination is new after ${Math.floor(days)} days and at most ${mostSources} speak to it; once in ${Math.round(1 / chance)} such pairs is as regular`,
    time: event.time, techniques: ['T1071', 'T1029'], tactics: ['command-and-control'], evidence: [], events: [event],
    references: ['https://attack.mitre.org/techniques/T1071/'],
    falsePositives: ['A program that was installed lately and asks for updates, time or its licence'],
    learned: { ...model, surprise: surpriseOf(chance) },
  };
}

function lasted(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
