import type { Place } from '#model/library.ts';
import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { objectKind } from './objects.ts';

export type Known = { readonly kind: 'constant'; readonly text: string; readonly type: string } | { readonly kind: 'absent' } | { readonly kind: 'unknown' };

const unknown: Known = { kind: 'unknown' };
const absent: Known = { kind: 'absent' };
const deepest = 6;

/** What a place at a call holds, as far as constants tell. */
export function valueOf(heap: Heap, site: Site, place: Place): Known {
  if (place.base === 'argument' && site.spreadFrom < 0 && site.args.length <= place.at) return absent;
  if (place.base === 'keyword' && site.keywords?.has(place.name) !== true) return site.openKeywords === true ? unknown : absent;
  const node = place.base === 'argument' ? site.args[place.at] : place.base === 'keyword' ? site.keywords?.get(place.name) : place.base === 'this' ? site.receiver : undefined;
  if (node === undefined || node < 0) return unknown;
  let at: Node = node;
  for (const step of place.steps) {
    const next = step.kind === 'member' ? memberOf(heap, at, step.names) : unknown;
    if (typeof next !== 'number') return next;
    at = next;
  }
  return constantAt(heap, at);
}

/** The constant that a node is in any case. */
export function constantAt(heap: Heap, node: Node, depth = 0): Known {
  if (node >= heap.layout.values || depth > deepest) return unknown;
  const instruction = heap.layout.at(node);
  const { constant } = instruction;
  if (constant !== undefined) return { kind: 'constant', text: constant.text, type: constant.kind };
  if (instruction.op === op.refine || instruction.op === op.typed || instruction.op === op.await) return constantAt(heap, instruction.a, depth + 1);
  return unknown;
}

function memberOf(heap: Heap, node: Node, names: readonly string[]): Known | Node {
  const objects = heap.graph.objects[node] ?? [];
  const [object] = objects;
  if (objects.length !== 1 || object === undefined || heap.objects.kinds[object] !== objectKind.site) return unknown;
  if (heap.objects.parentsOf(object).length > 0) return unknown;
  for (const name of names) {
    const field = heap.objects.ownField(object, heap.layout.names.number(name));
    const values = field === undefined ? [] : heap.stored(field);
    if (values.length === 1) return values[0] as Node;
    if (values.length > 1) return unknown;
  }
  return absent;
}
