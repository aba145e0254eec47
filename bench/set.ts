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
