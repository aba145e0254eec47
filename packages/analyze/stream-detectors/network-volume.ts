import { liftScore, newScore, placeScore } from '#learn/behaviour/growing-score.ts';
import type { GrowingScore } from '#learn/behaviour/growing-score.ts';
import { surpriseOf } from '#learn/behaviour/fusion.ts';
import { chanceOfScore, scoresSeen, tailSize } from '#learn/behaviour/tail.ts';
import type { TailLaw } from '#learn/behaviour/tail.ts';
import { learningWeight, spellSize, tailWeight } from '#learn/behaviour/trust.ts';
import { distinctIn, hashOf, seeValue, sketchSize } from '#learn/sketches/hyperloglog.ts';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { Event } from '#model/event.ts';
import { defineStreamDetector } from '#model/stream.ts';
import type { Judgement, KeyedMemory, UnscoredSignal } from '#model/stream.ts';
import { excessOf, learnDay, newHabit, usualAmount } from '../network/habit.ts';
import type { Habit } from '../network/habit.ts';
import { bytesOutOf, bytesShown, destinationOf, portOf, shown, sourceOf } from '../network/parties.ts';
import { allows, bar, day, dayOf, model, newBudget } from '../network/telling.ts';

const kinds = ['sent', 'places'] as const;
type Kind = (typeof kinds)[number];

interface State {
  /** Of how far sources are above what is usual for them. */
  readonly tails: Record<Kind, Float32Array>;
  readonly budget: Float32Array;
  /** The day, and how many sources were odd in it: more than a few are one change, told once. */
  day: number;
  readonly odd: Record<Kind, number>;
}

interface Aspect extends GrowingScore {
  readonly habit: Habit;
  /** When it was odd last, as `spell` keeps it. */
  readonly spell: Float32Array;
  /** The weight with which today will be learned. */
  trust: number;
  told: boolean;
}

interface Source {
  day: number;
  bytes: number;
  readonly places: Uint8Array;
  readonly aspects: Record<Kind, Aspect>;
}

const id = 'event/network-volume';
const title = 'Traffic unlike what this source does';
const settledDays = 5;
const leastScores = 30;
const floors: Record<Kind, number> = { sent: 10e6, places: 20 };
const timesUsual = 3;
const trust = { odd: 0.02, least: 0.2, spell: 14 * day };
/** So many sources odd in one way on one day are no longer told one by one. */
const many = 3;
/** Twice a normal deviate, with a tail as heavy as an exponential one. */
const law: TailLaw = { halfLife: 30 * day, priorWeight: 80, prior: (score) => Math.exp(-0.75 * score) };

/** Hosts that send far more than they do, or speak to far more places: data that leaves, or somebody who looks round. */
export default defineStreamDetector({
  id: 'event/network-volume', title, severity: 'low', confidence: 'low',
  consequence: 'Data may be leaving from here, or somebody uses this machine to look for others.',
  remediation: 'See which program sends and where to; where nobody planned it, cut the machine off.',
  references: ['https://attack.mitre.org/techniques/T1048/', 'https://attack.mitre.org/techniques/T1046/'],
  initial: { tails: { sent: new Float32Array(tailSize), places: new Float32Array(tailSize) }, budget: newBudget(), day: 0, odd: { sent: 0, places: 0 } } satisfies State as State,
  remembers: 50_000,
  wants: ({ event }) => event.class_uid === 4001 || event.class_uid === 4002,
  step(state: State, { event, time }, _now, memory: KeyedMemory<Source>) {
    const name = sourceOf(event);
    if (name === undefined) return { state, signals: [], diagnostics: [] };
    turnDay(state, time);
    const { source, judged } = today(state, memory.get(name), time);
    const place = destinationOf(event);
    const bytes = bytesOutOf(event);
    source.bytes += bytes;
    const isNew = place !== undefined && seeValue(source.places, hashOf(`${place}:${portOf(event)}`));
    memory.set(name, source);
    const found = [...(bytes > 0 ? [judge(state, source, 'sent', time)] : []), ...(isNew ? [judge(state, source, 'places', time)] : [])];
    const odd = found.filter(({ isOdd }) => isOdd);
    const signals: UnscoredSignal[] = [];
    const diagnostics: Diagnostic[] = [];
    for (const one of odd) {
      const said = tell(state, event, name, source, one, time);
      signals.push(...said.signals);
      diagnostics.push(...said.diagnostics);
    }
    return { state, signals, diagnostics, judged };
  },
});

function turnDay(state: State, time: number): void {
  if (dayOf(time) <= state.day) return;
  state.day = dayOf(time);
  for (const kind of kinds) state.odd[kind] = 0;
}

function amountOf({ bytes, places }: Source, kind: Kind): number {
  return kind === 'sent' ? bytes : distinctIn(places);
}

