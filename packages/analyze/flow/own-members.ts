import { op, outcome } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { behindChecks, rootOf } from './roots.ts';

/** Checks of one key that are looked at. */
const most = 12;

/** The key was asked for with `hasOwnProperty` of the very object: what is there under it is the object's own, and no prototype. */
export function isKnownOwn(heap: Heap, base: Node, key: Node): boolean {
  return isProven(heap, key, base, key) || isProven(heap, base, base, key);
}

/** What a condition says of a value holds of the others that it mentions, too. */
function isProven(heap: Heap, from: Node, base: Node, key: Node): boolean {
  let at = from;
  for (let step = 0; step < most && at < heap.layout.values; step++) {
    const made = heap.layout.at(at);
    if (made.op !== op.refine) return false;
    if (made.rawC === outcome.holds && asksForOwn(heap, heap.layout.at(made.b), base, key)) return true;
    at = made.a;
  }
  return false;
}

function asksForOwn(heap: Heap, condition: Instruction, base: Node, key: Node): boolean {
  if (condition.op !== op.invoke) return false;
  const { textB, a, operands } = condition;
  if (textB === 'hasOwnProperty') return isSame(heap, a, base) && isSame(heap, operands[0], key);
  const isBorrowed = textB === 'hasOwn' || (textB === 'call' && a < heap.layout.values && heap.layout.at(a).op === op.load && heap.layout.at(a).textB === 'hasOwnProperty');
  return isBorrowed && isSame(heap, operands[0], base) && isSame(heap, operands[1], key);
}

/** The same value, or the same member of the same value. */
export function isSame(heap: Heap, one: Node | undefined, other: Node, depth = 0): boolean {
  if (one === undefined) return false;
  const [left, right] = [behindChecks(heap, one), behindChecks(heap, other)];
  if (left === right || rootOf(heap, left) === rootOf(heap, right)) return true;
  if (depth > 4 || left >= heap.layout.values || right >= heap.layout.values) return false;
  const [a, b] = [heap.layout.at(left), heap.layout.at(right)];
  if (a.op !== b.op || (a.op !== op.load && a.op !== op.loadAt)) return false;
  return isSame(heap, a.a, b.a, depth + 1) && (a.op === op.load ? a.textB === b.textB : isSame(heap, a.b, b.b, depth + 1));
}
