import { op } from '#model/ir.ts';
import { FactTable } from './fact-table.ts';
import type { Node, ValueGraph } from './graph.ts';
import type { Heap } from './heap.ts';
import type { MaskedEdges } from './masked-edges.ts';
import { IntList, IntQueue, PackedLists } from './packed-lists.ts';

/** Facts (a value within a context) that are kept; what is more is left out, and counted. */
const mostFacts = 6_000_000;

/** Where taint does not go. */
export interface Barrier {
  /** Through none of these. */
  readonly nodes: ReadonlySet<Node>;
  /** False: not into a method by way of the object that it is called on. */
  readonly receivers: boolean;
  /** Not from one of these to what is read under a name that is written out. */
  readonly elements?: ReadonlySet<Node>;
}

const open: Barrier = { nodes: new Set(), receivers: true };

/**
 * Taint by summaries (Reps, Horwitz and Sagiv, "Precise interprocedural dataflow analysis via graph reachability", 1995): what comes out of a function
 * depends on what went in at the same call. Shared nodes (fields, variables of several functions) forget the context.
 *
 * A context is what depends on one parameter of one function; context 0 holds what is known whoever calls. A fact is a node in a context, with the classes
 * that survive on the way to it from the parameter.
 */
export class Tabulation {
  private readonly facts: FactTable;
  private readonly queue = new IntQueue();
  /** By context: the function and its parameter; classes that survive from the parameter to its result; classes with which taint really comes in. */
  private readonly functions = new IntList();
  private readonly params = new IntList();
  private readonly summaries = new IntList();
  private readonly active = new IntList();
  /** By context: facts that are arguments where it was called, and by entry the call site. */
  private readonly callers = new PackedLists();
  private readonly callSites = new IntList();
  /** By context: contexts in which taint goes on inwards, and by entry the fact that is the argument. */
  private readonly calls = new PackedLists();
  private readonly callArguments = new IntList();
  /** By context: facts about nodes that functions share. */
  private readonly shared = new PackedLists();
  /** By parameter; 0: none yet. */
  private readonly byParam: Int32Array;
  private readonly heap: Heap;
  private readonly graph: ValueGraph;
  private readonly masked: MaskedEdges;
  private readonly isShared: Uint8Array;
  private readonly barrier: Barrier;
  private reached = 0;
  cut = 0;

  constructor(heap: Heap, masked: MaskedEdges, isShared: Uint8Array, barrier: Barrier = open) {
    this.barrier = barrier;
    this.heap = heap;
    this.graph = heap.graph;
    this.masked = masked;
    this.isShared = isShared;
    this.facts = new FactTable(heap.graph.size);
    this.byParam = new Int32Array(heap.graph.size);
    // Entry 0 of lists is none.
    this.callSites.push(-1);
    this.callArguments.push(-1);
    this.addContext(-1, -1);
  }

  private addContext(fn: number, param: Node): number {
    this.params.push(param);
    this.summaries.push(0);
    this.active.push(0);
    return this.functions.push(fn);
  }

  /** Taint begins here. */
  seed(node: Node, mask: number): void {
    this.reach(0, node, mask);
  }

  run(stop: () => boolean): boolean {
    for (let steps = 0; this.queue.length > 0; steps++) {
      if ((steps & 4095) === 0 && stop()) return false;
      const fact = this.queue.shift();
      this.facts.unmark(fact, mark.waiting);
      this.expand(fact);
    }
    return true;
  }

  private reach(context: number, node: Node, mask: number): void {
    const { facts } = this;
    const known = facts.find(context, node);
    const before = known === 0 ? 0 : facts.mask(known);
    if ((before | mask) === before) return;
    if (before === 0 && ++this.reached > mostFacts) {
      this.cut++;
      return;
    }
    const fact = known === 0 ? facts.add(context, node) : known;
    facts.addMask(fact, mask);
    if (facts.mark(fact, mark.waiting)) this.queue.push(fact);
  }

