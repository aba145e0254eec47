import { type IrModule, op } from '#model/ir.ts';
import { onceFor } from './once-for.ts';

/** Names of the classes that a module defines and gives. */
export const classesOf = onceFor((ir: IrModule): ReadonlySet<string> => {
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
