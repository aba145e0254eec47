import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { Bound, PatternMatch } from '../match.ts';
import type { TaintSink } from '../rule.ts';
import { childBy, symbolOf } from '../scopes.ts';
import { labelsSatisfy } from './labels.ts';
import { type Mark, spanned, type TaintMarks } from './marks.ts';
import { clean, defaultLabel, outer, type Taint, type Taints, type TaintState, union } from './taint.ts';

const mostSteps = 50;

/** What variables and their parts hold at one point of a program, and what the parts of a rule say about a node there. */
export class TaintPlaces {
  readonly found = new Map<string, PatternMatch>();
  protected readonly tree: CodeTree;
  protected readonly marks: TaintMarks;
  /** Undefined where the program does not come to. */
  protected state: TaintState | undefined = new Map();

  constructor(tree: CodeTree, marks: TaintMarks) {
    this.tree = tree;
    this.marks = marks;
  }

  protected eachChild(node: number, visit: (child: number) => void): void {
    const { tree } = this;
    for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) visit(child);
  }

  protected by(node: number, role: number): number {
    return childBy(this.tree, node, role);
  }

  /** What sources, sanitizers, propagators and sinks say about a node. */
  protected atNode(node: number, value: Taints): Taints {
    let taints = value;
    const sanitizers = this.marks.sanitizers.get(node);
    if (sanitizers !== undefined) {
      if (sanitizers.some(({ part }) => part.bySideEffect !== false)) this.write(node, clean, false);
      if (sanitizers.some(({ part }) => part.bySideEffect !== 'only')) taints = clean;
    } else taints = this.atSource(node, taints);
    for (const { part, start, end } of this.marks.propagators.get(node) ?? []) {
      if (taints.length === 0 || (part.requires !== undefined && !labelsSatisfy(part.requires, labelsOf(taints)))) continue;
      const sent = part.label === undefined ? taints : taints.map((taint) => ({ ...taint, label: part.label as string }));
      for (const target of spanned(this.tree, start, end, false)) this.write(target, union(this.pathTaints(target), sent), false);
    }
    for (const sink of this.marks.sinks.get(node) ?? []) this.atSink(sink, taints);
    return taints;
  }

  private atSource(node: number, value: Taints): Taints {
    let taints = value;
    for (const { part, start, end, bindings } of this.marks.sources.get(node) ?? []) {
      if (part.requires !== undefined && !labelsSatisfy(part.requires, labelsOf(taints))) continue;
      const own: Taint = { label: part.label ?? defaultLabel, start, end, bindings, step: undefined };
      if (part.bySideEffect !== false) this.write(node, union(this.pathTaints(node), [own]), false);
      taints = union(taints, [own]);
    }
    return taints;
  }

  private atSink({ part, start, end, bindings }: Mark<TaintSink>, taints: Taints): void {
    if (taints.length === 0) return;
    const { requires } = part;
    const labels = labelsOf(taints);
    if (typeof requires === 'string' && !labelsSatisfy(requires, labels)) return;
    if (requires === undefined && !labels.has(defaultLabel) && [...labels].length === 0) return;
    const [taint] = taints;
    if (taint === undefined) return;
    const key = `${start}-${end}`;
    if (this.found.has(key)) return;
    const steps: { readonly start: number; readonly end: number; readonly role: 'step' }[] = [];
    for (let at = taint.step; at !== undefined && steps.length < mostSteps; at = at.before) steps.unshift({ start: at.start, end: at.end, role: 'step' });
    const trace: PatternMatch['trace'] = [{ start: taint.start, end: taint.end, role: 'source' }, ...steps, { start, end, role: 'sink' }];
    this.found.set(key, { start, end, bindings: new Map<string, Bound>([...taint.bindings, ...bindings]), trace });
  }

  protected read(node: number): Taints {
    return this.state === undefined ? clean : outer(this.state, symbolOf(this.tree, node));
  }

  /** `x`, `x.y`, `this.y`: what can be kept apart. */
  protected pathOf(node: number): string | undefined {
    const { tree } = this;
    if (tree.kind[node] === K.Name) return symbolOf(tree, node);
    if (tree.kind[node] !== K.Member) return undefined;
    const object = this.pathOf(this.by(node, R.Object));
    const name = this.by(node, R.Name);
    return object === undefined || name === -1 || tree.kind[name] !== K.Name ? undefined : `${object}.${symbolOf(tree, name)}`;
  }

  protected pathTaints(node: number): Taints {
    const path = this.pathOf(node);
    return path === undefined || this.state === undefined ? clean : outer(this.state, path);
  }

  /** Puts what a target holds into the state; where it is no plain path, into the whole that it is part of. */
  protected write(target: number, taints: Taints, strong: boolean): void {
    const { tree, state } = this;
    if (target === -1 || state === undefined) return;
    const path = this.pathOf(target);
    if (path !== undefined) {
      for (const other of state.keys()) if (other.startsWith(`${path}.`)) state.delete(other);
      state.set(path, taints.map((taint) => stepped(taint, tree, target)));
      return;
    }
    const kind = tree.kind[target];
    if (kind === K.Index) {
      const object = this.by(target, R.Object);
      if (taints.length > 0) this.write(object, union(this.pathTaints(object), taints), false);
    } else if (kind === K.Object || kind === K.Array || kind === K.Tuple || kind === K.List || kind === K.Spread || kind === K.Param) this.eachChild(target, (child) => this.write(child, taints, strong));
    else if (kind === K.Pair) this.write(this.by(target, R.Value), taints, strong);
    else if (kind === K.Assign) this.write(this.by(target, R.Left), taints, strong);
  }
}

function labelsOf(taints: Taints): ReadonlySet<string> {
  return new Set(taints.map((taint) => taint.label));
}

function stepped(taint: Taint, tree: CodeTree, node: number): Taint {
  const [start, end] = [tree.start[node] as number, tree.end[node] as number];
  return taint.step?.start === start ? taint : { ...taint, step: { start, end, before: taint.step } };
}
