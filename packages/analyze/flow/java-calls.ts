import type { Obj } from './graph.ts';
import type { Heap, Site } from './heap.ts';
import { objectKind } from './objects.ts';

/** In Java a method takes as many arguments as it has parameters, or any number behind them. */
export function isOtherOverload(heap: Heap, site: Site, target: number): boolean {
  if (heap.layout.program.language !== 'java' || site.kind === 'internal') return false;
  const { kind, params } = heap.layout.functionInfo(target);
  return (kind === 'method' || kind === 'static') && params !== site.args.length && !heap.rests.has(target);
}

/** In Java a lambda is an instance of some interface: whichever of its methods is called, the lambda is. */
export function isLambda(heap: Heap, object: Obj): boolean {
  if (heap.objects.kinds[object] !== objectKind.function || heap.layout.program.language !== 'java') return false;
  return heap.layout.functionInfo(heap.objects.of[object] as number).kind === 'arrow';
}

/** Methods that interfaces of functions have besides the one. */
export const ofFunctions: ReadonlySet<string> = new Set(['andThen', 'compose', 'negate', 'and', 'or', 'not', 'reversed', 'thenComparing', 'equals', 'hashCode', 'toString', 'getClass']);
