import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { MaskedEdges } from './masked-edges.ts';
import type { PackedLists } from './packed-lists.ts';

/** Nodes that are looked at for one flow before it is told without its way. */
const longestSearch = 400_000;

/**
 * The shortest ways from sources to sinks for one class, as nodes, source first. Calls are entered and left as they match; a way that forgets its
 * caller (through a shared node) may return to any.
 */
export class Tracer {
  private readonly heap: Heap;
  private readonly masked: MaskedEdges;
  /** By node: the one before, and 2; 0: not reached, 1: a source. */
  private readonly before: Int32Array;
  private readonly queue: Int32Array;
  private length = 0;

  constructor(heap: Heap, masked: MaskedEdges) {
    this.heap = heap;
    this.masked = masked;
    this.before = new Int32Array(heap.graph.size);
    this.queue = new Int32Array(heap.graph.size);
  }

  trace(seeds: readonly Node[], bit: number, sinks: ReadonlySet<Node>): Map<Node, Node[]> {
    const { queue, masked } = this;
    const { copies, entries, exits } = this.heap.graph;
    for (const seed of seeds) this.reach(seed, -1);
    let left = sinks.size;
    const found = new Map<Node, Node[]>();
    for (let at = 0; at < this.length && left > 0 && at < longestSearch; at++) {
      const node = queue[at] as Node;
      if (sinks.has(node)) {
        left--;
        found.set(node, this.wayTo(node));
      }
      this.follow(copies, node);
      for (let edge = masked.at[node] as number; edge < (masked.at[node + 1] as number); edge++) {
        if (((masked.mask[edge] as number) & bit) !== 0) this.reach(masked.to[edge] as Node, node);
      }
      this.follow(entries, node);
      this.follow(exits, node);
    }
    this.clear();
    return found;
  }

  private follow(edges: PackedLists, node: Node): void {
    const last = edges.last(node);
    for (let entry = last, more = last !== 0; more; more = entry !== last) {
      entry = edges.next(entry);
      this.reach(edges.value(entry), node);
    }
  }

  private reach(to: Node, from: Node): void {
    if (this.before[to] !== 0) return;
    this.before[to] = from + 2;
    this.queue[this.length++] = to;
  }

  private clear(): void {
    for (let at = 0; at < this.length; at++) this.before[this.queue[at] as Node] = 0;
    this.length = 0;
  }

  private wayTo(node: Node): Node[] {
    const way: Node[] = [];
    for (let at = node; at >= 0; at = (this.before[at] as number) - 2) way.push(at);
    return way.reverse();
  }
}
