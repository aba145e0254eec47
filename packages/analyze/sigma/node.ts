import { costOf } from './atom.ts';
import type { Atom } from './atom.ts';
import type { RecordView } from './record-view.ts';

/** What a rule asks, over atoms. */
export type Expression =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  /** At least `count` of them. */
  | { readonly kind: 'some'; readonly count: number; readonly of: readonly Expression[] };

/** A part of a compiled rule, in two forms that must agree: `test` asks the record itself, `expression` goes over atoms. */
export interface Node {
  readonly test: (view: RecordView) => boolean;
  readonly expression: Expression;
  /** If the part holds, at least one of these does: what an index files it under. Undefined promises nothing. */
  readonly anchors: readonly Atom[] | undefined;
}

/** One that an index can answer. */
export function atomNode(atom: Atom, test: Node['test']): Node {
  return { test, expression: { kind: 'atom', atom }, anchors: [atom] };
}

export function allOf(nodes: readonly Node[]): Node {
  if (nodes.length === 1 && nodes[0] !== undefined) return nodes[0];
  // Cheap and selective parts first; the order has no effect on the result.
  const ordered = nodes.toSorted((a, b) => anchorCost(a.anchors) - anchorCost(b.anchors));
  const tests = ordered.map((node) => node.test);
  return {
    test: (view) => {
      for (const test of tests) if (!test(view)) return false;
      return true;
    },
    expression: { kind: 'and', of: ordered.map(({ expression }) => expression) },
    anchors: ordered[0]?.anchors,
  };
}

export function anyOf(nodes: readonly Node[]): Node {
  if (nodes.length === 1 && nodes[0] !== undefined) return nodes[0];
  const tests = nodes.map((node) => node.test);
  return {
    test: (view) => {
      for (const test of tests) if (test(view)) return true;
      return false;
    },
    expression: { kind: 'or', of: nodes.map(({ expression }) => expression) },
    anchors: union(nodes),
  };
}

/** At least `count` of the nodes. */
export function someOf(count: number, nodes: readonly Node[]): Node {
  if (count >= nodes.length) return count > nodes.length ? anyOf([]) : allOf(nodes);
  if (count === 1) return anyOf(nodes);
  const tests = nodes.map((node) => node.test);
  return {
    test: (view) => tests.filter((test) => test(view)).length >= count,
    expression: { kind: 'some', count, of: nodes.map(({ expression }) => expression) },
    anchors: union(nodes),
  };
}

export function not(node: Node): Node {
  return { test: (view) => !node.test(view), expression: { kind: 'not', of: node.expression }, anchors: undefined };
}

function union(nodes: readonly Node[]): readonly Atom[] | undefined {
  const all: Atom[] = [];
  for (const node of nodes) {
    if (node.anchors === undefined) return undefined;
    all.push(...node.anchors);
  }
  return all;
}

function anchorCost(anchors: readonly Atom[] | undefined): number {
  if (anchors === undefined) return Number.POSITIVE_INFINITY;
  return anchors.reduce((sum, atom) => sum + costOf(atom), 0);
}
