import { type IrModule, op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';

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
  if (ir.language === 'python') return !isInjected(heap, module, place);
  let isData = false;
  for (let at = place + 1; at < Math.min(place + nearest, ir.ops.length); at++) {
    if (ir.a[at] !== place) continue;
    if (ir.ops[at] === op.typed) isData = isDataType(heap, module, ir.strings[ir.b[at] as number] ?? '');
    else if (ir.ops[at] === op.decorate && !harmlessMarks.test(markOf(heap, (layout.bases[module] as number) + (ir.b[at] as number)))) return false;
  }
  return isData;
}

/** What makes values for handlers, in Python. */
const injecting: ReadonlySet<string> = new Set(['Depends', 'Security', 'Provide', 'Inject']);

/** Python: a default or a mark says which function makes the parameter's value. */
function isInjected(heap: Heap, module: number, place: number): boolean {
  const ir = heap.layout.modules[module] as IrModule;
  for (let at = place + 1; at < Math.min(place + nearest, ir.ops.length); at++) {
    if (ir.ops[at] === op.decorate && ir.a[at] === place && isMade(heap, module, ir.b[at] as number)) return true;
    if (ir.ops[at] !== op.phi) continue;
    const parts = ir.operands.slice(ir.operandsAt[at] as number, ir.operandsAt[at + 1] as number);
    if (parts.some((one) => isBehind(ir, one, place)) && parts.some((one) => isMade(heap, module, one))) return true;
  }
  return false;
}

/** A call that is given a function, and no class: the members of that are input, too. */
function isMade(heap: Heap, module: number, call: number): boolean {
  const ir = heap.layout.modules[module] as IrModule;
  const given = ir.operands[ir.operandsAt[call] as number];
  if (ir.ops[call] !== op.call || ir.operandsAt[call] === ir.operandsAt[call + 1] || given === undefined) return false;
  const { kinds, of } = heap.objects;
  const isClass = heap.graph.held((heap.layout.bases[module] as number) + given).some((object) => kinds[object] === objectKind.function && heap.layout.functionInfo(of[object] as number).kind === 'constructor');
  const callee = ir.a[call] as number;
  return !isClass && ir.ops[callee] === op.load && injecting.has(ir.strings[ir.b[callee] as number] ?? '');
}

/** The parameter itself, or as its hints declare it. */
function isBehind(ir: IrModule, at: number, place: number): boolean {
  return at === place || (at > place && (ir.ops[at] === op.typed || ir.ops[at] === op.decorate) && isBehind(ir, ir.a[at] as number, place));
}

function isDataType(heap: Heap, module: number, type: string): boolean {
  return /^java\.(?:lang\.(?:String|CharSequence|Object)|util\.)/.test(type) || heap.layout.program.modules[module]?.imports.get(type)?.kind === 'module';
}

function markOf(heap: Heap, call: Node): string {
  const callee = call < heap.layout.values ? heap.layout.at(call).a : -1;
  return callee < 0 || heap.layout.at(callee).op !== op.import ? '' : heap.layout.at(callee).textA;
}
