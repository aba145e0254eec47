import type { ProgramFile } from '../program/functions.ts';
import type { TaintSink } from '../rule.ts';
import type { Mark } from './marks.ts';
import { clean, type Origin, shortPath, type Taints, union } from './taint.ts';

/** A sink that is reached by what comes into a function. */
export interface SinkEffect {
  readonly home: ProgramFile;
  readonly mark: Mark<TaintSink>;
  readonly taints: Taints;
}

/** What a function puts into a thing that it was given. */
export interface WriteEffect {
  readonly of: Origin;
  readonly path: string;
  readonly taints: Taints;
}

/** A function that came in as a parameter is called with these. */
export interface CallEffect {
  readonly of: Origin;
  readonly values: readonly Taints[];
}

const mostEffects = 200;

/** What a call of a function does, whoever calls it. */
export class Summary {
  returns: Taints = clean;
  readonly sinks = new Map<string, SinkEffect>();
  readonly writes = new Map<string, WriteEffect>();
  readonly calls = new Map<string, CallEffect>();

  returned(taints: Taints): void {
    this.returns = union(this.returns, taints);
  }

  reached({ home, mark, taints }: SinkEffect): void {
    const key = `${home.index} ${mark.start} ${mark.end}`;
    const before = this.sinks.get(key);
    if (before !== undefined) this.sinks.set(key, { home, mark, taints: union(before.taints, taints) });
    else if (this.sinks.size < mostEffects) this.sinks.set(key, { home, mark, taints });
  }

  wrote(of: Origin, deepPath: string, taints: Taints): void {
    const path = shortPath(deepPath);
    const key = `${of} ${path}`;
    const before = this.writes.get(key);
    if (before !== undefined) this.writes.set(key, { of, path, taints: union(before.taints, taints) });
    else if (this.writes.size < mostEffects) this.writes.set(key, { of, path, taints });
  }

  called(of: Origin, node: number, values: readonly Taints[]): void {
    if (this.calls.size < mostEffects) this.calls.set(`${node}`, { of, values });
  }

  /** Grows as long as anything is learned. */
  get weight(): number {
    let sum = this.returns.length + this.calls.size;
    for (const { taints } of this.sinks.values()) sum += taints.length;
    for (const { taints } of this.writes.values()) sum += taints.length;
    for (const { values } of this.calls.values()) for (const taints of values) sum += taints.length;
    return sum;
  }
}