/** The source on this day; its last day is learned, and was judged with what it came to. */
function today(state: State, known: Source | undefined, time: number): { readonly source: Source; readonly judged: readonly Judgement[] } {
  const now = dayOf(time);
  if (known === undefined) return { source: { day: now, bytes: 0, places: new Uint8Array(sketchSize), aspects: { sent: newAspect(), places: newAspect() } }, judged: [] };
  if (known.day >= now) return { source: known, judged: [] };
  const judged = kinds.flatMap((kind) => endDay(state, known, kind));
  known.day = now;
  known.bytes = 0;
  known.places.fill(0);
  return { source: known, judged };
}

function newAspect(): Aspect {
  return { ...newScore(), habit: newHabit(), spell: new Float32Array(spellSize), trust: 1, told: false };
}

function endDay({ tails }: State, source: Source, kind: Kind): Judgement[] {
  const aspect = source.aspects[kind];
  const judged = isSettled(aspect) && aspect.score >= 0 ? [{ model: model.model, surprise: surpriseOf(chanceOfScore(tails[kind], aspect.score, law)) }] : [];
  const amount = amountOf(source, kind);
  if (amount > 0) learnDay(aspect.habit, amount, aspect.trust);
  Object.assign(aspect, newScore(), { trust: 1, told: false });
  return judged;
}

function isSettled({ habit }: Aspect): boolean {
  return habit.days >= settledDays - 0.5;
}

interface Found {
  readonly kind: Kind;
  readonly amount: number;
  readonly chance: number;
  readonly isOdd: boolean;
}

function judge({ tails }: State, source: Source, kind: Kind, time: number): Found {
  const aspect = source.aspects[kind];
  const amount = amountOf(source, kind);
  if (!isSettled(aspect)) return { kind, amount, chance: 1, isOdd: false };
  const score = excessOf(aspect.habit, amount);
  // A score is looked up when it has moved by a bin; most events of a busy source move nothing.
  if (aspect.score >= 0 && score < aspect.score + 0.25) return { kind, amount, chance: 1, isOdd: false };
  liftScore(tails[kind], aspect, time, law);
  const chance = chanceOfScore(tails[kind], score, law);
  // A day counts in the tail with the weight that it had when it began to be odd.
  const weight = aspect.trust < 1 ? aspect.weight : tailWeight(aspect.spell, chance, time, trust);
  aspect.trust = Math.min(aspect.trust, learningWeight(chance, trust));
  placeScore(tails[kind], aspect, score, time, law, weight);
  const isMuch = amount >= floors[kind] && amount >= timesUsual * Math.max(usualAmount(aspect.habit), aspect.habit.most / 2);
  return { kind, amount, chance, isOdd: isMuch && !aspect.told && chance <= bar && scoresSeen(tails[kind]) >= leastScores };
}

function tell(state: State, event: Event, name: string, source: Source, found: Found, time: number): { readonly signals: readonly UnscoredSignal[]; readonly diagnostics: readonly Diagnostic[] } {
  source.aspects[found.kind].told = true;
  state.odd[found.kind] += 1;
  const count = state.odd[found.kind];
  if (count > many) return { signals: [], diagnostics: [] };
  const { tells, diagnostics } = allows(state.budget, id, found.chance, time);
  return { signals: tells ? [signalOf(event, name, source, found, count === many)] : [], diagnostics };
}

function signalOf(event: Event, name: string, source: Source, { kind, amount, chance }: Found, isLast: boolean): UnscoredSignal {
  const { habit } = source.aspects[kind];
  const days = Math.round(habit.days);
  const what = kind === 'sent'
    ? `sent ${bytesShown(amount)} today; ${bytesShown(usualAmount(habit))} is usual, ${bytesShown(habit.most)} the most, on ${days} days`
    : `spoke to about ${Math.round(amount)} different places today; ${Math.round(usualAmount(habit))} is usual, ${Math.round(habit.most)} the most, on ${days} days`;
  const last = isLast ? `; it is the ${many}rd source that is so today, which looks like one change for all: the others are not told` : '';
  return {
    rule: id, title, severity: 'low', confidence: 'low',
    message: `${title}: ${shown(name)} ${what}; once in ${Math.round(1 / chance)} days of a source is as far above what is usual for it${last}`,
    time: event.time, techniques: kind === 'sent' ? ['T1048'] : ['T1046'], tactics: kind === 'sent' ? ['exfiltration'] : ['discovery'], evidence: [], events: [event],
    references: [kind === 'sent' ? 'https://attack.mitre.org/techniques/T1048/' : 'https://attack.mitre.org/techniques/T1046/'],
    falsePositives: kind === 'sent' ? ['A backup or a move of data that was planned'] : ['Inventory and scans by people whose work it is'],
    learned: { ...model, surprise: surpriseOf(chance) },
  };
}
