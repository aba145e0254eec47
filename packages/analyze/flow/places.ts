import type { ApiStep, Place } from '#model/library.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';

/** The nodes that a place at a call stands for, to be read; members of what lies there are followed. */
export function readPlace(heap: Heap, site: Site, place: Place): Node[] {
  return baseNodes(site, place).map((node) => place.steps.reduce((at, one) => readStep(heap, site, at, one), node));
}

function baseNodes(site: Site, place: Place): Node[] {
  switch (place.base) {
    case 'argument': return site.args.slice(place.at, place.at + 1);
    case 'later': return site.args.slice(place.at);
    case 'any': return [...site.args, ...(site.keywords?.values() ?? [])];
    case 'this': return site.receiver < 0 ? [] : [site.receiver];
    case 'result': return [site.value];
    case 'keyword': return keyword(site, place.name);
    case 'assigned':
    case 'returned': return [];
  }
}

/** Named arguments lie beside the others, by their names. */
function keyword(site: Site, name: string): Node[] {
  const at = site.keywords?.get(name);
  return at === undefined ? [] : [at];
}

function readStep(heap: Heap, site: Site, from: Node, one: ApiStep): Node {
  const into = heap.graph.node();
  switch (one.kind) {
    case 'member':
      for (const name of one.names) heap.wait(from, wait.load, heap.layout.names.number(name), into);
      break;
    case 'result':
      heap.graph.copy(heap.callWithin(site, from, []), into);
      return into;
    case 'instance':
      heap.wait(from, wait.instance, into);
      return into;
    case 'await':
      heap.wait(from, wait.await, into);
      heap.graph.copy(from, into);
      return into;
    default:
      heap.wait(from, wait.loadAny, into);
  }
  heap.taints(from, into);
  return into;
}

/** What `from` holds comes to a place. `same`: the very object; else what is made from it. */
export function writePlace(heap: Heap, site: Site, place: Place, from: Node, { same, mask }: { readonly same: boolean; readonly mask: number }): void {
  const bridge = heap.graph.node();
  if (same && mask === -1) heap.graph.copy(from, bridge);
  else {
    if (same) heap.graph.point(from, bridge);
    heap.taints(from, bridge, mask);
  }
  for (const base of baseNodes(site, place)) writeSteps(heap, site, base, place.steps, bridge);
}

function writeSteps(heap: Heap, site: Site, base: Node, steps: readonly ApiStep[], from: Node): void {
  const last = steps.at(-1);
  if (last === undefined) return heap.graph.copy(from, base);
  const at = steps.slice(0, -1).reduce((node, one) => readStep(heap, site, node, one), base);
  if (last.kind === 'member') for (const name of last.names) heap.wait(at, wait.store, heap.layout.names.number(name), from);
  else if (last.kind === 'parameter') {
    const index = last.at === '*' ? 0 : last.at;
    const args = Array.from({ length: index + 1 }, (_, one) => (one === index ? from : heap.graph.node()));
    heap.callWithin(site, at, args);
  } else heap.wait(at, wait.storeAny, from);
}
