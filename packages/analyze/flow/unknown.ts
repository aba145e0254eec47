import { type IrModule, op } from '#model/ir.ts';
import type { ClassTable } from './classes.ts';
import { callBack, cleanedAt, passByName, passOnUnknown } from './effects.ts';
import type { Heap, Site } from './heap.ts';
import type { Knowledge } from './knowledge.ts';
import { memberLoads } from './member-loads.ts';
import { objectKind } from './objects.ts';
import { takenOut } from './replacements.ts';
import { rootOf } from './roots.ts';

/** Methods that give numbers, truth values or nothing, whatever they are asked of. */
export const plainMethods: ReadonlySet<string> = new Set([
  'indexOf', 'lastIndexOf', 'charCodeAt', 'codePointAt', 'search', 'test', 'includes', 'startsWith', 'endsWith', 'hasOwnProperty', 'localeCompare', 'getTime', 'has', 'some', 'every', 'findIndex',
  'equals', 'equalsIgnoreCase', 'length', 'isEmpty', 'contains', 'containsKey', 'hashCode', 'size', 'compareTo', 'startswith', 'endswith', 'isdigit', 'isalnum', 'count', 'find', 'index', 'matches',
  'getClass', 'getClassLoader', 'getResource', 'getResourceAsStream',
]);

/** Of a call of which nothing is known, everything may come out that goes in. */
export function passUnresolved(heap: Heap, knowledge: Knowledge, classes: ClassTable): void {
  const { program } = heap.layout;
  for (const site of heap.sites.slice()) {
    if (site.kind === 'internal' || site.targets.length > 0) continue;
    const name = heap.layout.names.text(site.name);
    if (site.kind === 'invoke' && plainMethods.has(name) && !(name === 'find' && heap.layout.modules[site.module]?.language === 'javascript')) continue;
    if (site.externals.length === 0 && program.language === 'java') callBack(heap, site);
    if (site.externals.length === 0 && isMadeByName(heap, site)) passByName(heap, classes, site);
    else if (site.externals.length === 0) passOnUnknown(heap, classes, looksUp(heap, site, name) ? { ...site, args: site.args.slice(1) } : site, ~takenOut(heap, classes, site));
    else if (site.receiver >= 0) heap.taints(site.receiver, site.value, heap.layout.program.language === 'python' ? ~cleanedAt({ heap, knowledge, classes }, site) : ~takenOut(heap, classes, site));
  }
}

/** An instance of a class whose constructor is somebody else's: a model, a form. */
function isMadeByName(heap: Heap, site: Site): boolean {
  if (heap.layout.program.language !== 'python' || site.keywords === undefined) return false;
  const held = heap.graph.held(site.value);
  return held.length > 0 && held.every((object) => heap.objects.kinds[object] === objectKind.instance);
}

/** A dictionary of the program's own is asked for a key: what comes out is what it holds. */
function looksUp(heap: Heap, site: Site, name: string): boolean {
  if (heap.layout.program.language !== 'python' || (name !== 'get' && name !== 'pop')) return false;
  const held = heap.graph.held(site.receiver);
  return held.length > 0 && held.every((object) => heap.objects.kinds[object] === objectKind.site);
}

/** What a function makes itself may go on as a whole. */
const makers: ReadonlySet<number> = new Set([op.call, op.invoke, op.construct]);

/** In Python what comes from elsewhere is asked for its members: settings, the session, the object that is being handled. */
function isForeignMember(ir: IrModule, code: number, place: number): boolean {
  return code === op.store && ir.language === 'python' && !makers.has(ir.ops[ir.a[place] as number] as number);
}

/** Members that say where an address leads. */
const leads: ReadonlySet<string> = new Set(['href', 'host', 'hostname']);
/** Members that are a part of an address which does not. */
const follows: ReadonlySet<string> = new Set(['search', 'hash']);

/** What is stored in something of which nothing is known comes out where a member of that name is read; where the name is not known, wherever one is. */
export function storeUnknown(heap: Heap, classes: ClassTable): void {
  const { layout, graph, objects } = heap;
  layout.modules.forEach((ir, module) => {
    const base = layout.bases[module] as number;
    ir.ops.forEach((code, place) => {
      if (code !== op.store && code !== op.storeAt) return;
      const into = base + (ir.a[place] as number);
      const value = base + (ir.c[place] as number);
      if (graph.held(into).some((object) => objects.kinds[object] !== objectKind.external)) return;
      const name = code === op.store && layout.program.language === 'javascript' ? (ir.strings[ir.b[place] as number] ?? '') : undefined;
      if (isForeignMember(ir, code, place)) for (const at of memberLoads(ir, ir.a[place] as number, ir.b[place] as number)) heap.taints(value, base + at);
      else if (name === undefined || leads.has(name)) heap.taints(value, into);
      else if (follows.has(name)) heap.taints(value, into, ~classes.mask(['open-redirect', 'server-side-request-forgery']));
      else {
        const root = rootOf(heap, into);
        graph.add(root, objects.object(objectKind.site, root));
      }
    });
  });
}
