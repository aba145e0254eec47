import type { Node, Obj } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';

/** More arguments than this are taken together. */
const mostArguments = 40;

/** The site calls a function of the program: arguments go to parameters, the result comes back. */
export function linkFunction(heap: Heap, site: Site, at: number, fn: number): void {
  if (!heap.target(site, fn)) return;
  bind(heap, fn, site.args, site.spreadFrom, at);
  if (site.keywords !== undefined) bindNames(heap, fn, site, at);
  if (site.receiver >= 0) heap.graph.enter(site.receiver, heap.param(fn, -1), at);
  heap.graph.exit(heap.result(fn), site.value);
}

/** Arguments to parameters. `site` -1: not at a call that can be told. */
export function bind(heap: Heap, fn: number, args: readonly Node[], spreadFrom: number, site: number): void {
  const fixed = spreadFrom < 0 ? args : args.slice(0, spreadFrom);
  fixed.slice(0, placesOf(heap, fn)).forEach((arg, index) => heap.graph.enter(arg, heap.param(fn, index), site));
  for (const rest of heap.rests.get(fn) ?? []) for (const arg of args.slice(Math.min(rest.from, args.length))) heap.graph.enter(arg, rest.into, site);
  if (spreadFrom < 0) return;
  // Elements of a list of unknown length may be any of the parameters that follow.
  for (const arg of args.slice(spreadFrom)) for (let index = spreadFrom; index < spreadFrom + paramsOf(heap, fn); index++) heap.graph.enter(arg, heap.param(fn, index), site);
}

/** In Python what a list of the rest takes goes to no other parameter. */
function placesOf(heap: Heap, fn: number): number {
  const rests = heap.layout.program.language === 'python' ? (heap.rests.get(fn) ?? []) : [];
  return Math.min(mostArguments, ...rests.map(({ from }) => from));
}

/** Arguments that are passed by name. */
function bindNames(heap: Heap, fn: number, { keywords = new Map(), args, spreadFrom }: Site, site: number): void {
  const names = heap.layout.functionInfo(fn).paramNames;
  // What is passed in order or by its own name is not in the dictionary as well.
  const placed = spreadFrom < 0 ? args.length : spreadFrom;
  const open = (name: string, at: number): boolean => at >= placed && !keywords.has(name);
  const others = heap.dictionaries.get(fn);
  for (const [name, arg] of keywords) {
    if (name === '**') {
      bindDictionary(heap, fn, { names, open, dictionary: arg, site });
      continue;
    }
    const at = names.indexOf(name);
    if (at >= 0) heap.graph.enter(arg, heap.param(fn, at), site);
    else if (others !== undefined) heap.graph.enter(arg, heap.objects.field(others, heap.layout.names.number(name)), site);
  }
}

interface OpenNames {
  readonly names: readonly string[];
  readonly open: (name: string, at: number) => boolean;
  readonly dictionary: Node;
  readonly site: number;
}

/** Members of a dictionary go to the parameters of their names. */
function bindDictionary(heap: Heap, fn: number, { names, open, dictionary, site }: OpenNames): void {
  names.slice(0, mostArguments).forEach((name, at) => {
    if (!open(name, at)) return;
    const own = heap.graph.node();
    heap.wait(dictionary, wait.load, heap.layout.names.number(name), own);
    heap.graph.enter(own, heap.param(fn, at), site);
  });
  const others = heap.dictionaries.get(fn);
  if (others === undefined) return;
  heap.wait(dictionary, wait.inherit, others);
  heap.taints(dictionary, heap.objects.star(others));
}

function paramsOf(heap: Heap, fn: number): number {
  return Math.min(heap.layout.functionInfo(fn).params, mostArguments);
}

/** `f.call(self, a)`, `f.apply(self, list)`, `f.bind(self, a)`: the function that comes is called by way of its own method. */
export function linkIndirect(heap: Heap, object: Obj, site: Site, at: number): void {
  if (heap.objects.kinds[object] !== objectKind.function) return;
  const fn = heap.objects.of[object] as number;
  const name = heap.layout.names.text(site.name);
  if (!heap.target(site, fn)) return;
  const [self, ...rest] = site.args;
  if (self !== undefined) heap.graph.enter(self, heap.param(fn, -1), at);
  if (name === 'bind') {
    // Bound arguments come at a call that is not this one.
    bind(heap, fn, rest, -1, at);
    heap.graph.add(site.value, object);
    return;
  }
  if (name === 'apply') applyList(heap, fn, rest[0], at);
  else bind(heap, fn, rest, site.spreadFrom < 1 ? -1 : site.spreadFrom - 1, at);
  heap.graph.exit(heap.result(fn), site.value);
}

function applyList(heap: Heap, fn: number, list: Node | undefined, at: number): void {
  if (list === undefined) return;
  const element = heap.graph.node();
  heap.wait(list, wait.loadAny, element);
  heap.taints(list, element);
  for (let index = 0; index < paramsOf(heap, fn); index++) {
    const own = heap.graph.node();
    heap.wait(list, wait.load, heap.layout.names.number(String(index)), own);
    heap.taints(list, own);
    heap.graph.enter(own, heap.param(fn, index), at);
  }
  for (const rest of heap.rests.get(fn) ?? []) heap.graph.enter(element, rest.into, at);
}
