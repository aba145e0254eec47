import { type CodeTree, K, R } from '#model/code-tree.ts';
import type { Callee } from '../program/calls.ts';
import { childBy, symbolOf } from '../scopes.ts';
import { anyMember, TaintPlaces } from './places.ts';
import type { Summary } from './summary.ts';
import { addTaint, clean, joinSteps, memberTaints, type Origin, stepTo, type Taint, type Taints, type TaintSymbol, union } from './taint.ts';

/** A call as it is met. */
interface Call {
  readonly node: number;
  readonly callee: number;
  readonly args: readonly number[];
  readonly values: readonly Taints[];
  readonly receiver: Taints;
}

/** What a call passes, by what the function calls it: the node and what it holds. */
interface Passed {
  readonly node: number;
  readonly value: Taints;
}

/** Functions that are called by what they are given to, inside of one another. */
const mostCallbacks = 4;

/** What calls of the program's own functions do where they stand. */
export abstract class TaintCalls extends TaintPlaces {
  private within = 0;
  /** What was walked as the value of a member in an object. */
  protected readonly pairs = new Map<number, Taints>();
  /** What new objects hold, by the call that makes them. */
  private readonly made = new Map<number, readonly (readonly [path: string, taints: Taints])[]>();

  protected abstract callLambda(node: number, values: readonly Taints[]): void;

  /** What the functions that a call reaches do with what it passes; undefined when none is known. */
  protected enter(call: Call): Taints | undefined {
    const { graph, summaries } = this.run;
    const callees = graph.callees(this.file, call.node);
    const met = callees.flatMap((callee): (readonly [Callee, Summary])[] => {
      const summary = summaries.get(callee.procedure.key);
      return summary === undefined ? [] : [[callee, summary]];
    });
    if (met.length === 0) {
      this.unknownCall(call);
      return undefined;
    }
    const values = met.map(([callee, summary]) => this.apply(call, callee, summary));
    return values.reduce(union, clean);
  }

  /** A function of nobody knows where may call what it is given; one that came in as a parameter is called with what its giver can be told. */
  private unknownCall({ node, callee, args, values }: Call): void {
    const path = callee === -1 ? undefined : this.pathOf(callee);
    const parameter = path === undefined ? undefined : this.parameters.get(path);
    if (parameter !== undefined && values.some((value) => value.length > 0)) this.summary?.called(parameter, node, values);
    if (!this.run.capturing) return;
    for (const argument of args) {
      if (this.tree.kind[argument] !== K.Name) continue;
      const procedure = this.run.graph.functionNamed(this.file, argument);
      const summary = procedure === undefined ? undefined : this.run.summaries.get(procedure.key);
      if (procedure !== undefined && summary !== undefined) this.apply({ node, callee: argument, args: [], values: [], receiver: clean }, { procedure, receiver: 'none' }, summary);
    }
  }

  private apply(call: Call, callee: Callee, summary: Summary): Taints {
    const passing = new Passing(call, callee, this.tree);
    const put = (taints: Taints): Taints => this.substituted(taints, passing, callee);
    for (const { home, mark, taints } of summary.sinks.values()) this.atSink(home, mark, put(taints));
    const fresh: (readonly [string, Taints])[] = [];
    for (const { of, path, taints } of summary.writes.values()) {
      const now = put(taints);
      if (now.length === 0) continue;
      if (of === -1 && callee.receiver === 'new') fresh.push([path, now]);
      else this.writeBack(passing, of, path, now, call.node);
    }
    for (const { of, values } of summary.calls.values()) this.callBack(passing, of, values.map(put));
    if (callee.receiver === 'new') {
      this.made.set(call.node, fresh);
      return fresh.reduce<Taints>((all, [, taints]) => union(all, taints), clean);
    }
    const [start, end] = [this.tree.start[call.node] as number, this.tree.end[call.node] as number];
    return put(summary.returns).map((taint) => stepTo(taint, this.file.index, start, end, `comes out of ${nameOf(callee)}()`));
  }

  private writeBack(passing: Passing, of: Origin, path: string, taints: Taints, node: number): void {
    const place = typeof of === 'string' ? of : of === -1 && passing.isOwn ? 'this' : this.placeOf(passing.node(of));
    if (place === undefined) return;
    const whole = `${place}${path}`;
    const before = this.state === undefined ? clean : (this.state.known(whole) ?? clean);
    this.writePath(whole, union(before, taints), node, false);
  }

