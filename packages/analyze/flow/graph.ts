/** A node of the value graph: a value of the program, or what is stored in a field, a variable, a parameter. */
export type Node = number;
/** An abstract object: all that one place of the program makes, or one thing of the world outside. */
export type Obj = number;
/** A constraint that waits at a node for objects. */
export type Constraint = number;

/** More objects than this in one set say nothing any more. */
const largestSet = 12;

/**
 * Nodes, the objects that each may hold, and the edges along which objects and taint go. Objects are pushed along edges as they come
 * (difference propagation); each constraint at a node sees each object once.
 */
export class ValueGraph {
  readonly objects: (Obj[] | undefined)[] = [];
  /** Edges that carry objects and taint unchanged. */
  readonly copies: (Node[] | undefined)[] = [];
  /** Edges that carry objects only; taint goes there under a mask. */
  readonly pointers: (Node[] | undefined)[] = [];
  /** Into a function: pairs of parameter node and call site. */
  readonly entries: (number[] | undefined)[] = [];
  /** Out of a function: pairs of result node and call site. */
  readonly exits: (number[] | undefined)[] = [];
  private readonly waiting: (Constraint[] | undefined)[] = [];
  private readonly done: number[] = [];
  private readonly queued: boolean[] = [];
  private readonly queue: Node[] = [];
  private readonly meet: (constraint: Constraint, object: Obj) => void;
  private readonly mostFacts: number;
  /** Pairs of constraint and object that are still to meet: a call would go as deep as the heap is. */
  private readonly late: number[] = [];
  private facts = 0;
  overflows = 0;

  constructor(nodes: number, mostFacts: number, meet: (constraint: Constraint, object: Obj) => void) {
    this.meet = meet;
    this.mostFacts = mostFacts;
    for (let i = 0; i < nodes; i++) this.node();
  }

  get size(): number {
    return this.done.length;
  }

  node(): Node {
    this.objects.push(undefined);
    this.copies.push(undefined);
    this.pointers.push(undefined);
    this.entries.push(undefined);
    this.exits.push(undefined);
    this.waiting.push(undefined);
    this.queued.push(false);
    return this.done.push(0) - 1;
  }

  add(node: Node, object: Obj): void {
    const held = this.objects[node];
    if (held === undefined) {
      this.objects[node] = [object];
    } else {
      if (held.includes(object)) return;
      if (held.length >= largestSet) {
        this.overflows++;
        return;
      }
      held.push(object);
    }
    if (++this.facts > this.mostFacts) return;
    if (this.queued[node] === true) return;
    this.queued[node] = true;
    this.queue.push(node);
  }

  copy(from: Node, to: Node): void {
    if (from === to) return;
    push(this.copies, from, to);
    this.forward(from, to);
  }

  point(from: Node, to: Node): void {
    push(this.pointers, from, to);
    this.forward(from, to);
  }

  enter(from: Node, to: Node, site: number): void {
    pushPair(this.entries, from, to, site);
    this.forward(from, to);
  }

  exit(from: Node, to: Node, site: number): void {
    pushPair(this.exits, from, to, site);
    this.forward(from, to);
  }

  /** The constraint meets every object that the node holds and will hold. */
  wait(node: Node, constraint: Constraint): void {
    push(this.waiting, node, constraint);
    const held = this.objects[node];
    if (held === undefined) return;
    for (let at = 0; at < (this.done[node] as number); at++) this.late.push(constraint, held[at] as Obj);
  }

  private forward(from: Node, to: Node): void {
    const held = this.objects[from];
    if (held === undefined) return;
    for (let at = 0; at < (this.done[from] as number); at++) this.add(to, held[at] as Obj);
  }

  /** Until nothing changes, or `stop` says so. */
  solve(stop: () => boolean): boolean {
    let steps = 0;
    for (;;) {
      if ((++steps & 4095) === 0 && stop()) return false;
      const object = this.late.pop();
      if (object !== undefined) {
        this.meet(this.late.pop() as Constraint, object);
        continue;
      }
      const node = this.queue.pop();
      if (node === undefined) break;
      this.queued[node] = false;
      this.settle(node);
    }
    return this.facts <= this.mostFacts;
  }

  private settle(node: Node): void {
    const held = this.objects[node] as Obj[];
    while ((this.done[node] as number) < held.length) {
      const object = held[this.done[node] as number] as Obj;
      this.done[node] = (this.done[node] as number) + 1;
      for (const to of this.copies[node] ?? none) this.add(to, object);
      for (const to of this.pointers[node] ?? none) this.add(to, object);
      this.addPairs(this.entries[node], object);
      this.addPairs(this.exits[node], object);
      const waiting = this.waiting[node];
      if (waiting === undefined) continue;
      // What comes to wait meanwhile has met this object already.
      const length = waiting.length;
      for (let at = 0; at < length; at++) this.meet(waiting[at] as Constraint, object);
    }
  }

  private addPairs(pairs: readonly number[] | undefined, object: Obj): void {
    if (pairs === undefined) return;
    for (let at = 0; at < pairs.length; at += 2) this.add(pairs[at] as Node, object);
  }
}

const none: readonly number[] = [];

function push(lists: (number[] | undefined)[], at: number, value: number): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [value];
  else list.push(value);
}

function pushPair(lists: (number[] | undefined)[], at: number, value: number, site: number): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [value, site];
  else list.push(value, site);
}
