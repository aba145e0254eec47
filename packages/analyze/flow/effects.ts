import type { CallCondition, ConstantValue, Place, ValueTest } from '#model/library.ts';
import { type States, strange } from './api-automaton.ts';
import type { ClassTable } from './classes.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import type { Knowledge, Saying } from './knowledge.ts';
import { readPlace, writePlace } from './places.ts';
import { valueOf } from './constants.ts';

/** What a call of something outside does to what it is given: summaries and sanitizers. */
export function applyEffects(heap: Heap, knowledge: Knowledge, classes: ClassTable, site: Site, states: States): void {
  const sayings = knowledge.about(states);
  const kill = sanitized(heap, classes, site, sayings);
  const summaries = sayings.flatMap((saying) => (saying.kind === 'summary' ? [saying.said] : []));
  for (const summary of summaries) {
    for (const place of summary.from) {
      for (const from of readPlace(heap, site, place)) {
        for (const to of summary.to) writePlace(heap, site, to, from, { same: summary.same, mask: ~kill });
        if (!summary.same) for (const held of heldBy(heap, from)) for (const to of summary.to) writePlace(heap, site, to, held, { same: false, mask: ~kill });
      }
    }
  }
  if (summaries.length === 0 && (kill !== 0 || states === strange)) passOn(heap, site, ~kill);
}

/** Everything that goes in may come out. */
export function passOn(heap: Heap, site: Site, mask: number): void {
  for (const arg of site.args) {
    heap.taints(arg, site.value, mask);
    for (const held of heldBy(heap, arg)) heap.taints(held, site.value, mask);
  }
  if (site.receiver >= 0) heap.taints(site.receiver, site.value, mask);
}

/** What the objects of a node hold, two levels deep. */
function heldBy(heap: Heap, node: Node): Node[] {
  const first = heap.graph.node();
  heap.wait(node, wait.loadAny, first);
  const second = heap.graph.node();
  heap.wait(first, wait.loadAny, second);
  return [first, second];
}

function sanitized(heap: Heap, classes: ClassTable, site: Site, sayings: readonly Saying[]): number {
  let kill = 0;
  for (const saying of sayings) if (saying.kind === 'sanitizer' && holds(heap, site, saying.said.when)) kill |= classes.mask(saying.said.classes);
  return kill;
}

export function holds(heap: Heap, site: Site, conditions: readonly CallCondition[]): boolean {
  return conditions.every(({ argument, test }) => passes(heap, site, argument, test));
}

function passes(heap: Heap, site: Site, place: Place, test: ValueTest): boolean {
  const known = valueOf(heap, site, place);
  if (test.absent !== undefined && test.absent !== (known.kind === 'absent')) return false;
  if (test.not !== undefined && known.kind === 'constant' && test.not.some((one) => same(one, known.text, known.type))) return false;
  if (test.is !== undefined && !(known.kind === 'constant' && test.is.some((one) => same(one, known.text, known.type)))) return false;
  if (test.matches !== undefined && !(known.kind === 'constant' && new RegExp(test.matches, 'i').test(known.text))) return false;
  if (test.below !== undefined && !(known.kind === 'constant' && Number(known.text) < test.below)) return false;
  if (test.above !== undefined && !(known.kind === 'constant' && Number(known.text) > test.above)) return false;
  return test.constant === undefined || test.constant === (known.kind === 'constant');
}

function same(wanted: ConstantValue, text: string, type: string): boolean {
  if (wanted === null) return type === 'null' || type === 'undefined';
  return String(wanted) === text && (typeof wanted === type || type === 'regexp');
}
