import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';

/** What a method of lists, sets and dictionaries does. */
interface Container {
  /** The argument that becomes an element, or, with `each`, whose elements do. */
  readonly gets?: number;
  readonly each?: boolean;
  /** It gets what the argument holds, under the same names, and what is passed by name. */
  readonly merges?: boolean;
  /** It gives an element: the one of the name in argument 0, where that is known, or any. */
  readonly gives?: 'named' | 'any';
  /** It gives a list of the same elements. */
  readonly list?: boolean;
}

const methods: ReadonlyMap<string, Container> = new Map<string, Container>([
  ['append', { gets: 0 }], ['appendleft', { gets: 0 }], ['add', { gets: 0 }], ['insert', { gets: 1 }], ['put', { gets: 0 }], ['extend', { gets: 0, each: true }], ['update', { merges: true }],
  ['setdefault', { gets: 1, gives: 'named' }], ['get', { gives: 'named' }], ['pop', { gives: 'named' }], ['popleft', { gives: 'any' }], ['popitem', { gives: 'any' }],
  ['values', { list: true }], ['copy', { list: true }], ['union', { list: true }], ['intersection', { list: true }], ['difference', { list: true }], ['itervalues', { list: true }],
]);

/** Calls on receivers that may be containers of the program's own. */
export function pythonContainer(heap: Heap, site: Site, name: string): void {
  const method = methods.get(name);
  if (method === undefined) return;
  const { gets, each, gives, list, merges } = method;
  if (gets !== undefined) for (const arg of site.args.slice(gets, gets + 1)) heap.wait(site.receiver, wait.give, each === true ? elementOf(heap, arg) : arg);
  if (merges === true) merge(heap, site);
  if (gives !== undefined) give(heap, site, gives);
  if (list === true) copied(heap, site);
}

/** `d.update(other, name=value)` */
function merge(heap: Heap, site: Site): void {
  const [other] = site.args;
  if (other !== undefined) heap.wait(site.receiver, wait.merge, other);
  for (const [name, value] of site.keywords ?? []) {
    if (name === '**') heap.wait(site.receiver, wait.merge, value);
    else heap.wait(site.receiver, wait.setItem, heap.layout.names.number(name), value);
  }
}

function elementOf(heap: Heap, node: Node): Node {
  const element = heap.graph.node();
  heap.wait(node, wait.loadAny, element);
  heap.taints(node, element);
  return element;
}

/** `d.get(key, fallback)` */
function give(heap: Heap, site: Site, which: 'named' | 'any'): void {
  const [key, fallback] = site.args;
  const known = key === undefined || which === 'any' ? undefined : constantAt(heap, key);
  heap.wait(site.receiver, wait.take, known?.kind === 'constant' ? heap.layout.names.number(known.text) : -1, site.value);
  if (which === 'named' && fallback !== undefined) heap.graph.copy(fallback, site.value);
}

function copied(heap: Heap, site: Site): void {
  const list = heap.objects.object(objectKind.site, site.value);
  heap.graph.add(site.value, list);
  heap.wait(site.receiver, wait.take, -1, heap.objects.star(list));
}
