import type { Bound } from '../match.ts';

/** Data from one source. */
export interface Taint {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly bindings: ReadonlyMap<string, Bound>;
  /** Where it was kept on its way, newest first. */
  readonly step: Step | undefined;
}

export interface Step {
  readonly start: number;
  readonly end: number;
  readonly before: Step | undefined;
}

export type Taints = readonly Taint[];

export const clean: Taints = [];
export const defaultLabel = '__SOURCE__';

/** Sources that are followed at once through one place; the first come are kept. */
const mostTaints = 40;

export function union(a: Taints, b: Taints): Taints {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0) return a;
  const more = b.filter((one) => !a.some((other) => other.start === one.start && other.end === one.end && other.label === one.label));
  return more.length === 0 ? a : [...a, ...more].slice(0, mostTaints);
}

/** What each variable, or part of one (`x.y`), holds. One that was made clean is there with nothing. */
export type TaintState = Map<string, Taints>;

/** What holds when either path was taken; undefined is a path that ended. */
export function either(a: TaintState | undefined, b: TaintState | undefined): TaintState | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const out: TaintState = new Map(a);
  for (const [path, taints] of b) out.set(path, union(out.get(path) ?? outer(a, path), taints));
  for (const [path, taints] of a) if (!b.has(path)) out.set(path, union(taints, outer(b, path)));
  return out;
}

/** What a part holds when only the whole is known. */
export function outer(state: TaintState, path: string): Taints {
  for (let at = path; ; ) {
    const known = state.get(at);
    if (known !== undefined) return known;
    const dot = at.lastIndexOf('.');
    if (dot === -1) return clean;
    at = at.slice(0, dot);
  }
}
