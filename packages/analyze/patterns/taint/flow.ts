import { K, R } from '#model/code-tree.ts';
import { PatternOverBudget } from '../matcher.ts';
import { symbolOf } from '../scopes.ts';
import { comparisons } from '../types.ts';
import { TaintBranches } from './branches.ts';
import type { Summary } from './summary.ts';
import { anyMember } from './places.ts';
import { either, TaintState } from './state.ts';
import { clean, memberTaints, type Taints, union } from './taint.ts';

/** Methods that call what they are given with what they hold. */
const callsBack: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'then', 'some', 'every', 'find', 'flatMap', 'findIndex', 'reduce', 'ifPresent', 'anyMatch', 'allMatch', 'thenApply', 'thenAccept', 'thenCompose']);

/** Follows data from sources to sinks in one function, or in what stands outside of functions. */
export class TaintWalk extends TaintBranches {
  /** What lambdas get that are given to a method of something. */
  private readonly given = new Map<number, readonly Taints[]>();
  /** What is given back, by the function that is walked and the lambdas in it. */
  private returned: Taints = clean;
  /** What holds where the function is left before its end. */
  private ended: TaintState | undefined;

  program(): void {
    this.eachChild(0, (node) => this.walk(node));
  }

  /** With a summary, parameters hold whatever callers may pass. */
  procedure(summary: Summary | undefined): void {
    const { node } = this.owner;
    this.summary = summary;
    const { receiver, list } = this.file.parameters(node);
    const self = receiver === -1 ? -1 : this.file.parameterName(receiver);
    if (self !== -1) this.receiver = symbolOf(this.tree, self);
    this.state = new TaintState();
    if (summary !== undefined && this.ownClass !== -1) this.state.set('this', this.symbols(-1, node));
    const attributes = this.by(node, R.Attributes);
    if (attributes !== -1) this.walk(attributes);
    list.forEach((param, at) => this.seed(param, at));
    this.body(node);
    this.holdFields();
    summary?.returned(this.returned);
  }

  private seed(param: number, at: number): void {
    const name = this.file.parameterName(param);
    if (name !== -1) this.parameters.set(symbolOf(this.tree, name), at);
    this.parameter(param, this.summary === undefined ? clean : this.symbols(at, param));
  }

  private leave(value: Taints): void {
    this.returned = union(this.returned, value);
    if (!this.inLambda) this.ended = either(this.ended, this.state);
  }

  /** Fields of the object keep what they have when a method ends. */
  private holdFields(): void {
    for (const [path, taints] of either(this.ended, this.state) ?? []) if (path.startsWith('this.')) this.holdField(path.slice(4), taints);
  }

  private body(node: number): void {
    const body = this.by(node, R.Body);
    if (body !== -1) this.walk(body);
  }

  /** Walks a statement or expression; gives what its value holds. */
  protected walk(node: number): Taints {
    if (node === -1) return clean;
    if (--this.run.steps < 0) throw new PatternOverBudget('the flow of data took too many steps');
    const value = this.value(node);
    return this.atNode(node, value);
  }

  private value(node: number): Taints {
    switch (this.tree.kind[node]) {
      case K.Name:
        return this.readWhole(node);
      case K.Member:
        return this.member(node);
      case K.Call:
      case K.New:
        return this.call(node);
      case K.Lambda:
      case K.Function:
        return this.func(node);
      case K.Yield: {
        const value = this.everything(node);
        this.returned = union(this.returned, value);
        return value;
      }
      case K.Class:
        return this.inOwnState(() => this.eachChild(node, (child) => this.walk(child)));
      case K.VarDef:
        return this.keep(node, R.Target, R.Init);
      case K.Assign:
        return this.keep(node, R.Left, R.Right);
      case K.AugAssign:
        return this.augment(node);
      case K.If:
      case K.Conditional:
        return this.branch(node);
      case K.While:
      case K.For:
      case K.ForEach:
      case K.DoWhile:
        return this.loop(node);
      case K.Try:
        return this.tryBlock(node);
      case K.Switch:
        return this.switchCases(node);
      case K.With:
        return this.withItems(node);
      case K.Return:
      case K.Throw: {
        const value = this.walk(this.by(node, R.Value));
        this.atNode(node, value);
        if (this.tree.kind[node] === K.Return) this.leave(value);
        this.state = undefined;
        return value;
      }
      case K.Break:
      case K.Continue:
        return clean;
      case K.Index: {
        const object = this.walk(this.by(node, R.Object));
        const key = this.walk(this.by(node, R.Key));
        return this.run.options.taintAssumeSafeIndexes === true ? object : union(object, key);
      }
      default:
        return this.everything(node);
    }
  }

