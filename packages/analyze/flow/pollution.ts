import { type IrModule, op } from '#model/ir.ts';
import { type ClassTable, fact, pollution } from './classes.ts';
import type { Node, Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { objectKind } from './objects.ts';
import { addEdge, packEdges } from './masked-edges.ts';
import { IntList } from './packed-lists.ts';
import { onceFor } from './once-for.ts';
import { isKnownOwn, isSame } from './own-members.ts';
import { onlyOverwrites } from './overwrites.ts';
import { callsOf } from './possible-values.ts';
import { rootOf } from './roots.ts';
import { type Barrier, Tabulation } from './tabulation.ts';

/** Bits of a key with which it is still dangerous: `__proto__`, or `constructor` and `prototype`. */
export function keyMask(classes: ClassTable): number {
  return classes.bit(pollution) === 0 ? 0 : classes.bit(pollution) | fact.constructorKey;
}

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
  const bit = keyMask(classes);
  if (bit === 0) return [];
  const { edges, lookups, writes } = readModules(heap, totals, bit);
  if (lookups.length === 0 || writes.length === 0) return [];
  const reached = new Tabulation(heap, packEdges(edges, heap.graph.size), isShared, barrierOf(heap));
  for (const lookup of lookups) reached.seed(lookup, bit);
  reached.run(stop);
  const objects = reached.totals();
  const found = writes.filter(({ base, key, value }) => !isOwnKey(heap, key, base) && ((objects[base] as number) & bit) !== 0 && ((totals[key] as number) & bit) !== 0 && !isFresh(heap, value, base) && !isCounter(heap, key));
  return withoutRepeats(heap, found).map(({ at, key }) => ({ at, key, lookups }));
}

/**
 * Objects that are reached so are not followed into what others are made of, nor into the program's own methods: the prototype of all objects
 * has none. What only goes from hand to hand is no such other: several results of a function in one.
 */
export function barrierOf(heap: Heap): Barrier {
  const { objects, layout } = heap;
  const kept = objects.kept();
  const isHanded = (object: Obj): boolean => objects.kinds[object] === objectKind.site && !kept.has(object);
  const nodes = objects.namedFields((name) => /^\d+$/.test(layout.names.text(name)), (object) => !isHanded(object));
  for (const star of objects.starsOf((object) => !heap.isList(object))) nodes.add(star);
  return { nodes, receivers: false, elements: new Set(objects.starsOf(() => true)) };
}

/** A name that was taken from the very object that is written to. */
function isOwnKey(heap: Heap, key: Node, base: Node): boolean {
  let at = key;
  for (let step = 0; step < 12; step++) {
    at = rootOf(heap, at);
    if (at >= heap.layout.values) return false;
    const made = heap.layout.at(at);
    if (made.op === op.key) return isSame(heap, made.a, base);
    if (made.op === op.invoke && listers.has(made.textB)) return isSame(heap, made.operands[0], base);
    at = carriers.has(made.op) ? made.a : listOf(heap, made);
    if (at < 0) return false;
  }
  return false;
}

const listers: ReadonlySet<string> = new Set(['keys', 'getOwnPropertyNames']);

/** The list whose elements a parameter gets; -1: none that is known. */
function listOf(heap: Heap, { op: code, ir, module, place, rawA }: Instruction): Node {
  const list = code === op.param && rawA === 0 ? lists(ir).get(ir.owners[place] as number) : undefined;
  return list === undefined ? -1 : (heap.layout.bases[module] as number) + list;
}

const visitors: ReadonlySet<string> = new Set(['forEach', 'map', 'filter', 'some', 'every']);

/** By function: the list whose elements it is called with, where it is written in the call (`list.forEach((one) => ...)`). */
const lists = onceFor((ir: IrModule): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  for (let place = 0; place < ir.ops.length; place++) {
    const first = ir.operands[ir.operandsAt[place] as number] ?? -1;
    if (ir.ops[place] !== op.invoke || ir.operandsAt[place] === ir.operandsAt[place + 1] || ir.ops[first] !== op.closure) continue;
    if (visitors.has(ir.strings[ir.b[place] as number] ?? '')) found.set(ir.a[first] as number, ir.a[place] as number);
  }
  return found;
});

