import { op } from '#model/ir.ts';
import { constantAt } from './constants.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';

/** Conditions within conditions that are looked at, and characters of a constant that are told. */
const deepest = 4;
const longest = 11;

const equalities: ReadonlySet<string> = new Set(['===', '==', '!==', '!=']);
const prefixes: ReadonlySet<string> = new Set(['startsWith', 'startswith']);
const searches: ReadonlySet<string> = new Set(['includes', 'contains', 'indexOf', 'search', 'has', 'hasOwnProperty', 'containsKey']);
const expressions: ReadonlySet<string> = new Set(['test', 'match', 'matches', 'exec', 'fullmatch']);

/** What a condition asks of the value that passes it, and why that does not suffice; undefined where it only asks whether there is a value. */
export function shortfallOf(heap: Heap, condition: Node, depth = 0): string | undefined {
  if (depth > deepest || condition < 0 || condition >= heap.layout.values) return undefined;
  const made = heap.layout.at(condition);
  if (made.op === op.refine || made.op === op.await) return shortfallOf(heap, made.a, depth + 1);
  if (made.op === op.invoke) return ofMethod(heap, made.textB, [made.a, ...made.operands]);
  if (made.op === op.call) return 'a function is asked that is not known to make it harmless here';
  if (made.op !== op.test) return undefined;
  if (made.textC === '!') return shortfallOf(heap, made.a, depth + 1);
  if (!equalities.has(made.textC)) return shortfallOf(heap, made.a, depth + 1);
  return ofEquality(heap, made.a, made.b, depth);
}

function ofMethod(heap: Heap, name: string, parts: readonly Node[]): string {
  if (prefixes.has(name)) return `by ${name}, which leaves open what follows`;
  if (expressions.has(name)) return `by ${name}, with an expression that lets through what is dangerous here`;
  if (searches.has(name)) return `by ${name}, which keeps out less than is dangerous here${told(heap, parts.slice(1))}`;
  return `by ${name}, which is not known to make it harmless here`;
}

function ofEquality(heap: Heap, one: Node, other: Node, depth: number): string | undefined {
  const inner = [one, other].map((side) => (side >= 0 && side < heap.layout.values ? heap.layout.at(side) : undefined));
  if (inner.some((made) => made?.op === op.test && made.textC === 'typeof')) return 'by its type, which says nothing of what it holds';
  const call = inner.find((made) => made?.op === op.invoke || made?.op === op.call);
  if (call !== undefined) return shortfallOf(heap, call.valueId, depth + 1);
  const constant = [one, other].map((side) => constantAt(heap, side)).find((known) => known.kind === 'constant');
  if (constant?.kind !== 'constant' || constant.type !== 'string' || constant.text === '') return undefined;
  return `it is only known not to be ${quoted(constant.text)}`;
}

function told(heap: Heap, parts: readonly Node[]): string {
  const constant = parts.map((part) => constantAt(heap, part)).find((known) => known.kind === 'constant' && known.type === 'string' && known.text.length > 0);
  return constant?.kind === 'constant' ? `: ${quoted(constant.text)}` : '';
}

/** Texts of some length may be secrets. */
function quoted(text: string): string {
  return text.length > longest || /[^\x20-\x7e]/.test(text) ? 'one text' : `"${text}"`;
}
