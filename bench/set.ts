import { isReached } from '#model/model-card.ts';
import type { Evaluation } from '#model/model-card.ts';

/** A set of figures: one file in `bench/sets/`. */
export interface BenchSet {
  readonly id: string;
  readonly title: string;
  /** Gives the figures, or a sentence that says why the set cannot run here. */
  run(): Promise<BenchResult | string>;
}

export interface BenchResult {
  readonly figures: readonly Figure[];
  /** What a reader must know to believe the figures. */
  readonly notes: readonly string[];
}

export interface Figure {
  readonly name: string;
  readonly value: string;
  /** What is to be reached, as the project's benchmarks or the issue put it; empty when nothing is promised. */
  readonly goal: string;
  /** Undefined where nothing is promised. */
  readonly reached?: boolean;
}

export function defineSet(set: BenchSet): BenchSet {
  return set;
}

export function figure(name: string, value: string, goal = '', reached?: boolean): Figure {
  return { name, value, goal, ...(reached === undefined ? {} : { reached }) };
}

/** What `watchward models evaluate` gives of the same folder. */
export async function evaluated(evaluation: Evaluation, folder: string): Promise<BenchResult> {
  const { figures, notes } = await evaluation.evaluate(folder);
  return {
    figures: figures.map((one) => figure(`${one.set}: ${one.measure}`, String(one.value), one.goal === undefined ? '' : `at ${one.better === 'lower' ? 'most' : 'least'} ${one.goal}`, isReached(one))),
    notes,
  };
}
