import { IntList, PackedLists } from './packed-lists.ts';
import { largestSet, SmallSets } from './small-sets.ts';

/** A node of the value graph: a value of the program, or what is stored in a field, a variable, a parameter. */
export type Node = number;
/** An abstract object: all that one place of the program makes, or one thing of the world outside. */
export type Obj = number;
/** A constraint that waits at a node for objects. */
export type Constraint = number;

/** Which objects go into functions and come out of them. */
export interface CallRules {
  /** Into a parameter. */
  mayReceive(param: Node, object: Obj): boolean;
  /** Out, to what a call gives. */
  mayLeave(value: Node, object: Obj): boolean;
  /** It went into what a site calls. */
  passed(object: Obj, site: number): void;
}

const anything: CallRules = { mayReceive: () => true, mayLeave: () => true, passed: () => undefined };

/**
 * Nodes, the objects that each may hold, and the edges along which objects and taint go. Objects are pushed along edges as they come
 * (difference propagation); each constraint at a node sees each object once. What a set that is full is given is dropped, so that the order in which
 * things come is part of the result: all lists keep it. Everything is packed: of a large program there are millions of each.
 */
export class ValueGraph {
  private readonly sets = new SmallSets();
  /** Edges that carry objects and taint unchanged. */
  readonly copies = new PackedLists();
  /** Edges that carry objects only; taint goes there under a mask. */
  readonly pointers = new PackedLists();
  /** Into a function: parameter nodes, and by entry the call site. */
  readonly entries = new PackedLists();
  readonly entrySites = new IntList();
  /** Out of a function: nodes that take the result. */
  readonly exits = new PackedLists();
  private readonly waiting = new PackedLists();
  rules: CallRules = anything;
  /** How many of a node's objects have been handed on. */
  private done = new Uint8Array(64);
  private queued = new Uint8Array(64);
  private readonly queue = new IntList();
  private readonly meet: (constraint: Constraint, object: Obj) => void;
  private readonly mostFacts: number;
  /** Pairs of constraint and object that are still to meet: a call would go as deep as the heap is. */
  private readonly late = new IntList();
  private facts = 0;
  overflows = 0;
  size: number;

  constructor(nodes: number, mostFacts: number, meet: (constraint: Constraint, object: Obj) => void) {
    this.meet = meet;
    this.mostFacts = mostFacts;
    this.size = nodes;
    // Entry 0 of lists is none.
    this.entrySites.push(-1);
    this.widen();
  }

  node(): Node {
    if (this.size === this.done.length) this.widen();
    return this.size++;
  }

  private widen(): void {
    const room = 2 * Math.max(this.size, 64);
    const [done, queued] = [new Uint8Array(room), new Uint8Array(room)];
    done.set(this.done);
    queued.set(this.queued);
    [this.done, this.queued] = [done, queued];
  }

  /** What a node may hold, copied. */
  held(node: Node): Obj[] {
    return node < 0 ? [] : this.sets.of(node);
  }

  /** Node -1 is none, here and below. */
  add(node: Node, object: Obj): void {
    if (node >= 0) this.put(node, object);
  }

  private put(node: Node, object: Obj): void {
    const { sets } = this;
    if (sets.has(node, object)) return;
    if (sets.count(node) >= largestSet) {
      this.overflows++;
      return;
    }
    sets.add(node, object);
    if (++this.facts > this.mostFacts) return;
    if (this.queued[node] === 1) return;
    this.queued[node] = 1;
    this.queue.push(node);
  }

  /** Counts what is kept elsewhere as so many facts; false when the limit is passed. */
  charge(facts: number): boolean {
    this.facts += facts;
    return this.facts <= this.mostFacts;
  }

  copy(from: Node, to: Node): void {
    if (from === to || from < 0 || to < 0) return;
    this.copies.add(from, to);
    this.forward(from, to);
  }

  point(from: Node, to: Node): void {
    if (from < 0 || to < 0) return;
    this.pointers.add(from, to);
    this.forward(from, to);
  }

  enter(from: Node, to: Node, site: number): void {
    if (from < 0 || to < 0) return;
    this.entries.add(from, to);
    this.entrySites.push(site);
    for (let at = 0; at < (this.done[from] as number); at++) this.pass(to, this.sets.at(from, at), site);
  }

  exit(from: Node, to: Node): void {
    if (from < 0 || to < 0) return;
    this.exits.add(from, to);
    for (let at = 0; at < (this.done[from] as number); at++) this.giveBack(to, this.sets.at(from, at));
  }

  /** The constraint that this gives meets every object that the node holds and will hold. */
  wait(node: Node): Constraint {
    const constraint = this.waiting.add(node, 0);
    for (let at = 0; at < (this.done[node] as number); at++) {
      this.late.push(constraint);
      this.late.push(this.sets.at(node, at));
    }
    return constraint;
  }

  private forward(from: Node, to: Node): void {
    for (let at = 0; at < (this.done[from] as number); at++) this.put(to, this.sets.at(from, at));
  }

  /** Until nothing changes, or `stop` says so. */
  solve(stop: () => boolean): boolean {
    for (let steps = 1; this.late.length + this.queue.length > 0; steps++) {
      if ((steps & 4095) === 0 && stop()) return false;
      if (this.late.length > 0) {
        const object = this.late.pop();
        this.meet(this.late.pop(), object);
        continue;
      }
      const node = this.queue.pop();
      this.queued[node] = 0;
      this.settle(node);
    }
    return this.facts <= this.mostFacts;
  }

  private settle(node: Node): void {
    while ((this.done[node] as number) < this.sets.count(node)) {
      const object = this.sets.at(node, this.done[node] as number);
      this.done[node] = (this.done[node] as number) + 1;
      this.give(this.copies, node, object);
      this.give(this.pointers, node, object);
      this.passIn(node, object);
      this.passOut(node, object);
      // What comes to wait meanwhile has met this object already.
      const last = this.waiting.last(node);
      for (let entry = last, more = last !== 0; more; more = entry !== last) {
        entry = this.waiting.next(entry);
        this.meet(entry, object);
      }
    }
  }

  /** Into a function. */
  private pass(to: Node, object: Obj, site: number): void {
    if (!this.rules.mayReceive(to, object)) return;
    this.put(to, object);
    this.rules.passed(object, site);
  }

  /** Out of a function. */
  private giveBack(to: Node, object: Obj): void {
    if (this.rules.mayLeave(to, object)) this.put(to, object);
  }

  private passIn(node: Node, object: Obj): void {
    const last = this.entries.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = this.entries.next(entry);
      this.pass(this.entries.value(entry), object, this.entrySites.get(entry));
    }
  }

  private passOut(node: Node, object: Obj): void {
    const last = this.exits.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = this.exits.next(entry);
      this.giveBack(this.exits.value(entry), object);
    }
  }

  private give(edges: PackedLists, node: Node, object: Obj): void {
    const last = edges.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = edges.next(entry);
      this.put(edges.value(entry), object);
    }
  }
}
