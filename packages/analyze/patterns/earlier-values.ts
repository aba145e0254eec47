import { blockKinds, type CodeTree, K, R } from '#model/code-tree.ts';
import { childBy, type Variable } from './scopes.ts';

const functions: ReadonlySet<number> = new Set([K.Function, K.Lambda, K.Program, K.Class]);
const loops: ReadonlySet<number> = new Set([K.While, K.DoWhile, K.For, K.ForEach]);

/**
 * The expression that a variable holds where it is read, by the last statement before that gives it a value; -1 where more than one may have.
 * Only within one function, and only where that statement comes before on every way.
 */
export function valueBefore(tree: CodeTree, variable: Variable, node: number): number {
  if (variable.assignments === 1) return variable.init;
  const { writes } = variable;
  if (writes.length > mostWrites) return -1;
  const own = functionOf(tree, node);
  if (writes.some((write) => functionOf(tree, write) !== own)) return -1;
  const holds = (outer: number, inner: number): boolean => outer <= inner && inner < (tree.next[outer] as number);
  const last = writes.findLast((write) => write < node && !holds(write, node));
  if (last === undefined) return -1;
  const block = tree.parent[last] as number;
  if (!blockKinds.has(tree.kind[block] as number) || !holds(block, node)) return -1;
  for (let at = tree.parent[node] as number; at !== block; at = tree.parent[at] as number) if (loops.has(tree.kind[at] as number) && writes.some((write) => holds(at, write))) return -1;
  const kind = tree.kind[last];
  return kind === K.VarDef ? childBy(tree, last, R.Init) : kind === K.Assign ? childBy(tree, last, R.Right) : -1;
}

/** A variable that gets more values than this is not asked for the last. */
const mostWrites = 200;

function functionOf(tree: CodeTree, node: number): number {
  let at = node === 0 ? 0 : (tree.parent[node] as number);
  while (at !== 0 && !functions.has(tree.kind[at] as number)) at = tree.parent[at] as number;
  return at;
}
