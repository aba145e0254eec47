import { op } from '#model/ir.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { storedIn } from './possible-values.ts';
import type { Asked } from './python-guards.ts';
import { allowedBy, excludedBy } from './text-guards.ts';

const deepest = 6;

/** What `pattern.matcher(x).matches()` proves of x, in Java. */
export function javaMatcher({ heap, classes, isOf, holds }: Asked, call: Instruction): number {
  const name = call.textB;
  if (name !== 'matches' && name !== 'find' && name !== 'lookingAt') return 0;
  const matcher = madeBy(heap, call.a);
  const [text] = matcher?.operands ?? [];
  if (matcher?.op !== op.invoke || matcher.textB !== 'matcher' || text === undefined || !isOf(text)) return 0;
  const compiled = madeBy(heap, matcher.a);
  const [source] = compiled?.textB === 'compile' ? compiled.operands : [];
  const pattern = source === undefined ? undefined : constantAt(heap, source);
  if (pattern?.kind !== 'constant') return 0;
  if (!holds) return name === 'find' ? excludedBy(pattern.text, classes) : 0;
  const begun = name === 'find' || pattern.text.startsWith('^') ? pattern.text : `^${pattern.text}`;
  return allowedBy(name === 'matches' && !begun.endsWith('$') ? `${begun}$` : begun, classes);
}

/** The instruction that a value comes from: through declared types and checks, and a field that is given one value only. */
function madeBy(heap: Heap, node: Node): Instruction | undefined {
  const { layout } = heap;
  let at = node;
  for (let step = 0; step < deepest && at >= 0 && at < layout.values; step++) {
    const made = layout.at(at);
    if (made.op === op.typed || made.op === op.refine) at = made.a;
    else if (made.op !== op.load) return made;
    else {
      const stored = new Set(storedIn(heap, made.a, made.textB));
      const [only] = stored;
      if (stored.size !== 1 || only === undefined) return undefined;
      at = only;
    }
  }
  return undefined;
}
