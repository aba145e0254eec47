import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { Bound } from '../match.ts';
import type { Procedure } from '../program/calls.ts';
import type { ProgramFile } from '../program/functions.ts';
import type { TaintSink } from '../rule.ts';
import { childBy, symbolOf } from '../scopes.ts';
import { labelsSatisfy } from './labels.ts';
import { type Mark, markedNodes, noMarks, spanned, type TaintMarks } from './marks.ts';
import type { TaintRun } from './run.ts';
import { TaintState } from './state.ts';
import type { Summary } from './summary.ts';
import { clean, defaultLabel, memberTaints, type Origin, stepTo, type Taint, type Taints, union } from './taint.ts';

/** What an object that was made in a function holds in any of its members. */
export const anyMember = '.<any>';

/** What variables and their parts hold at one point of a function, and what the parts of a rule say about a node there. */
export class TaintPlaces {
  protected readonly run: TaintRun;
  protected readonly file: ProgramFile;
  protected readonly tree: CodeTree;
  protected readonly owner: Procedure;
  protected readonly marks: TaintMarks;
  private readonly marked: ReadonlySet<number>;
  /** Undefined where the program does not come to. */
  protected state: TaintState | undefined = new TaintState();
  /** What callers are told; undefined when there are none. */
  protected summary: Summary | undefined;
  /** Parameters by name. */
  protected readonly parameters = new Map<string, number>();
  /** What the program calls the receiver, where it is a parameter. */
  protected receiver: string | undefined;
  /** Within a function that has no name, inside of this one. */
  protected inLambda = false;
  /** The class whose method this is; -1 for none. */
  protected readonly ownClass: number;

  constructor(run: TaintRun, owner: Procedure) {
    this.run = run;
    this.owner = owner;
    this.file = owner.file;
    this.tree = owner.file.tree;
    this.marks = run.marksOf(owner.file) ?? noMarks;
    this.marked = markedNodes(this.marks);
    this.ownClass = owner.node === 0 ? -1 : this.file.facts.scopes.enclosingClass(owner.node);
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
    return this.marked.has(node) ? this.atMarked(node, value) : value;
  }

  private atMarked(node: number, value: Taints): Taints {
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
    this.atSinks(node, taints);
    return taints;
  }

  protected atSinks(node: number, taints: Taints): void {
    for (const sink of this.marks.sinks.get(node) ?? []) this.atSink(this.file, sink, taints);
  }

  private atSource(node: number, value: Taints): Taints {
    let taints = value;
    for (const { part, start, end, bindings } of this.marks.sources.get(node) ?? []) {
      const fresh: Taint = { label: part.label ?? defaultLabel, file: this.file.index, start, end, bindings, step: undefined };
      for (const own of part.requires === undefined ? [fresh] : this.conditional(fresh, part.requires, taints)) {
        if (part.bySideEffect !== false) this.write(node, union(this.pathTaints(node), [own]), false);
        taints = union(taints, [own]);
      }
    }
    return taints;
  }

  /** A source that asks for labels: it is one at once, or only for callers whose data has them. */
  private conditional(fresh: Taint, requires: string, taints: Taints): Taint[] {
    const here = labelsOf(taints.filter(({ symbol }) => symbol === undefined));
    if (labelsSatisfy(requires, here)) return [fresh];
    return taints.flatMap(({ symbol, label }) => (symbol !== undefined && labelsSatisfy(requires, new Set([...here, label])) ? [{ ...fresh, symbol }] : []));
  }

  protected atSink(home: ProgramFile, mark: Mark<TaintSink>, taints: Taints): void {
    if (taints.length === 0) return;
    const { requires } = mark.part;
    const own = taints.filter(({ symbol }) => symbol === undefined);
    const taint = this.run.options.taintUnifyMvars === true ? own.find(({ bindings }) => agree(bindings, mark.bindings)) : own[0];
    if (taint !== undefined && (typeof requires !== 'string' || labelsSatisfy(requires, labelsOf(own)))) this.run.report(home, mark, taint);
    if (this.summary === undefined || own.length === taints.length) return;
    this.summary.reached({ home, mark, taints });
    if (taints.some(({ symbol }) => typeof symbol?.of === 'string')) this.run.capture();
  }

  protected read(node: number): Taints {
    const { state } = this;
    const path = this.pathOf(node);
    if (state === undefined || path === undefined) return clean;
    return state.known(path) ?? this.beyond(path, node);
  }

  /** What is known of a place that this function has put nothing into. */
  protected beyond(path: string, node: number): Taints {
    const dot = path.indexOf('.');
    const root = dot === -1 ? path : path.slice(0, dot);
    const rest = dot === -1 ? '' : path.slice(dot);
    if (root === 'this') return rest === '' ? clean : this.run.held(this.fieldPlace(rest));
    const nested = this.summary !== undefined && this.owner.node !== 0;
    const place = `${this.file.index} ${root}`;
    if (!nested && this.run.holdsNothing(place)) return clean;
    const outside = this.outside(root, node);
    if (outside === undefined) return clean;
    if (outside === 0) return this.run.held(place);
    return nested ? memberTaints(this.symbols(root, node), rest) : clean;
  }

