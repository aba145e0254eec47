import { op } from '#model/ir.ts';
import type { ProgramStatistics } from '#model/program.ts';
import { strange } from './api-automaton.ts';
import type { Obj } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { objectKind } from './objects.ts';

type CallCounts = Pick<ProgramStatistics, 'calls' | 'callsUnresolved' | 'callsUndescribed'>;

/** Whether a thing is known to be the language's own, is somebody else's, or nothing is known of it. */
const origin = { unknown: 0, outside: 1, language: 2 } as const;
type Origin = (typeof origin)[keyof typeof origin];

const deepest = 60;

/** How many calls there are, how many go to libraries of which nothing is said, and of how many it is not known where they go. */
export function countCalls(heap: Heap): CallCounts {
  const calls = heap.sites.filter((site) => site.kind !== 'internal' && !isAnnotation(heap, site));
  const open = calls.filter((site) => site.targets.length === 0 && site.externals.every((states) => states === strange));
  const origins = new Origins(heap);
  const tally = [0, 0, 0];
  for (const site of open) {
    const from = origins.ofCall(site);
    tally[from] = (tally[from] as number) + 1;
  }
  return { calls: calls.length, callsUnresolved: tally[origin.unknown] as number, callsUndescribed: tally[origin.outside] as number };
}

/** What marks a declaration in Java runs nothing. */
function isAnnotation(heap: Heap, site: Site): boolean {
  if (site.kind !== 'call' || heap.layout.modules[site.module]?.language !== 'java' || site.value >= heap.layout.values) return false;
  const made = heap.layout.at(site.value);
  return made.op === op.decorate || (made.op === op.call && site.receiver < 0);
}

function isOfClass(heap: Heap, object: Obj): boolean {
  const kind = heap.objects.kinds[object];
  return kind === objectKind.instance || (kind === objectKind.function && heap.layout.functionInfo(heap.objects.of[object] as number).kind === 'constructor');
}

/** Functions that are written as an argument of a call that goes to none of the program's. */
function handedOver(heap: Heap): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { kind, args, targets } of heap.sites) {
    if (kind === 'internal' || targets.length > 0) continue;
    for (const arg of args) {
      const made = arg >= 0 && arg < heap.layout.values ? heap.layout.at(arg) : undefined;
      if (made?.op === op.closure) found.add((heap.layout.functionBases[made.module] as number) + made.rawA);
    }
  }
  return found;
}

class Origins {
  private readonly heap: Heap;
  private readonly known = new Map<number, Origin>();
  private given: ReadonlySet<number> | undefined;

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /** Of a call that reaches no function of the program and nothing that is described. */
  ofCall(site: Site, depth = 0): Origin {
    if (site.externals.length > 0) return origin.outside;
    const on = site.kind === 'invoke' || site.callee < 0 ? site.receiver : site.callee;
    if (on < 0) return origin.unknown;
    const held = this.heap.graph.held(on);
    if (site.kind === 'invoke' && held.length > 0) {
      if (held.every((object) => this.heap.isList(object)) && this.heap.objects.builtins.has(site.name)) return origin.language;
      // The class is the program's, the method is inherited from elsewhere, made by a tool, or done by somebody else.
      if (this.heap.layout.program.language === 'java' && held.some((object) => isOfClass(this.heap, object))) return origin.outside;
    }
    return this.of(on, depth + 1);
  }

  private of(node: number, depth: number): Origin {
    if (node < 0 || node >= this.heap.layout.values || depth > deepest) return origin.unknown;
    let found = this.known.get(node);
    if (found === undefined) {
      // A loop adds nothing to what the other ways into it say.
      this.known.set(node, origin.unknown);
      found = this.find(node, depth);
      this.known.set(node, found);
    }
    return found;
  }

  private find(node: number, depth: number): Origin {
    const made = this.heap.layout.at(node);
    switch (made.op) {
      case op.constant: case op.concat: case op.arithmetic: case op.test: case op.array: case op.object: return origin.language;
      case op.import: return this.isOutside(made.module, made.textA) ? origin.outside : origin.unknown;
      case op.typed: return this.isOutside(made.module, made.textB) ? origin.outside : this.of(made.a, depth + 1);
      case op.phi: return made.operands.map((one) => this.of(one, depth + 1)).find((one) => one !== origin.unknown) ?? origin.unknown;
      case op.refine: case op.await: return this.of(made.a, depth + 1);
      case op.load: case op.loadAt: case op.element: return this.part(made.a, depth);
      case op.param: return this.handedIn(made.valueId);
      case op.call: case op.invoke: case op.construct: return this.result(node, depth);
      default: return origin.unknown;
    }
  }

  /** What is a part of a library's thing is a library's as well, and so is what a class has and does not declare. */
  private part(whole: number, depth: number): Origin {
    if (this.of(whole, depth + 1) === origin.outside) return origin.outside;
    const { graph, layout } = this.heap;
    return layout.program.language === 'java' && graph.held(whole).some((object) => isOfClass(this.heap, object)) ? origin.outside : origin.unknown;
  }

  /** What a function gets that is handed to somebody else where it is written comes from there. */
  private handedIn(param: number): Origin {
    this.given ??= handedOver(this.heap);
    return this.given.has(this.heap.layout.owner(param)) ? origin.outside : origin.unknown;
  }

  private result(node: number, depth: number): Origin {
    const site = this.heap.siteAt(node);
    return site === undefined || site.targets.length > 0 ? origin.unknown : this.ofCall(site, depth + 1);
  }

  private isOutside(module: number, name: string): boolean {
    const target = this.heap.layout.program.modules[module]?.imports.get(name);
    return target !== undefined && target.kind === 'external';
  }
}
