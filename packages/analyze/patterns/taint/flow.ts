import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { PatternMatch } from '../match.ts';
import { PatternOverBudget } from '../matcher.ts';
import type { PatternOptions } from '../rule.ts';
import { symbolOf } from '../scopes.ts';
import type { TaintMarks } from './marks.ts';
import { TaintPlaces } from './places.ts';
import { clean, either, type Taints, type TaintState, union } from './taint.ts';

/** Nodes that are walked for one rule in one file. */
const mostSteps = 3_000_000;
const rounds = 2;

/** What is known of functions beyond the file; without it a call gives on what goes in. */
export interface TaintSummaries {
  /** What comes out of a call at a node: indices of arguments (-1: the receiver) whose taint survives; undefined when nothing is known. */
  survivors(call: number): readonly number[] | undefined;
}

/** Follows data from sources to sinks within each function of a file. */
export function followTaint(tree: CodeTree, marks: TaintMarks, options: PatternOptions, summaries?: TaintSummaries): PatternMatch[] {
  const walk = new TaintWalk(tree, marks, options, summaries);
  walk.program();
  return [...walk.found.values()];
}

class TaintWalk extends TaintPlaces {
  private readonly options: PatternOptions;
  private readonly summaries: TaintSummaries | undefined;
  private steps = mostSteps;

  constructor(tree: CodeTree, marks: TaintMarks, options: PatternOptions, summaries: TaintSummaries | undefined) {
    super(tree, marks);
    this.options = options;
    this.summaries = summaries;
  }

  program(): void {
    this.eachChild(0, (node) => this.walk(node));
  }

  /** Walks a statement or expression; gives what its value holds. */
  private walk(node: number): Taints {
    if (node === -1) return clean;
    if (--this.steps < 0) throw new PatternOverBudget('the flow of data took too many steps');
    const value = this.value(node);
    return this.atNode(node, value);
  }

