import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';

/** What a value is behind checks of it and declared types. */
export function behindChecks(heap: Heap, node: Node): Node {
  let at = node;
  while (at < heap.layout.values) {
    const made = heap.layout.at(at);
    if (made.op !== op.refine && made.op !== op.typed) break;
    at = made.a;
  }
  return at;
}

/** Joins that are followed back. */
const most = 40;

/** The value that this one is whatever is known of it: through checks, declared types, and joins of a loop that all lead back to one. */
export function rootOf(heap: Heap, value: Node): Node {
  const roots = new Set<Node>();
  const seen = new Set([value]);
  for (const at of seen) {
    if (seen.size > most) return value;
    if (at < 0 || at >= heap.layout.values) roots.add(at);
    else {
      const made = heap.layout.at(at);
      if (made.op === op.refine || made.op === op.typed) seen.add(made.a);
      else if (made.op === op.phi && made.operands.length > 0) for (const one of made.operands) seen.add(one);
      else roots.add(at);
    }
    if (roots.size > 1) return value;
  }
  const [root] = roots;
  return root ?? value;
}
