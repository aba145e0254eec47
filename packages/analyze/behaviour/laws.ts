/** The laws of entities' habits. One configuration for all; none is fitted to a set of data. */
import { day, hour } from '#learn/behaviour/clock.ts';
import { independentTail } from '#learn/behaviour/fusion.ts';
import type { TailLaw } from '#learn/behaviour/tail.ts';
import type { VolumeLaw } from '#learn/behaviour/volume.ts';
import { families } from './entity.ts';

export const valueLaw = { halfLife: 45 * day, slot: day } as const;
export const rhythmLaw = { halfLife: 42 * day } as const;
export const travelLaw = { halfLife: 60 * day, fastest: 900, blur: 300 } as const;
export const volumeLaws: Readonly<Record<'events' | 'failures' | 'firsts', VolumeLaw>> = {
  events: { halfLife: 30 * day, window: hour, priorMean: 8 },
  failures: { halfLife: 30 * day, window: day, priorMean: 1.5 },
  firsts: { halfLife: 30 * day, window: day, priorMean: 2 },
};
export const peersLaw = { halfLife: 30 * day, near: 0.45, clearly: 0.15 } as const;
/** An entity's group is looked for anew after so long. */
export const groupedFor = 2 * day;
export const sharersLaw = { halfLife: 120 * day } as const;
/** What is new to several within so short a time is one change. */
export const waveLaw = { halfLife: 2 * day } as const;
export const oneChange = 3;

/** Of one question: what is thought before anything is seen is that its chance holds. */
export const aspectTailLaw: TailLaw = { halfLife: 60 * day, prior: independentTail(1), priorWeight: 30 };
/** Families are not as independent as that: what is odd together makes scores so much higher. */
const together = 1.25;
/** Of a sitting. */
export const sittingTailLaw: TailLaw = { halfLife: 60 * day, prior: (score) => independentTail(families)(score / together), priorWeight: 50 };

/** Odd days of one entity count once in this time in what all are measured by. */
export const trustLaw = { odd: 0.02, least: 0.25, spell: 30 * day } as const;

/** A sitting ends with so long a silence, or after so long. */
export const silence = 5 * hour;
export const longestSitting = day;

/** An entity speaks for itself after so many days and sittings. */
export const leastDays = 7;
export const leastSittings = 5;

/** Chances of a sitting from which it is told: at all, as more than a broken habit, and as that for a dangerous deed by which nothing else speaks of another's hand. */
export const bars = { told: 0.003, weighty: 0.0004, alone: 0.001 } as const;
/** An aspect is odd by itself from here. */
export const oddAspect = 0.05;

/** Days from which an entity is measured by others of its age. */
export const tiers = [14, 28] as const;
/** What those who are younger are measured by counts so much for who comes of age first. */
export const inherited = 0.3;
