import type { FactChange } from '#model/code-fix.ts';
import type { CallFact } from '#model/code-rule.ts';
import type { CodeSpan, ProgramChange } from '#model/program.ts';
import { placeNode } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Instruction } from './layout.ts';
import { objectKind } from './objects.ts';
import { storedUnder } from './stores.ts';

/** What would mend a call, and where: a member of an object is changed where the object gets it. Undefined where the rule knows no remedy, or where one has no single place in the call's file. */
export function changesAt(heap: Heap, said: CallFact, at: CodeSpan, site?: Site): readonly ProgramChange[] | undefined {
  const changes = said.fix?.map((change) => placed(heap, change, at, site));
  return changes?.every((one) => one !== undefined) === true ? changes : undefined;
}

function placed(heap: Heap, change: FactChange, at: CodeSpan, site: Site | undefined): ProgramChange | undefined {
  const here = { ...at, change, stored: false };
  if (change.kind !== 'value' && change.kind !== 'without') return here;
  const last = change.place.steps.at(-1);
  if (last === undefined) return here;
  if (site === undefined || last.kind !== 'member') return undefined;
  const holder = placeNode(heap, site, { ...change.place, steps: change.place.steps.slice(0, -1) });
  if (holder === undefined) return here;
  const made = literalAt(heap, holder);
  if (made === undefined || made.module !== at.module) return undefined;
  const [store, more] = storesOf(made, last.names);
  if (store === undefined) return here;
  return more === undefined ? { module: at.module, start: made.ir.starts[store] as number, end: made.ir.ends[store] as number, change, stored: true } : undefined;
}

/** The one object of the program that a node holds. */
function literalAt(heap: Heap, node: Node): Instruction | undefined {
  const [object, more] = heap.graph.held(node);
  if (object === undefined || more !== undefined || heap.objects.kinds[object] !== objectKind.site) return undefined;
  return heap.layout.at(heap.objects.of[object] as Node);
}

/** The instructions that store into an object under one of these names. */
function storesOf({ ir, place }: Instruction, names: readonly string[]): number[] {
  return [...ir.ops.keys()].filter((at) => ir.a[at] === place && names.includes(storedUnder(ir, at) ?? ''));
}
