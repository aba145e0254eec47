import { op } from '#model/ir.ts';
import { strange, step, unsaid, type States } from './api-automaton.ts';
import { type Heap, type Site, wait } from './heap.ts';
import { objectKind } from './objects.ts';

/** Calls and stores on values of which nothing is known are looked up by the member's name alone (API paths that begin with `*`). */
export function callStrangers(heap: Heap): void {
  const root = heap.automaton.start('*');
  if (root === strange) return;
  for (const site of heap.sites.slice()) {
    if (site.kind !== 'invoke' || site.targets.length > 0 || !isUnknown(heap, site)) continue;
    const name = step.member(heap.layout.names.text(site.name));
    for (const owner of [root, memberOfStranger(heap, root, site.receiver)]) {
      const states = owner === unsaid ? unsaid : heap.automaton.move(owner, name);
      if (states !== unsaid && states !== strange && !site.externals.includes(states)) call(heap, site, states);
    }
  }
  heap.layout.modules.forEach((ir, module) => {
    const base = heap.layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      if (code !== op.store || !holdsNothing(heap, base + (ir.a[place] as number))) return;
      const states = heap.automaton.move(root, step.member(ir.strings[ir.b[place] as number] ?? ''));
      if (states !== unsaid) heap.outsideStores.push({ states, value: base + (ir.c[place] as number) });
    });
  });
}

/** `Item.objects.raw(...)`: what is called may be a member of a member. */
function memberOfStranger(heap: Heap, root: States, receiver: number): States {
  if (receiver < 0 || receiver >= heap.layout.values) return unsaid;
  const made = heap.layout.at(receiver);
  return made.op === op.load ? heap.automaton.move(root, step.member(made.textB)) : unsaid;
}

/** Classes of which the program makes no instance are made by somebody else: by a framework that gets the class by its decorator, its place, or a type that names it. After the rest: what a node may hold is bounded. */
export function makeDeclared(heap: Heap): void {
  const { layout, objects, graph } = heap;
  layout.modules.forEach(({ functions }, module) => functions.forEach(({ kind }, own) => {
    const fn = (layout.functionBases[module] as number) + own;
    if (kind === 'constructor') graph.add(heap.param(fn, -1), objects.object(objectKind.instance, objects.object(objectKind.function, fn)));
  }));
}

function isUnknown(heap: Heap, site: Site): boolean {
  return site.externals.every((states) => states === strange || states === unsaid) && (site.externals.length > 0 || holdsNothing(heap, site.receiver));
}

function holdsNothing(heap: Heap, node: number): boolean {
  const { objects } = heap;
  return heap.graph.held(node).every((object) => objects.kinds[object] === objectKind.external || objects.kinds[object] === objectKind.outside);
}

function call(heap: Heap, site: Site, states: States): void {
  site.externals.push(states);
  heap.onOutside(site, states);
  heap.addExternal(site.value, heap.automaton.move(states, step.result));
  site.args.forEach((arg, index) => {
    const lent = heap.automaton.move(states, step.argument(index));
    if (lent !== unsaid && lent !== strange) heap.wait(arg, wait.lend, lent);
  });
}
