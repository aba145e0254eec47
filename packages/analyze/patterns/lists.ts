import { K, R } from '#model/code-tree.ts';
import type { Environment } from './bindings.ts';
import type { Found, Matcher } from './matcher.ts';
import type { PatternNode } from './pattern-tree.ts';
import { childBy, symbolOf } from './scopes.ts';

/** A sequence in which an ellipsis stands for any number of members. */
export function matchOrdered(matcher: Matcher, parts: readonly PatternNode[], at: number, nodes: readonly number[], from: number, environment: Environment, found: Found): void {
  matcher.spend();
  const part = parts[at];
  if (part === undefined) {
    if (from === nodes.length) found(environment);
    return;
  }
  if (part.kind === K.Dots) {
    if (at === parts.length - 1) return found(environment);
    for (let next = from; next <= nodes.length; next++) matchOrdered(matcher, parts, at + 1, nodes, next, environment, found);
    return;
  }
  if (part.kind === K.DotsMetavariable) {
    const first = at === parts.length - 1 ? nodes.length : from;
    for (let next = first; next <= nodes.length; next++) {
      bindRun(matcher, part.symbol, nodes, from, next, environment, (bound) => matchOrdered(matcher, parts, at + 1, nodes, next, bound, found));
    }
    return;
  }
  const node = nodes[from];
  if (node !== undefined) matcher.match(part, node, environment, (bound) => matchOrdered(matcher, parts, at + 1, nodes, from + 1, bound, found));
}

/** `$...ARGS` stands for the members from `from` to `to`. */
export function bindRun(matcher: Matcher, name: string, nodes: readonly number[], from: number, to: number, environment: Environment, found: Found): void {
  const first = nodes[from];
  const last = nodes[to - 1];
  if (to > from && first !== undefined && last !== undefined) return matcher.bind(name, { node: first, last }, environment, found);
  const place = first === undefined ? (nodes.at(-1) === undefined ? 0 : (matcher.tree.end[nodes.at(-1) as number] as number)) : (matcher.tree.start[first] as number);
  matcher.bind(name, { node: -1, last: -1, start: place, end: place, text: '' }, environment, found);
}

/** Members in any order; others may stand beside them when `more`. */
export function matchUnordered(matcher: Matcher, parts: readonly PatternNode[], nodes: readonly number[], more: boolean, environment: Environment, found: Found): void {
  const wanted = parts.filter((part) => part.kind !== K.Dots && part.kind !== K.DotsMetavariable);
  if (wanted.length > nodes.length || (!more && wanted.length !== nodes.length)) return;
  const used = new Set<number>();
  const step = (at: number, bound: Environment): void => {
    matcher.spend();
    const part = wanted[at];
    if (part === undefined) return found(bound);
    for (const node of nodes) {
      if (used.has(node)) continue;
      matcher.match(part, node, bound, (next) => {
        used.add(node);
        step(at + 1, next);
        used.delete(node);
      });
    }
  };
  step(0, environment);
}

/** Arguments: those by position in order, those by name wherever they stand. */
export function matchArguments(matcher: Matcher, parts: readonly PatternNode[], nodes: readonly number[], environment: Environment, found: Found): void {
  const named = parts.filter((part) => part.kind === K.Keyword);
  if (named.length === 0) return matchOrdered(matcher, parts, 0, nodes, 0, environment, found);
  const rest = parts.filter((part) => part.kind !== K.Keyword);
  const step = (at: number, left: readonly number[], bound: Environment): void => {
    const part = named[at];
    if (part === undefined) return matchOrdered(matcher, rest, 0, left, 0, bound, found);
    for (const node of left) {
      if (matcher.tree.kind[node] !== K.Keyword || !mayBeNamed(matcher, part, node)) continue;
      matcher.match(part, node, bound, (next) => step(at + 1, left.filter((other) => other !== node), next));
    }
  };
  step(0, nodes, environment);
}

function mayBeNamed(matcher: Matcher, part: PatternNode, node: number): boolean {
  const name = part.children.find((child) => child.role === R.Name);
  return name?.kind !== K.Name || name.symbol === symbolOf(matcher.tree, childBy(matcher.tree, node, R.Name));
}
