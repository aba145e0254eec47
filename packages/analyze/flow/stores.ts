import { type IrModule, op } from '#model/ir.ts';
import type { ApiPath } from '#model/library.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';

/** The assignment that stores a value in the member that a path names; the value itself where there is none. */
export function storeOf(heap: Heap, value: Node, path: ApiPath): Node {
  const last = path.at(-1);
  if (value >= heap.layout.values || last?.kind !== 'member') return value;
  const { module, ir, place } = heap.layout.at(value);
  const at = ir.ops.findIndex((_, one) => ir.c[one] === place && last.names.includes(storedUnder(ir, one) ?? ''));
  return at < 0 ? value : (heap.layout.bases[module] as number) + at;
}

/** The name under which an instruction stores; undefined where it says none, or stores nothing. */
export function storedUnder(ir: IrModule, at: number): string | undefined {
  const key = ir.b[at] as number;
  if (ir.ops[at] === op.store) return ir.strings[key];
  return ir.ops[at] === op.storeAt && ir.ops[key] === op.constant ? ir.constants[ir.a[key] as number]?.text : undefined;
}
