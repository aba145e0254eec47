import { blockKinds, type CodeTree, K, R } from '#model/code-tree.ts';
import { childBy, type Variable } from './scopes.ts';

const functions: ReadonlySet<number> = new Set([K.Function, K.Lambda, K.Program, K.Class]);
const loops: ReadonlySet<number> = new Set([K.While, K.DoWhile, K.For, K.ForEach]);

/**
 * The expression that a variable holds where it is read, by the last statement before that gives it a value; -1 where more than one may have.
 * Only within one function, and only where that statement comes before on every way.
 */
export function valueBefore(tree: CodeTree, variable: Variable, node: number): number {
  const { writes } = variable;
  // One that is declared without a value has that of a language before it gets its own.
  if (variable.assignments === 1 && (writes.length === 1 || childBy(tree, variable.declaration, R.Init) !== -1)) return variable.init;
  if (writes.length > mostWrites) return -1;
  const home = homeOf(tree, variable);
  if (home === -1 || home !== functionOf(tree, node)) return -1;
  const holds = (outer: number, inner: number): boolean => outer <= inner && inner < (tree.next[outer] as number);
  const last = writes.findLast((write) => write < node && !holds(write, node));
  if (last === undefined) return -1;
  const block = blockOf(tree, last);
  if (!blockKinds.has(tree.kind[block] as number) || !holds(block, node)) return -1;
  for (let at = tree.parent[node] as number; at !== block; at = tree.parent[at] as number) if (loops.has(tree.kind[at] as number) && writes.some((write) => holds(at, write))) return -1;
  const kind = tree.kind[last];
  return kind === K.VarDef ? childBy(tree, last, R.Init) : kind === K.Assign ? childBy(tree, last, R.Right) : -1;
}

/** The block in which a value is given on every way: that of the statement, or of the `if` that asks for it. */
function blockOf(tree: CodeTree, write: number): number {
  const above = tree.parent[write] as number;
  return tree.kind[above] === K.If && tree.role[write] === R.Condition ? (tree.parent[above] as number) : above;
}

/** A variable that gets more values than this is not asked for the last. */
const mostWrites = 200;

const homes = new WeakMap<Variable, number>();

/** The function in which a variable gets all of its values; -1 where that is more than one. */
function homeOf(tree: CodeTree, variable: Variable): number {
  let home = homes.get(variable);
  if (home === undefined) {
    const all = new Set(variable.writes.map((write) => functionOf(tree, write)));
    const [only = -1] = all;
    homes.set(variable, (home = all.size === 1 ? only : -1));
  }
  return home;
}

function functionOf(tree: CodeTree, node: number): number {
  let at = node === 0 ? 0 : (tree.parent[node] as number);
  while (at !== 0 && !functions.has(tree.kind[at] as number)) at = tree.parent[at] as number;
  return at;
}
