import { op } from '#model/ir.ts';
import { type States, strange } from './api-automaton.ts';
import type { ClassTable } from './classes.ts';
import type { Node } from './graph.ts';
import { type Heap, type Site, wait } from './heap.ts';
import type { Knowledge, Saying } from './knowledge.ts';
import { askingInJavaScript, asksInJava, asksInPython } from './look-ups.ts';
import { memberLoads } from './member-loads.ts';
import { isOwnBase } from './own-addresses.ts';
import { readPlace, writePlace } from './places.ts';
import { takenOut } from './replacements.ts';
import { holds } from './conditions.ts';
import { isAwaited } from './awaited.ts';
import { rootOf } from './roots.ts';

interface Known {
  readonly heap: Heap;
  readonly knowledge: Knowledge;
  readonly classes: ClassTable;
}

/** What a call of something outside does to what it is given: summaries and sanitizers. */
export function applyEffects(heap: Heap, knowledge: Knowledge, classes: ClassTable, site: Site, states: States): void {
  const sayings = knowledge.about(states);
  const kill = sanitized({ heap, knowledge, classes }, site, sayings) | takenOut(heap, classes, site);
  const summaries = sayings.flatMap((saying) => (saying.kind === 'summary' ? [saying.said] : []));
  const given = isOwnBase(heap, site) ? { ...site, args: site.args.slice(0, 1) } : site;
  for (const summary of summaries) {
    const from = summary.from.flatMap((place) => readPlace(heap, given, place));
    const mask = ~(kill | classes.mask(summary.except));
    const held = summary.same ? [] : from.flatMap((node) => heldBy(heap, node));
    for (const to of summary.to) {
      for (const node of from) writePlace(heap, site, to, node, { same: summary.same, mask });
      for (const node of held) writePlace(heap, site, to, node, { same: false, mask });
    }
  }
  if (summaries.length === 0 && states === strange) passOnUnknown(heap, classes, site, ~kill);
  else if (summaries.length === 0 && kill !== 0) passOn(heap, site, ~kill);
  if (states === strange) callBack(heap, site);
}

/** Parameters of a callback that what is unknown may fill in. */
const callbackParameters = 3;

/** What a function that is unknown does with its callbacks: it may call them with what else it was given, and with parts of that. In Java, with parts of what it is called on, too. */
export function callBack(heap: Heap, site: Site): void {
  const self = heap.layout.program.language === 'java' && site.receiver >= 0 ? [site.receiver] : [];
  if (site.args.length + self.length < 2) return;
  for (const callee of site.args) {
    if (!isClosure(heap, callee)) continue;
    const given = heap.graph.node();
    for (const other of [...site.args, ...self]) {
      if (other === callee) continue;
      heap.taints(other, given);
      for (const held of heldBy(heap, other)) heap.taints(held, given);
    }
    const args = Array.from({ length: callbackParameters }, () => given);
    heap.callWithin(site, callee, args);
  }
}

/** Written where it is passed, or held by one name: what is passed on from elsewhere may be meant for others. */
function isClosure(heap: Heap, node: Node): boolean {
  return node < heap.layout.values && heap.layout.at(node).op === op.closure;
}

/** `def wrapper(*args, **kwargs): return inner(*args, **kwargs)`: what nobody knows does with what it is given says nothing of what it gives. */
function passesAllOn(heap: Heap, site: Site): boolean {
  const opens = site.spreadFrom >= 0 || site.openKeywords === true;
  return opens && site.value < heap.layout.values && heap.layout.at(site.value).operands.some((node) => isRest(heap, node));
}

function isRest(heap: Heap, node: Node): boolean {
  if (node < 0 || node >= heap.layout.values) return false;
  const made = heap.layout.at(node);
  if (made.op === op.spread || made.op === op.refine) return isRest(heap, made.a);
  return made.op === op.param && (made.ir.b[made.place] as number) > 0;
}

/** The same of a call of which nothing is known: what goes in may come out, but for what the name of the call says that it was only asked for (`look-ups.ts`). */
export function passOnUnknown(heap: Heap, classes: ClassTable, site: Site, mask: number): void {
  switch (heap.layout.program.language) {
    case 'java': return passOn(heap, isAskedInJava(heap, site) ? { ...site, args: [] } : site, mask);
    case 'python': return passInPython(heap, classes, site, mask);
    case 'javascript': return passInJavaScript(heap, classes, site, mask);
  }
}

