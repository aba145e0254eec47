import { K, R } from '#model/code-tree.ts';
import type { TreeFacts } from './facts.ts';
import type { PatternNode } from './pattern-tree.ts';

/** Nodes that a pattern may match, ascending; undefined when that may be any. */
export function candidates(facts: TreeFacts, pattern: PatternNode): readonly number[] | undefined {
  const { index } = facts;
  const kinds = (...all: readonly number[]): readonly number[] => index.byKinds(all);
  switch (pattern.kind) {
    case K.Metavariable:
    case K.TypedMetavariable:
    case K.Dots:
    case K.DotsMetavariable:
    case K.Deep:
      return undefined;
    case K.Str:
      return facts.texts.nodes;
    case K.Template:
      return kinds(K.Template, K.Str);
    case K.Num:
    case K.Bool:
      return kinds(pattern.kind, K.Name, K.Member);
    case K.Assign:
      return kinds(K.Assign, K.VarDef);
    case K.Function:
      return kinds(K.Function, K.VarDef, K.Pair, K.Lambda);
    case K.Lambda:
      return kinds(K.Lambda, K.Function);
    case K.For:
      return kinds(K.For, K.ForEach);
    case K.Import:
      return merged(index.byKind(K.Import), facts.requires);
    case K.Call:
    case K.New:
      return byHead(facts, pattern, pattern.kind, pattern.children.find((child) => child.role === R.Callee));
    case K.Name:
      return index.byHeads([K.Name, K.Member], pattern.symbol);
    case K.Member: {
      const head = tail(pattern);
      // In a chain with an ellipsis the last name is not the end.
      return head === undefined ? undefined : index.byHeads([K.Member, K.Name], head);
    }
    default:
      return index.byKind(pattern.kind);
  }
}

function merged(some: readonly number[], others: readonly number[]): readonly number[] {
  return others.length === 0 ? some : [...some, ...others].sort((a, b) => a - b);
}

function byHead({ index }: TreeFacts, pattern: PatternNode, kind: number, callee: PatternNode | undefined): readonly number[] {
  const head = callee === undefined ? undefined : tail(callee);
  return head === undefined ? index.byKind(kind) : index.byHead(pattern.kind, head);
}

function tail(pattern: PatternNode): string | undefined {
  if (pattern.kind === K.Name) return pattern.symbol;
  if (pattern.kind === K.Generic) return pattern.children[0] === undefined ? undefined : tail(pattern.children[0]);
  if (pattern.kind !== K.Member) return undefined;
  const name = pattern.children.find((child) => child.role === R.Name);
  return name?.kind === K.Name ? name.symbol : undefined;
}

/** Whether one of the ascending `nodes` lies from `from` up to `to`. */
export function anyWithin(nodes: readonly number[], from: number, to: number): boolean {
  const at = placeIn(nodes, from);
  return at < nodes.length && (nodes[at] as number) < to;
}

/** The place of the first of the ascending `nodes` that is `node` or after it. */
export function placeIn(nodes: readonly number[], node: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as number) < node) low = middle + 1;
    else high = middle;
  }
  return low;
}