  private placeOf(node: number): string | undefined {
    return node === -1 ? undefined : this.pathOf(node);
  }

  private callBack(passing: Passing, of: Origin, values: readonly Taints[]): void {
    const node = typeof of === 'string' ? -1 : passing.node(of);
    if (node === -1 || this.within >= mostCallbacks || values.every((value) => value.length === 0)) return;
    this.within++;
    this.callGiven(node, values);
    this.within--;
  }

  private callGiven(node: number, values: readonly Taints[]): void {
    if (this.tree.kind[node] === K.Lambda) return this.callLambda(node, values);
    const parameter = this.tree.kind[node] === K.Name ? this.parameters.get(symbolOf(this.tree, node)) : undefined;
    if (parameter !== undefined) return this.summary?.called(parameter, node, values);
    const procedure = this.tree.kind[node] === K.Name ? this.run.graph.functionNamed(this.file, node) : undefined;
    const summary = procedure === undefined ? undefined : this.run.summaries.get(procedure.key);
    if (procedure === undefined || summary === undefined) return;
    const args = values.map(() => node);
    this.apply({ node, callee: node, args, values, receiver: clean }, { procedure, receiver: 'none' }, summary);
  }

  /** What a function holds, in terms of the one that calls it. */
  private substituted(taints: Taints, passing: Passing, callee: Callee): Taints {
    if (taints.every(({ symbol }) => symbol === undefined)) return taints;
    const out: Taint[] = [];
    for (const taint of taints) {
      const { symbol } = taint;
      if (symbol === undefined) addTaint(out, taint);
      else for (const one of this.actual(symbol, passing)) if (one.label === symbol.label) addTaint(out, this.through(one, taint, symbol, passing, callee));
    }
    return out;
  }

  private through(actual: Taint, inner: Taint, symbol: TaintSymbol, passing: Passing, { procedure }: Callee): Taint {
    const label = inner.label === symbol.label ? actual.label : inner.label;
    const node = typeof symbol.of === 'string' ? -1 : passing.node(symbol.of);
    let taint: Taint = { ...actual, label };
    const name = nameOf({ procedure });
    if (node !== -1) taint = stepTo(taint, this.file.index, this.tree.start[node] as number, this.tree.end[node] as number, symbol.of === -1 ? `${name}() of it is called` : `is passed to ${name}()`);
    if (typeof symbol.of === 'number' && symbol.of >= 0) taint = stepTo(taint, inner.file, inner.start, inner.end, `comes into ${name}()`);
    return joinSteps(taint, inner.step);
  }

  private actual({ of, path }: TaintSymbol, passing: Passing): Taints {
    if (typeof of === 'string') {
      const own = this.state === undefined ? undefined : this.state.known(of + path);
      return own ?? this.beyond(of + path, passing.call.node);
    }
    if (of === -1) return this.ofReceiver(path, passing);
    return passing.passed(of).reduce<Taints>((all, { node, value }) => union(all, this.partOf(node, value, path)), clean);
  }

  private ofReceiver(path: string, passing: Passing): Taints {
    if (passing.callee.receiver === 'new' || passing.callee.receiver === 'none') return clean;
    if (passing.isOwn) {
      const own = this.state === undefined ? undefined : this.state.known(`this${path}`);
      return own ?? this.beyond(`this${path}`, passing.call.node);
    }
    const node = passing.node(-1);
    const place = this.placeOf(node);
    if (place === undefined) return this.made.has(node) ? this.ofMade(node, path) : memberTaints(passing.call.receiver, path);
    const own = this.state === undefined ? undefined : this.state.known(place + path);
    return own ?? this.beyond(place + path, node);
  }

  private ofMade(node: number, path: string): Taints {
    return (this.made.get(node) ?? []).reduce<Taints>((all, [own, taints]) => (path === own || path.startsWith(`${own}.`) || own.startsWith(`${path}.`) ? union(all, taints) : all), clean);
  }

