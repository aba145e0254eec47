import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { emptySeries, type Series } from '#learn/series/series.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector, type KeyedMemory, type Observation, type StreamStep, type UnscoredSignal } from '#model/stream.ts';
import { sampleOf, type Sample } from '../metrics/sample.ts';
import { slotLength, startRunning, take, type Closed, type Running } from '../metrics/slots.ts';
import { oddWords, seriesWords } from '../metrics/words.ts';
import { judgeSlot, tailsSize, type Odd } from '../metrics/watch.ts';

const id = 'event/unusual-metric';
const title = 'A metric unlike itself';
/** Each series is two entries: what it knows, set once in five minutes, and the five minutes that are running. */
const mostSeries = 20_000;
const remembers = 2 * mostSeries + 2;
/** A series that was silent for so long makes room for another. */
const silence = 2 * 86_400_000;
const tailKey = '\0tail';
const budgetKey = '\0budget';
/** Signals a day that ordinary chance may bring, over all series; and the greatest chance that is told of one. */
const aDay = 3;
const greatestChance = 1.5e-4;
const slotsADay = 86_400_000 / slotLength;
/** So many series may speak for themselves in the same five minutes; what more of them say is one signal. */
const mostAtOnce = 3;

/** The slot in which signals came last, and what was held back in it. */
interface State {
  readonly slot: number;
  readonly told: number;
  readonly more: number;
  readonly firstMore: { readonly words: string; readonly event: Event; readonly surprise: number } | null;
  readonly full: boolean;
}

type Entry = Series | Running | Float32Array;

/** Series of metrics that leave what they were: levels, spikes, hours that are not as usual, values that are stuck. */
export default defineStreamDetector({
  id: 'event/unusual-metric',
  title, severity: 'low', confidence: 'low',
  consequence: 'A machine or service does something that it did not do before: it may be used for something else, or be about to fail.',
  remediation: 'Look at what changed at that time: a deployment, a job, a user. On a build runner, look at which processes run and at what the running jobs came from.',
  references: ['https://attack.mitre.org/techniques/T1496/'],
  initial: { slot: -1, told: 0, more: 0, firstMore: null, full: false } satisfies State as State,
  remembers,
  wants: ({ logsource }) => logsource.product === 'metrics',
  step(state: State, observation: Observation, _now: number, memory: KeyedMemory<Entry>) {
    const sample = sampleOf(observation.record);
    if (sample === undefined || !Number.isFinite(observation.time)) return { state, signals: [], diagnostics: [] };
    const room = admit(memory, sample, observation.time);
    if (!room) return { state: { ...state, full: true }, signals: [], diagnostics: state.full ? [] : [fullOf()] };
    const running = runningOf(memory, sample);
    // Both entries of a series take their places at once, so that a series that is known is never pushed out by half a new one.
    if (memory.get(seriesKey(sample)) === undefined) memory.set(seriesKey(sample), { ...emptySeries(), last: observation.time });
    const closed = take(running, sample, observation.time);
    const step = closed === undefined ? { state, signals: [], diagnostics: [] } : judgeClosed({ state, observation, sample, running, closed }, memory);
    memory.set(runningKey(sample), running);
    return step;
  },
});

/** A known series always; a new one where there is room, or where the one that was set longest ago has been silent. */
function admit(memory: KeyedMemory<Entry>, sample: Sample, time: number): boolean {
  if (memory.size === 0) touch(memory);
  if (memory.size <= remembers - 2 || memory.get(runningKey(sample)) !== undefined) return true;
  touch(memory);
  for (const [, entry] of memory.entries()) return lastOf(entry) < time - silence;
  return true;
}

/** What is of all series is never the entry that was set longest ago. */
function touch(memory: KeyedMemory<Entry>): void {
  memory.set(tailKey, arrayOf(memory, tailKey, tailsSize));
  memory.set(budgetKey, arrayOf(memory, budgetKey, budgetSize));
}

function lastOf(entry: Entry): number {
  if (entry instanceof Float32Array) return Infinity;
  return 'season' in entry ? entry.last : entry.slot * slotLength;
}

function fullOf(): Diagnostic {
  return { code: 'memory-limit', rule: id, message: `detector ${id} watches ${mostSeries} series, its limit; others are not watched until one of them has been silent for two days` };
}

function runningKey({ key }: Sample): string {
  return `r\n${key}`;
}

function seriesKey({ key }: Sample): string {
  return `s\n${key}`;
}

function runningOf(memory: KeyedMemory<Entry>, sample: Sample): Running {
  const entry = memory.get(runningKey(sample));
  return entry !== undefined && 'slot' in entry ? entry : startRunning();
}

