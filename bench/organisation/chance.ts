import { drawFrom } from '#learn/draw.ts';
import type { Draw } from '#learn/draw.ts';

/** Draws from laws that people and machines follow, from a seed. */
export class Chance {
  /** 0 to 1. */
  readonly next: Draw;

  constructor(seed: number) {
    this.next = drawFrom(seed);
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  normal(mean: number, deviation: number): number {
    return mean + deviation * Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Heavy to the right: half of the draws are below the median, one in forty above it times e^(2 spread). */
  lognormal(median: number, spread: number): number {
    return median * Math.exp(this.normal(0, spread));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** The first of the list most often (Zipf with this exponent). */
  ranked<T>(list: readonly T[], exponent = 1): T {
    const all = list.reduce((sum, _, index) => sum + (index + 1) ** -exponent, 0);
    let rest = this.next() * all;
    for (const [index, item] of list.entries()) {
      rest -= (index + 1) ** -exponent;
      if (rest <= 0) return item;
    }
    return list[0] as T;
  }

  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0] as T);
  }
}
