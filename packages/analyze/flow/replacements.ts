import { op } from '#model/ir.ts';
import type { ClassTable } from './classes.ts';
import { constantAt } from './constants.ts';
import type { Heap, Site } from './heap.ts';
import { takenOut as takenOutInPython } from './python-texts.ts';
import { rootOf } from './roots.ts';
import { replacedBy } from './text-guards.ts';

/** Classes for which a text is harmless once this call has taken out, or written otherwise, what it does: `x.replace(/</g, '&lt;')`. */
export function takenOut(heap: Heap, classes: ClassTable, site: Site): number {
  if (heap.layout.program.language !== 'javascript') return takenOutInPython(heap, classes, site);
  const name = heap.layout.names.text(site.name);
  const [pattern, into] = site.args;
  if (site.kind !== 'invoke' || (name !== 'replace' && name !== 'replaceAll') || pattern === undefined || into === undefined) return 0;
  const [out, text] = [constantAt(heap, pattern), constantAt(heap, into)];
  if (out.kind !== 'constant' || (text.kind !== 'constant' && !isFunction(heap, into))) return 0;
  const source = out.type === 'regexp' ? out.text : name === 'replaceAll' ? `/${escaped(out.text)}/g` : undefined;
  return source === undefined ? 0 : replacedBy(source, text.kind === 'constant' ? text.text : undefined, classes);
}

function isFunction(heap: Heap, node: number): boolean {
  const root = rootOf(heap, node);
  return root < heap.layout.values && heap.layout.at(root).op === op.closure;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