/** Functions of a class may well make something of what they get. */
function isAskedInJava(heap: Heap, site: Site): boolean {
  return site.kind === 'invoke' && asksInJava(heap.layout.names.text(site.name)) && !isClass(heap, site.receiver);
}

function passInPython(heap: Heap, classes: ClassTable, site: Site, mask: number): void {
  if (passesAllOn(heap, site)) return;
  const name = heap.layout.names.text(site.name);
  if (site.keywords !== undefined && name === '_replace') return passByName(heap, classes, site);
  passOn(heap, asksInPython(name) ? { ...site, args: [], keywords: new Map() } : site, mask);
}

/** What is waited for, and what an object holds that is passed, is not shown on a page and leads nowhere, unless the name says that text is made of it. */
function passInJavaScript(heap: Heap, classes: ClassTable, site: Site, mask: number): void {
  const { writes, searches, looks } = askingInJavaScript(calledName(heap, site));
  const isAsked = isAwaited(heap, site.value);
  const shown = classes.mask(['cross-site-scripting', 'open-redirect']);
  if (isAsked && searches) return passOn(heap, { ...site, args: [] }, mask);
  if (!looks && (writes || site.kind === 'construct' || !isAsked)) return passOn(heap, site, mask, writes ? mask : mask & ~shown);
  passOn(heap, { ...site, receiver: -1 }, mask & ~(looks ? classes.mask(['cross-site-scripting', 'unsafe-deserialization']) : shown), mask & ~shown);
  passOn(heap, { ...site, args: [] }, mask);
}

/** What is passed by name is the member of that name of what comes out. */
export function passByName(heap: Heap, classes: ClassTable, site: Site): void {
  if (site.value >= heap.layout.values) return;
  const { ir, module, place } = heap.layout.at(site.value);
  const base = heap.layout.bases[module] as number;
  for (const [name, value] of site.keywords ?? []) {
    if (name === '**') heap.taints(value, site.value);
    for (const at of memberLoads(ir, place, ir.strings.indexOf(name))) heap.taints(value, base + at);
  }
  const { keywords: _keywords, ...others } = site;
  passOnUnknown(heap, classes, others, -1);
}

/** The name by which a call calls; empty where there is none. */
function calledName(heap: Heap, { name, callee }: Site): string {
  if (name >= 0) return heap.layout.names.text(name);
  const root = callee < 0 ? callee : rootOf(heap, callee);
  if (root < 0 || root >= heap.layout.values) return '';
  const made = heap.layout.at(root);
  if (made.op === op.load) return made.textB === 'default' ? calledModule(heap, made.a) : made.textB;
  return made.op === op.global || made.op === op.import ? made.textA : '';
}

function calledModule(heap: Heap, node: Node): string {
  const made = heap.layout.at(node);
  return made.op === op.import ? made.textA : '';
}

function isClass(heap: Heap, node: Node): boolean {
  return node < heap.layout.values && heap.layout.at(node).op === op.import;
}

/** Everything that goes in may come out; of what it holds, what is in `inner`. */
function passOn(heap: Heap, site: Site, mask: number, inner = mask): void {
  for (const arg of [...site.args, ...(site.keywords?.values() ?? [])]) {
    heap.taints(arg, site.value, mask);
    for (const held of heldBy(heap, arg)) heap.taints(held, site.value, inner);
  }
  if (site.receiver < 0) return;
  heap.taints(site.receiver, site.value, mask);
  for (const held of heldBy(heap, site.receiver)) heap.taints(held, site.value, mask);
}

/** What the objects of a node hold, two levels deep. */
function heldBy(heap: Heap, node: Node): Node[] {
  const first = heap.graph.node();
  heap.wait(node, wait.loadAny, first);
  const second = heap.graph.node();
  heap.wait(first, wait.loadAny, second);
  return [first, second];
}

/** Classes for which what a call gives is harmless, whatever it was called on. */
export function cleanedAt(known: Known, site: Site): number {
  return sanitized(known, site, site.externals.flatMap((states) => known.knowledge.about(states)));
}

function sanitized({ heap, knowledge, classes }: Known, site: Site, sayings: readonly Saying[]): number {
  let kill = 0;
  for (const saying of sayings) if (saying.kind === 'sanitizer' && holds(heap, knowledge, site, saying.said.when)) kill |= classes.mask(saying.said.classes);
  return kill;
}
