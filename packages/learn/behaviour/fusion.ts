import { erlangTail } from '../gamma.ts';

/** The chance that one aspect gives to an event. Aspects of one family tend to be odd together: a new laptop is a new host, tool and address. */
export interface AspectChance {
  readonly family: string;
  readonly chance: number;
}

/** Of a family the oddest aspect counts whole, each other by this part. */
const echo = 0.2;
const least = 1e-12;

/** How odd aspects are together: Fisher's sum of -ln chance, over families. More is odder; what it means, only a tail of such sums can say. */
export function fusedScore(aspects: readonly AspectChance[]): number {
  return fused(aspects).score;
}

/** The same with how many families there were. They are few: to look through them is quicker than a table. */
export function fused(aspects: readonly AspectChance[]): { readonly score: number; readonly families: number } {
  const families: string[] = [];
  const most: number[] = [];
  const all: number[] = [];
  for (const { family, chance } of aspects) {
    const odd = oddness(chance);
    const at = families.indexOf(family);
    if (at < 0) {
      families.push(family);
      most.push(odd);
      all.push(odd);
    } else {
      most[at] = Math.max(most[at] as number, odd);
      all[at] = (all[at] as number) + odd;
    }
  }
  let score = 0;
  for (let at = 0; at < families.length; at += 1) score += (most[at] as number) + echo * ((all[at] as number) - (most[at] as number));
  return { score, families: families.length };
}

/** -ln of a chance; what no chance can be counts as certain. */
export function oddness(chance: number): number {
  return chance >= 1 || Number.isNaN(chance) ? 0 : -Math.log(Math.max(least, chance));
}

/** The tail that the score would have if so many families were independent: what is thought before any score is seen. */
export function independentTail(families: number): (score: number) => number {
  return (score) => erlangTail(score, families);
}

/** -log10 of a chance: 3 is once in a thousand. */
export function surpriseOf(chance: number): number {
  return chance >= 1 ? 0 : -Math.log10(Math.max(least, chance));
}
