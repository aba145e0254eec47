import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';

const owners: ReadonlySet<string> = new Set(['Object', 'Reflect']);
const promises: ReadonlySet<string> = new Set(['Promise']);
const lists: ReadonlySet<string> = new Set(['Array']);

/** Functions of JavaScript that join objects: what knowledge of libraries cannot say, because it changes what an object inherits. */
export function objectFunction(heap: Heap, site: Site): void {
  const name = heap.layout.names.text(site.name);
  const [first, second, third] = site.args;
  if (name === 'inherits' && first !== undefined && second !== undefined) return heap.wait(first, wait.extend, second);
  if (name === 'from' && first !== undefined && isGlobal(heap, site.receiver, lists)) return heap.graph.copy(first, site.value);
  if (first === undefined || !isGlobal(heap, site.receiver, owners)) return;
  if (name === 'assign') return site.args.slice(1).forEach((from) => heap.wait(from, wait.mixin, first));
  if (name === 'create') return inheritor(heap, site, first);
  if (name === 'setPrototypeOf' && second !== undefined) return heap.wait(second, wait.mixin, first);
  if (name === 'defineProperty' && second !== undefined && third !== undefined) define(heap, site, [first, second, third]);
}

function inheritor(heap: Heap, site: Site, above: Node): void {
  const made = heap.objects.object(objectKind.site, site.value);
  heap.graph.add(site.value, made);
  heap.wait(above, wait.inherit, made);
}

function define(heap: Heap, site: Site, [object, key, description]: readonly [Node, Node, Node]): void {
  const { names } = heap.layout;
  const [value, getter, setter] = ['value', 'get', 'set'].map((name) => {
    const node = heap.graph.node();
    heap.wait(description, wait.load, names.number(name), node);
    return node;
  }) as [Node, Node, Node];
  heap.taints(description, value);
  heap.graph.copy(heap.callWithin(site, getter, []), value);
  const constant = key < heap.layout.values ? heap.layout.at(key).constant : undefined;
  if (constant?.kind !== 'string') return heap.wait(object, wait.storeAny, value);
  const name = names.number(constant.text);
  heap.wait(object, wait.store, name, value);
  const given = heap.graph.node();
  heap.wait(object, wait.setter, name, given);
  heap.callWithin(site, setter, [given]);
}

const languageGlobals: ReadonlySet<string> = new Set([
  'Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'Buffer', 'DataView', 'Date', 'Error', 'Function', 'Infinity', 'Intl', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'Reflect',
  'RegExp', 'Set', 'String', 'Symbol', 'SyntaxError', 'TypeError', 'Uint8Array', 'WeakMap', 'WeakSet',
]);

/** Symbols that the language itself asks for: no text of anybody's. */
const symbolNames: ReadonlySet<string> = new Set(['asyncIterator', 'hasInstance', 'isConcatSpreadable', 'species', 'toPrimitive', 'toStringTag', 'unscopables']);

/** Members that are the language's own whatever they are asked of. */
export const languageNames: readonly string[] = [...languageGlobals, ...symbolNames];

export function isLanguageName(name: string): boolean {
  return languageGlobals.has(name) || symbolNames.has(name);
}

/** `context.Math` is the language's own, whoever handed the context in. */
export function isLanguageGlobal(name: string): boolean {
  return languageGlobals.has(name);
}

const containers: ReadonlySet<string> = new Set(['Array', 'Object', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError', 'URLSearchParams']);

/** They hold what the list that they are given holds. */
const copiers: ReadonlySet<string> = new Set(['Map', 'Set']);
const converters: ReadonlySet<string> = new Set(['Object']);

/** `new Map()`, `Array(3)`: objects that the program fills. */
export function container(heap: Heap, site: Site, callee: Node): void {
  if (site.args[0] !== undefined && isGlobal(heap, callee, converters)) heap.graph.copy(site.args[0], site.value);
  if (!isGlobal(heap, callee, containers)) return;
  const made = heap.objects.object(objectKind.site, site.value);
  heap.graph.add(site.value, made);
  if (site.args[0] !== undefined && isGlobal(heap, callee, copiers)) heap.wait(site.args[0], wait.inherit, made);
}

/** `new Promise((resolve) => ...)`: what `resolve` gets is what the promise gives. */
export function promise(heap: Heap, site: Site, callee: Node): void {
  const [executor] = site.args;
  if (executor === undefined || !isGlobal(heap, callee, promises)) return;
  const resolve = heap.graph.node();
  heap.graph.add(resolve, heap.objects.object(objectKind.resolver, site.value));
  heap.callWithin(site, executor, [resolve]);
}

function isGlobal(heap: Heap, node: Node, wanted: ReadonlySet<string>): boolean {
  if (node < 0 || node >= heap.layout.values) return false;
  const made = heap.layout.at(node);
  return made.op === op.global && wanted.has(made.textA);
}
