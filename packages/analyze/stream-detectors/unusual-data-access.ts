import { dataAccessOf } from '#formats/data-access.ts';
import type { DataAccess } from '#formats/data-access.ts';
import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { day } from '#learn/behaviour/clock.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import { learnPace, paceSize, perDay } from '#learn/behaviour/pace.ts';
import { askProfile, learnProfile } from '#learn/behaviour/profile.ts';
import type { Profile } from '#learn/behaviour/profile.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import { severities } from '#model/severity.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, Observation, UnscoredSignal } from '#model/stream.ts';
import { chainOf, isBulk, linksOne, noteBulk, noteUser, noTrail, trailKeys } from '../data-access/chain.ts';
import type { Trail } from '../data-access/chain.ts';
import { closeWindow, commonState, judgeWindow } from '../data-access/judge.ts';
import type { Common, Odd } from '../data-access/judge.ts';
import { chainSignal, model, readSignal, rule } from '../data-access/verdict.ts';
import { count, heft, newPair, openWindow, principalProfile, storeProfile, windowLength, windowOf } from '../data-access/window.ts';
import type { Pair } from '../data-access/window.ts';
import { short } from '../pipelines/reasons.ts';

interface State extends Common {
  readonly budget: Float32Array;
  readonly pace: Float32Array;
  first: number;
  /** Hours that were learned, of everybody and every store. */
  windows: number;
}

interface Facts {
  readonly facts: Float32Array;
}

type Memory = KeyedMemory<Pair | Facts | Trail>;

const remembers = 20_000;
/** Signals a day that ordinary chance may bring, and the chance that no signal is more likely than. */
const aDay = 0.5;
const highestBar = 1 / 200;
/** Before so many hours of reading on more than so many days nothing is said of how much is usual. */
const fewestHours = 30;
const fewestDays = 2;
/** The second question of an hour comes at so many objects, each next one at twice the last. */
const secondAsk = 4;
const products: ReadonlySet<string> = new Set(['aws', 'gcp', 'github', 'postgresql', 'mysql']);

/** Who reads more, wider, elsewhere or at other hours than before; and what was read in bulk and then, or before, opened or sent to others. */
export default defineStreamDetector({
  id: 'event/unusual-data-access',
  title: 'Data read unlike before',
  severity: 'medium',
  confidence: 'low',
  consequence: 'Somebody may be taking data out.',
  remediation: 'Ask who reads what for it; where nobody can explain it, take the rights away, replace the keys, and undo what was opened.',
  references: ['https://attack.mitre.org/techniques/T1530/'],
  initial: { ...commonState(), budget: new Float32Array(budgetSize), pace: new Float32Array(paceSize), first: 0, windows: 0 } satisfies State as State,
  remembers,
  wants: ({ logsource }) => products.has(logsource.product ?? '') || logsource.service === 'google_workspace.admin',
  step(state: State, observation, now, memory: Memory) {
    const { logsource, record, time } = observation;
    const access = dataAccessOf(logsource.product, logsource.service, record);
    if (access === undefined) return { state, ...quiet };
    if (state.first === 0) state.first = time;
    return { state, ...(access.kind === 'leave' ? left(memory, observation, access) : readBy(state, memory, observation, access, now)) };
  },
});

interface Watched {
  readonly signals: readonly UnscoredSignal[];
  readonly diagnostics: readonly Diagnostic[];
  readonly judged: readonly Judgement[];
}

const quiet: Watched = { signals: [], diagnostics: [], judged: [] };
const together = ['key or address', 'principal'] as const;

/** Something was opened or sent to others: alone it is for rules to tell; what is done every day is nobody's theft. */
function left(memory: Memory, observation: Observation, access: DataAccess): Watched {
  const { time } = observation;
  const { chance, rests } = novelty(memory, { profile: principalProfile, key: `who\n${access.principal}`, aspect: 'leave' }, access.what, time);
  if (rests >= 3 && chance > 0.3) return quiet;
  return linked(memory, observation, access, (trail) => {
    trail.leave = { at: time, what: access.what };
  }, 1);
}

/** Notes one half in every trail that leads to whoever it was, and tells where a trail has both. */
function linked(memory: Memory, observation: Observation, access: DataAccess, noteIn: (trail: Trail) => void, chance: number): Watched {
  const signals: UnscoredSignal[] = [];
  for (const [at, key] of trailKeys(access).entries()) {
    const trail = (memory.get(key) as Trail | undefined) ?? noTrail();
    noteUser(trail, access.principal);
    if (!linksOne(trail)) {
      memory.set(key, trail);
      continue;
    }
    noteIn(trail);
    const chain = chainOf(trail, observation.time);
    if (chain !== undefined) {
      trail.toldAt = observation.time;
      if (signals.length === 0) signals.push(chainSignal(observation, access, chain, together[at === 0 ? 1 : 0], chance));
    }
    memory.set(key, trail);
  }
  return { ...quiet, signals };
}

