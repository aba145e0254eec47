import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';

/** What a method of lists, sets and dictionaries does. */
interface Container {
  /** The argument that becomes an element, or, with `each`, whose elements do. */
  readonly gets?: number;
  readonly each?: boolean;
  /** It gives an element: the one of the name in argument 0, where that is known, or any. */
  readonly gives?: 'named' | 'any';
  /** It gives a list of the same elements. */
  readonly list?: boolean;
}

const methods: ReadonlyMap<string, Container> = new Map<string, Container>([
  ['append', { gets: 0 }], ['appendleft', { gets: 0 }], ['add', { gets: 0 }], ['insert', { gets: 1 }], ['put', { gets: 0 }], ['extend', { gets: 0, each: true }], ['update', { gets: 0, each: true }],
  ['setdefault', { gets: 1, gives: 'named' }], ['get', { gives: 'named' }], ['pop', { gives: 'named' }], ['popleft', { gives: 'any' }], ['popitem', { gives: 'any' }],
  ['values', { list: true }], ['copy', { list: true }], ['union', { list: true }], ['intersection', { list: true }], ['difference', { list: true }], ['itervalues', { list: true }],
]);

/** Calls on receivers that may be containers of the program's own. */
export function pythonContainer(heap: Heap, site: Site, name: string): void {
  const method = methods.get(name);
  if (method === undefined) return;
  const { gets, each, gives, list } = method;
  if (gets !== undefined) for (const arg of [...site.args.slice(gets, gets + 1), ...(each === true ? named(site) : [])]) heap.wait(site.receiver, wait.give, each === true && !named(site).includes(arg) ? elementOf(heap, arg) : arg);
  if (gives !== undefined) give(heap, site, gives);
  if (list === true) copied(heap, site);
}

/** `d.update(name=value)` */
function named(site: Site): Node[] {
  return [...(site.keywords ?? [])].flatMap(([name, value]) => (name === '**' ? [] : [value]));
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
