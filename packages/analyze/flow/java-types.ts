import { op } from '#model/ir.ts';
import type { Obj } from './graph.ts';
import type { Heap } from './heap.ts';
import { objectKind } from './objects.ts';
import { onceFor } from './once-for.ts';

/** Types of the language that nobody inherits from: an instance of a class of the program is none of them. */
export const valueTypes = /^java\.(?:lang\.(?:String|StringBuilder|StringBuffer|Class|Math)|io\.File|nio\.file\.Path|net\.(?:URL|URI)|util\.(?:UUID|Optional|Date|Calendar|Locale|Properties|regex\.(?:Pattern|Matcher)))$/;

/** Which instances of a Java program's classes may be what a declaration says: those of the class that is declared, and of all below it. */
class JavaTypes {
  private readonly heap: Heap;
  private readonly parents = new Map<number, (number | string)[]>();
  private readonly byName = new Map<string, number[]>();
  /** Simple names of a class and of all above it. */
  private readonly known = new Map<number, ReadonlySet<string>>();

  constructor(heap: Heap) {
    this.heap = heap;
    heap.layout.modules.forEach((ir, module) => {
      const [base, functions] = [heap.layout.bases[module] as number, heap.layout.functionBases[module] as number];
      ir.functions.forEach(({ kind, name }, fn) => {
        if (kind === 'constructor') this.byName.set(name, [...(this.byName.get(name) ?? []), functions + fn]);
      });
      ir.ops.forEach((code, place) => {
        const child = code === op.inherit ? this.classOf(base + (ir.a[place] as number)) : '';
        if (typeof child === 'number') this.parents.set(child, [...(this.parents.get(child) ?? []), this.classOf(base + (ir.b[place] as number))]);
      });
    });
  }

  /** The function that a class of this program is, the name of one from elsewhere; '': not known. */
  private classOf(value: number): number | string {
    const made = this.heap.layout.at(value);
    if (made.op === op.decorate) return this.classOf(made.a);
    if (made.op === op.import) return made.textA;
    return made.op === op.closure ? (this.heap.layout.functionBases[made.module] as number) + (made.ir.a[made.place] as number) : '';
  }

  mayBe(object: Obj, type: string): boolean {
    const { kinds, of } = this.heap.objects;
    if (kinds[object] !== objectKind.instance) return true;
    const made = of[object] as Obj;
    if (kinds[made] !== objectKind.function) return true;
    return this.namesOf(of[made] as number).has(simple(type));
  }

  private namesOf(fn: number): ReadonlySet<string> {
    const known = this.known.get(fn);
    if (known !== undefined) return known;
    const names = new Set<string>();
    const waiting = [fn];
    const seen = new Set(waiting);
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      names.add(this.heap.layout.functionInfo(one).name);
      for (const parent of this.parents.get(one) ?? []) {
        if (typeof parent === 'string') names.add(simple(parent));
        for (const above of typeof parent === 'number' ? [parent] : (this.byName.get(simple(parent)) ?? [])) {
          if (!seen.has(above)) waiting.push(above);
          seen.add(above);
        }
      }
    }
    this.known.set(fn, names);
    return names;
  }
}

export const javaTypesOf = onceFor((heap: Heap) => new JavaTypes(heap));

function simple(type: string): string {
  return type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
}
