import { op } from '#model/ir.ts';
import type { CallFact } from '#model/code-rule.ts';
import type { CallMatch, CodeSpan } from '#model/program.ts';
import type { States } from './api-automaton.ts';
import { holds, valueFits } from './conditions.ts';
import { constantAt } from './constants.ts';
import { changesAt } from './fix-places.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Instruction } from './layout.ts';
import type { Knowledge } from './knowledge.ts';
import { objectKind } from './objects.ts';
import { hasManyAlternatives } from './sinks.ts';
import { storeOf } from './stores.ts';
import { nodeSpan } from './story.ts';

/** Calls, reads, stores and comparisons that are wrong by themselves: rules with `calls`. */
export function findFacts(heap: Heap, knowledge: Knowledge): CallMatch[] {
  const found = new Map<string, CallMatch>();
  const add: Add = ({ rule, said }, at, site) => {
    if (at === undefined) return;
    const key = `${rule}:${at.module}:${at.start}`;
    const changes = [...(found.get(key)?.changes ?? []), ...(changesAt(heap, said, at, site) ?? [])];
    found.set(key, { rule, at, ...(changes.length === 0 ? {} : { changes }) });
  };
  for (const site of heap.sites) {
    if (hasManyAlternatives(site)) continue;
    for (const fact of factsAt(knowledge, site.externals)) {
      const { said } = fact;
      if (said.kind === 'call' && isNamed(heap, site.value, said) && holds(heap, knowledge, site, said.when)) add(fact, nodeSpan(heap, site.value < heap.layout.values ? site.value : site.callee), site);
    }
  }
  for (const { states, value } of heap.outsideStores) {
    for (const fact of factsAt(knowledge, [states])) {
      const { said } = fact;
      if (said.kind === 'assign' && isNamed(heap, value, said) && (said.value === undefined || valueFits(heap, knowledge, value, said.value))) add(fact, nodeSpan(heap, storeOf(heap, value, said.path)));
    }
  }
  readings(heap, knowledge, add);
  comparisons(heap, knowledge, add);
  return [...found.values()].sort((a, b) => a.at.module - b.at.module || a.at.start - b.at.start || (a.rule < b.rule ? -1 : 1));
}

interface Fact {
  readonly rule: string;
  readonly said: CallFact;
}

/** Takes a fact that holds at a place; of a call also its site. */
type Add = (fact: Fact, at: CodeSpan | undefined, site?: Site) => void;

function factsAt(knowledge: Knowledge, externals: readonly States[]): Fact[] {
  return externals.flatMap((states) => knowledge.about(states).flatMap((saying) => (saying.kind === 'fact' ? [saying] : [])));
}

const readers: ReadonlySet<number> = new Set([op.load, op.global, op.import]);

function readings(heap: Heap, knowledge: Knowledge, add: Add): void {
  for (let node: Node = 0; node < heap.layout.values; node++) {
    if (!readers.has(heap.layout.at(node).op)) continue;
    for (const fact of factsAt(knowledge, externalsAt(heap, node))) if (fact.said.kind === 'read' && isNamed(heap, node, fact.said)) add(fact, nodeSpan(heap, node));
  }
}

function externalsAt(heap: Heap, node: Node): States[] {
  return heap.graph.held(node).flatMap((object) => (heap.objects.kinds[object] === objectKind.external ? [heap.objects.of[object] as States] : []));
}

const equalities: ReadonlySet<string> = new Set(['===', '!==', '==', '!=']);

function comparisons(heap: Heap, knowledge: Knowledge, add: Add): void {
  heap.layout.modules.forEach((ir, module) => {
    const base = heap.layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      if (code !== op.test && code !== op.invoke) return;
      const made = heap.layout.at(base + place);
      const sides = sidesOf(made);
      if (sides === undefined || sides.some((side) => constantAt(heap, side).kind !== 'unknown')) return;
      const [left, right] = sides.map((side) => comparedAt(heap, knowledge, side)) as [Fact[], Fact[]];
      for (const [own, theirs, other] of [[left, right, sides[1]], [right, left, sides[0]]] as const) {
        for (const fact of own) {
          const { said } = fact;
          const both = theirs.some((one) => one.said === said);
          if (!both && isNamed(heap, made.valueId, said) && (said.value === undefined || valueFits(heap, knowledge, other, said.value))) add(fact, nodeSpan(heap, made.valueId));
        }
      }
    });
  });
}

/** What an instruction asks for equality. */
function sidesOf(made: Instruction): readonly [Node, Node] | undefined {
  if (made.op === op.test) return made.a >= 0 && made.b >= 0 && equalities.has(made.textC) ? [made.a, made.b] : undefined;
  const [other, ...more] = made.operands;
  return made.textB === 'equals' && other !== undefined && more.length === 0 ? [made.a, other] : undefined;
}

function comparedAt(heap: Heap, knowledge: Knowledge, side: Node): Fact[] {
  return factsAt(knowledge, partsOf(heap, side).flatMap((part) => externalsAt(heap, part))).filter(({ said }) => said.kind === 'compare');
}

/** A value, and what its text is put together of. */
function partsOf(heap: Heap, node: Node): Node[] {
  if (node >= heap.layout.values) return [node];
  const made = heap.layout.at(node);
  return made.op === op.concat ? [node, ...made.operands] : [node];
}

/** The function round it, or the member that takes what it gives, has such a name. */
function isNamed(heap: Heap, value: Node, said: CallFact): boolean {
  if (said.named === undefined) return true;
  const pattern = new RegExp(said.named, 'i');
  if (value >= heap.layout.values) return false;
  const { module, ir, place } = heap.layout.at(value);
  const own = ir.functions[ir.owners[place] as number];
  if (own !== undefined && pattern.test(own.name)) return true;
  const base = heap.layout.bases[module] as number;
  return ir.ops.some((code, at) => code === op.store && base + (ir.c[at] as number) === value && pattern.test(ir.strings[ir.b[at] as number] ?? ''));
}