  /** Where a variable is declared when that is not in this function: the function or file round it. */
  protected outside(name: string, node: number): number | undefined {
    const { tree, owner } = this;
    const variable = this.file.facts.scopes.resolve(name, node);
    if (variable === undefined) return undefined;
    const { declaration } = variable;
    if (owner.node !== 0 && declaration >= owner.node && declaration < (tree.next[owner.node] as number)) return undefined;
    if (tree.kind[declaration] === K.Function || tree.kind[declaration] === K.Class) return undefined;
    for (let at = tree.parent[declaration] as number; at !== 0; at = tree.parent[at] as number) if (tree.kind[at] === K.Function || tree.kind[at] === K.Lambda) return at;
    return 0;
  }

  /** Whatever a caller may have put into a parameter or another thing from outside. */
  protected symbols(of: Origin, node: number): Taints {
    const [start, end] = [this.tree.start[node] as number, this.tree.end[node] as number];
    return this.run.labels.map((label) => ({ label, file: this.file.index, start, end, bindings: none, step: undefined, symbol: { of, path: '', label } }));
  }

  protected holdField(rest: string, taints: Taints): void {
    if (rest !== '' && this.ownClass !== -1 && taints.length > 0) this.run.hold(this.fieldPlace(rest), taints);
  }

  private fieldPlace(rest: string): string {
    return `${this.file.index} ${this.ownClass} ${rest.split('.')[1]}`;
  }

  /** `x`, `x.y`, `this.y`: what can be kept apart. */
  protected pathOf(node: number): string | undefined {
    const { tree } = this;
    if (tree.kind[node] === K.Name) return this.nameOf(node);
    if (tree.kind[node] !== K.Member) return undefined;
    const object = this.pathOf(this.by(node, R.Object));
    const name = this.by(node, R.Name);
    return object === undefined || name === -1 || tree.kind[name] !== K.Name ? undefined : `${object}.${symbolOf(tree, name)}`;
  }

  private nameOf(node: number): string {
    const name = symbolOf(this.tree, node);
    if (name === this.receiver) return 'this';
    if (this.ownClass === -1 || !this.file.bareFields.has(name)) return name;
    const variable = this.file.facts.scopes.resolve(name, node);
    return variable !== undefined && this.tree.kind[this.tree.parent[variable.declaration] as number] === K.ClassBody ? `this.${name}` : name;
  }

  protected pathTaints(node: number): Taints {
    const path = this.pathOf(node);
    return path === undefined || this.state === undefined ? clean : (this.state.known(path) ?? clean);
  }

  /** Puts what a target holds into the state; where it is no plain path, into the whole that it is part of. */
  protected write(target: number, taints: Taints, strong: boolean): void {
    const { tree, state } = this;
    if (target === -1 || state === undefined) return;
    const path = this.pathOf(target);
    if (path !== undefined) return this.writePath(path, taints, target, strong);
    const kind = tree.kind[target];
    if (kind === K.Index) {
      const object = this.by(target, R.Object);
      if (taints.length > 0) this.write(object, union(this.pathTaints(object), taints), false);
    } else if (kind === K.Object || kind === K.Array || kind === K.Tuple || kind === K.List || kind === K.Spread || kind === K.Param) this.eachChild(target, (child) => this.write(child, taints, strong));
    else if (kind === K.Pair) this.write(this.by(target, R.Value), taints, strong);
    else if (kind === K.Assign) this.write(this.by(target, R.Left), taints, strong);
  }

  protected writePath(path: string, taints: Taints, target: number, strong: boolean): void {
    const { tree, state } = this;
    if (state === undefined) return;
    if (taints.length === 0) return state.setWhole(path, clean);
    const kept = taints.map((taint) => stepTo(taint, this.file.index, tree.start[target] as number, tree.end[target] as number));
    state.setWhole(path, kept);
    this.tell(path, kept, target, strong);
  }

  /** What others see of it: callers, methods of the same class, functions that share the variable. */
  private tell(path: string, taints: Taints, target: number, strong: boolean): void {
    const dot = path.indexOf('.');
    const root = dot === -1 ? path : path.slice(0, dot);
    const rest = dot === -1 ? '' : path.slice(dot);
    if (root === 'this') {
      // What a method itself puts there counts as it is when the method ends.
      if (this.inLambda) this.holdField(rest, taints);
      return this.summary?.wrote(-1, rest, taints);
    }
    const parameter = this.parameters.get(root);
    if (parameter !== undefined) {
      // Another value for the parameter itself is nothing that a caller sees.
      if (rest !== '' || !strong) this.summary?.wrote(parameter, rest, taints);
      return;
    }
    const outside = this.owner.node === 0 && this.isOfFile(target) ? 0 : this.outside(root, target);
    if (outside === 0) this.run.hold(`${this.file.index} ${root}`, taints);
    else if (outside !== undefined) this.summary?.wrote(root, rest, taints);
  }

  /** Whether a node lies outside of all functions. */
  private isOfFile(node: number): boolean {
    const { tree } = this;
    for (let at = node; at !== 0; at = tree.parent[at] as number) if (tree.kind[at] === K.Lambda || tree.kind[at] === K.Function) return false;
    return true;
  }
}

const none: ReadonlyMap<string, Bound> = new Map();

/** Where both name a metavariable, they say the same. */
function agree(a: ReadonlyMap<string, Bound>, b: ReadonlyMap<string, Bound>): boolean {
  return [...a].every(([name, { text }]) => (b.get(name)?.text ?? text) === text);
}

function labelsOf(taints: Taints): ReadonlySet<string> {
  return new Set(taints.map((taint) => taint.label));
}
