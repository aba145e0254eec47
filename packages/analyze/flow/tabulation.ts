import type { Node, ValueGraph } from './graph.ts';
import type { Heap } from './heap.ts';

/** Facts (a value within a context) that are kept; what is more is left out, and counted. */
const mostFacts = 6_000_000;

/** Values that depend on one parameter of one function; the first one, without a function, holds what is known whoever calls. */
interface Context {
  readonly fn: number;
  /** Classes that survive on the way from the parameter to each node. */
  readonly masks: Map<Node, number>;
  /** Classes that survive from the parameter to the function's result. */
  summary: number;
  /** Classes with which taint really comes in here. */
  active: number;
  /** Who asked: triples of context, argument node and call site. */
  readonly callers: number[];
  readonly callerKeys: Set<string>;
  /** Pairs of context and argument node: where taint goes on inwards. */
  readonly calls: number[];
  /** Nodes that functions share, reached from here. */
  readonly shared: Set<Node>;
}

/** Edges under a mask, packed: those of node n lie from `at[n]` to `at[n + 1]`. */
export interface MaskedEdges {
  readonly at: Int32Array;
  readonly to: Int32Array;
  readonly mask: Int32Array;
}

/** Where taint does not go. */
export interface Barrier {
  /** Through none of these. */
  readonly nodes: ReadonlySet<Node>;
  /** False: not into a method by way of the object that it is called on. */
  readonly receivers: boolean;
}

const open: Barrier = { nodes: new Set(), receivers: true };

/**
 * Taint by summaries (Reps, Horwitz and Sagiv, "Precise interprocedural dataflow analysis via graph reachability", 1995): what comes out of a function
 * depends on what went in at the same call. Shared nodes (fields, variables of several functions) forget the context.
 */
export class Tabulation {
  readonly contexts: Context[] = [];
  private readonly byParam = new Map<Node, number>();
  private readonly queueContext: number[] = [];
  private readonly queueNode: Node[] = [];
  private readonly waiting = new Set<number>();
  private readonly heap: Heap;
  private readonly graph: ValueGraph;
  private readonly masked: MaskedEdges;
  private readonly isShared: Uint8Array;
  private readonly barrier: Barrier;
  private facts = 0;
  cut = 0;

  constructor(heap: Heap, masked: MaskedEdges, isShared: Uint8Array, barrier: Barrier = open) {
    this.barrier = barrier;
    this.heap = heap;
    this.graph = heap.graph;
    this.masked = masked;
    this.isShared = isShared;
    this.contexts.push(newContext(-1));
  }

  /** Taint begins here. */
  seed(node: Node, mask: number): void {
    this.reach(0, node, mask);
  }

  run(stop: () => boolean): boolean {
    for (let at = 0; at < this.queueNode.length; at++) {
      if ((at & 4095) === 0 && stop()) return false;
      const context = this.queueContext[at] as number;
      const node = this.queueNode[at] as Node;
      this.waiting.delete(this.key(context, node));
      this.expand(context, node);
      if (at > 1_000_000) {
        this.queueContext.splice(0, at + 1);
        this.queueNode.splice(0, at + 1);
        at = -1;
      }
    }
    return true;
  }

  private key(context: number, node: Node): number {
    return context * this.graph.size + node;
  }

  private reach(context: number, node: Node, mask: number): void {
    const { masks } = this.contexts[context] as Context;
    const before = masks.get(node) ?? 0;
    const after = before | mask;
    if (after === before) return;
    if (before === 0 && ++this.facts > mostFacts) {
      this.cut++;
      return;
    }
    masks.set(node, after);
    const key = this.key(context, node);
    if (this.waiting.has(key)) return;
    this.waiting.add(key);
    this.queueContext.push(context);
    this.queueNode.push(node);
  }

  private expand(at: number, node: Node): void {
    const context = this.contexts[at] as Context;
    const mask = context.masks.get(node) ?? 0;
    for (const to of this.graph.copies[node] ?? none) this.go(at, to, mask);
    for (let edge = this.masked.at[node] as number; edge < (this.masked.at[node + 1] as number); edge++) {
      const left = mask & (this.masked.mask[edge] as number);
      if (left !== 0) this.go(at, this.masked.to[edge] as Node, left);
    }
    const entries = this.graph.entries[node];
    if (entries !== undefined) for (let one = 0; one < entries.length; one += 2) this.enter(at, node, entries[one] as Node, entries[one + 1] as number);
    const exits = this.graph.exits[node];
    if (exits !== undefined) this.leave(at, node, mask, exits);
  }

  private go(at: number, to: Node, mask: number): void {
    if (this.barrier.nodes.has(to)) return;
    if (at === 0 || this.isShared[to] !== 1) return this.reach(at, to, mask);
    const context = this.contexts[at] as Context;
    context.masks.set(to, (context.masks.get(to) ?? 0) | mask);
    context.shared.add(to);
    if ((context.active & mask) !== 0) this.reach(0, to, context.active & mask);
  }

