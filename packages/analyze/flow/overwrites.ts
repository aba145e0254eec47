import { op, outcome } from '#model/ir.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { isSame } from './own-members.ts';
import { behindChecks } from './roots.ts';

/** Checks of one value that are looked at. */
const most = 12;

/**
 * The write only puts something else where a list or an object already is, or what a method of the old value gave: no prototype that all share has such
 * members, so that nothing of the attacker's comes into it.
 */
export function onlyOverwrites(heap: Heap, base: Node, key: Node, value: Node): boolean {
  const isThere = (node: Node): boolean => isMember(heap, node, base, key);
  return isOfOld(heap, value, isThere) || isAsked(heap, key, isThere) || isAsked(heap, base, isThere);
}

function isMember(heap: Heap, node: Node, base: Node, key: Node): boolean {
  const at = behindChecks(heap, node);
  if (at < 0 || at >= heap.layout.values) return false;
  const made = heap.layout.at(at);
  return made.op === op.loadAt && isSame(heap, made.a, base) && isSame(heap, made.b, key);
}

/** `o[k] = o[k].concat(x)`. */
function isOfOld(heap: Heap, value: Node, isThere: (node: Node) => boolean): boolean {
  const at = behindChecks(heap, value);
  return at < heap.layout.values && heap.layout.at(at).op === op.invoke && isThere(heap.layout.at(at).a);
}

function isAsked(heap: Heap, from: Node, isThere: (node: Node) => boolean): boolean {
  let at = from;
  for (let step = 0; step < most && at >= 0 && at < heap.layout.values; step++) {
    const made = heap.layout.at(at);
    if (made.op !== op.refine) return false;
    if (made.rawC !== outcome.returned && saysObject(heap, made.b, made.rawC === outcome.holds, isThere)) return true;
    at = made.a;
  }
  return false;
}

/** `Array.isArray(o[k])`, `typeof o[k] === 'object'`, `o[k] instanceof Thing`. */
function saysObject(heap: Heap, condition: Node, holds: boolean, isThere: (node: Node) => boolean): boolean {
  const made = heap.layout.at(condition);
  if (made.op === op.refine) return saysObject(heap, made.a, holds, isThere);
  if (made.op === op.invoke) return holds && made.textB === 'isArray' && made.operands.some(isThere);
  if (made.op !== op.test) return false;
  if (made.textC === '!') return saysObject(heap, made.a, !holds, isThere);
  if (made.textC === 'instanceof') return holds && isThere(made.a);
  return (made.textC === '===' || made.textC === '==' ? holds : (made.textC === '!==' || made.textC === '!=') && !holds) && isTypeObject(heap, made, isThere);
}

function isTypeObject(heap: Heap, { a, b }: Instruction, isThere: (node: Node) => boolean): boolean {
  return [[a, b], [b, a]].some(([one, other]) => {
    const asked = heap.layout.at(behindChecks(heap, one as Node));
    const constant = constantAt(heap, other as Node);
    return asked.op === op.test && asked.textC === 'typeof' && isThere(asked.a) && constant.kind === 'constant' && constant.text === 'object';
  });
}
