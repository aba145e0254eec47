import type { CallRules, Node, Obj } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { objectKind } from './objects.ts';

/**
 * What others hand in goes everywhere through functions that give back what they are given, and all that is stored in one of it would be in all.
 * So it comes out of a call only where it went in, and is no instance of a class that merely has a method of the same name.
 * In JavaScript, where anything may be `this`, it goes its way.
 */
export function callRules(heap: Heap): CallRules {
  const isOutside = (object: Obj): boolean => heap.objects.kinds[object] === objectKind.outside;
  return {
    mayReceive: (param, object) => !(isOutside(object) || heap.objects.kinds[object] === objectKind.site) || heap.paramOf(param)?.at !== -1,
    mayLeave: (value, object) => {
      if (!isOutside(object)) return true;
      const site = heap.siteAt(value);
      return site === undefined || takes(heap, site, object);
    },
    passed: (object, at) => {
      const site = isOutside(object) ? heap.sites[at] : undefined;
      if (site?.targets.some((fn) => holds(heap, heap.returns[fn] as Node, object)) === true) heap.graph.add(site.value, object);
    },
  };
}

function takes(heap: Heap, site: Site, object: Obj): boolean {
  return site.args.some((arg) => holds(heap, arg, object)) || holds(heap, site.receiver, object) || [...(site.keywords?.values() ?? [])].some((arg) => holds(heap, arg, object));
}

function holds(heap: Heap, node: Node, object: Obj): boolean {
  return heap.graph.held(node).includes(object);
}