  /** A variable that is passed on as a whole gives what was put into its members when it was made. */
  private readWhole(node: number): Taints {
    const own = this.read(node);
    const parent = this.tree.kind[this.tree.parent[node] as number];
    if (parent !== K.Args && parent !== K.Return) return own;
    const path = this.pathOf(node);
    const made = path === undefined ? undefined : this.state?.get(path + anyMember);
    return made === undefined ? own : union(own, made);
  }

  protected everything(node: number): Taints {
    let all = clean;
    this.eachChild(node, (child) => {
      const role = this.tree.role[child];
      if (role === R.Key && this.tree.kind[node] === K.Pair) return;
      if (role === R.Name && this.tree.kind[node] === K.Keyword) return;
      const value = this.walk(child);
      if (role === R.Value && this.tree.kind[node] === K.Pair) this.pairs.set(child, value);
      all = union(all, value);
    });
    return this.isSafeValue(node) ? clean : all;
  }

  private isSafeValue(node: number): boolean {
    const { tree } = this;
    const kind = tree.kind[node];
    if (kind === K.Block || kind === K.Import) return true;
    const { taintAssumeSafeComparisons: asComparisons, taintAssumeSafeBooleans: asBooleans } = this.run.options;
    return (asComparisons === true || asBooleans === true) && kind === K.Binary && comparisons.test(symbolOf(tree, node));
  }

  private member(node: number): Taints {
    const path = this.pathOf(node);
    const object = this.walk(this.by(node, R.Object));
    const own = path === undefined ? undefined : this.state?.get(path);
    if (own !== undefined) return own;
    const name = this.by(node, R.Name);
    const value = name === -1 ? object : memberTaints(object, `.${symbolOf(this.tree, name)}`);
    return path !== undefined && this.isReceiver(this.by(node, R.Object)) ? union(value, this.beyond(path, node)) : value;
  }

  private isReceiver(node: number): boolean {
    return this.tree.kind[node] === K.Name && this.pathOf(node) === 'this';
  }

  private keep(node: number, targetRole: number, valueRole: number): Taints {
    const target = this.by(node, targetRole);
    const value = this.by(node, valueRole);
    const attributes = this.by(node, R.Attributes);
    if (attributes !== -1) this.walk(attributes);
    const taints = this.walk(value);
    const kind = this.tree.kind[target];
    if (kind === K.Index || kind === K.Member) this.walkTarget(target);
    if (value !== -1 || this.state?.has(this.pathOf(target) ?? '') !== true) this.write(target, taints, true);
    this.keepMade(target, value);
    const marked = this.atNode(target, taints);
    if (marked !== taints) this.write(target, marked, true);
    return taints;
  }

  /** What is read while a place is found, its key and the object before it; by these the place may be a sink. */
  private walkTarget(target: number): void {
    const keyed = this.walk(this.by(target, R.Key));
    const object = this.by(target, R.Object);
    const held = object !== -1 && this.tree.kind[object] === K.Name ? this.atNode(object, this.pathTaints(object)) : this.walk(object);
    this.atSinks(target, union(held, keyed));
  }

  private augment(node: number): Taints {
    const target = this.by(node, R.Left);
    const taints = union(this.walk(target), this.walk(this.by(node, R.Right)));
    this.write(target, taints, true);
    return taints;
  }

