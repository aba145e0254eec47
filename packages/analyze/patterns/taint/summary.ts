import type { ProgramFile } from '../program/functions.ts';
import type { TaintSink } from '../rule.ts';
import type { Mark } from './marks.ts';
import { clean, type Origin, sameTaints, shortPath, type Taints, union } from './taint.ts';

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
  /** How often something was learned. */
  version = 0;

  returned(taints: Taints): void {
    this.returns = this.joined(this.returns, taints);
  }

  reached({ home, mark, taints }: SinkEffect): void {
    const key = `${home.index} ${mark.start} ${mark.end}`;
    const before = this.sinks.get(key);
    if (before !== undefined || this.sinks.size < mostEffects) this.sinks.set(key, { home, mark, taints: this.joined(before?.taints ?? clean, taints) });
  }

  wrote(of: Origin, deepPath: string, taints: Taints): void {
    const path = shortPath(deepPath);
    const key = `${of} ${path}`;
    const before = this.writes.get(key);
    if (before !== undefined || this.writes.size < mostEffects) this.writes.set(key, { of, path, taints: this.joined(before?.taints ?? clean, taints) });
  }

  called(of: Origin, node: number, values: readonly Taints[]): void {
    const before = this.calls.get(`${node}`)?.values;
    if (this.calls.size >= mostEffects) return;
    if (before === undefined || before.length !== values.length || !before.every((taints, at) => sameTaints(taints, values[at] ?? clean))) this.version++;
    this.calls.set(`${node}`, { of, values });
  }

  private joined(before: Taints, taints: Taints): Taints {
    const after = union(before, taints);
    if (after.length !== before.length) this.version++;
    return after;
  }
}
