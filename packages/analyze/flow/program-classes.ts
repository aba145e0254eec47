import { type IrModule, op } from '#model/ir.ts';
import type { ImportTarget } from '#model/program.ts';
import type { Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';
import { onceFor } from './once-for.ts';

/** Names of the classes that a module defines and gives. */
const classesOf = onceFor((ir: IrModule): ReadonlySet<string> => {
  const found = new Set<string>();
  ir.ops.forEach((code, place) => {
    if (code === op.export && isClass(ir, ir.b[place] as number)) found.add(ir.strings[ir.a[place] as number] ?? '');
  });
  return found;
});

function isClass(ir: IrModule, value: number): boolean {
  let at = value;
  for (let depth = 0; ir.ops[at] === op.decorate && depth < 20; depth++) at = ir.a[at] as number;
  return ir.ops[at] === op.closure && ir.functions[ir.a[at] as number]?.kind === 'constructor';
}

export function isProgramClass(heap: Heap, target: ImportTarget): boolean {
  const ir = target.kind === 'module' ? heap.layout.modules[target.module] : undefined;
  return ir !== undefined && target.kind === 'module' && target.name !== undefined && classesOf(ir).has(target.name);
}

/** Python: what may be an instance of a class. */
export function mayBeInstance(heap: Heap, object: Obj): boolean {
  const kind = heap.objects.kinds[object];
  return kind === objectKind.instance || kind === objectKind.external || kind === objectKind.outside;
}
