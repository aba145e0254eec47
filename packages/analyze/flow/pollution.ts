import { op } from '#model/ir.ts';
import { type ClassTable, fact, pollution } from './classes.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import { packEdges, Tabulation } from './tabulation.ts';

/** A write under a name of the attacker's choice, to an object that was reached under one. */
export interface PollutingWrite {
  readonly at: Node;
  readonly key: Node;
  /** Where the object was reached. */
  readonly lookups: readonly Node[];
}

interface Write {
  readonly at: Node;
  readonly base: Node;
  readonly key: Node;
  readonly value: Node;
}

/**
 * Prototype pollution: `o = target[key]` gives `Object.prototype` where the attacker names the key `__proto__`, and `o[name] = value` then writes to it.
 * `totals`: classes that taint has at each node. Three facts: the key of the lookup, the object, the key and value of the write.
 */
export function pollutingWrites(heap: Heap, classes: ClassTable, totals: Int32Array, isShared: Uint8Array, stop: () => boolean): PollutingWrite[] {
  const bit = classes.bit(pollution);
  if (bit === 0) return [];
  const { edges, lookups, writes } = readModules(heap, totals, bit);
  if (lookups.length === 0 || writes.length === 0) return [];
  const reached = new Tabulation(heap, packEdges(edges, heap.graph.size), isShared);
  for (const lookup of lookups) reached.seed(lookup, bit);
  reached.run(stop);
  const objects = reached.totals();
  return writes
    .filter(({ base, key, value }) => ((objects[base] as number) & bit) !== 0 && ((totals[key] as number) & bit) !== 0 && ((totals[value] as number) & fact.any) !== 0)
    .map(({ at, key }) => ({ at, key, lookups }));
}

interface Read {
  /** Triples: where objects go that were reached so. */
  readonly edges: number[];
  readonly lookups: Node[];
  readonly writes: Write[];
}

function readModules(heap: Heap, totals: Int32Array, bit: number): Read {
  const read: Read = { edges: [], lookups: [], writes: [] };
  heap.layout.modules.forEach((ir, module) => {
    if (ir.language !== 'javascript') return;
    const base = heap.layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      const value = base + place;
      const a = base + (ir.a[place] as number);
      const b = base + (ir.b[place] as number);
      if (code === op.refine || code === op.typed) read.edges.push(a, value, -1);
      if (code === op.loadAt && ((totals[b] as number) & bit) !== 0) {
        read.lookups.push(value);
        read.edges.push(a, value, -1);
      }
      if (code === op.invoke && ir.strings[ir.b[place] as number] === 'defineProperty') addDefinition(heap, value, read);
      if (code === op.storeAt) read.writes.push({ at: value, base: a, key: b, value: base + (ir.c[place] as number) });
    });
  });
  return read;
}

/** `Object.defineProperty(base, key, { value })` writes as well. */
function addDefinition(heap: Heap, value: Node, read: Read): void {
  const { operands } = heap.layout.at(value);
  const [base, key, description] = operands;
  if (base !== undefined && key !== undefined && description !== undefined) read.writes.push({ at: value, base, key, value: description });
}