const carriers: ReadonlySet<number> = new Set([op.element, op.loadAt, op.load]);

/** Of several writes to the same object under the same key in one function, those that write what came in, not what calling itself gave. */
function withoutRepeats(heap: Heap, writes: readonly Write[]): Write[] {
  const groups = Map.groupBy(writes, ({ at, base, key }) => `${heap.layout.owner(at)}:${rootOf(heap, base)}:${rootOf(heap, key)}`);
  return [...groups.values()].flatMap((group) => {
    if (group.every(({ base, key, value }) => onlyOverwrites(heap, base, key, value))) return [];
    const plain = group.filter(({ at, value }) => !isRecursion(heap, value, heap.layout.owner(at)));
    return plain.length > 0 ? plain : group.slice(0, 1);
  });
}

/** What a function writes that gives back what it was called with is written where it ends. */
function isRecursion(heap: Heap, value: Node, fn: number): boolean {
  return heap.siteAt(value)?.targets.includes(fn) === true;
}

/** Values that are looked at for one key. */
const mostParts = 12;

/** What a loop counts up or down from wherever it began. */
function isCounter(heap: Heap, key: Node): boolean {
  const parts = new Set([key]);
  for (const at of parts) {
    if (at >= heap.layout.values || parts.size > mostParts) return false;
    const made = heap.layout.at(at);
    if (made.op === op.refine || made.op === op.typed) parts.add(made.a);
    else if (made.op === op.load && isCountedUp(made)) return true;
    else if (made.op === op.phi) {
      for (const one of made.operands) {
        const step = heap.layout.at(one);
        if (step.op === op.arithmetic && step.b >= 0 && isFrom(heap, step.a, at)) return true;
        if (step.op === op.refine || step.op === op.phi) parts.add(one);
      }
    }
  }
  return false;
}

/** Instructions after a read in which a sum is stored back. */
const farthestStore = 400;

/** A member that is read and stored back with a number added: `at = this.top; this.top = at + 1`. */
function isCountedUp({ ir, place }: Instruction): boolean {
  const last = Math.min(ir.ops.length, place + farthestStore);
  for (let at = place + 1; at < last; at++) {
    const sum = ir.ops[at] === op.store && ir.b[at] === ir.b[place] ? (ir.c[at] as number) : -1;
    if (sum > place && ir.ops[sum] === op.concat && isSum(ir, sum, place)) return true;
  }
  return false;
}

function isSum(ir: IrModule, sum: number, of: number): boolean {
  const parts = [...ir.operands.subarray(ir.operandsAt[sum], ir.operandsAt[sum + 1])];
  return parts.length === 2 && parts.includes(of) && parts.some((part) => ir.ops[part] === op.constant && ir.constants[ir.a[part] as number]?.kind === 'number');
}

function isFrom(heap: Heap, value: Node, phi: Node): boolean {
  let at = value;
  for (let round = 0; round < mostParts; round++) {
    if (at === phi) return true;
    const made = heap.layout.at(at);
    if (made.op !== op.refine && made.op !== op.typed) return false;
    at = made.a;
  }
  return false;
}

const fresh: ReadonlySet<number> = new Set([op.object, op.array, op.constant, op.closure, op.test, op.arithmetic]);

/** Made here, and harmless wherever it is written: a step on the way down, not what is put there. */
function isFresh(heap: Heap, value: Node, base: Node): boolean {
  const made = heap.layout.at(value);
  if (made.op === op.phi) return made.operands.every((one) => isMadeEmpty(heap, one) || heap.layout.at(one).op === op.loadAt || isStepDown(heap, one, base, 0));
  return isMadeEmpty(heap, value) || isMadeEmptyElsewhere(heap, value);
}

/** What a function of the program gives that makes nothing else. */
function isMadeEmptyElsewhere(heap: Heap, value: Node): boolean {
  const { targets = [], externals = [] } = heap.siteAt(value) ?? {};
  if (targets.length === 0 || externals.length > 0) return false;
  return targets.every((fn) => {
    const given = callsOf(heap).returned.get(fn) ?? [];
    return given.length > 0 && given.flatMap((one) => (heap.layout.at(one).op === op.phi ? heap.layout.at(one).operands : [one])).every((one) => isMadeEmpty(heap, one) && !isUsed(heap.layout.at(one)));
  });
}

