import { isLocal } from '#model/ir.ts';
import type { ImportTarget } from '#model/program.ts';
import { step, strange, unsaid } from './api-automaton.ts';
import type { Node } from './graph.ts';
import { type Heap, wait } from './heap.ts';
import { valueTypes } from './java-types.ts';
import { objectKind } from './objects.ts';
import { isProgramClass } from './program-classes.ts';

/** What an import leads to comes to a node. */
export function bringIn(heap: Heap, target: ImportTarget | undefined, into: Node): void {
  const { objects, layout } = heap;
  if (target === undefined) return heap.addExternal(into, strange);
  if (target.kind === 'external') return heap.addExternal(into, heap.root(target.name));
  const from = objects.object(objectKind.module, target.module);
  const exports = objects.field(from, layout.names.number('exports'));
  if (target.name === undefined) return heap.graph.copy(exports, into);
  let at: Node = exports;
  target.name.split('.').forEach((part, index, parts) => {
    const next = index === parts.length - 1 ? into : heap.graph.node();
    heap.wait(at, wait.load, layout.names.number(part), next);
    at = next;
  });
}

/** Holds one of the module's own classes. */
export function localClassNode(heap: Heap, module: number, name: string): Node {
  return heap.objects.field(heap.objects.object(objectKind.module, module), heap.layout.names.number(name));
}

/** A value of a declared type is what it is, and an instance of that type. */
export function declareType(heap: Heap, module: number, { type, from, to }: { readonly type: string; readonly from: Node; readonly to: Node }): void {
  const own = heap.layout.program.modules[module];
  const target = own?.imports.get(type);
  if (own?.ir.language === 'python' && target !== undefined && isProgramClass(heap, target)) {
    heap.wait(from, wait.instances, to);
    heap.taints(from, to);
  } else if (own?.ir.language === 'java' && (valueTypes.test(type) || target?.kind === 'module')) {
    heap.wait(from, wait.declared, heap.layout.names.number(type), to);
    heap.taints(from, to);
  } else heap.graph.copy(from, to);
  if (isLocal(type)) return heap.wait(localClassNode(heap, module, type), wait.instance, to);
  if (target?.kind === 'external') {
    const states = heap.automaton.move(heap.root(target.name), step.instance);
    if (states !== strange && states !== unsaid) heap.addExternal(to, states);
    return;
  }
  if (target === undefined) return;
  const types = heap.graph.node();
  bringIn(heap, target, types);
  heap.wait(types, wait.instance, to);
}
