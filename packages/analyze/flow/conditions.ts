import { op } from '#model/ir.ts';
import type { ApiPath, ApiStep, CallCondition, ConstantValue, MethodCall, Place, ValueTest } from '#model/library.ts';
import { findAmbiguity } from '../regex/ambiguity.ts';
import type { States } from './api-automaton.ts';
import { type Known, placeNode, valueOf } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { chainOf, isOf, originsOf, reachedFrom } from './object-ways.ts';
import { isSet } from './object-stores.ts';
import { objectKind } from './objects.ts';
import { type Possible, possibleAt } from './possible-values.ts';

/** All conditions hold at a call, as far as its values are known. */
export function holds(heap: Heap, knowledge: Knowledge, site: Site, conditions: readonly CallCondition[]): boolean {
  return conditions.every(({ argument, test }) => placesIn(argument).some((place) => passes(heap, knowledge, site, place, test)));
}

/** Elements of a list that are looked at, each step. */
const mostElements = 12;
const placeCache = new WeakMap<Place, readonly Place[]>();

/** A place with `.element` in it stands for each of the first elements; one that passes is enough. */
function placesIn(place: Place): readonly Place[] {
  if (!place.steps.some(({ kind }) => kind === 'element')) return [place];
  const known = placeCache.get(place);
  if (known !== undefined) return known;
  let ways: ApiStep[][] = [[]];
  for (const step of place.steps) {
    const next: ApiStep[] = step.kind === 'element' ? Array.from({ length: mostElements }, (_, at) => ({ kind: 'member', names: [String(at)] })) : [step];
    ways = ways.flatMap((way) => next.map((one) => [...way, one]));
  }
  const found = ways.map((steps) => ({ ...place, steps }));
  placeCache.set(place, found);
  return found;
}

function passes(heap: Heap, knowledge: Knowledge, site: Site, place: Place, test: ValueTest): boolean {
  const node = placeNode(heap, site, place);
  if (test.absent === false && node === undefined) return false;
  const known = valueOf(heap, site, place);
  if (!fits(node === undefined || known.kind !== 'unknown' ? exactly(known) : { ...possibleAt(heap, node), absent: undefined }, test)) return false;
  return !asksForNode(test) || (node !== undefined && fitsNode(heap, knowledge, node, test));
}

/** The same for a value by itself. */
export function valueFits(heap: Heap, knowledge: Knowledge, node: Node, test: ValueTest): boolean {
  return fits({ ...possibleAt(heap, node), absent: undefined }, test) && fitsNode(heap, knowledge, node, test);
}

/** What is known of a value; `absent` is undefined where that is not known. */
type Tested = Possible & { readonly absent: boolean | undefined };

function exactly(known: Known): Tested {
  if (known.kind === 'constant') return { constants: [known], open: false, absent: false };
  return { constants: [], open: known.kind === 'unknown', absent: known.kind === 'absent' ? true : undefined };
}

/** One of several constants is enough to be wrong; to be right it takes all. */
function fits({ constants, open, absent }: Tested, test: ValueTest): boolean {
  if (test.absent !== undefined && (absent === undefined && constants.length === 0 ? test.absent : test.absent !== (absent === true))) return false;
  const all = constants.length > 0 && !open;
  if (test.not !== undefined && all && constants.every((one) => test.not?.some((other) => same(other, one)))) return false;
  if (test.is !== undefined && !constants.some((one) => test.is?.some((other) => same(other, one)))) return false;
  if (test.matches !== undefined && !constants.some((one) => new RegExp(test.matches ?? '', 'i').test(one.text))) return false;
  if (test.mayMatch !== undefined && all && !constants.some((one) => new RegExp(test.mayMatch ?? '', 'i').test(one.text))) return false;
  const numbers = constants.filter(({ type }) => type === 'number').map(({ text }) => Number(text));
  if (test.below !== undefined && !numbers.some((one) => one < (test.below ?? 0))) return false;
  if (test.above !== undefined && !numbers.some((one) => one > (test.above ?? 0))) return false;
  if (test.ambiguous !== undefined && test.ambiguous !== constants.some((one) => isAmbiguous(one.text, one.type))) return false;
  return test.constant === undefined || test.constant === all;
}

