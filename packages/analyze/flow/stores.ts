import { type IrModule, op } from '#model/ir.ts';
import type { ApiPath } from '#model/library.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';

/** The assignment that stores a value in the member that a path names; the value itself where there is none. */
export function storeOf(heap: Heap, value: Node, path: ApiPath): Node {
  const last = path.at(-1);
  if (value >= heap.layout.values || last?.kind !== 'member') return value;
  const { module, ir, place } = heap.layout.at(value);
  const at = ir.ops.findIndex((code, one) => ir.c[one] === place && last.names.includes(storedUnder(ir, code, one)));
  return at < 0 ? value : (heap.layout.bases[module] as number) + at;
}

/** The name under which an instruction stores, where it says one. */
function storedUnder(ir: IrModule, code: number, at: number): string {
  if (code === op.store) return ir.strings[ir.b[at] as number] ?? '';
  const key = code === op.storeAt ? (ir.b[at] as number) : -1;
  return ir.ops[key] === op.constant ? (ir.constants[ir.a[key] as number]?.text ?? '') : '';
}
