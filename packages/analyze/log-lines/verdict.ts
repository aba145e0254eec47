import { fading, hoursAt } from '#learn/behaviour/clock.ts';
import { learningWeight } from '#learn/behaviour/trust.ts';
import { chanceOfCount, countIn, usualCount, volumeSize, weighWindow } from '#learn/behaviour/volume.ts';
import type { Mined } from '#learn/templates/miner.ts';
import { learnNumbers, numbersOf, numbersSize, oddestNumber, type NumberVerdict } from '#learn/templates/numbers.ts';
import { countAsked, countLine, judgeStrength, learnStrength, mostStrength, type OddnessKind } from '#learn/templates/oddness.ts';
import { mostHosts, type ProgramStats, type TemplateStats } from './known.ts';
import type { LogText } from './log-text.ts';

const day = 86_400_000;
export const halfLife = 14 * day;
/** What is odd is learned with less weight, so that who is odd on purpose has to be so more often. */
const trust = { odd: 1e-3, least: 1 / 3, spell: day };
const volume = { halfLife, window: 600_000, priorMean: 4 };

/** One way in which a line is odd. */
export interface Oddity {
  readonly kind: OddnessKind;
  /** The chance that what the program writes is at least as odd in this way. */
  readonly chance: number;
  /** How many as odd are due in a day. */
  readonly aDay: number;
  /** Odd by itself, and not only because such things are seldom asked. */
  readonly odd: boolean;
  /** Lines of the template before this one. */
  readonly before: number;
  readonly number?: NumberVerdict;
  readonly count?: { readonly count: number; readonly usual: number; readonly windows: number };
}

/** Asks, then learns. The oddities of the line, those that could be asked. */
export function judgeLine(line: LogText, mined: Mined, template: TemplateStats, program: ProgramStats, now: number): Oddity[] {
  const { oddness } = program;
  countLine(oddness, now, halfLife);
  const before = seenBefore(template, now);
  const asked = (kind: OddnessKind, strength: number, more: Partial<Oddity> = {}): Oddity => {
    const { chance, aDay } = judgeStrength(oddness, kind, strength, now, halfLife);
    learnStrength(oddness, kind, strength, learningWeight(chance, trust), kind === 'count' ? 0 : 1);
    return { kind, chance, aDay, before, odd: true, ...more };
  };
  const rarity = asked('rarity', rarityOf(before, mined));
  const found = [rarity, ...numberOddity(line, mined, template, asked), ...countOddity(line, template, oddness, asked, now)];
  template.seen = before + 1;
  return found;
}

type Ask = (kind: OddnessKind, strength: number, more?: Partial<Oddity>) => Oddity;

function seenBefore(template: TemplateStats, now: number): number {
  const hours = hoursAt(now);
  const elapsed = hours - template.hours;
  if (template.hours !== 0 && elapsed < 1) return template.seen;
  const seen = template.hours === 0 ? 0 : template.seen * fading(elapsed, halfLife);
  template.hours = hours;
  return seen;
}

/** The fewer lines of its kind, the odder; one that differs from known ones in a single word is less odd than one like no other. */
function rarityOf(before: number, { novelty, near }: Mined): number {
  if (novelty === 'template') return near ? mostStrength - 3 : mostStrength;
  return mostStrength - 1 - Math.min(mostStrength - 1, Math.floor(Math.log2(1 + before)));
}

/** Where lists differ in length, the same place holds different things. */
function numberOddity({ text }: LogText, { template }: Mined, stats: TemplateStats, ask: Ask): Oddity[] {
  if (template.shown === undefined) return [];
  const numbers = numbersOf(text);
  if (numbers.length === 0) return [];
  const known = (stats.numbers ??= new Float32Array(numbersSize));
  const verdict = oddestNumber(known, numbers);
  const oddity = ask('number', verdict === undefined ? 0 : strengthOf(verdict.chance), verdict === undefined ? { odd: false } : { number: verdict, odd: verdict.chance < 0.1 });
  learnNumbers(known, numbers, verdict === undefined ? 1 : learningWeight(verdict.chance, trust));
  return [oddity];
}

/** Fewer windows than these say nothing of what is usual. */
const leastWindows = 12;
/** Fewer lines than these within ten minutes are no burst. */
const leastCount = 10;

/** Counts are asked where they reach the next step: 10, 12, 18 and so on. */
function countOddity({ host }: LogText, { volumes }: TemplateStats, oddness: Float32Array, ask: Ask, now: number): Oddity[] {
  const place = volumes.has(host) || volumes.size < mostHosts ? host : '*';
  const state = volumes.get(place) ?? new Float32Array(volumeSize);
  if (!volumes.has(place)) volumes.set(place, state);
  const count = countIn(state, now, volume);
  if (count === 1) countAsked(oddness, 'count');
  if (count < leastCount || Math.floor(Math.log(count) / step) === Math.floor(Math.log(count - 1) / step)) return [];
  const { mean, windows } = usualCount(state, volume);
  if (windows < leastWindows) return [];
  const chance = chanceOfCount(state, volume);
  if (chance < trust.odd) weighWindow(state, learningWeight(chance, trust));
  return [ask('count', strengthOf(chance), { odd: chance < trust.odd, count: { count, usual: mean, windows: Math.round(windows) } })];
}

const step = Math.log(1.5);

/** Half bits. */
function strengthOf(chance: number): number {
  return Math.min(mostStrength, Math.floor(-2 * Math.log2(Math.max(chance, 1e-12))));
}