  /** What a member of an argument holds. */
  private partOf(node: number, value: Taints, path: string): Taints {
    if (path === '') return value;
    const { tree } = this;
    if (tree.kind[node] === K.Object) {
      const [, first = '', ...rest] = path.split('.');
      for (let pair = node + 1; pair < (tree.next[node] as number); pair = tree.next[pair] as number) {
        const key = tree.kind[pair] === K.Pair ? this.by(pair, R.Key) : -1;
        if (key !== -1 && symbolOf(tree, key) === first) return memberTaints(this.pairs.get(this.by(pair, R.Value)) ?? clean, rest.length === 0 ? '' : `.${rest.join('.')}`);
      }
      // A spread may bring any member.
      return hasSpread(tree, node) ? value : clean;
    }
    const place = this.placeOf(node);
    if (place !== undefined && this.state !== undefined) {
      for (let at = place + path; at.length > place.length; at = at.slice(0, at.lastIndexOf('.'))) {
        const own = this.state.get(at);
        if (own !== undefined) return memberTaints(own, (place + path).slice(at.length));
      }
    }
    if (this.made.has(node)) return this.ofMade(node, path);
    return memberTaints(value, path);
  }

  /** A new object that is kept under a name: its members each hold their own. */
  protected keepMade(target: number, value: number): void {
    const { tree, state } = this;
    let node = value;
    while (node !== -1 && (tree.kind[node] === K.Await || tree.kind[node] === K.Cast)) node = tree.kind[node] === K.Cast ? this.by(node, R.Operand) : node + 1;
    const made = node === -1 ? undefined : this.made.get(node);
    const path = made === undefined ? undefined : this.pathOf(target);
    if (made === undefined || path === undefined || state === undefined || path.startsWith('this.')) return;
    const all = state.get(path) ?? clean;
    state.set(path, clean);
    for (const [own, taints] of made) state.set(path + own, taints);
    state.set(path + anyMember, all);
  }
}

/** Which argument stands for which parameter. */
class Passing {
  readonly call: Call;
  readonly callee: Callee;
  private readonly tree: CodeTree;
  private readonly parameters: readonly number[];

  constructor(call: Call, callee: Callee, tree: CodeTree) {
    this.call = call;
    this.callee = callee;
    this.tree = tree;
    const { file, node } = callee.procedure;
    this.parameters = file.parameters(node).list;
  }

  /** The receiver is that of the function in which the call stands. */
  get isOwn(): boolean {
    return this.callee.receiver === 'own';
  }

  /** The node behind a parameter, or before the dot; -1 for none. */
  node(of: number): number {
    if (of !== -1) return this.passed(of)[0]?.node ?? -1;
    const { tree, call } = this;
    return this.callee.receiver === 'object' && call.callee !== -1 && tree.kind[call.callee] === K.Member ? call.callee + 1 : -1;
  }

  passed(of: number): readonly Passed[] {
    const { tree, call } = this;
    const { file, node: home } = this.callee.procedure;
    const parameter = this.parameters[of];
    if (parameter === undefined || home === -1) return [];
    const name = file.parameterName(parameter);
    const found: Passed[] = [];
    const isRest = file.tree.kind[parameter] === K.Spread;
    call.args.forEach((node, at) => {
      const value = call.values[at] ?? clean;
      if (tree.kind[node] === K.Keyword) {
        const key = node + 1;
        const own = name !== -1 && symbolOf(tree, key) === symbolOf(file.tree, name);
        if (own || (isRest && symbolOf(file.tree, parameter) === '**')) found.push({ node: tree.next[key] as number, value });
      } else if (tree.kind[node] === K.Spread ? at <= of : at === of || (isRest && at > of)) found.push({ node, value });
    });
    return found;
  }
}

function hasSpread(tree: CodeTree, node: number): boolean {
  for (let at = node + 1; at < (tree.next[node] as number); at = tree.next[at] as number) if (tree.kind[at] === K.Spread) return true;
  return false;
}

function nameOf({ procedure: { file, node } }: Pick<Callee, 'procedure'>): string {
  const own = file.nameOf(node);
  if (own !== '') return own;
  const { tree } = file;
  const parent = tree.parent[node] as number;
  const name = [R.Target, R.Key, R.Left].map((role) => childBy(tree, parent, role)).find((one) => one !== -1);
  return name === undefined ? 'a function' : tree.text.slice(tree.start[name], Math.min(tree.end[name] as number, (tree.start[name] as number) + 40));
}