const uses: ReadonlySet<number> = new Set([op.store, op.storeAt, op.setCell, op.invoke, op.call]);

/** Something is done with it before it is given back. */
function isUsed({ ir, place }: Instruction): boolean {
  for (let at = place + 1; at < ir.ops.length; at++) {
    if (uses.has(ir.ops[at] as number) && (ir.a[at] === place || ir.b[at] === place || ir.c[at] === place || ir.operands.subarray(ir.operandsAt[at], ir.operandsAt[at + 1]).includes(place))) return true;
  }
  return false;
}

/** What the object itself had there, or something new and empty: `at[key] = at[key] ?? (isList ? [] : {})`. */
function isStepDown(heap: Heap, value: Node, base: Node, depth: number): boolean {
  const made = heap.layout.at(value);
  if (made.op === op.refine || made.op === op.typed) return depth < mostParts && isStepDown(heap, made.a, base, depth + 1);
  if (made.op === op.phi) return depth < mostParts && made.operands.every((one) => isStepDown(heap, one, base, depth + 1));
  return isMadeEmpty(heap, value) || (made.op === op.loadAt && rootOf(heap, made.a) === rootOf(heap, base));
}

function isMadeEmpty(heap: Heap, value: Node): boolean {
  const made = heap.layout.at(value);
  return fresh.has(made.op) && !(made.op === op.object && isFilled(made));
}

/** A literal with members. */
function isFilled({ ir, place, end }: Instruction): boolean {
  for (let at = place + 1; at < ir.ops.length && (ir.starts[at] as number) < end; at++) {
    if ((ir.ops[at] === op.store || ir.ops[at] === op.storeAt) && ir.a[at] === place) return true;
  }
  return false;
}

interface Read {
  /** Triples: where objects go that were reached so. */
  readonly edges: IntList;
  readonly lookups: Node[];
  readonly writes: Write[];
}

function readModules(heap: Heap, totals: Int32Array, bit: number): Read {
  const read: Read = { edges: new IntList(), lookups: [], writes: [] };
  heap.layout.modules.forEach((ir, module) => {
    if (ir.language !== 'javascript') return;
    const base = heap.layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      const value = base + place;
      const a = base + (ir.a[place] as number);
      const b = base + (ir.b[place] as number);
      if (code === op.refine || code === op.typed) addEdge(read.edges, a, value, -1);
      if (code === op.loadAt && ((totals[b] as number) & bit) !== 0 && !isCounter(heap, b) && !isBare(heap, a) && !isKnownOwn(heap, a, b)) {
        read.lookups.push(value);
        addEdge(read.edges, a, value, -1);
      }
      if (code === op.invoke && ir.strings[ir.b[place] as number] === 'defineProperty') addDefinition(heap, value, read);
      if (code === op.storeAt) read.writes.push({ at: value, base: a, key: b, value: base + (ir.c[place] as number) });
    });
  });
  return read;
}

/** `Object.create(null)` and nothing else: such an object has no prototype that a name could reach. */
function isBare(heap: Heap, node: Node): boolean {
  const held = heap.graph.held(node);
  return held.length > 0 && held.every((object) => {
    const of = heap.objects.of[object] as Node;
    if (heap.objects.kinds[object] !== objectKind.site || of >= heap.layout.values) return false;
    const made = heap.layout.at(of);
    const [above] = made.operands;
    return made.op === op.invoke && made.textB === 'create' && above !== undefined && heap.layout.at(above).constant?.kind === 'null';
  });
}

/** `Object.defineProperty(base, key, { value })` writes as well. */
function addDefinition(heap: Heap, value: Node, read: Read): void {
  const { operands } = heap.layout.at(value);
  const [base, key, description] = operands;
  if (base !== undefined && key !== undefined && description !== undefined) read.writes.push({ at: value, base, key, value: description });
}