  private call(node: number): Taints {
    const callee = this.by(node, R.Callee);
    const receiver = this.walk(callee);
    const args = this.by(node, R.Args);
    const nodes: number[] = [];
    const values: Taints[] = [];
    if (args !== -1) {
      if (receiver.length > 0) this.giveBack(callee, args, receiver);
      this.eachChild(args, (argument) => {
        nodes.push(argument);
        values.push(this.walk(argument));
      });
      this.atNode(args, values.reduce(union, clean));
    }
    const body = this.by(node, R.Body);
    if (body !== -1) this.inOwnState(() => this.walk(body));
    const entered = this.enter({ node, callee, args: nodes, values, receiver });
    if (entered !== undefined) return entered;
    return this.run.options.taintAssumeSafeFunctions === true && !this.carries(callee) ? clean : values.reduce(union, receiver);
  }

  /** Whether the function at a callee is one that gives on what goes in. */
  private carries(callee: number): boolean {
    const { tree } = this;
    const name = callee !== -1 && tree.kind[callee] === K.Member ? this.by(callee, R.Name) : callee;
    return name !== -1 && tree.kind[name] === K.Name && this.run.carriers?.test(symbolOf(tree, name)) === true;
  }

  /** `data.forEach((one) => ...)`: the function gets what the receiver holds. */
  private giveBack(callee: number, args: number, receiver: Taints): void {
    const { tree } = this;
    const name = callee !== -1 && tree.kind[callee] === K.Member ? this.by(callee, R.Name) : -1;
    if (name === -1 || !callsBack.has(symbolOf(tree, name))) return;
    this.eachChild(args, (argument) => {
      if (tree.kind[argument] === K.Lambda) this.given.set(argument, [receiver]);
    });
  }

  /** Walks a lambda again with what it is called with. */
  protected override callLambda(node: number, values: readonly Taints[]): void {
    this.given.set(node, values);
    this.func(node);
  }

  private inOwnState(body: () => void): Taints {
    const kept = this.state;
    this.state = kept?.copy() ?? new TaintState();
    body();
    this.state = kept;
    return clean;
  }

  /** One with a name is walked by itself; one without sees what is round it. */
  private func(node: number): Taints {
    if (this.tree.kind[node] === K.Function) return clean;
    const kept = this.state;
    const { returned, inLambda } = this;
    this.inLambda = true;
    this.state = kept?.copy() ?? new TaintState();
    const attributes = this.by(node, R.Attributes);
    if (attributes !== -1) this.walk(attributes);
    const params = this.by(node, R.Params);
    const values = this.given.get(node);
    let at = 0;
    if (params !== -1) this.eachChild(params, (param) => this.parameter(param, values?.[at++] ?? clean));
    this.body(node);
    this.state = kept;
    this.returned = returned;
    this.inLambda = inLambda;
    return clean;
  }

  private parameter(param: number, value: Taints): void {
    const target = this.tree.kind[param] === K.Param ? this.by(param, R.Target) : param;
    if (value.length > 0) this.bind(target, value);
    else this.write(target, clean, true);
    const preset = this.tree.kind[param] === K.Param ? this.by(param, R.Value) : -1;
    let taints = this.atNode(param, union(this.walk(preset), value));
    if (target !== param && target !== -1) taints = this.atNode(target, taints);
    if (taints.length > 0 && taints !== value) this.write(target, taints, true);
    this.destructured(target);
  }

  /** A parameter holds what it was given; one that takes it apart, its members. Nothing that others would see. */
  private bind(target: number, value: Taints): void {
    const { tree, state } = this;
    if (target === -1 || state === undefined) return;
    const kind = tree.kind[target];
    if (kind === K.Name) state.set(this.pathOf(target) as string, value);
    else if (kind === K.Pair) {
      const key = this.by(target, R.Key);
      this.bind(this.by(target, R.Value), key === -1 ? value : memberTaints(value, `.${symbolOf(tree, key)}`));
    } else if (kind === K.Assign) this.bind(this.by(target, R.Left), value);
    else if (kind === K.Object || kind === K.Array || kind === K.Tuple || kind === K.List || kind === K.Spread) this.eachChild(target, (child) => this.bind(child, value));
  }

  /** Names inside `({ a, b })` may be sources of their own. */
  private destructured(target: number): void {
    const { tree } = this;
    if (target === -1 || tree.kind[target] === K.Name) return;
    for (let at = target + 1; at < (tree.next[target] as number); at++) {
      if (tree.kind[at] !== K.Name || !this.marks.sources.has(at)) continue;
      this.write(at, this.atNode(at, clean), true);
    }
  }
}