  private enter(at: number, arg: Node, param: Node, site: number): void {
    if (!this.barrier.receivers && this.isReceiver(arg, param, site)) return;
    if (site < 0) return this.go(at, param, (this.contexts[at] as Context).masks.get(arg) ?? 0);
    const inner = this.contextOf(param);
    if (inner < 0) return this.go(at, param, (this.contexts[at] as Context).masks.get(arg) ?? 0);
    const callee = this.contexts[inner] as Context;
    const caller = this.contexts[at] as Context;
    const key = `${at}:${arg}:${site}`;
    if (!callee.callerKeys.has(key)) {
      callee.callerKeys.add(key);
      callee.callers.push(at, arg, site);
      caller.calls.push(inner, arg);
    }
    const mask = caller.masks.get(arg) ?? 0;
    const out = mask & callee.summary;
    if (out !== 0) this.go(at, (this.heap.sites[site] as { value: Node }).value, out);
    this.activate(inner, at === 0 ? mask : mask & caller.active);
  }

  private isReceiver(arg: Node, param: Node, site: number): boolean {
    const made = this.heap.sites[site];
    return made?.kind === 'invoke' && made.receiver === arg && this.heap.paramOf(param)?.at === -1;
  }

  private contextOf(param: Node): number {
    let context = this.byParam.get(param);
    if (context === undefined) {
      const info = this.heap.paramOf(param);
      if (info === undefined) return -1;
      context = this.contexts.push(newContext(info.fn)) - 1;
      this.byParam.set(param, context);
      this.reach(context, param, -1);
    }
    return context;
  }

  private leave(at: number, node: Node, mask: number, exits: readonly number[]): void {
    const context = this.contexts[at] as Context;
    const fn = this.heap.functionOfResult(node);
    if (at !== 0 && fn === context.fn) return this.summarise(context, mask);
    if (at === 0) {
      for (let one = 0; one < exits.length; one += 2) this.reach(0, exits[one] as Node, mask);
      return;
    }
    // The result of an inner function that sees values of this one: who calls it is not known here.
    for (let one = 0; one < exits.length; one += 2) {
      const to = exits[one] as Node;
      context.masks.set(to, (context.masks.get(to) ?? 0) | mask);
      context.shared.add(to);
      if ((context.active & mask) !== 0) this.reach(0, to, context.active & mask);
    }
  }

  private summarise(context: Context, mask: number): void {
    const before = context.summary;
    context.summary |= mask;
    if (context.summary === before) return;
    const { callers } = context;
    for (let one = 0; one < callers.length; one += 3) {
      const at = callers[one] as number;
      const out = ((this.contexts[at] as Context).masks.get(callers[one + 1] as Node) ?? 0) & context.summary;
      if (out !== 0) this.go(at, (this.heap.sites[callers[one + 2] as number] as { value: Node }).value, out);
    }
  }

  /** Taint really comes in with these classes. */
  private activate(at: number, mask: number): void {
    const work = [at, mask];
    while (work.length > 0) {
      const classes = work.pop() as number;
      const context = this.contexts[work.pop() as number] as Context;
      const before = context.active;
      context.active |= classes;
      if (context.active === before) continue;
      for (const node of context.shared) {
        const out = (context.masks.get(node) ?? 0) & context.active;
        if (out !== 0) this.reach(0, node, out);
      }
      for (let one = 0; one < context.calls.length; one += 2) {
        const out = (context.masks.get(context.calls[one + 1] as Node) ?? 0) & context.active;
        if (out !== 0) work.push(context.calls[one] as number, out);
      }
    }
  }

  /** Classes that taint has at each node, in whatever context. */
  totals(): Int32Array {
    const totals = new Int32Array(this.graph.size);
    this.contexts.forEach((context, at) => {
      const active = at === 0 ? -1 : context.active;
      if (active === 0) return;
      for (const [node, mask] of context.masks) totals[node] = (totals[node] as number) | (mask & active);
    });
    return totals;
  }
}

function newContext(fn: number): Context {
  return { fn, masks: new Map(), summary: 0, active: 0, callers: [], callerKeys: new Set(), calls: [], shared: new Set() };
}

const none: readonly number[] = [];

/** Triples of from, to and mask, brought into order by `from`. */
export function packEdges(triples: readonly number[], nodes: number): MaskedEdges {
  const at = new Int32Array(nodes + 1);
  for (let one = 0; one < triples.length; one += 3) at[(triples[one] as number) + 1] = (at[(triples[one] as number) + 1] as number) + 1;
  for (let node = 0; node < nodes; node++) at[node + 1] = (at[node + 1] as number) + (at[node] as number);
  const next = at.slice();
  const to = new Int32Array(triples.length / 3);
  const mask = new Int32Array(triples.length / 3);
  for (let one = 0; one < triples.length; one += 3) {
    const from = triples[one] as number;
    const place = next[from] as number;
    next[from] = place + 1;
    to[place] = triples[one + 1] as number;
    mask[place] = triples[one + 2] as number;
  }
  return { at, to, mask };
}