  private expand(fact: number): void {
    const { facts, graph, masked } = this;
    const at = facts.context(fact);
    const node = facts.node(fact);
    const mask = facts.mask(fact);
    const { copies, entries } = graph;
    const lastCopy = copies.last(node);
    const isElement = this.barrier.elements?.has(node) === true;
    for (let entry = lastCopy, more = lastCopy !== 0; more; more = entry !== lastCopy) {
      entry = copies.next(entry);
      if (!isElement || !this.isNamed(copies.value(entry))) this.go(at, copies.value(entry), mask);
    }
    for (let edge = masked.at[node] as number; edge < (masked.at[node + 1] as number); edge++) {
      const left = mask & (masked.mask[edge] as number);
      if (left !== 0) this.go(at, masked.to[edge] as Node, left);
    }
    const lastEntry = entries.last(node);
    if (lastEntry !== 0) {
      const first = facts.mark(fact, mark.entered);
      for (let entry = lastEntry, more = true; more; more = entry !== lastEntry) {
        entry = entries.next(entry);
        this.enter(fact, entries.value(entry), graph.entrySites.get(entry), first);
      }
    }
    if (graph.exits.last(node) !== 0) this.leave(at, node, mask);
  }

  private isNamed(to: Node): boolean {
    if (to >= this.heap.layout.values) return false;
    const made = this.heap.layout.at(to);
    return made.op === op.load && !/^\d+$/.test(made.textB);
  }

  private go(at: number, to: Node, mask: number): void {
    if (this.barrier.nodes.has(to)) return;
    if (at === 0 || this.isShared[to] !== 1) this.reach(at, to, mask);
    else this.share(at, to, mask);
  }

  /** The node forgets the context. */
  private share(at: number, to: Node, mask: number): void {
    const { facts } = this;
    const known = facts.find(at, to);
    const fact = known === 0 ? facts.add(at, to) : known;
    facts.addMask(fact, mask);
    if (facts.mark(fact, mark.shared)) this.shared.add(at, fact);
    const out = this.active.get(at) & mask;
    if (out !== 0) this.reach(0, to, out);
  }

  /** `first`: when the fact comes here for the first time. */
  private enter(fact: number, param: Node, site: number, first: boolean): void {
    const { facts } = this;
    const at = facts.context(fact);
    if (!this.barrier.receivers && this.isReceiver(facts.node(fact), param, site)) return;
    const inner = site < 0 ? -1 : this.contextOf(param);
    const mask = facts.mask(fact);
    if (inner < 0) return this.go(at, param, mask);
    if (first) {
      this.callers.add(inner, fact);
      this.callSites.push(site);
      this.calls.add(at, inner);
      this.callArguments.push(fact);
    }
    const out = mask & this.summaries.get(inner);
    if (out !== 0) this.go(at, this.resultOf(site), out);
    this.activate(inner, at === 0 ? mask : mask & this.active.get(at));
  }

  private resultOf(site: number): Node {
    return (this.heap.sites[site] as { value: Node }).value;
  }

  private isReceiver(arg: Node, param: Node, site: number): boolean {
    const made = this.heap.sites[site];
    return made?.kind === 'invoke' && made.receiver === arg && this.heap.paramOf(param)?.at === -1;
  }

  /** -1: it is no parameter. */
  private contextOf(param: Node): number {
    let context = this.byParam[param] as number;
    if (context === 0) {
      const info = this.heap.paramOf(param);
      context = info === undefined ? -1 : this.addContext(info.fn, param);
      this.byParam[param] = context;
      if (context > 0) this.reach(context, param, -1);
    }
    return context;
  }

