import type { Repository } from './repository.ts';

const fromOne = 1;
const fromOther = 2;
const common = 4;

interface Node {
  readonly number: number;
  readonly committed: number;
  readonly parents: readonly number[];
  flags: number;
  /** How often it waits in the heap. */
  queued: number;
}

/** A best common ancestor of two commits, the youngest when there are several; undefined when the histories do not meet. */
export function mergeBase(repository: Repository, one: string, other: string): string | undefined {
  const walk = new Walk(repository);
  walk.reach(repository.objects.numberOfHex(one), fromOne);
  walk.reach(repository.objects.numberOfHex(other), fromOther);
  const meetings: Node[] = [];
  for (let node = walk.next(); node !== undefined; node = walk.next()) {
    let { flags } = node;
    if ((flags & (fromOne | fromOther)) === (fromOne | fromOther)) {
      if ((flags & common) === 0 && !meetings.includes(node)) meetings.push(node);
      flags |= common;
    }
    for (const parent of node.parents) walk.reach(parent, flags);
  }
  // A meeting that lies behind another one was marked on the way; clocks that run backwards show it late.
  const best = meetings.filter((node) => (node.flags & common) === 0).sort((a, b) => b.committed - a.committed)[0];
  return best === undefined ? undefined : repository.objects.hex(best.number);
}

/** Visits commits youngest first, until all that is left is known to be common. */
class Walk {
  readonly #repository: Repository;
  readonly #nodes = new Map<number, Node>();
  /** A binary heap, the youngest commit on top. */
  readonly #heap: Node[] = [];
  /** Places in the heap whose commit is not known to be common. */
  #open = 0;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  reach(number: number, flags: number): void {
    const known = this.#nodes.get(number);
    if (known !== undefined && (known.flags & flags) === flags) return;
    const node = known ?? this.#load(number);
    if ((node.flags & common) === 0 && (flags & common) !== 0) this.#open -= node.queued;
    node.flags |= flags;
    this.#push(node);
  }

  next(): Node | undefined {
    return this.#open === 0 ? undefined : this.#pop();
  }

  #load(number: number): Node {
    const { committed, parents } = this.#repository.commit(number);
    const node = { number, committed, parents: parents.map((oid) => this.#repository.objects.number(oid, 0)), flags: 0, queued: 0 };
    this.#nodes.set(number, node);
    return node;
  }

  #push(node: Node): void {
    const heap = this.#heap;
    let at = heap.push(node) - 1;
    for (let up = (at - 1) >> 1; at > 0 && isYounger(node, heap[up]); up = (at - 1) >> 1) {
      heap[at] = heap[up] ?? node;
      heap[up] = node;
      at = up;
    }
    node.queued += 1;
    if ((node.flags & common) === 0) this.#open += 1;
  }

  #pop(): Node | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    if (top !== undefined) {
      top.queued -= 1;
      if ((top.flags & common) === 0) this.#open -= 1;
    }
    return top;
  }

  #sink(node: Node): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && isYounger(heap[child + 1], heap[child])) child += 1;
      const below = heap[child];
      if (below === undefined || !isYounger(below, node)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = node;
  }
}

function isYounger(one: Node | undefined, other: Node | undefined): boolean {
  return (one?.committed ?? 0) > (other?.committed ?? 0);
}
