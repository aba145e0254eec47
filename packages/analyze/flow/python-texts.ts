import type { ClassTable } from './classes.ts';
import type { Heap, Site } from './heap.ts';
import { patternOf, textAt } from './python-guards.ts';
import { excludedBy, excludedText } from './text-guards.ts';

/** What is put in the place of what is taken out, and is harmless in every class. */
const plain = /^[\w -]*$/;

/** Classes for which a text is harmless once this call has taken out what it takes out: `x.replace('..', '')`, `re.sub('[^a-z]', '_', x)`. */
export function takenOut(heap: Heap, classes: ClassTable, site: Site): number {
  if (heap.layout.program.language !== 'python' || site.kind !== 'invoke') return 0;
  const [first, second, third] = site.args;
  if (first === undefined || second === undefined) return 0;
  switch (heap.layout.names.text(site.name)) {
    case 'replace': {
      const [out, into] = [textAt(heap, first), textAt(heap, second)];
      return out !== undefined && into !== undefined && !into.includes(out) ? excludedText(out, classes) : 0;
    }
    case 'sub': {
      const compiled = patternOf(heap, site.receiver);
      const [source, into] = compiled === undefined ? [textAt(heap, first), third === undefined ? undefined : textAt(heap, second)] : [compiled, textAt(heap, first)];
      return source !== undefined && into !== undefined && plain.test(into) ? excludedBy(source, classes) : 0;
    }
    default: return 0;
  }
}
