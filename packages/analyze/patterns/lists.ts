import { K, R } from '#model/code-tree.ts';
import type { Environment } from './bindings.ts';
import type { Found, Matcher } from './matcher.ts';
import type { PatternNode } from './pattern-tree.ts';
import { childBy, symbolOf } from './scopes.ts';

/** The parts of a pattern and the members of a program that are held against each other. */
interface Sequence {
  readonly matcher: Matcher;
  readonly parts: readonly PatternNode[];
  readonly nodes: readonly number[];
  readonly found: Found;
  /** Whether a part may stand for a member at all. */
  readonly fits?: ((part: PatternNode, node: number) => boolean) | undefined;
}

/** A sequence in which an ellipsis stands for any number of members. */
export function matchOrdered(matcher: Matcher, parts: readonly PatternNode[], nodes: readonly number[], environment: Environment, found: Found, fits?: Sequence['fits']): void {
  ordered({ matcher, parts, nodes, found, fits }, 0, 0, environment);
}

function ordered(sequence: Sequence, at: number, from: number, environment: Environment): void {
  const { matcher, parts, nodes, found, fits } = sequence;
  matcher.spend();
  const part = parts[at];
  if (part === undefined) {
    if (from === nodes.length) found(environment);
    return;
  }
  const isLast = at === parts.length - 1;
  if (part.kind === K.Dots) {
    if (isLast) return found(environment);
    for (let next = from; next <= nodes.length; next++) ordered(sequence, at + 1, next, environment);
    return;
  }
  if (part.kind === K.DotsMetavariable) {
    for (let next = isLast ? nodes.length : from; next <= nodes.length; next++) {
      bindRun(matcher, part.symbol, nodes.slice(from, next), environment, (bound) => ordered(sequence, at + 1, next, bound));
    }
    return;
  }
  const node = nodes[from];
  if (node !== undefined && fits?.(part, node) !== false) matcher.match(part, node, environment, (bound) => ordered(sequence, at + 1, from + 1, bound));
}

/** `$...ARGS` stands for members that follow each other; for none it is an empty text. */
export function bindRun(matcher: Matcher, name: string, nodes: readonly number[], environment: Environment, found: Found): void {
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first !== undefined && last !== undefined) matcher.bind(name, { node: first, last }, environment, found);
  else matcher.bind(name, { node: -1, last: -1, start: 0, end: 0, text: '' }, environment, found);
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
  if (named.length === 0) return matchOrdered(matcher, parts, nodes, environment, found);
  const rest = parts.filter((part) => part.kind !== K.Keyword);
  const step = (at: number, left: readonly number[], bound: Environment): void => {
    const part = named[at];
    if (part === undefined) return matchOrdered(matcher, rest, left, bound, found);
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
