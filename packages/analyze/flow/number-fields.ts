import { type IrModule, op } from '#model/ir.ts';
import type { Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';
import { onceFor } from './once-for.ts';
import { plainTypes } from './plain-members.ts';

/** Names of members that classes of Python declare as numbers (`count: int` of a model). */
export const declaredNumbers = onceFor((ir: IrModule): ReadonlySet<string> => {
  const found = new Set<string>();
  ir.ops.forEach((code, place) => {
    if (code === op.store && isDeclaredNumber(ir, ir.c[place] as number)) found.add(ir.strings[ir.b[place] as number] ?? '');
  });
  return found;
});

/** What a class without a constructor takes for a member that it declares as a number. */
function isDeclaredNumber(ir: IrModule, value: number): boolean {
  return ir.ops[value] === op.typed && plainTypes.has(ir.strings[ir.b[value] as number] ?? '') && ir.ops[ir.a[value] as number] === op.param && ir.functions[ir.owners[value] as number]?.kind === 'constructor';
}

/** A member that the class of an instance declares as a number, and which nothing else is stored in. */
export function isNumberField(heap: Heap, object: Obj, name: string): boolean {
  const { objects, layout } = heap;
  if (objects.kinds[object] !== objectKind.instance) return false;
  const field = objects.ownField(object, layout.names.number(name));
  const stored = field === undefined ? [] : heap.stored(field);
  return stored.length > 0 && stored.every((value) => value < layout.values && isDeclaredNumber(layout.at(value).ir, layout.at(value).place));
}
