import { op } from '#model/ir.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import type { Instruction } from './layout.ts';
import { rootOf } from './roots.ts';

/** Paths that are put together of paths that are looked at, one within the other. */
const deepest = 4;
const joiners: ReadonlySet<string> = new Set(['join', 'resolve', 'normalize']);
const beginnings: ReadonlySet<string> = new Set(['slice', 'substring', 'substr']);
const upwards: ReadonlySet<string> = new Set(['.', '..', '../', '..\\']);
const numbers: ReadonlySet<string> = new Set(['length', 'size', 'byteLength']);

type IsOf = (node: Node) => boolean;

/** `text.slice(0, n)`: its beginning, which is then compared. */
export function isBeginning(heap: Heap, node: Node, isOf: IsOf): boolean {
  const made = invokeAt(heap, node);
  if (made === undefined || !beginnings.has(made.textB) || made.operands.length !== 2 || !isOf(made.a)) return false;
  const from = constantAt(heap, made.operands[0] as Node);
  return from.kind === 'constant' && from.text === '0';
}

/** A condition asks whether the way from a folder to the value leads upwards first: `path.relative(folder, value).startsWith('..')`. */
export function asksForWayUp(heap: Heap, call: Instruction, isOf: IsOf): boolean {
  const [first] = call.operands;
  if (first === undefined) return false;
  const [pattern, text] = [constantAt(heap, call.a), constantAt(heap, first)];
  if (pattern.kind === 'constant' && pattern.type === 'regexp') return asksForDots(pattern.text) && isWayTo(heap, first, isOf);
  return text.kind === 'constant' && (text.type === 'regexp' ? asksForDots(text.text) : upwards.has(text.text)) && isWayTo(heap, call.a, isOf);
}

/** `/^\.\./`, whatever follows. */
function asksForDots(pattern: string): boolean {
  return /^\/?\^?\(?(?:\\\.|\[\.\])/.test(pattern);
}

/** `path.relative(folder, value)`, also where the value is only a part of the path. */
function isWayTo(heap: Heap, node: Node, isOf: IsOf): boolean {
  const made = invokeAt(heap, node);
  const to = made?.textB === 'relative' ? made.operands[1] : undefined;
  return to !== undefined && isPartOf(heap, to, isOf, 0);
}

function isPartOf(heap: Heap, node: Node, isOf: IsOf, depth: number): boolean {
  if (isOf(node)) return true;
  const made = depth < deepest ? invokeAt(heap, node) : undefined;
  return made !== undefined && joiners.has(made.textB) && made.operands.some((part) => isPartOf(heap, part, isOf, depth + 1));
}

const sameFile: ReadonlySet<string> = new Set(['getCanonicalPath', 'getCanonicalFile', 'toRealPath', 'normalize', 'toAbsolutePath', 'toPath', 'toFile', 'getPath', 'toString']);

/** The path of a file in another form, in Java: `file.getCanonicalPath()`. */
export function isFormOfPath(heap: Heap, node: Node, isOf: IsOf): boolean {
  let at = node;
  for (let round = 0; round < deepest; round++) {
    const made = invokeAt(heap, at);
    if (made === undefined || made.ir.language !== 'java' || !sameFile.has(made.textB)) return false;
    if (isOf(made.a)) return true;
    at = made.a;
  }
  return false;
}

/** Text that is greater or less than a number is a number itself. */
export function isNumber(heap: Heap, node: Node): boolean {
  const root = rootOf(heap, node);
  if (root < 0 || root >= heap.layout.values) return false;
  const made = heap.layout.at(root);
  return made.constant?.kind === 'number' || made.op === op.arithmetic || (made.op === op.load && numbers.has(made.textB));
}

function invokeAt(heap: Heap, node: Node): Instruction | undefined {
  const root = rootOf(heap, node);
  if (root < 0 || root >= heap.layout.values) return undefined;
  const made = heap.layout.at(root);
  return made.op === op.invoke ? made : undefined;
}
