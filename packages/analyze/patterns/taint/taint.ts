import type { Bound } from '../match.ts';

/** Data from one source, or, where a symbol is set, whatever a caller may have put there. */
export interface Taint {
  readonly label: string;
  /** Number of the file in which the source lies. */
  readonly file: number;
  readonly start: number;
  readonly end: number;
  readonly bindings: ReadonlyMap<string, Bound>;
  /** Where it was kept on its way, newest first. */
  readonly step: Step | undefined;
  readonly symbol?: TaintSymbol;
}

/** What came into a function from outside: the parameter of a place, its receiver (-1), or a variable of the functions round it. */
export type Origin = number | string;

export interface TaintSymbol {
  readonly of: Origin;
  /** The member that is meant, `.a.b`; empty for the whole. */
  readonly path: string;
  /** The label that the caller's data must have. */
  readonly label: string;
}

export interface Step {
  readonly file: number;
  readonly start: number;
  readonly end: number;
  readonly note?: string;
  /** In place of a place of its own: the steps inside of a function that was called. */
  readonly inner?: Step;
  readonly before: Step | undefined;
  /** Steps up to this one. */
  readonly count: number;
}

export type Taints = readonly Taint[];

export const clean: Taints = [];
export const defaultLabel = '__SOURCE__';

/** Sources that are followed at once through one place; the first come are kept. */
const mostTaints = 40;
const mostSteps = 60;
const longestPath = 3;

export function union(a: Taints, b: Taints): Taints {
  if (a.length === 0 || a === b) return b;
  if (b.length === 0 || a.length === mostTaints) return a;
  let all: Taint[] | undefined;
  for (const one of b) {
    if (has(a, one)) continue;
    all ??= [...a];
    all.push(one);
  }
  return all === undefined || all.length <= mostTaints ? (all ?? a) : all.slice(0, mostTaints);
}

/** Puts one more among some, unless it is there. */
export function addTaint(all: Taint[], one: Taint): void {
  if (all.length < mostTaints && !has(all, one)) all.push(one);
}

function has(all: Taints, one: Taint): boolean {
  for (const other of all) if (other === one || sameTaint(other, one)) return true;
  return false;
}

export function sameTaints(a: Taints, b: Taints): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => sameTaint(one, b[at] as Taint)));
}

function sameTaint(a: Taint, b: Taint): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file && a.label === b.label && a.symbol?.of === b.symbol?.of && a.symbol?.path === b.symbol?.path;
}

/** The same data one place further; beyond a number of places they are no longer told. */
export function stepTo(taint: Taint, file: number, start: number, end: number, note?: string): Taint {
  const { step } = taint;
  if ((step?.start === start && step.file === file && note === undefined) || (step?.count ?? 0) >= mostSteps) return taint;
  return { ...taint, step: { file, start, end, before: step, count: (step?.count ?? 0) + 1, ...(note === undefined ? {} : { note }) } };
}

/** What a member of each holds. */
export function memberTaints(taints: Taints, path: string): Taints {
  if (path === '' || taints.every(({ symbol }) => symbol === undefined)) return taints;
  return taints.map((taint) => (taint.symbol === undefined ? taint : memberOf(taint, taint.symbol, path)));
}

function memberOf(taint: Taint, symbol: TaintSymbol, path: string): Taint {
  let depth = 1;
  for (let dot = symbol.path.indexOf('.'); dot !== -1; dot = symbol.path.indexOf('.', dot + 1)) depth++;
  return depth > longestPath ? taint : { ...taint, symbol: { ...symbol, path: symbol.path + path } };
}

/** A place as deep as members are told apart: what is put into a part further in is put into the whole of it. */
export function shortPath(path: string): string {
  const members = path.split('.');
  return members.length <= longestPath + 1 ? path : members.slice(0, longestPath + 1).join('.');
}

/** The steps of a function's own, after those that led into it. */
export function joinSteps(taint: Taint, inner: Step | undefined): Taint {
  const before = taint.step;
  if (inner === undefined || (before?.count ?? 0) >= mostSteps) return taint;
  const { file, start, end } = inner;
  return { ...taint, step: { file, start, end, inner, before, count: (before?.count ?? 0) + inner.count } };
}

/** All steps up to one, oldest first. */
export function stepsUpTo(last: Step | undefined): Step[] {
  const steps: Step[] = [];
  const open = [last];
  while (open.length > 0 && steps.length < mostSteps) {
    const step = open.pop();
    if (step === undefined) continue;
    open.push(step.before);
    if (step.inner === undefined) steps.push(step);
    else open.push(step.inner);
  }
  return steps.reverse();
}
