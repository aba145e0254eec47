import type { Field, RecordView } from './record-view.ts';

/** Something a record must hold for a rule to match. `field: undefined` means anywhere in the record. Texts are folded. */
export type Anchor =
  | { readonly kind: 'exact'; readonly field: Field; readonly text: string }
  | { readonly kind: 'literal'; readonly field: Field | undefined; readonly text: string }
  | { readonly kind: 'present'; readonly field: Field };

/**
 * A part of a compiled rule. If `test` holds, at least one of `anchors` does: this is the promise the index relies on.
 * Undefined anchors promise nothing.
 */
export interface Node {
  readonly test: (view: RecordView) => boolean;
  readonly anchors: readonly Anchor[] | undefined;
}

export function allOf(nodes: readonly Node[]): Node {
  if (nodes.length === 1 && nodes[0] !== undefined) return nodes[0];
  // Cheap and selective parts first; the order has no effect on the result.
  const ordered = nodes.toSorted((a, b) => costOf(a.anchors) - costOf(b.anchors));
  const tests = ordered.map((node) => node.test);
  return {
    test: (view) => {
      for (const test of tests) if (!test(view)) return false;
      return true;
    },
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
    anchors: union(nodes),
  };
}

/** At least `count` of the nodes. */
export function someOf(count: number, nodes: readonly Node[]): Node {
  if (count >= nodes.length) return count > nodes.length ? never : allOf(nodes);
  if (count === 1) return anyOf(nodes);
  const tests = nodes.map((node) => node.test);
  return { test: (view) => tests.filter((test) => test(view)).length >= count, anchors: union(nodes) };
}

export function not(node: Node): Node {
  return { test: (view) => !node.test(view), anchors: undefined };
}

const never: Node = { test: () => false, anchors: [] };

function union(nodes: readonly Node[]): readonly Anchor[] | undefined {
  const all: Anchor[] = [];
  for (const node of nodes) {
    if (node.anchors === undefined) return undefined;
    all.push(...node.anchors);
  }
  return all;
}

/** How many records the anchors are likely to let through, on a scale of its own. */
function costOf(anchors: readonly Anchor[] | undefined): number {
  if (anchors === undefined) return Number.POSITIVE_INFINITY;
  return anchors.reduce((sum, anchor) => sum + anchorCost(anchor), 0);
}

function anchorCost(anchor: Anchor): number {
  if (anchor.kind === 'present') return 1_000;
  // Numbers and truth values are what many records have in common.
  if (anchor.kind === 'exact') return /^(?:\d{1,8}|true|false|)$/.test(anchor.text) ? 150 : 10 + 200 / anchor.text.length;
  return (anchor.field === undefined ? 4 : 1) * (10 + 200 / anchor.text.length);
}
