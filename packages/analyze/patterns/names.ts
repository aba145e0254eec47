import { K, R } from '#model/code-tree.ts';
import type { TreeFacts } from './facts.ts';
import type { PatternNode } from './pattern-tree.ts';
import { childBy, symbolOf } from './scopes.ts';

const dotted = new WeakMap<PatternNode, readonly string[] | null>();

/** The parts of a pattern that is nothing but names: `os.path.join`. */
export function dottedPattern(pattern: PatternNode): readonly string[] | undefined {
  const known = dotted.get(pattern);
  if (known !== undefined) return known ?? undefined;
  const parts = partsOf(pattern);
  dotted.set(pattern, parts ?? null);
  return parts;
}

function partsOf(pattern: PatternNode): readonly string[] | undefined {
  if (pattern.kind === K.Name) return [pattern.symbol];
  if (pattern.kind !== K.Member) return undefined;
  const object = pattern.children.find((child) => child.role === R.Object);
  const name = pattern.children.find((child) => child.role === R.Name);
  if (object === undefined || name?.kind !== K.Name) return undefined;
  const before = partsOf(object);
  return before === undefined ? undefined : [...before, name.symbol];
}

/** The dotted name of an expression with imports resolved; undefined when it is no name of something imported. */
export function importedPath(facts: TreeFacts, node: number): readonly string[] | undefined {
  const { tree } = facts;
  if (tree.kind[node] === K.Name) return facts.aliases.get(symbolOf(tree, node), node);
  if (tree.kind[node] !== K.Member) return undefined;
  const before = importedPath(facts, childBy(tree, node, R.Object));
  const name = childBy(tree, node, R.Name);
  return before === undefined || name === -1 ? undefined : [...before, symbolOf(tree, name)];
}

export function matchesDotted(facts: TreeFacts, wanted: readonly string[], node: number): boolean {
  const path = importedPath(facts, node);
  if (path === undefined) return false;
  const [first, ...rest] = wanted;
  // A module's name may have dots or slashes of its own: `lodash/fp`.
  const whole = path.length === wanted.length && path.every((part, at) => part === wanted[at]);
  return whole || (first !== undefined && path[0]?.split('/').at(-1) === first && path.length === wanted.length && rest.every((part, at) => part === path[at + 1]));
}
