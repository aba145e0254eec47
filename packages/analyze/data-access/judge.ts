import type { DataAccess } from '#formats/data-access.ts';
import { amountsSize, learnAmount, peersOf } from '#learn/behaviour/amounts.ts';
import { fusedScore, independentTail, oddness } from '#learn/behaviour/fusion.ts';
import type { AspectChance } from '#learn/behaviour/fusion.ts';
import { day } from '#learn/behaviour/clock.ts';
import { askProfile, learnProfile } from '#learn/behaviour/profile.ts';
import { learnHour, rhythmSize } from '#learn/behaviour/rhythm.ts';
import { chanceOfScore, learnScore, tailSize } from '#learn/behaviour/tail.ts';
import { learningWeight, tailWeight } from '#learn/behaviour/trust.ts';
import { bytes as sizeWords, percent } from '../pipelines/reasons.ts';
import { factsOf, halfLife, pairProfile } from './window.ts';
import type { Pair } from './window.ts';

/** What all have in common: tails of chances by aspect, of scores, amounts by family of stores, hours. */
export interface Common {
  readonly tails: Map<string, Float32Array>;
  readonly amounts: Map<string, Float32Array>;
  readonly hours: Float32Array;
}

export interface Odd {
  readonly chance: number;
  /** `grave`: not only rare, but enough to be worth a look. */
  readonly reasons: readonly { readonly aspect: string; readonly chance: number; readonly clause: string; readonly grave: boolean }[];
}

const trust = { odd: 0.01, least: 0.2, spell: day };
const priorWeight = 40;
const amountLaw = { halfLife, spread: 1, priorCount: 3 };
const oddEnough = 0.1;

export function commonState(): Common {
  return { tails: new Map(), amounts: new Map(), hours: new Float32Array(rhythmSize) };
}

/** How odd the hour is so far: what it will come to in the end can only be more. */
export function judgeWindow(pair: Pair, common: Common, { family }: Pick<DataAccess, 'family'>, now: number): Odd {
  const { chances, reasons } = aspectsOf(pair, common, family, now);
  return { chance: chanceOfScore(tailOf(common, 'all'), fusedScore(chances), fusedLaw(chances)), reasons };
}

/** The hour is over: it is judged once more, and learned; what was odd with less weight. */
export function closeWindow(pair: Pair, common: Common, family: string, then: number): number {
  const { chances, raw } = aspectsOf(pair, common, family, then);
  const law = fusedLaw(chances);
  const score = fusedScore(chances);
  const chance = chanceOfScore(tailOf(common, 'all'), score, law);
  learnScore(tailOf(common, 'all'), score, then, law, tailWeight(pair.spell, chance, then, trust));
  for (const [aspect, one] of raw) learnScore(tailOf(common, aspect), oddness(one), then, aspectLaw);
  const weight = learningWeight(Math.min(chance, pair.odd), trust);
  const facts = factsOf(pair);
  for (const { aspect, amount } of facts) if (amount !== undefined) learnAmount(amountsOf(common, family, aspect), amount, then, amountLaw, weight);
  learnProfile(pairProfile, pair.facts, facts, then, weight);
  learnHour(common.hours, then, { halfLife }, weight);
  pair.hours += 1;
  return chance;
}

interface Aspects {
  readonly chances: AspectChance[];
  readonly raw: [aspect: string, chance: number][];
  readonly reasons: Odd['reasons'];
}

function aspectsOf(pair: Pair, common: Common, family: string, now: number): Aspects {
  const peers = { hours: common.hours, amounts: (aspect: string) => peersOf(amountsOf(common, family, aspect), amountLaw) };
  const facts = factsOf(pair);
  const own = askProfile(pairProfile, pair.facts, facts, now, { peers }).map(({ aspect, family: kin, chance, fact, middle, rests }) => ({
    aspect, family: kin, chance, say: () => clauseOf(aspect, facts[fact]?.amount ?? 0, { middle, rests, chance }), grave: isMuch(aspect, facts[fact]?.amount ?? 0, rests < 1 ? 0 : middle),
  }));
  const all = [...own, ...pair.novelty.map(([aspect, chance, clause]) => ({ aspect, family: 'novelty', chance, say: () => clause, grave: chance <= 0.02 }))];
  const judged = all.map((one) => ({ ...one, chance: chanceOfScore(tailOf(common, one.aspect), oddness(one.chance), aspectLaw) }));
  // Few hours have anything to say: words cost more than all the rest.
  const odd = judged.filter(({ chance }) => chance <= oddEnough).sort((a, b) => a.chance - b.chance);
  return { chances: judged, raw: all.map(({ aspect, chance }) => [aspect, chance]), reasons: odd.map(({ aspect, chance, say, grave }) => ({ aspect, chance, clause: say(), grave })) };
}

/** What is a few more than usual may be rare, and is nobody's theft. */
const least: ReadonlyMap<string, number> = new Map([['objects', 8], ['breadth', 8], ['rows', 1_000], ['bytes', 1e6]]);
const times = 3;

function isMuch(aspect: string, amount: number, middle: number): boolean {
  return amount >= (least.get(aspect) ?? Number.POSITIVE_INFINITY) && amount >= times * middle;
}

function clauseOf(aspect: string, amount: number, { middle, rests, chance }: { readonly middle: number; readonly rests: number; readonly chance: number }): string {
  const usual = (text: string): string => (rests < 1 ? 'having read none before' : `where ${text} is usual in ${Math.round(rests)} hours`);
  if (aspect === 'bytes') return `${sizeWords(amount)} ${usual(sizeWords(middle))}`;
  if (aspect === 'hour') return `at an hour as seldom as ${percent(chance)} of such hours`;
  const unit = aspect === 'breadth' ? 'different objects' : aspect;
  return `${Math.round(amount).toLocaleString('en-US')} ${unit} ${usual(Math.round(middle).toLocaleString('en-US'))}`;
}

const aspectLaw = { halfLife, prior: (score: number): number => Math.exp(-score), priorWeight };

function fusedLaw(chances: readonly AspectChance[]): { readonly halfLife: number; readonly prior: (score: number) => number; readonly priorWeight: number } {
  return { halfLife, prior: independentTail(Math.max(1, new Set(chances.map(({ family }) => family)).size)), priorWeight };
}

function tailOf(common: Common, name: string): Float32Array {
  const known = common.tails.get(name) ?? new Float32Array(tailSize);
  common.tails.set(name, known);
  return known;
}

function amountsOf(common: Common, family: string, aspect: string): Float32Array {
  const name = `${family} ${aspect}`;
  const known = common.amounts.get(name) ?? new Float32Array(amountsSize);
  common.amounts.set(name, known);
  return known;
}
