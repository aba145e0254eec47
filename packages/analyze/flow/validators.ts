import { type IrModule, op } from '#model/ir.ts';
import type { Node } from './graph.ts';
import type { Heap } from './heap.ts';
import { onceFor } from './once-for.ts';

type Concern = 'way-up' | 'host';

const concerns: ReadonlyMap<string, Concern> = new Map<string, Concern>([
  ['path-traversal', 'way-up'], ['zip-slip', 'way-up'], ['file-probing', 'way-up'], ['open-redirect', 'host'], ['server-side-request-forgery', 'host'],
]);
/** What functions ask or call that look where an address leads. */
export const hostNames: readonly string[] = ['netloc', 'hostname', 'url_has_allowed_host_and_scheme', 'is_safe_url'];
/** The same, and what puts an address together again; and what those ask that look where a path leads. */
const words: Readonly<Record<Concern, ReadonlySet<string>>> = {
  'way-up': new Set(['is_relative_to', 'commonpath', 'commonprefix', 'safe_join', 'secure_filename', 'sanitize_filename', 'get_valid_filename']),
  host: new Set([...hostNames, 'urlunsplit', 'urlunparse']),
};

/**
 * The input goes through a function of the program, in and out again, that asks just what is to be asked here: whether the path leads upwards, on which host the address lies. How it
 * answers is not understood, so what is told is not sure. Python only.
 */
export function passesValidator(heap: Heap, way: readonly Node[], flowClass: string): boolean {
  const concern = concerns.get(flowClass);
  if (concern === undefined || heap.layout.program.language !== 'python') return false;
  const entered = new Set<number>();
  for (const node of way) {
    const param = heap.paramOf(node);
    if (param !== undefined) entered.add(param.fn);
    const left = heap.functionOfResult(node);
    if (left !== undefined && entered.has(left) && asks(heap, left, concern)) return true;
  }
  return false;
}

function asks(heap: Heap, fn: number, concern: Concern): boolean {
  const { layout } = heap;
  const module = layout.moduleOfFunction(fn);
  return asksOf(layout.modules[module] as IrModule).get(fn - (layout.functionBases[module] as number))?.has(concern) === true;
}

const asksOf = onceFor((ir: IrModule): ReadonlyMap<number, ReadonlySet<Concern>> => {
  const found = new Map<number, Set<Concern>>();
  const add = (place: number, concern: Concern): void => {
    const owner = ir.owners[place] as number;
    found.set(owner, (found.get(owner) ?? new Set()).add(concern));
  };
  for (let place = 0; place < ir.ops.length; place++) {
    const code = ir.ops[place];
    if (code === op.test && [ir.a[place], ir.b[place]].some((side) => isWayUp(ir, side as number))) add(place, 'way-up');
    if (code !== op.load && code !== op.invoke && code !== op.import) continue;
    const name = (ir.strings[(code === op.import ? ir.a[place] : ir.b[place]) as number] ?? '').split('.').at(-1) ?? '';
    for (const concern of ['way-up', 'host'] as const) if (words[concern].has(name)) add(place, concern);
  }
  return found;
});

function isWayUp(ir: IrModule, side: number): boolean {
  return side >= 0 && ir.ops[side] === op.constant && ['..', '../'].includes(ir.constants[ir.a[side] as number]?.text ?? '');
}
