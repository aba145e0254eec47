/** Asks how odd a deed is for its entity, then learns it: one aspect after the other. */
import type { KeyedMemory } from '#model/stream.ts';
import { oddness } from '#learn/behaviour/fusion.ts';
import { markOf } from '#learn/behaviour/mark.ts';
import { learnPlace, travelTo } from '#learn/behaviour/places.ts';
import type { Travel } from '#learn/behaviour/places.ts';
import { chanceOfValue, isAnswered, isKnown, learnValue, raritySize } from '#learn/behaviour/rarity.ts';
import { chanceOfHour, isHourLearned, learnHour } from '#learn/behaviour/rhythm.ts';
import { learningWeight, tailWeight } from '#learn/behaviour/trust.ts';
import { chanceOfCount, countIn, weighWindow } from '#learn/behaviour/volume.ts';
import { learnNew, learnPeersHour, peersOf, peersWith, recentlyNewTo } from './crowd.ts';
import type { Peers, Tails } from './crowd.ts';
import { aspects } from './deed.ts';
import type { Aspect, Deed } from './deed.ts';
import { partOf } from './entity.ts';
import type { Oddity, Sitting } from './entity.ts';
import { oneChange, rhythmLaw, travelLaw, trustLaw, valueLaw, volumeLaws } from './laws.ts';

export interface Question {
  readonly memory: KeyedMemory<Float32Array>;
  readonly entity: Float32Array;
  readonly sitting: Sitting;
  readonly tails: Tails;
  readonly now: number;
  /** The entity has a history that its answers can be believed by, and counts in what all are measured by. */
  readonly settled: boolean;
}

/** What of this very deed was odder than anything in the sitting before. */
export interface Answers {
  readonly news: readonly Oddity[];
  /** Values that the entity had never had before. */
  readonly firsts: readonly Aspect[];
  readonly travel: Travel | undefined;
}

export function ask(question: Question, deed: Deed): Answers {
  const news: Oddity[] = [];
  const firsts: Aspect[] = [];
  // Whoever failed to sign in need not be who the name says: nothing of it becomes a habit.
  if (!(deed.signIn && deed.failed)) {
    for (const aspect of aspects) {
      const value = deed.values[aspect];
      if (value !== undefined && askValue(question, aspect, markOf(`${aspect}\0${value}`), news)) firsts.push(aspect);
    }
    askTarget(question, deed, news);
    askHour(question, news);
  }
  const travel = deed.failed ? undefined : askTravel(question, deed, news);
  askVolumes(question, deed, firsts.length, news);
  return { news, firsts, travel };
}

/** True when the value is new to the entity. */
function askValue(question: Question, aspect: Aspect, mark: number, news: Oddity[]): boolean {
  const { memory, entity, now } = question;
  const state = partOf(entity, aspect);
  if (isAnswered(state, mark, now, valueLaw)) return false;
  const isNew = !isKnown(state, mark);
  if (isNew && recentlyNewTo(memory, mark) >= oneChange) {
    // What several got in these days is one change for all of them, and was told of the first.
    learnValue(state, mark, now, valueLaw);
    learnNew(memory, entity, mark, now);
    return false;
  }
  const own = chanceOfValue(state, mark, now, valueLaw);
  const chance = judge(question, aspect, oddness(own) + (isNew ? peersOddness(peersOf(memory, entity), mark) : 0), mark, news);
  learnValue(state, mark, now, valueLaw, learningWeight(chance, trustLaw));
  if (isNew) learnNew(memory, entity, mark, now);
  return isNew;
}

/** The less the peers have a value, the odder it is to get it. */
function peersOddness(peers: Peers, mark: number): number {
  return -0.5 * Math.log((peersWith(peers, mark) + 0.5) / (peers.count + 1));
}

/** Measures a score by those of all like entities, notes the chance, and lets the score count among them. */
function judge({ sitting, tails, now, settled }: Question, oddity: Oddity, score: number, mark: number, news: Oddity[]): number {
  const chance = tails.chance(oddity, score);
  if (sitting.note(oddity, chance, mark)) news.push(oddity);
  if (settled) tails.learn(oddity, score, now, tailWeight(sitting.spell(oddity), chance, now, trustLaw));
  return chance;
}

const actorsOfTarget = 12;

/** A repository or machine knows who comes to it. */
function askTarget(question: Question, { kind, name, target }: Deed, news: Oddity[]): void {
  if (target === undefined) return;
  const { memory, now } = question;
  const key = `\0at ${target.kind} ${target.name}`;
  const state = memory.get(key) ?? new Float32Array(raritySize(actorsOfTarget));
  const mark = markOf(`${kind}\0${name}`);
  if (isAnswered(state, mark, now, valueLaw)) return;
  judge(question, 'newcomer', oddness(chanceOfValue(state, mark, now, valueLaw)), mark, news);
  learnValue(state, mark, now, valueLaw);
  memory.set(key, state);
}

function askHour(question: Question, news: Oddity[]): void {
  const { memory, entity, now } = question;
  const state = partOf(entity, 'rhythm');
  if (isHourLearned(state, now)) return;
  const peers = peersOf(memory, entity);
  const chance = judge(question, 'hour', oddness(chanceOfHour(state, now, rhythmLaw, peers.rhythm)), 0, news);
  learnHour(state, now, rhythmLaw, learningWeight(chance, trustLaw));
  learnPeersHour(memory, peers, now);
}

function askTravel(question: Question, { place, values }: Deed, news: Oddity[]): Travel | undefined {
  if (place === undefined) return undefined;
  const { entity, now } = question;
  const state = partOf(entity, 'place');
  const seen = { ...place, network: values.network === undefined ? 0 : markOf(values.network) };
  const travel = travelTo(state, seen, now, travelLaw);
  if (travel?.impossible === true) judge(question, 'travel', oddness(travel.chance), seen.network, news);
  learnPlace(state, seen, now, travelLaw);
  return travel;
}

function askVolumes(question: Question, deed: Deed, firsts: number, news: Oddity[]): void {
  askVolume(question, 'events', 1, news);
  if (deed.failed) askVolume(question, 'failures', 1, news);
  if (firsts > 0) askVolume(question, 'firsts', firsts, news);
}

/** A window counts with what it came to in the end: it is asked each time, and learned once. */
function askVolume({ entity, sitting, tails, now, settled }: Question, which: 'events' | 'failures' | 'firsts', amount: number, news: Oddity[]): void {
  const state = partOf(entity, which);
  const law = volumeLaws[which];
  const last = chanceOfCount(state, law);
  const count = countIn(state, now, law, amount);
  const begun = count === amount;
  if (begun && settled) tails.learn(which, oddness(last), now, tailWeight(sitting.spell(which), tails.chance(which, oddness(last)), now, trustLaw));
  const score = oddness(chanceOfCount(state, law));
  if (score === 0) return;
  const chance = tails.chance(which, score);
  weighWindow(state, learningWeight(chance, trustLaw));
  if (sitting.note(which, chance, count, begun)) news.push(which);
}