function arrayOf(memory: KeyedMemory<Entry>, key: string, size: number): Float32Array {
  const entry = memory.get(key);
  return entry instanceof Float32Array ? entry : new Float32Array(size);
}

interface Ended {
  readonly state: State;
  readonly observation: Observation;
  readonly sample: Sample;
  readonly running: Running;
  readonly closed: Closed;
}

function judgeClosed(ended: Ended, memory: KeyedMemory<Entry>): StreamStep<State> {
  const { sample, running, closed, observation } = ended;
  const entry = memory.get(seriesKey(sample));
  const series = entry !== undefined && 'season' in entry ? entry : emptySeries();
  const tail = arrayOf(memory, tailKey, tailsSize);
  const { chance, odd } = judgeSlot(series, running, tail, closed);
  memory.set(seriesKey(sample), series);
  memory.set(tailKey, tail);
  const { state, signals } = together(ended.state, closed, observation);
  const judged = chance === undefined ? [] : [{ model: 'metric-series', surprise: surpriseOf(chance) }];
  if (odd === undefined || (odd.what === 'stays' && !isAbuse(sample))) return { state, signals, diagnostics: [], judged };
  const bar = Math.min(greatestChance, aDay / (slotsADay * Math.max(1, memory.size / 2)));
  const budget = arrayOf(memory, budgetKey, budgetSize);
  // What stays was told when it began, and is told once more whatever its last five minutes are.
  const judgement = judge(budget, odd.what === 'stays' ? Math.min(odd.chance, bar) : odd.chance, observation.time, { bar, aDay });
  memory.set(budgetKey, budget);
  const diagnostics = judgement.turned === 'raised' ? [raised(judgement.bar)] : [];
  if (!judgement.tells) return { state, signals, diagnostics, judged };
  const signal = signalOf(sample, odd, observation);
  if (state.told < mostAtOnce) return { state: { ...state, told: state.told + 1 }, signals: [...signals, signal], diagnostics, judged };
  const { unmapped: _record, raw_data: _text, ...event } = observation.event;
  const firstMore = state.firstMore ?? { words: seriesWords(sample), event, surprise: surpriseOf(odd.chance) };
  return { state: { ...state, more: state.more + 1, firstMore }, signals, diagnostics, judged };
}

/** With the first slot that ends later, what was held back is told: many series odd at once are one change. */
function together(state: State, { time }: Closed, observation: Observation): { readonly state: State; readonly signals: readonly UnscoredSignal[] } {
  const slot = time / slotLength;
  if (slot <= state.slot) return { state, signals: [] };
  const next: State = { slot, told: 0, more: 0, firstMore: null, full: state.full };
  if (state.firstMore === null) return { state: next, signals: [] };
  const { words, event, surprise } = state.firstMore;
  const message = `${title}: ${state.more + state.told} series changed within the same five minutes, ${words} and ${state.more - 1} others beside the ${state.told} told by themselves; many at once are one change`;
  return { state: next, signals: [signalWith(message, 'low', { time: observation.time, event, surprise })] };
}

function raised(bar: number): Diagnostic {
  return { code: 'budget-raised', rule: id, message: `detector ${id} found more that is odd than it may tell in a day, and tells from now on only what is odder than once in ${Math.round(1 / bar)} slots of five minutes` };
}

function signalOf(sample: Sample, odd: Odd, { time, event }: Observation): UnscoredSignal {
  const abuse = odd.what === 'stays' && isAbuse(sample);
  const why = abuse ? '; machines that build seldom compute at full speed for so long, stolen ones that mine do' : '';
  return signalWith(`${title}: ${oddWords(sample, odd)}${why}`, abuse ? 'medium' : 'low', { time, event, surprise: surpriseOf(odd.chance) });
}

/** Computing power of machines that build: what is stolen to mine. */
function isAbuse({ name, key }: Sample): boolean {
  return /cpu|gpu|processor/i.test(name) && /runner|jenkins|actions|build|(?:^|[^a-z])ci(?:[^a-z]|$)/i.test(key) && !/\n(?:mode|state|cpu\.mode|system\.cpu\.state)=(?:idle|iowait|wait)/.test(key);
}

function signalWith(message: string, severity: 'low' | 'medium', { time, event, surprise }: { readonly time: number; readonly event: Event; readonly surprise: number }): UnscoredSignal {
  const isMedium = severity === 'medium';
  return {
    rule: id, title, severity, confidence: 'low', message, time, techniques: isMedium ? ['T1496'] : [], tactics: isMedium ? ['impact'] : [], evidence: [], events: [event],
    references: ['https://attack.mitre.org/techniques/T1496/'], falsePositives: ['A deployment, a new job, more users, a machine that was replaced'],
    learned: { model: 'metric-series', version: '1', surprise },
  };
}
