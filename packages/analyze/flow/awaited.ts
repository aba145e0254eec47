import { type IrModule, op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import { onceFor } from './once-for.ts';

const waiters: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** The program waits for the value: it is a promise of something. */
export function isAwaited(heap: Heap, value: Node): boolean {
  if (value >= heap.layout.values) return false;
  const { ir, place } = heap.layout.at(value);
  return awaitedIn(ir)[place] === 1;
}

const awaitedIn = onceFor((ir: IrModule): Uint8Array => {
  const awaited = new Uint8Array(ir.ops.length);
  ir.ops.forEach((code, place) => {
    if (code === op.await || (code === op.invoke && waiters.has(ir.strings[ir.b[place] as number] ?? ''))) awaited[ir.a[place] as number] = 1;
  });
  return awaited;
});