function readBy(state: State, memory: Memory, observation: Observation, access: DataAccess, now: number): Watched {
  const key = `pair\n${access.principal}\n${access.store}`;
  const { time } = observation;
  const pair = (memory.get(key) as Pair | undefined) ?? newPair(time);
  const judged = pair.window === windowOf(time) ? [] : turn(state, memory, pair, access, time);
  count(pair, access);
  const weight = heft(pair);
  let watched: Watched = { ...quiet, judged };
  if (weight >= pair.ask) {
    pair.ask = Math.max(secondAsk, 2 * weight);
    const odd = judgeWindow(pair, state, access, time);
    pair.odd = Math.min(pair.odd, odd.chance);
    watched = { ...tell(state, observation, access, pair, odd, now), judged };
    if (isBulk(pair) && isOutOfHabit(pair, odd)) {
      const chain = linked(memory, observation, access, (trail) => noteBulk(trail, access, pair, time), odd.chance);
      watched = { ...watched, signals: [...watched.signals, ...chain.signals] };
    }
  }
  memory.set(key, pair);
  return watched;
}

/** A new hour: the one before is learned, and who, where and when are asked once. */
function turn(state: State, memory: Memory, pair: Pair, access: DataAccess, time: number): Judgement[] {
  const judged: Judgement[] = [];
  if (pair.window > 0) {
    const chance = closeWindow(pair, state, access.family, pair.window * windowLength);
    if (isRipe(state, time)) judged.push({ model: model.model, surprise: surpriseOf(chance) });
    state.windows += 1;
    learnPace(state.pace, time);
  }
  openWindow(pair, windowOf(time));
  const store = novelty(memory, { profile: principalProfile, key: `who\n${access.principal}`, aspect: 'store' }, access.store, time);
  const reader = novelty(memory, { profile: storeProfile, key: `store\n${access.store}`, aspect: 'reader' }, access.principal, time);
  pair.novelty = [
    ['store', store.chance, store.times < 0.5 ? `${short(access.store)} for the first time in ${Math.round(store.rests)} days of reading` : `${short(access.store)}, read on ${Math.round(store.times)} of ${Math.round(store.rests)} days`],
    ['reader', reader.chance, reader.times < 0.5 ? `the first of ${Math.round(reader.rests)} readings of it by ${short(access.principal)}` : `${Math.round(reader.times)} of ${Math.round(reader.rests)} readings of it are by ${short(access.principal)}`],
  ];
  return judged;
}

interface Where {
  readonly profile: Profile;
  readonly key: string;
  readonly aspect: string;
}

/** Asks how rare a value is, and learns it. */
function novelty(memory: Memory, { profile, key, aspect }: Where, value: string, time: number): { readonly chance: number; readonly rests: number; readonly times: number } {
  const known = (memory.get(key) as Facts | undefined) ?? { facts: new Float32Array(profile.size) };
  const facts = [{ aspect, marks: [markOf(value)] }];
  const [answer] = askProfile(profile, known.facts, facts, time);
  learnProfile(profile, known.facts, facts, time);
  memory.set(key, known);
  return answer ?? { chance: 1, rests: 0, times: 0 };
}

function isRipe(state: State, time: number): boolean {
  return state.windows >= fewestHours && time - state.first >= fewestDays * day;
}

/** Who reads in bulk every night, and as much, is no thief for it. */
function isOutOfHabit(pair: Pair, { reasons }: Odd): boolean {
  return pair.hours < 3 || reasons.some(({ aspect }) => aspect !== 'hour');
}

function tell(state: State, observation: Observation, access: DataAccess, pair: Pair, odd: Odd, now: number): Watched {
  if (!isRipe(state, observation.time)) return quiet;
  const bar = Math.min(highestBar, aDay / Math.max(1, perDay(state.pace)));
  const signal = odd.chance > bar ? undefined : readSignal(observation, access, pair, odd, (observation.time - pair.first) / day);
  const rank = signal === undefined ? 0 : 1 + severities.indexOf(signal.severity);
  if (signal === undefined || rank <= pair.told) return quiet;
  const { tells, turned, held } = judge(state.budget, odd.chance, now, { bar, aDay });
  const diagnostics = turned === undefined ? [] : [drift(turned, held)];
  if (!tells) return { ...quiet, diagnostics };
  pair.told = rank;
  return { ...quiet, signals: [signal], diagnostics };
}

function drift(turned: 'raised' | 'lowered', held: number): Diagnostic {
  const message = turned === 'raised' ? `detector ${rule} finds more that is unusual than its budget of signals allows, and tells only what is odder still` : `detector ${rule} is back within its budget of signals; it held back ${held}`;
  return { code: 'model-drift', rule, message };
}
