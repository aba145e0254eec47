import { op } from '#model/ir.ts';
import type { ApiPath, ApiSink, ApiStep } from '#model/library.ts';
import type { ClassTable } from './classes.ts';
import { holds, valueFits } from './conditions.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { Answers } from './answers.ts';
import { isOwnAddress } from './own-addresses.ts';
import { readPlace } from './places.ts';
import { isServiceWorker } from './service-workers.ts';
import { storeOf } from './stores.ts';

/** A place where untrusted input would be dangerous. */
export interface Sink {
  readonly bit: number;
  readonly class: string;
  readonly label: string;
  /** The value at whose place it is reported. */
  readonly at: Node;
  /** Taint at one of these is a finding. */
  readonly nodes: readonly Node[];
  readonly lesser?: boolean;
}

/** Dangerous in what a browser shows as a page. */
const onPages = 'cross-site-scripting';

/** Dangerous where it leads to somebody else's page. */
const onAddresses = 'open-redirect';

/** Dangerous where a server makes the request. */
const fromServers = 'server-side-request-forgery';

/** What a call is made on, or a value stored in. */
function answerAt(heap: Heap, site: Site | undefined, at: Node): Node {
  if (site !== undefined) return site.receiver;
  const made = heap.layout.at(at);
  return made.op === op.store ? made.a : -1;
}

/** Dangerous calls and stores, with the nodes that must not be tainted. Nodes that are read for it are new: solve again. */
export function findSinks(heap: Heap, knowledge: Knowledge, classes: ClassTable): Sink[] {
  const found: Sink[] = [];
  const answers = new Answers(heap, knowledge);
  const add = (said: ApiSink, site: Site | undefined, at: Node, given: readonly Node[]): void => {
    const bit = classes.bit(said.class);
    const nodes = said.class === onAddresses ? given.filter((node) => !isOwnAddress(heap, node)) : given;
    if (bit !== 0 && nodes.length > 0 && at < heap.layout.values && !(said.class === onPages && answers.isNoPage(answerAt(heap, site, at), at)) && !(said.class === fromServers && isServiceWorker(heap.layout.at(at).ir))) found.push({ bit, class: said.class, label: labelOf(heap, said, site), at, nodes, lesser: said.lesser });
  };
  for (const site of heap.sites.slice()) {
    if (isAnyones(site)) continue;
    for (const said of sinksAt(knowledge, site)) {
      if (holds(heap, knowledge, site, said.when)) add(said, site, placeOf(heap, site), said.arguments.flatMap((place) => readPlace(heap, site, place)));
    }
  }
  for (const { states, value } of heap.outsideStores) {
    for (const saying of knowledge.about(states)) {
      if (saying.kind === 'sink' && saying.said.arguments.some((place) => place.base === 'assigned')) add(saying.said, undefined, storeOf(heap, value, saying.said.path), [value]);
    }
  }
  for (const { fn, states } of heap.lent.values()) {
    const said = knowledge.about(states).flatMap((saying) => (saying.kind === 'sink' ? [saying.said] : []));
    for (const one of said.filter(isAboutReturned)) {
      for (const { value, at } of returnedBy(heap, fn)) {
        if (one.when.every(({ test }) => valueFits(heap, knowledge, value, test))) add(one, undefined, at, one.arguments.map(({ steps }) => readSteps(heap, value, steps)));
      }
    }
  }
  return found;
}

/** More alternatives than this at one call mean that any function of a table may be called there: what one of them does says little. */
const mostAlternatives = 4;

function isAnyones(site: Site): boolean {
  return site.targets.length > 0 && hasManyAlternatives(site);
}

export function hasManyAlternatives({ targets, externals }: Site): boolean {
  return targets.length + externals.length > mostAlternatives;
}

function isAboutReturned(said: ApiSink): boolean {
  return said.arguments.every(({ base }) => base === 'returned');
}

/** What a function gives back, and the place where it does. */
function returnedBy(heap: Heap, fn: number): { readonly value: Node; readonly at: Node }[] {
  const { layout } = heap;
  const module = layout.moduleOfFunction(fn);
  const own = fn - (layout.functionBases[module] as number);
  const base = layout.bases[module] as number;
  const found: { value: Node; at: Node }[] = [];
  layout.modules[module]?.ops.forEach((code, place) => {
    const ir = layout.modules[module];
    if (code !== op.return || ir?.owners[place] !== own) return;
    const value = ir.a[place] as number;
    // What is joined of several ways has no place of its own.
    found.push({ value: base + value, at: base + ((ir.ends[value] as number) > 0 ? value : place) });
  });
  return found;
}

/** Members of a value by their names. */
function readSteps(heap: Heap, from: Node, steps: readonly ApiStep[]): Node {
  return steps.reduce((at, one) => {
    const into = heap.graph.node();
    if (one.kind === 'member') for (const name of one.names) heap.wait(at, wait.load, heap.layout.names.number(name), into);
    heap.taints(at, into);
    return into;
  }, from);
}

function sinksAt(knowledge: Knowledge, site: Site): ApiSink[] {
  return site.externals.flatMap((states) => knowledge.about(states).flatMap((saying) => (saying.kind === 'sink' ? [saying.said] : [])));
}

/** A call that a library makes is reported where the program handed over what is called. */
function placeOf(heap: Heap, site: Site): Node {
  return site.value < heap.layout.values ? site.value : site.callee;
}

/** The path, with the member's name as the program has it where the path leaves a choice. */
function labelOf(heap: Heap, { path }: ApiSink, site: Site | undefined): string {
  const name = site === undefined ? '' : heap.layout.names.text(site.name);
  const last = path.at(-1);
  if (last?.kind !== 'member' || !last.names.includes(name)) return pathText(path);
  return pathText([...path.slice(0, -1), { kind: 'member', names: [name] }]);
}

/** `child_process.exec`, `express().get`. */
function pathText(path: ApiPath): string {
  let text = '';
  for (const one of path) {
    if (one.kind === 'root') text = one.names.find((name) => name !== 'global' && name !== '*') ?? '';
    else if (one.kind === 'member') text += `${text === '' ? '' : '.'}${one.names[0] ?? ''}`;
    else if (one.kind === 'result') text += '()';
    else if (one.kind === 'instance' && text !== '') text += '.new';
  }
  return text.replace(/\.new(?=\.)/g, '');
}
