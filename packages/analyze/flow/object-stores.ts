import { op } from '#model/ir.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import { originsOf, reachedFrom } from './object-ways.ts';
import { onceFor } from './once-for.ts';
import { rootOf } from './roots.ts';
import { storedUnder } from './stores.ts';

interface Stored {
  readonly into: Node;
  readonly value: Node;
}

/** The program stores, in the object or in a member of it, a constant text that does not match. */
export function isSet(heap: Heap, node: Node, { names, mayMatch }: { readonly names: readonly string[]; readonly mayMatch: string }): boolean {
  const own = names.flatMap((name) => storesOf(heap).get(name) ?? []).filter(({ value }) => isOther(heap, value, mayMatch));
  if (own.length === 0) return false;
  const reached = reachedFrom(heap, originsOf(heap, [node]));
  return own.some(({ into }) => reached.has(into) || reached.has(rootOf(heap, into)) || reached.has(ownerOf(heap, into)));
}

function isOther(heap: Heap, value: Node, mayMatch: string): boolean {
  const constant = constantAt(heap, value);
  return constant.kind === 'constant' && constant.type === 'string' && !new RegExp(mayMatch, 'i').test(constant.text);
}

/** What it is a member of; itself where it is none. */
function ownerOf(heap: Heap, node: Node): Node {
  const root = rootOf(heap, node);
  const made = root >= 0 && root < heap.layout.values ? heap.layout.at(root) : undefined;
  return made?.op === op.load ? rootOf(heap, made.a) : root;
}

/** Stores of the program by the name under which they are. */
const storesOf = onceFor((heap: Heap): ReadonlyMap<string, readonly Stored[]> => {
  const found = new Map<string, Stored[]>();
  heap.layout.modules.forEach((ir, module) => {
    const base = heap.layout.bases[module] as number;
    ir.ops.forEach((_, place) => {
      const name = storedUnder(ir, place);
      if (name === undefined) return;
      const one = { into: base + (ir.a[place] as number), value: base + (ir.c[place] as number) };
      const own = found.get(name);
      if (own === undefined) found.set(name, [one]);
      else own.push(one);
    });
  });
  return found;
});
