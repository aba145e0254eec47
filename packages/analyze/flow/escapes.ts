import { type States, step, strange, unsaid } from './api-automaton.ts';
import type { Node, Obj } from './graph.ts';
import { type Heap, wait } from './heap.ts';
import { objectKind } from './objects.ts';

/** Numbers of sets of states stay below this. */
const statesRoom = 2 ** 24;
/** Parameters of a function that a library may fill in. */
const mostParameters = 12;

/** The world outside gets what a node holds: whatever can be called through it is called with untrusted values. */
export function leakNode(heap: Heap, node: Node): void {
  if (heap.leakedNodes.has(node)) return;
  heap.leakedNodes.add(node);
  heap.wait(node, wait.leak, -1);
}

export function leak(heap: Heap, object: Obj): void {
  const { objects } = heap;
  const kind = objects.kinds[object];
  if (kind === objectKind.external || kind === objectKind.outside || kind === objectKind.module || kind === objectKind.global) return;
  if (heap.met.has(-1 - object)) return;
  heap.met.add(-1 - object);
  if (kind === objectKind.function) leakFunction(heap, object);
  const python = heap.layout.program.language === 'python';
  objects.eachField(object, (name, node) => {
    // In Python what begins with an underscore is for the package itself.
    if (!python || !/^_(?!_)/.test(heap.layout.names.text(name))) leakNode(heap, node);
  });
  leakNode(heap, objects.star(object));
  for (const parent of objects.parentsOf(object)) leakObject(heap, parent);
  if (kind === objectKind.instance) leakObject(heap, objects.object(objectKind.prototype, objects.of[object] as Obj));
}

/** By way of a node, so that it waits its turn: objects lead to one another without end. */
function leakObject(heap: Heap, object: Obj): void {
  if (heap.met.has(-1 - object)) return;
  const node = heap.graph.node();
  heap.graph.add(node, object);
  leakNode(heap, node);
}

function leakFunction(heap: Heap, object: Obj): void {
  const { objects, graph, layout } = heap;
  const fn = objects.of[object] as number;
  if (heap.leaked.has(fn)) return;
  heap.leaked.add(fn);
  const { params } = layout.functionInfo(fn);
  for (let at = 0; at < params; at++) {
    const param = heap.param(fn, at);
    graph.add(param, objects.object(objectKind.outside, param));
  }
  const made = objects.object(objectKind.instance, object);
  graph.add(heap.param(fn, -1), made);
  leakNode(heap, heap.result(fn));
  leakObject(heap, made);
}

/** A library gets an object: functions are called with what the library gives them. */
export function lend(heap: Heap, object: Obj, states: States): void {
  const { objects, automaton } = heap;
  const kind = objects.kinds[object];
  if (kind === objectKind.external || kind === objectKind.outside) return;
  const key = object * statesRoom + states;
  if (heap.met.has(key) || !automaton.leads(states)) return;
  heap.met.add(key);
  if (kind === objectKind.function) return lendFunction(heap, objects.of[object] as number, states);
  objects.eachField(object, (name, node) => {
    const next = automaton.move(states, step.member(heap.layout.names.text(name)));
    if (next !== unsaid && next !== strange) heap.wait(node, wait.lend, next);
  });
  const element = automaton.move(states, step.element);
  if (element !== unsaid && element !== strange) heap.wait(objects.all(object), wait.lend, element);
}

function lendFunction(heap: Heap, fn: number, states: States): void {
  heap.lent.set(`${fn}:${states}`, { fn, states });
  const { automaton, layout } = heap;
  const { params } = layout.functionInfo(fn);
  for (let at = 0; at < Math.min(params, mostParameters); at++) heap.addExternal(heap.param(fn, at), automaton.move(states, step.parameter(at)));
  heap.addExternal(heap.param(fn, -1), automaton.move(states, step.this));
  // Decorated and registered classes are made by the library.
  const result = automaton.move(states, step.result);
  if (result !== unsaid && result !== strange) heap.wait(heap.result(fn), wait.lend, result);
}
