import { op } from '#model/ir.ts';
import type { CodeSpan, FlowMatch, SourceKind } from '#model/program.ts';
import type { States } from './api-automaton.ts';
import { type ClassTable, fact, pollution } from './classes.ts';
import type { Node, Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { foldCauses, type RankedFlow } from './causes.ts';
import { barrierOf, keyMask, pollutingWrites } from './pollution.ts';
import { objectKind } from './objects.ts';
import { onceFor } from './once-for.ts';
import { rootOf } from './roots.ts';
import type { Sink } from './sinks.ts';
import { isDeclaredData } from './declared-data.ts';
import { describe, nodeSpan, sourceLabel } from './story.ts';
import { namedFiles } from './named-files.ts';
import { packEdges, type MaskedEdges } from './masked-edges.ts';
import { Tabulation } from './tabulation.ts';
import { Tracer } from './trace.ts';
import { passesValidator } from './validators.ts';

/** Kinds of sources that are followed together. */
const groups: readonly (readonly SourceKind[])[] = [['request', 'message', 'page', 'network'], ['parameter'], ['argument', 'file', 'database'], ['environment']];

/** Where untrusted input comes in. */
export interface Seed {
  readonly node: Node;
  readonly kind: SourceKind;
  /** Classes that it can harm. */
  readonly mask: number;
}

export interface Flows {
  readonly matches: FlowMatch[];
  readonly whole: boolean;
}

/** Which kinds of sources count for a class, and who sees them: 0 for everybody; undefined where they do not count. */
export type Ranks = (flowClass: string, kind: SourceKind) => number | undefined;

export interface FlowQuestion {
  readonly heap: Heap;
  readonly knowledge: Knowledge;
  readonly classes: ClassTable;
  readonly sinks: readonly Sink[];
  readonly ranks: Ranks;
  readonly stop: () => boolean;
}

export function findFlows(question: FlowQuestion): Flows {
  const { heap, sinks, ranks, stop } = question;
  const isShared = new Uint8Array(heap.graph.size);
  for (const node of heap.objects.shared) isShared[node] = 1;
  const masked = packEdges(heap.taint, heap.graph.size);
  const seeds = findSeeds(question);
  const found = new Map<string, RankedFlow>();
  let whole = true;
  for (const group of groups) {
    const own = seeds.filter((seed) => group.includes(seed.kind));
    if (own.length === 0) continue;
    const taint = new Tabulation(heap, masked, isShared);
    for (const seed of own) taint.seed(seed.node, seed.mask);
    whole = taint.run(stop) && taint.cut === 0 && whole;
    if (group.includes('parameter')) {
      const files = namedFiles(question, seeds, taint.totals());
      for (const seed of files) taint.seed(seed.node, seed.mask);
      own.push(...files);
      whole = taint.run(stop) && whole;
    }
    const totals = taint.totals();
    const reached = [...sinks.filter((sink) => sink.nodes.some((node) => ((totals[node] as number) & sink.bit) !== 0)), ...polluting(question, keysOf(question, { masked, isShared, own, totals }), isShared)];
    tell({ heap, tracer: new Tracer(taint), isShared, seeds: own, totals, ranks }, reached, found);
  }
  return { matches: foldCauses([...found.values()].sort((a, b) => byPlace(a.match, b.match))).sort(byPlace), whole };
}

function byPlace(a: FlowMatch, b: FlowMatch): number {
  return a.sink.module - b.sink.module || a.sink.start - b.sink.start || (a.class < b.class ? -1 : a.class > b.class ? 1 : 0);
}

interface Reached {
  readonly masked: MaskedEdges;
  readonly isShared: Uint8Array;
  readonly own: readonly Seed[];
  readonly totals: Int32Array;
}

/**
 * Taint of keys. What callers of a package pass is a key only on its way from function to function: a library keeps so much of it in its objects that
 * after that everything would be of their choice.
 */
function keysOf({ heap, classes, stop }: FlowQuestion, { masked, isShared, own, totals }: Reached): Int32Array {
  if (own.some((seed) => seed.kind !== 'parameter') || classes.bit(pollution) === 0) return totals;
  const keys = new Tabulation(heap, masked, isShared, barrierOf(heap));
  for (const seed of own) keys.seed(seed.node, (keyMask(classes) | fact.any) & seed.mask);
  keys.run(stop);
  return keys.totals();
}

function polluting({ heap, classes, stop }: FlowQuestion, totals: Int32Array, isShared: Uint8Array): Sink[] {
  const bit = keyMask(classes);
  return pollutingWrites(heap, classes, totals, isShared, stop).map(({ at, key }) => ({ bit, class: pollution, label: 'a member that the input names', at, nodes: [key] }));
}

interface Told {
  readonly heap: Heap;
  readonly isShared: Uint8Array;
  readonly tracer: Tracer;
  readonly seeds: readonly Seed[];
  readonly totals: Int32Array;
  readonly ranks: Ranks;
}

/** Makes matches of the sinks that are reached, one for each class and place: by the kind of source that most people see, then by the shortest way. */
function tell(told: Told, sinks: readonly Sink[], found: Map<string, RankedFlow>): void {
  const { heap, tracer, seeds, totals, ranks } = told;
  for (const own of Map.groupBy(sinks, (sink) => sink.class).values()) {
    const [{ bit, class: flowClass }] = own as [Sink];
    const wanted = new Set(own.flatMap((sink) => sink.nodes.filter((node) => ((totals[node] as number) & bit) !== 0)));
    for (const [rank, ranked] of [...Map.groupBy(seeds.filter(({ mask }) => (mask & bit) !== 0), (seed) => ranks(flowClass, seed.kind))].sort(([one = 9], [other = 9]) => one - other)) {
      if (rank === undefined) continue;
      const kinds = new Map(ranked.map((seed) => [seed.node, seed.kind]));
      const ways = tracer.trace([...kinds.keys()], bit, wanted);
      for (const sink of own) {
        const key = `${sink.class}:${sink.at}`;
        const way = sink.nodes.map((node) => ways.get(node)).find((one) => one !== undefined);
        const known = found.get(key);
        if (known !== undefined && known.rank <= rank) known.lesser &&= sink.lesser === true || way === undefined;
        else if (way !== undefined) found.set(key, { rank, origin: way[0] as Node, value: rootOf(heap, way.at(-1) as Node), lesser: sink.lesser === true, ...causeOf(heap, sink, way), match: matchOf(told, sink, way, kinds.get(way[0] as Node) ?? 'parameter') });
      }
    }
  }
}

/** Where a path is put together of the input: a check there is one for all that is done with it. */
function causeOf(heap: Heap, { class: flowClass }: Sink, way: readonly Node[]): { readonly cause?: string } {
  if (heap.layout.program.language !== 'python' || (flowClass !== 'path-traversal' && flowClass !== 'file-probing')) return {};
  const made = way.find((node) => node < heap.layout.values && (heap.layout.at(node).op === op.concat || heap.layout.at(node).textB === 'join'));
  return { cause: `${flowClass}:${way[0]}:${made ?? ''}` };
}

/** What lies in an instance or class of Python under a name that is not known is hardly what is read there under another one: as many detours as make a flow doubtful. */
const nameless = 5;
const namelessOf = onceFor((heap: Heap): ReadonlySet<Node> => {
  const { kinds } = heap.objects;
  if (heap.layout.program.language !== 'python') return new Set();
  return new Set(heap.objects.starsOf((object) => kinds[object] === objectKind.instance || kinds[object] === objectKind.function || kinds[object] === objectKind.prototype));
});

function matchOf({ heap, isShared: shared }: Told, sink: Sink, way: readonly Node[], kind: SourceKind): FlowMatch {
  const place = nodeSpan(heap, sink.at) as CodeSpan;
  const steps = describe(heap, way, sink, place);
  const [source = place] = way.flatMap((node) => nodeSpan(heap, node) ?? []);
  const detours = way.filter((node) => shared[node] === 1).length + (way.some((node) => namelessOf(heap).has(node)) ? nameless : 0);
  const crossings = way.filter((node) => heap.paramOf(node) !== undefined || heap.functionOfResult(node) !== undefined).length;
  return { class: sink.class, source, sourceKind: kind, sourceLabel: sourceLabel(heap, way[0] as Node, kind), sink: place, sinkLabel: sink.label, steps, also: [], detours, crossings, ...(passesValidator(heap, way, sink.class) ? { validated: true } : {}) };
}

const makers: ReadonlySet<number> = new Set([op.param, op.load, op.loadAt, op.call, op.invoke, op.construct, op.global, op.import, op.await, op.element, op.typed, op.unknown]);

/** Where untrusted input comes in. */
function findSeeds({ heap, knowledge, classes }: FlowQuestion): Seed[] {
  const seeds: Seed[] = [];
  const { layout, objects } = heap;
  const seen = new Set<string>();
  for (let at = 0; at < heap.origins.length; at += 2) {
    const [node, object] = [heap.origins[at] as Node, heap.origins[at + 1] as Obj];
    if (node < layout.values ? !makers.has(layout.at(node).op) : heap.paramOf(node) === undefined) continue;
    const sources = knowledge.about(objects.of[object] as States).flatMap((saying) => (saying.kind === 'source' && (!saying.said.declared || isDeclaredData(heap, node)) ? [saying.said] : []));
    const [source] = sources;
    if (source === undefined || seen.has(`${node}:${source.kind}`) || (source.kind === 'request' && isMadeHere(heap, node))) continue;
    seen.add(`${node}:${source.kind}`);
    seeds.push({ node, kind: source.kind, mask: ~classes.mask(sources.flatMap(({ except }) => except)) });
  }
  seeds.sort((a, b) => a.node - b.node);
  for (const fn of heap.leaked) {
    if (!isOfLibrary(heap, fn)) continue;
    const { params } = layout.functionInfo(fn);
    const rests = heap.rests.get(fn)?.map(({ from }) => from) ?? [];
    for (const at of rests) if (at >= params) seeds.push({ node: heap.param(fn, at), kind: 'parameter', mask: -1 });
    for (let at = 0; at < params; at++) seeds.push({ node: heap.param(fn, at), kind: 'parameter', mask: -1 });
  }
  return seeds;
}

/** It is read of what the program itself made with `new`: `new Request(address).url` is no request that came in. */
function isMadeHere(heap: Heap, node: Node): boolean {
  const { layout } = heap;
  const made = node < layout.values ? layout.at(node) : undefined;
  if (layout.program.language !== 'javascript' || (made?.op !== op.load && made?.op !== op.invoke)) return false;
  const base = rootOf(heap, made.a);
  return base < layout.values && layout.at(base).op === op.construct;
}

/** What a program that people run hands to others is called by what it chose itself; only a library has callers. */
function isOfLibrary({ layout }: Heap, fn: number): boolean {
  const own = layout.program.modules[layout.moduleOfFunction(fn)];
  return layout.program.language !== 'python' || (own !== undefined && layout.program.packages[own.package]?.threatModel === 'library');
}
