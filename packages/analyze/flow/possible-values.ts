import { op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Instruction } from './layout.ts';
import { objectKind } from './objects.ts';
import { onceFor } from './once-for.ts';

export interface Literal {
  readonly text: string;
  readonly type: string;
}

/** The constants that a value may be, by whatever way control took and whoever called. */
export interface Possible {
  readonly constants: readonly Literal[];
  /** It may be something else as well. */
  readonly open: boolean;
}

/** Methods that give a text as bytes or characters. */
const sameText: ReadonlySet<string> = new Set(['getBytes', 'toCharArray', 'encode']);

const mostConstants = 16;
const deepest = 12;
/** Nodes that are looked at for one value. */
const mostSteps = 300;

/** Follows a value to the constants that it is made of: through joins, calls of the program's functions, fields and parameters. */
export function possibleAt(heap: Heap, node: Node): Possible {
  const search = new Search(heap);
  search.follow(node, 0);
  return { constants: [...search.found.values()], open: search.open };
}

class Search {
  readonly found = new Map<string, Literal>();
  open = false;
  private readonly heap: Heap;
  private readonly seen = new Set<Node>();

  constructor(heap: Heap) {
    this.heap = heap;
  }

  follow(node: Node, depth: number): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    if (node >= this.heap.layout.values || depth > deepest || this.seen.size > mostSteps || this.found.size > mostConstants) {
      this.open = true;
      return;
    }
    const made = this.heap.layout.at(node);
    const { constant } = made;
    if (constant !== undefined) this.found.set(`${constant.kind}:${constant.text}`, { text: constant.text, type: constant.kind });
    else this.made(made, node, depth + 1);
  }

  private made(made: Instruction, node: Node, depth: number): void {
    switch (made.op) {
      case op.refine: case op.typed: case op.await: return this.follow(made.a, depth);
      case op.phi: return this.all(made.operands, depth);
      case op.concat: return this.concat(made.operands, depth);
      case op.call: case op.invoke: return this.result(node, depth);
      case op.param: return this.parameter(made, depth);
      case op.load: return this.field(made.a, made.textB, depth);
      case op.loadAt: return this.element(made, depth);
      default: this.open = true;
    }
  }

  private all(nodes: readonly Node[], depth: number): void {
    if (nodes.length === 0) this.open = true;
    for (const one of nodes) this.follow(one, depth);
  }

  /** Text of parts that are one constant each. */
  private concat(operands: readonly Node[], depth: number): void {
    let text = '';
    for (const operand of operands) {
      const part = new Search(this.heap);
      part.follow(operand, depth);
      const [only, more] = [...part.found.values()];
      if (part.open || only === undefined || more !== undefined) {
        this.open = true;
        return;
      }
      text += only.text;
    }
    this.found.set(`string:${text}`, { text, type: 'string' });
  }

  private result(node: Node, depth: number): void {
    const site = this.heap.siteAt(node);
    if (site?.kind === 'invoke' && site.targets.length === 0 && sameText.has(this.heap.layout.names.text(site.name))) return this.follow(site.receiver, depth);
    if (site === undefined || site.targets.length === 0 || site.externals.length > 0) {
      this.open = true;
      return;
    }
    for (const fn of site.targets) this.all(callsOf(this.heap).returned.get(fn) ?? [], depth);
  }

  private parameter(made: Instruction, depth: number): void {
    const at = made.rawA;
    const fn = this.heap.layout.owner(made.valueId);
    const callers = callsOf(this.heap).callers.get(fn) ?? [];
    if (at < 0 || callers.length === 0 || this.heap.leaked.has(fn)) this.open = true;
    for (const site of callers) {
      const argument = site.spreadFrom >= 0 ? undefined : site.args[at];
      if (argument === undefined) this.open = true;
      else this.follow(argument, depth);
    }
  }

  private element(made: Instruction, depth: number): void {
    const key = made.b < 0 ? undefined : this.heap.layout.at(made.b).constant;
    if (key === undefined) this.open = true;
    else this.field(made.a, key.text, depth);
  }

  /** What was stored in the field of each object that the base may be. */
  private field(base: Node, member: string, depth: number): void {
    const stored = storedIn(this.heap, base, member);
    if (stored.length === 0) this.open = true;
    this.all(stored, depth);
  }
}

/** What was stored in a field of the objects of the program that `base` may be. */
export function storedIn(heap: Heap, base: Node, member: string): readonly Node[] {
  const { objects, graph, layout } = heap;
  const name = layout.names.number(member);
  return graph.held(base).flatMap((object) => {
    const kind = objects.kinds[object];
    if (kind !== objectKind.site && kind !== objectKind.function && kind !== objectKind.instance && kind !== objectKind.exports) return [];
    const field = objects.ownField(object, name);
    return field === undefined ? [] : heap.stored(field);
  });
}

export interface Calls {
  readonly returned: ReadonlyMap<number, readonly Node[]>;
  readonly callers: ReadonlyMap<number, readonly Site[]>;
}

/** What functions give back and who calls them; asked for when all calls are known. */
export const callsOf = onceFor((heap: Heap): Calls => ({ returned: returnsOf(heap), callers: callersOf(heap) }));

/** What functions give back, by function; that is known from the start. */
export const returnsOf = onceFor((heap: Heap): ReadonlyMap<number, readonly Node[]> => {
  const returned = new Map<number, Node[]>();
  heap.layout.modules.forEach((ir, module) => {
    const [base, functions] = [heap.layout.bases[module] as number, heap.layout.functionBases[module] as number];
    ir.ops.forEach((code, place) => {
      if (code === op.return) add(returned, functions + (ir.owners[place] as number), base + (ir.a[place] as number));
    });
  });
  return returned;
});

function callersOf(heap: Heap): Map<number, Site[]> {
  const callers = new Map<number, Site[]>();
  for (const site of heap.sites) for (const fn of site.targets) add(callers, fn, site);
  return callers;
}

function add<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
