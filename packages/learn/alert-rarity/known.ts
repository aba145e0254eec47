import type { KeyedMemory } from '#model/stream.ts';
import { emptyHistogram } from './fading.ts';
import type { FadingCount, FadingHistogram } from './fading.ts';

const minute = 60_000;
export const day = 86_400_000;

/** What is known of one kind of alert in the whole network. */
export interface KindKnown {
  readonly episodes: FadingCount;
  /** Waves: episodes at any place that begin soon after each other; and those that went over several places. */
  readonly waves: FadingCount;
  readonly wide: FadingCount;
  /** The wave that goes on: where and when it last grew. */
  wave: { readonly place: string; readonly at: number; readonly wide: boolean } | undefined;
  /** In how many of its episodes the other kind began soon after, at the same place. */
  readonly followers: Map<string, number>;
}

/** One kind at one place. */
export interface KindHere {
  readonly episodes: FadingCount;
  /** Of the episode that goes on: when it began, how many alerts, and how rare it was. */
  begun: number;
  count: number;
  rare: number;
  /** The same, had nothing else been going on; below 0 for what comes more than once a day. */
  alone: number;
  /** How much of it the place was already charged with. */
  charged: number;
  /** Mean of log2 of the counts of past episodes, and their number. */
  size: number;
  sizes: number;
  /** The day on which it last learned, and how much it has learned on it. */
  day: number;
  lessons: number;
}

/** A kind that was active at a place of late. */
export interface ActiveKind {
  readonly kind: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

export interface PlaceKnown {
  /** The newest last. */
  readonly active: ActiveKind[];
  /** How much that is rare came together of late. */
  readonly joint: FadingCount;
  /** The outbreak that goes on: its peak, and when something rare was last added. */
  peak: number;
  last: number;
  /** Peaks of the outbreaks that are over. */
  readonly past: FadingHistogram;
}

export interface NetworkKnown {
  /** Time of the first alert; -1 before it. */
  since: number;
  now: number;
  readonly joint: FadingCount;
  readonly past: FadingHistogram;
}

/** All that is known; entries are plain data, `rarityLimits` bound them. */
export interface RarityState {
  readonly kinds: KeyedMemory<KindKnown>;
  readonly here: KeyedMemory<KindHere>;
  readonly places: KeyedMemory<PlaceKnown>;
  readonly network: NetworkKnown;
}

export const rarityLimits = { kinds: 5_000, here: 50_000, places: 10_000, active: 24, followers: 64 } as const;

export const law = {
  /** Habits fade by half in so long. */
  habit: 7 * day,
  /** Alerts of one kind at one place within so long of the first are one episode. */
  episode: 10 * minute,
  /** What is known before anything was seen weighs as much as so long a time of watching. */
  prior: day,
  /** Rare things that come within minutes add up; half of it is forgotten in so long. */
  joint: 15 * minute,
  /** An outbreak is over after so long without anything rare. */
  outbreak: 60 * minute,
  /** Past outbreaks fade by half in so long. */
  outbreaks: 2 * day,
  /** A kind that is rare here teaches at most so many episodes a day: a flood does not make itself common. */
  lessons: 2,
  /** What comes at least every other day is no oddity. */
  floor: Math.log10(2),
} as const;

/** What is rarer than once a day counts: -log10 of the chance that an episode which comes once a day begins now. */
export const onceADay = Math.log10(day / law.episode);

export function initialNetwork(): NetworkKnown {
  return { since: -1, now: 0, joint: { value: 0, at: 0 }, past: emptyHistogram(0) };
}

export function newKind(at: number): KindKnown {
  return { episodes: { value: 0, at }, waves: { value: 0, at }, wide: { value: 0, at }, wave: undefined, followers: new Map() };
}

export function newHere(at: number): KindHere {
  return { episodes: { value: 0, at }, begun: -Infinity, count: 0, rare: 0, alone: 0, charged: 0, size: 0, sizes: 0, day: -1, lessons: 0 };
}

export function newPlace(at: number): PlaceKnown {
  return { active: [], joint: { value: 0, at }, peak: 0, last: -Infinity, past: emptyHistogram(at) };
}
