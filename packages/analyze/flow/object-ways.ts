import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { callsOf, storedIn } from './possible-values.ts';
import { behindChecks } from './roots.ts';

/** Where an object goes within the program, and where it came from: what is called on it elsewhere counts for it here. */

/** Values that are followed from one. */
const mostFollowed = 500;
const mostOrigins = 60;
const longestChain = 40;

/** It calls a method with one of these names; `new`: it makes an instance. */
export function isOf(heap: Heap, { kind, name }: Site, names: readonly string[]): boolean {
  return kind === 'construct' ? names.includes('new') : kind === 'invoke' && names.includes(heap.layout.names.text(name));
}

/** Where values go unchanged; a part of it where that is far. */
export function reachedFrom(heap: Heap, nodes: readonly Node[]): ReadonlySet<Node> {
  const reached = new Set(nodes);
  for (const one of reached) {
    if (reached.size > mostFollowed) break;
    const { copies, pointers, entries, exits } = heap.graph;
    for (const edges of [copies, pointers, entries, exits]) for (const to of edges.of(one)) reached.add(to);
  }
  return reached;
}

/** The value, and what each call of a chain (`a.f().g()`) was made on, from its end. */
export function chainOf(heap: Heap, node: Node): readonly Node[] {
  const chain = [node];
  while (chain.length < longestChain) {
    const receiver = heap.siteAt(behindChecks(heap, chain.at(-1) as Node))?.receiver ?? -1;
    if (receiver < 0) break;
    chain.push(receiver);
  }
  return chain;
}

/** What values may be, before joins, parameters, results of the program's functions and fields gave them. */
export function originsOf(heap: Heap, nodes: readonly Node[]): readonly Node[] {
  const origins = new Set(nodes);
  for (const one of origins) {
    if (origins.size > mostOrigins) break;
    for (const before of originsAt(heap, one)) origins.add(before);
  }
  return [...origins];
}

function originsAt(heap: Heap, node: Node): readonly Node[] {
  if (node >= heap.layout.values) return [];
  const made = heap.layout.at(node);
  switch (made.op) {
    case op.refine: case op.typed: return [made.a];
    case op.phi: return made.operands;
    case op.param: return argumentsFor(heap, node, made.rawA);
    case op.load: return storedIn(heap, made.a, made.textB);
    case op.call: case op.invoke: return (heap.siteAt(node)?.targets ?? []).flatMap((fn) => callsOf(heap).returned.get(fn) ?? []);
    default: return [];
  }
}

function argumentsFor(heap: Heap, node: Node, at: number): readonly Node[] {
  const callers = at < 0 ? [] : (callsOf(heap).callers.get(heap.layout.owner(heap.layout.at(node).valueId)) ?? []);
  return callers.flatMap(({ args, spreadFrom }) => (spreadFrom < 0 ? (args[at] ?? []) : []));
}