  private leave(at: number, node: Node, mask: number): void {
    if (at !== 0 && this.heap.functionOfResult(node) === this.functions.get(at)) return this.summarise(at, mask);
    const { exits } = this.graph;
    const last = exits.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = exits.next(entry);
      if (at === 0) this.reach(0, exits.value(entry), mask);
      // The result of an inner function that sees values of this one: who calls it is not known here.
      else this.share(at, exits.value(entry), mask);
    }
  }

  private summarise(context: number, mask: number): void {
    const before = this.summaries.get(context);
    const summary = before | mask;
    if (summary === before) return;
    this.summaries.set(context, summary);
    const { callers, facts } = this;
    const last = callers.last(context);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = callers.next(entry);
      const fact = callers.value(entry);
      const out = facts.mask(fact) & this.summaries.get(context);
      if (out !== 0) this.go(facts.context(fact), this.resultOf(this.callSites.get(entry)), out);
    }
  }

  /** Taint really comes in with these classes. */
  private activate(at: number, mask: number): void {
    if ((mask & ~this.active.get(at)) === 0) return;
    const work = [at, mask];
    while (work.length > 0) {
      const classes = work.pop() as number;
      const context = work.pop() as number;
      const before = this.active.get(context);
      const active = before | classes;
      if (active === before) continue;
      this.active.set(context, active);
      this.wake(context, active, work);
    }
  }

  private wake(context: number, active: number, work: number[]): void {
    const { facts, shared, calls } = this;
    const lastShared = shared.last(context);
    for (let entry = lastShared, more = lastShared !== 0; more; more = entry !== lastShared) {
      entry = shared.next(entry);
      const fact = shared.value(entry);
      const out = facts.mask(fact) & active;
      if (out !== 0) this.reach(0, facts.node(fact), out);
    }
    const lastCall = calls.last(context);
    for (let entry = lastCall, more = lastCall !== 0; more; more = entry !== lastCall) {
      entry = calls.next(entry);
      const out = facts.mask(this.callArguments.get(entry)) & active;
      if (out !== 0) work.push(calls.value(entry), out);
    }
  }

  /** Facts and one more: they are numbered from 1 on. */
  get count(): number {
    return this.facts.count;
  }

  /** What is known of a node whoever calls; 0: nothing. */
  factOf(node: Node): number {
    return this.facts.find(0, node);
  }

  nodeAt(fact: number): Node {
    return this.facts.node(fact);
  }

  contextAt(fact: number): number {
    return this.facts.context(fact);
  }

  /** Where a context begins: its parameter, in itself. */
  entryOf(context: number): number {
    return this.facts.find(context, this.params.get(context));
  }

  /** What the function of its context gives back. */
  isResult(fact: number): boolean {
    return this.heap.functionOfResult(this.facts.node(fact)) === this.functions.get(this.facts.context(fact));
  }

  /** Facts to which taint of one class goes in one step; a call that hands it on is one, and going into it another. */
  eachStep(fact: number, bit: number, reach: (fact: number) => void): void {
    const { facts, graph, masked } = this;
    const [at, node] = [facts.context(fact), facts.node(fact)];
    const known = (context: number, to: Node): void => {
      const next = facts.find(context, to);
      if (next !== 0 && (facts.mask(next) & bit) !== 0) reach(next);
    };
    const go = (to: Node): void => known(at === 0 || this.isShared[to] === 1 ? 0 : at, to);
    for (const to of graph.copies.of(node)) go(to);
    for (let edge = masked.at[node] as number; edge < (masked.at[node + 1] as number); edge++) {
      if (((masked.mask[edge] as number) & bit) !== 0) go(masked.to[edge] as Node);
    }
    this.eachEntry(node, (param, site) => {
      const inner = site < 0 ? -1 : (this.byParam[param] as number);
      if (inner <= 0) return go(param);
      if ((this.summaries.get(inner) & bit) !== 0) go(this.resultOf(site));
      known(inner, param);
    });
    if (at !== 0 && this.isResult(fact)) return;
    for (const to of graph.exits.of(node)) known(0, to);
  }

  /** The context of the call that hands taint on from one fact to the next; 0: there is none. */
  passed(from: number, to: number, bit: number): number {
    let context = 0;
    this.eachEntry(this.facts.node(from), (param, site) => {
      const inner = site < 0 ? -1 : (this.byParam[param] as number);
      if (inner > 0 && this.resultOf(site) === this.facts.node(to) && (this.summaries.get(inner) & bit) !== 0) context = inner;
    });
    return context;
  }

  private eachEntry(node: Node, visit: (param: Node, site: number) => void): void {
    const { entries, entrySites } = this.graph;
    const last = entries.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = entries.next(entry);
      visit(entries.value(entry), entrySites.get(entry));
    }
  }

  /** Classes that taint has at each node, in whatever context. */
  totals(): Int32Array {
    const totals = new Int32Array(this.graph.size);
    this.facts.each((context, node, mask) => {
      const left = context === 0 ? mask : mask & this.active.get(context);
      totals[node] = (totals[node] as number) | left;
    });
    return totals;
  }
}

const mark = { waiting: 1, entered: 2, shared: 4 } as const;
