import { K, listKinds, R, statementKinds } from '#model/code-tree.ts';
import type { Environment } from './bindings.ts';
import { bindRun } from './lists.ts';
import type { Found, Matcher } from './matcher.ts';
import type { PatternNode } from './pattern-tree.ts';
import { childBy } from './scopes.ts';

type Equivalence = (matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found) => void;

const partOf = (pattern: PatternNode, role: number): PatternNode | undefined => pattern.children.find((child) => child.role === role);

/** What a pattern of one kind also says about nodes of another. */
const equivalences = new Map<number, Equivalence>([
  [K.Assign, assigned],
  [K.Function, anyFunction],
  [K.Lambda, (matcher, pattern, node, environment, found) => {
    const { tree } = matcher;
    if (tree.kind[node] === K.Function && partOf(pattern, R.Name) === undefined && tree.language !== 'python') matcher.roles(pattern, node, 0, environment, found, R.Name);
  }],
  [K.Template, (matcher, pattern, node, environment, found) => {
    const { tree } = matcher;
    const backquoted = tree.kind[node] === K.Str && tree.language === 'javascript' && tree.text[tree.start[node] as number] === '`';
    if (backquoted && pattern.children.every((child) => child.kind === K.Dots)) found(environment);
  }],
  [K.For, anyLoop],
  [K.Block, (matcher, pattern, node, environment, found) => {
    const [only] = pattern.children;
    if (only !== undefined && pattern.children.length === 1 && pattern.role === R.Body && !statementKinds.has(matcher.tree.kind[node] as number)) matcher.match(only, node, environment, found);
  }],
]);

/** `pattern` and the node are of different kinds. */
export function equivalent(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const onlyDots = pattern.list && pattern.kind !== K.Template && pattern.children.length === 1 && pattern.children[0]?.kind === K.Dots;
  const [only] = pattern.children;
  if (pattern.list && only?.kind === K.DotsMetavariable && pattern.children.length === 1 && listKinds.has(matcher.tree.kind[node] as number)) return bindRun(matcher, only.symbol, matcher.childrenOf(node), environment, found);
  if (onlyDots && listKinds.has(matcher.tree.kind[node] as number) && matcher.tree.kind[node] !== K.Other) return found(environment);
  equivalences.get(pattern.kind)?.(matcher, pattern, node, environment, found);
}

/** An assignment stands for a declaration with a value too. */
function assigned(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  if (tree.kind[node] !== K.VarDef) return;
  const [target, init] = [childBy(tree, node, R.Target), childBy(tree, node, R.Init)];
  const [left, right] = [partOf(pattern, R.Left), partOf(pattern, R.Right)];
  if (target !== -1 && init !== -1 && left !== undefined && right !== undefined) matcher.match(left, target, environment, (next) => matcher.match(right, init, next, found));
}

/** `function ...(...) {...}` is one of any name, or of none; `function $F(...) {...}` also `const f = () => {...}` and `f: function () {...}`. */
function anyFunction(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  const kind = tree.kind[node];
  const name = partOf(pattern, R.Name);
  if (kind === K.Lambda && name?.kind === K.Dots) return matcher.roles(pattern, node, 0, environment, found);
  if (kind !== K.VarDef && kind !== K.Pair) return;
  const value = childBy(tree, node, kind === K.VarDef ? R.Init : R.Value);
  const target = childBy(tree, node, kind === K.VarDef ? R.Target : R.Key);
  if (value === -1 || target === -1 || tree.kind[value] !== K.Lambda) return;
  const rest = { ...pattern, kind: K.Lambda, children: pattern.children.filter((child) => child !== name) };
  const matchRest = (next: Environment): void => matcher.roles(rest, value, 0, next, found);
  if (name === undefined) matchRest(environment);
  else matcher.match(name, target, environment, matchRest);
}

/** `for (...) {...}` is a loop of any head. */
function anyLoop(matcher: Matcher, pattern: PatternNode, node: number, environment: Environment, found: Found): void {
  const { tree } = matcher;
  if (tree.kind[node] !== K.ForEach || !pattern.children.every((child) => child.role === R.Body || (child.role === R.Init && child.kind === K.Dots))) return;
  const [body, own] = [partOf(pattern, R.Body), childBy(tree, node, R.Body)];
  if (body !== undefined && own !== -1) matcher.match(body, own, environment, found);
}
