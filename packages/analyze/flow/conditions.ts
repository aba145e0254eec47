import type { ApiPath, CallCondition, ConstantValue, MethodCall, Place, ValueTest } from '#model/library.ts';
import type { States } from './api-automaton.ts';
import { constantAt, type Known, placeNode, valueOf } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { objectKind } from './objects.ts';

/** All conditions hold at a call, as far as its values are known. */
export function holds(heap: Heap, knowledge: Knowledge, site: Site, conditions: readonly CallCondition[]): boolean {
  return conditions.every(({ argument, test }) => passes(heap, knowledge, site, argument, test));
}

function passes(heap: Heap, knowledge: Knowledge, site: Site, place: Place, test: ValueTest): boolean {
  const node = placeNode(heap, site, place);
  return test.from === undefined && test.without === undefined
    ? fits(valueOf(heap, site, place), test)
    : fits(valueOf(heap, site, place), test) && node !== undefined && fitsNode(heap, knowledge, node, test);
}

/** The same for a value by itself. */
export function valueFits(heap: Heap, knowledge: Knowledge, node: Node, test: ValueTest): boolean {
  return fits(constantAt(heap, node), test) && fitsNode(heap, knowledge, node, test);
}

function fits(known: Known, test: ValueTest): boolean {
  if (test.absent !== undefined && (known.kind === 'unknown' ? test.absent : test.absent !== (known.kind === 'absent'))) return false;
  const constant = known.kind === 'constant' ? known : undefined;
  if (test.not !== undefined && constant !== undefined && test.not.some((one) => same(one, constant))) return false;
  if (test.is !== undefined && (constant === undefined || !test.is.some((one) => same(one, constant)))) return false;
  if (test.matches !== undefined && (constant === undefined || !new RegExp(test.matches, 'i').test(constant.text))) return false;
  if (test.mayMatch !== undefined && constant !== undefined && !new RegExp(test.mayMatch, 'i').test(constant.text)) return false;
  if (test.below !== undefined && (constant?.type !== 'number' || Number(constant.text) >= test.below)) return false;
  if (test.above !== undefined && (constant?.type !== 'number' || Number(constant.text) <= test.above)) return false;
  return test.constant === undefined || test.constant === (constant !== undefined);
}

function same(wanted: ConstantValue, { text, type }: { readonly text: string; readonly type: string }): boolean {
  if (wanted === null) return type === 'null' || type === 'undefined';
  return String(wanted) === text && (typeof wanted === type || type === 'regexp');
}

function fitsNode(heap: Heap, knowledge: Knowledge, node: Node, test: ValueTest): boolean {
  if (test.from !== undefined && !comesFrom(heap, knowledge, node, test.from)) return false;
  return test.without === undefined || !isCalledOn(heap, knowledge, node, test.without);
}

function comesFrom(heap: Heap, knowledge: Knowledge, node: Node, paths: readonly ApiPath[]): boolean {
  return (heap.graph.objects[node] ?? []).some((object) => {
    if (heap.objects.kinds[object] !== objectKind.external) return false;
    return knowledge.about(heap.objects.of[object] as States).some((saying) => saying.kind === 'origin' && paths.includes(saying.said));
  });
}

/** Values that are followed from one. */
const mostFollowed = 500;

/** The program calls the method in this way on what `node` holds, somewhere it goes unchanged. */
function isCalledOn(heap: Heap, knowledge: Knowledge, node: Node, call: MethodCall): boolean {
  const reached = new Set([node]);
  for (const one of reached) {
    if (reached.size > mostFollowed) break;
    for (const list of [heap.graph.copies[one], heap.graph.pointers[one]]) for (const to of list ?? []) reached.add(to);
    for (const pairs of [heap.graph.entries[one], heap.graph.exits[one]]) (pairs ?? []).forEach((to, at) => at % 2 === 0 && reached.add(to));
  }
  return heap.sites.some((site) => site.kind === 'invoke' && reached.has(site.receiver) && call.names.includes(heap.layout.names.text(site.name)) && holds(heap, knowledge, site, call.when));
}
