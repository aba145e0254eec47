import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';

/** Marks that say what a value must be like, and not where it comes from. */
const harmlessMarks = /(?:^|\.)validation\.|\.(?:Nullable|NonNull|NotNull|Nonnull)$/;
/** How far behind a parameter its type and marks stand. */
const nearest = 40;

/** A parameter is declared as text, as a collection or as a class of the program, and nothing says that a framework fills it from elsewhere. */
export function isDeclaredData(heap: Heap, node: Node): boolean {
  const { layout } = heap;
  const param = heap.paramOf(node);
  // A mark on a class is about its methods: what its constructor gets is none of the framework's input.
  if (param !== undefined && layout.functionInfo(param.fn).kind === 'constructor') return false;
  const value = param === undefined ? node : layout.paramValue(param.fn, param.at);
  if (value < 0 || value >= layout.values) return false;
  const { module, ir, place } = layout.at(value);
  let isData = false;
  for (let at = place + 1; at < Math.min(place + nearest, ir.ops.length); at++) {
    if (ir.a[at] !== place) continue;
    if (ir.ops[at] === op.typed) isData = isDataType(heap, module, ir.strings[ir.b[at] as number] ?? '');
    else if (ir.ops[at] === op.decorate && !harmlessMarks.test(markOf(heap, (layout.bases[module] as number) + (ir.b[at] as number)))) return false;
  }
  return isData;
}

function isDataType(heap: Heap, module: number, type: string): boolean {
  return /^java\.(?:lang\.(?:String|CharSequence|Object)|util\.)/.test(type) || heap.layout.program.modules[module]?.imports.get(type)?.kind === 'module';
}

function markOf(heap: Heap, call: Node): string {
  const callee = call < heap.layout.values ? heap.layout.at(call).a : -1;
  return callee < 0 || heap.layout.at(callee).op !== op.import ? '' : heap.layout.at(callee).textA;
}
