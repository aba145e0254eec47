import { blockKinds, type CodeTree, K, R, statementKinds } from '#model/code-tree.ts';
import type { Environment } from './bindings.ts';
import { bindRun } from './lists.ts';
import type { Found, Matcher } from './matcher.ts';
import type { PatternNode } from './pattern-tree.ts';

/** A run of statements that matched: from the first to the last of them. */
export type FoundRun = (environment: Environment, first: number, last: number) => void;

/** Statements of a block and, in the order of the text, those nested in them; never those of a named function or class inside. */
export interface FlatStatements {
  readonly nodes: readonly number[];
  /** For each, the place in `nodes` after what is nested in it. */
  readonly after: readonly number[];
}

const flat = new WeakMap<CodeTree, Map<number, FlatStatements>>();

export function flatStatements(tree: CodeTree, block: number): FlatStatements {
  let known = flat.get(tree);
  if (known === undefined) flat.set(tree, (known = new Map()));
  let found = known.get(block);
  if (found === undefined) known.set(block, (found = flatten(tree, block)));
  return found;
}

function flatten(tree: CodeTree, block: number): FlatStatements {
  const nodes: number[] = [];
  const after: number[] = [];
  const open: number[] = [];
  const end = tree.next[block] as number;
  for (let at = block + 1; at < end; ) {
    while (open.length > 0 && (tree.next[nodes[open.at(-1) as number] as number] as number) <= at) after[open.pop() as number] = nodes.length;
    const isStatement = blockKinds.has(tree.kind[tree.parent[at] as number] as number);
    if (isStatement) {
      open.push(nodes.length);
      nodes.push(at);
    }
    at++;
  }
  for (const place of open) after[place] = nodes.length;
  return { nodes, after };
}

/** Statements of a block from its first on; others may follow. No statements are an empty block. */
export function matchBlock(matcher: Matcher, parts: readonly PatternNode[], block: number, environment: Environment, found: Found): void {
  const flatBlock = flatStatements(matcher.tree, block);
  if (parts.length === 0 && flatBlock.nodes.length > 0) return;
  const run: Run = { matcher, parts, flat: flatBlock, found: (bound) => found(bound) };
  continueRun(run, 0, 0, environment, -1, -1);
}

/** A run of statements anywhere in a block that begins with the statement at `from`. */
export function matchRun(matcher: Matcher, parts: readonly PatternNode[], block: number, from: number, found: FoundRun): void {
  continueRun({ matcher, parts, flat: flatStatements(matcher.tree, block), found }, 0, from, undefined, -1, -1);
}

interface Run {
  readonly matcher: Matcher;
  readonly parts: readonly PatternNode[];
  readonly flat: FlatStatements;
  readonly found: FoundRun;
}

/** Matches `parts[at]` at the flat place `from`; `first` and `last` are statements that matched so far. */
function continueRun(run: Run, at: number, from: number, environment: Environment, first: number, last: number): void {
  const { matcher, parts, flat: { nodes } } = run;
  matcher.spend();
  const part = parts[at];
  if (part === undefined) {
    return run.found(environment, first, last);
  }
  if (part.kind === K.Dots || part.kind === K.DotsMetavariable) return skip(run, at, from, environment, first, last);
  if (from < nodes.length) one(run, part, at, from, environment, first);
}

function skip(run: Run, at: number, from: number, environment: Environment, first: number, last: number): void {
  const { matcher, parts, flat: { nodes } } = run;
  const part = parts[at] as PatternNode;
  const start = first === -1 && from < nodes.length ? (nodes[from] as number) : first;
  const atEnd = at === parts.length - 1;
  const bound = (to: number, found: Found): void => (part.kind === K.Dots ? found(environment) : bindRun(matcher, part.symbol, nodes.slice(from, to), environment, found));
  if (atEnd) return bound(nodes.length, (next) => run.found(next, start, from < nodes.length ? lastSibling(run, nodes.length) : last));
  for (let to = from; to < nodes.length; to++) {
    if (!mayBegin(matcher, parts[at + 1] as PatternNode, nodes[to] as number)) continue;
    bound(to, (next) => continueRun(run, at + 1, to, next, start, last));
  }
}

/** The statement with which the block ends. */
function lastSibling({ flat: { nodes, after } }: Run, end: number): number {
  let last = 0;
  for (let at = 0; at < end; at = after[at] as number) last = at;
  return nodes[last] as number;
}

/** A quick no before the comparison. */
function mayBegin(matcher: Matcher, part: PatternNode, node: number): boolean {
  return !(statementKinds.has(part.kind) && statementKinds.has(matcher.tree.kind[node] as number)) || part.kind === matcher.tree.kind[node] || part.kind === K.Function;
}

function one(run: Run, part: PatternNode, at: number, from: number, environment: Environment, first: number): void {
  const { matcher, flat: { nodes, after } } = run;
  const node = nodes[from] as number;
  const start = first === -1 ? node : first;
  // What follows directly is the next sibling; an ellipsis may also go on inside.
  const next = run.parts[at + 1];
  const place = next?.kind === K.Dots ? from + 1 : (after[from] as number);
  const go = (bound: Environment): void => continueRun(run, at + 1, place, bound, start, node);
  let direct = false;
  matcher.match(part, node, environment, (bound) => {
    direct = true;
    go(bound);
  });
  if ((!direct || isOpenChain(part)) && isExpression(part)) inside(matcher, part, node, environment, go);
}

/** `$X. ... .f()` is the beginning of many a chain. */
function isOpenChain(part: PatternNode): boolean {
  return part.kind === K.Dots ? part.role === R.Name : part.children.some((child) => (child.role === R.Callee || child.role === R.Object || child.role === R.Name) && isOpenChain(child));
}

function isExpression(part: PatternNode): boolean {
  return !statementKinds.has(part.kind) && part.kind !== K.Metavariable && part.kind !== K.Deep;
}

/** An expression as a statement also stands for one that has it inside. */
function inside(matcher: Matcher, part: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  const kind = tree.kind[node] as number;
  if (statementKinds.has(kind) && kind !== K.VarDef && kind !== K.Return && kind !== K.Throw) return;
  for (let at = node + 1; at < (tree.next[node] as number); ) {
    const below = tree.kind[at] as number;
    if (below === K.Block || below === K.Class) {
      at = tree.next[at] as number;
      continue;
    }
    matcher.match(part, at, environment, found);
    at++;
  }
}
