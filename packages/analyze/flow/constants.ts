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
  const found = follow(heap, site, place);
  return typeof found === 'number' ? constantAt(heap, found) : found;
}

/** The one node that a place at a call stands for, where there is one. */
export function placeNode(heap: Heap, site: Site, place: Place): Node | undefined {
  const found = follow(heap, site, place);
  return typeof found === 'number' ? found : undefined;
}

function follow(heap: Heap, site: Site, place: Place): Known | Node {
  let at = baseOf(site, place);
  for (const step of place.steps) {
    if (typeof at !== 'number') return at;
    at = step.kind === 'member' ? memberOf(heap, at, step.names) : unknown;
  }
  return at;
}

function baseOf(site: Site, place: Place): Known | Node {
  switch (place.base) {
    case 'argument': return site.args[place.at] ?? (site.spreadFrom < 0 ? absent : unknown);
    case 'keyword': return site.keywords?.get(place.name) ?? (site.openKeywords === true ? unknown : absent);
    case 'this': return site.receiver < 0 ? unknown : site.receiver;
    case 'result': return site.value;
    default: return unknown;
  }
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
  const objects = heap.graph.held(node);
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
