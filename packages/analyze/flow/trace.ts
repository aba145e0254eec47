import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { MaskedEdges } from './tabulation.ts';

/** Nodes that are looked at for one flow before it is told without its way. */
const longestSearch = 400_000;

/**
 * The shortest ways from sources to sinks for one class, as nodes, source first. Calls are entered and left as they match; a way that forgets its
 * caller (through a shared node) may return to any.
 */
export function traceFlows(heap: Heap, masked: MaskedEdges, seeds: readonly Node[], bit: number, sinks: ReadonlySet<Node>): Map<Node, Node[]> {
  const { graph } = heap;
  const before = new Map<Node, Node>();
  const queue: Node[] = [];
  const reach = (to: Node, from: Node): void => {
    if (before.has(to)) return;
    before.set(to, from);
    queue.push(to);
  };
  for (const seed of seeds) reach(seed, -1);
  let left = sinks.size;
  const found = new Map<Node, Node[]>();
  for (let at = 0; at < queue.length && left > 0 && at < longestSearch; at++) {
    const node = queue[at] as Node;
    if (sinks.has(node)) {
      left--;
      found.set(node, wayTo(before, node));
    }
    for (const to of graph.copies[node] ?? none) reach(to, node);
    for (let edge = masked.at[node] as number; edge < (masked.at[node + 1] as number); edge++) {
      if (((masked.mask[edge] as number) & bit) !== 0) reach(masked.to[edge] as Node, node);
    }
    const entries = graph.entries[node];
    if (entries !== undefined) for (let one = 0; one < entries.length; one += 2) reach(entries[one] as Node, node);
    const exits = graph.exits[node];
    if (exits !== undefined) for (let one = 0; one < exits.length; one += 2) reach(exits[one] as Node, node);
  }
  return found;
}

function wayTo(before: ReadonlyMap<Node, Node>, node: Node): Node[] {
  const way: Node[] = [];
  for (let at: Node | undefined = node; at !== undefined && at >= 0; at = before.get(at)) way.push(at);
  return way.reverse();
}

const none: readonly number[] = [];