/** The text of a literal has its slashes and flags round it. */
function isAmbiguous(text: string, type: string): boolean {
  const literal = type === 'regexp' ? /^\/([\s\S]*)\/([a-z]*)$/.exec(text) : null;
  return findAmbiguity(literal?.[1] ?? text, literal?.[2] ?? '') !== undefined;
}

function same(wanted: ConstantValue, { text, type }: { readonly text: string; readonly type: string }): boolean {
  if (wanted === null) return type === 'null' || type === 'undefined';
  return String(wanted) === text && (typeof wanted === type || type === 'regexp');
}

const asksForNode = (test: ValueTest): boolean => [test.from, test.begins, test.text, test.made, test.with, test.without, test.unset].some((one) => one !== undefined);

function fitsNode(heap: Heap, knowledge: Knowledge, node: Node, test: ValueTest): boolean {
  if (test.from !== undefined && !comesFrom(heap, knowledge, node, test.from)) return false;
  if (test.begins !== undefined && !beginsWith(heap, node, test.begins)) return false;
  if (test.text !== undefined && test.text !== isText(heap, node)) return false;
  if (test.made !== undefined && !isMadeBy(heap, knowledge, node, test.made)) return false;
  if (test.with !== undefined && !isCalledOn(heap, knowledge, node, test.with)) return false;
  if (test.unset !== undefined && isSet(heap, node, test.unset)) return false;
  return test.without === undefined || !isCalledOn(heap, knowledge, node, test.without);
}

function comesFrom(heap: Heap, knowledge: Knowledge, node: Node, paths: readonly ApiPath[]): boolean {
  return heap.graph.held(node).some((object) => {
    if (heap.objects.kinds[object] !== objectKind.external) return false;
    return knowledge.about(heap.objects.of[object] as States).some((saying) => saying.kind === 'origin' && paths.includes(saying.said));
  });
}

/** It was put together as text, or is declared to be some. */
function isText(heap: Heap, node: Node): boolean {
  return originsOf(heap, [node]).some((origin) => {
    const made = origin < heap.layout.values ? heap.layout.at(origin) : undefined;
    return made !== undefined && (made.op === op.concat || made.constant?.kind === 'string' || (made.op === op.typed && made.textB === 'java.lang.String'));
  });
}

/** One of the texts that the value may be begins so. */
function beginsWith(heap: Heap, node: Node, beginning: string): boolean {
  return originsOf(heap, [node]).some((origin) => {
    let at = origin;
    for (let round = 0; round < mostElements && at >= 0 && at < heap.layout.values; round++) {
      const made = heap.layout.at(at);
      if (made.constant !== undefined) return made.constant.text.startsWith(beginning);
      if (made.op !== op.concat) return false;
      at = made.operands[0] ?? -1;
    }
    return false;
  });
}

/** The program calls the method in this way on what `node` holds, somewhere it goes unchanged. */
function isCalledOn(heap: Heap, knowledge: Knowledge, node: Node, call: MethodCall): boolean {
  const reached = reachedFrom(heap, originsOf(heap, [node]));
  return heap.sites.some((site) => reached.has(site.receiver) && isOf(heap, site, call.names) && holds(heap, knowledge, site, call.when));
}

/** What `node` holds is what such a call of the program gave, or what a chain of calls on that gave. */
function isMadeBy(heap: Heap, knowledge: Knowledge, node: Node, call: MethodCall): boolean {
  return originsOf(heap, chainOf(heap, node)).some((origin) => {
    const site = heap.siteAt(origin);
    return site !== undefined && isOf(heap, site, call.names) && holds(heap, knowledge, site, call.when);
  });
}