  private value(node: number): Taints {
    switch (this.tree.kind[node]) {
      case K.Name:
        return this.read(node);
      case K.Member:
        return this.member(node);
      case K.Call:
      case K.New:
        return this.call(node);
      case K.Lambda:
      case K.Function:
        return this.func(node);
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
        this.state = undefined;
        return value;
      }
      case K.Break:
      case K.Continue:
        return clean;
      case K.Index: {
        const object = this.walk(this.by(node, R.Object));
        const key = this.walk(this.by(node, R.Key));
        return this.options.taintAssumeSafeIndexes === true ? object : union(object, key);
      }
      default:
        return this.everything(node);
    }
  }

  private everything(node: number): Taints {
    let all = clean;
    this.eachChild(node, (child) => {
      const role = this.tree.role[child];
      if (role === R.Key && this.tree.kind[node] === K.Pair) return;
      if (role === R.Name && this.tree.kind[node] === K.Keyword) return;
      all = union(all, this.walk(child));
    });
    return this.isSafeValue(node) ? clean : all;
  }

  private isSafeValue(node: number): boolean {
    const { tree, options } = this;
    const kind = tree.kind[node];
    if (kind === K.Block || kind === K.Import) return true;
    return options.taintAssumeSafeComparisons === true && kind === K.Binary && /^(?:[!=<>]=?=?|===|!==|in|not in|is|is not)$/.test(symbolOf(tree, node));
  }

  private member(node: number): Taints {
    const path = this.pathOf(node);
    const object = this.walk(this.by(node, R.Object));
    const known = path === undefined ? undefined : this.state?.get(path);
    return known ?? object;
  }

  private keep(node: number, targetRole: number, valueRole: number): Taints {
    const target = this.by(node, targetRole);
    const value = this.by(node, valueRole);
    const attributes = this.by(node, R.Attributes);
    if (attributes !== -1) this.walk(attributes);
    const taints = this.walk(value);
    const kind = this.tree.kind[target];
    if (kind === K.Index || kind === K.Member) this.walkPlaces(target);
    if (value !== -1 || this.state?.has(this.pathOf(target) ?? '') !== true) this.write(target, taints, true);
    const marked = this.atNode(target, taints);
    if (marked !== taints) this.write(target, marked, true);
    return taints;
  }

  /** What is read while a place is found: its keys and the objects before the last. */
  private walkPlaces(target: number): void {
    const key = this.by(target, R.Key);
    if (key !== -1) this.walk(key);
    const object = this.by(target, R.Object);
    if (object !== -1 && this.tree.kind[object] !== K.Name) this.walk(object);
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
    const values: Taints[] = [];
    if (args !== -1) {
      this.eachChild(args, (argument) => {
        values.push(this.walk(argument));
      });
      this.atNode(args, values.reduce(union, clean));
    }
    const body = this.by(node, R.Body);
    if (body !== -1) this.inOwnState(() => this.walk(body));
    if (this.options.taintAssumeSafeFunctions === true) return clean;
    const survivors = this.summaries?.survivors(node);
    if (survivors !== undefined) return survivors.reduce<Taints>((all, at) => union(all, at === -1 ? receiver : (values[at] ?? clean)), clean);
    return values.reduce(union, receiver);
  }

  private inOwnState(body: () => void): Taints {
    const kept = this.state;
    this.state = new Map(kept ?? []);
    body();
    this.state = kept;
    return clean;
  }

  /** A named function begins anew; one without a name sees what is round it. */
  private func(node: number): Taints {
    const kept = this.state;
    const named = this.tree.kind[node] === K.Function;
    this.state = new Map(named ? [] : (kept ?? []));
    const attributes = this.by(node, R.Attributes);
    if (attributes !== -1) this.walk(attributes);
    const params = this.by(node, R.Params);
    if (params !== -1) this.eachChild(params, (param) => this.parameter(param));
    const body = this.by(node, R.Body);
    if (body !== -1) this.walk(body);
    this.state = kept;
    return clean;
  }

  private parameter(param: number): void {
    const target = this.tree.kind[param] === K.Param ? this.by(param, R.Target) : param;
    this.write(target, clean, true);
    const preset = this.tree.kind[param] === K.Param ? this.by(param, R.Value) : -1;
    let taints = this.atNode(param, this.walk(preset));
    if (target !== param && target !== -1) taints = this.atNode(target, taints);
    if (taints.length > 0) this.write(target, taints, true);
    this.destructured(target);
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

  private branch(node: number): Taints {
    this.walk(this.by(node, R.Init));
    const condition = this.walk(this.by(node, R.Condition));
    const before = this.state;
    const first = this.path(before, () => this.walk(this.by(node, R.Then)));
    const second = this.path(before, () => this.walk(this.by(node, R.Else)));
    this.state = either(first.state, second.state);
    return this.tree.kind[node] === K.Conditional ? union(first.value, second.value) : condition;
  }

  private path(before: TaintState | undefined, body: () => Taints): { readonly state: TaintState | undefined; readonly value: Taints } {
    this.state = before === undefined ? undefined : new Map(before);
    const value = body();
    return { state: this.state, value };
  }

  private loop(node: number): Taints {
    this.walk(this.by(node, R.Init));
    const source = this.walk(this.by(node, R.Source));
    const target = this.by(node, R.Target);
    let { state } = this;
    for (let round = 0; round < rounds; round++) {
      const { state: after } = this.path(state, () => {
        this.walk(this.by(node, R.Condition));
        if (target !== -1) {
          const inner = this.tree.kind[target] === K.VarDef ? this.by(target, R.Target) : target;
          this.write(inner, source, true);
          const taints = this.atNode(inner, source);
          if (taints !== source) this.write(inner, taints, true);
        }
        this.walk(this.by(node, R.Body));
        return this.walk(this.by(node, R.Update));
      });
      state = either(state, after);
    }
    this.state = state;
    this.walk(this.by(node, R.Else));
    return clean;
  }

  private tryBlock(node: number): Taints {
    const before = this.state;
    const body = this.path(before, () => this.walk(this.by(node, R.Body)));
    let after = body.state;
    const catches = this.by(node, R.Catches);
    const entering = either(before, body.state);
    if (catches !== -1) this.eachChild(catches, (one) => {
      after = either(after, this.path(entering, () => this.everything(one)).state);
    });
    this.state = after;
    this.walk(this.by(node, R.Else));
    const last = this.by(node, R.Finally);
    if (last !== -1) {
      const ended = this.state === undefined;
      if (ended) this.state = new Map(entering ?? []);
      this.walk(last);
      if (ended) this.state = undefined;
    }
    return clean;
  }

  private switchCases(node: number): Taints {
    const condition = this.walk(this.by(node, R.Condition));
    const before = this.state;
    let after = before;
    let falling: TaintState | undefined;
    const items = this.by(node, R.Items);
    if (items !== -1) this.eachChild(items, (one) => {
      falling = this.path(either(before, falling), () => this.everything(one)).state;
      after = either(after, falling);
    });
    this.state = after;
    return condition;
  }

  private withItems(node: number): Taints {
    const items = this.by(node, R.Items);
    if (items !== -1) this.walk(items);
    this.walk(this.by(node, R.Body));
    return clean;
  }
}
