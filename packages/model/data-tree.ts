/**
 * What a file of data or configuration says (YAML, JSON, HCL, Dockerfile, markup), in packed arrays and in pre-order: a node's number
 * is its place, its children follow it. Offsets are UTF-16 code units of `text`, half-open. Patterns have the same form.
 */
export interface DataTree {
  readonly text: string;
  readonly size: number;
  /** A `DataKind`. */
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The node after the last descendant. */
  readonly next: Uint32Array;
  /** A scalar's decoded value, a name's text, a form's label; else empty. */
  readonly value: readonly string[];
  /** What could not be read, by offset. */
  readonly errors: readonly DataGap[];
}

export interface DataGap {
  readonly offset: number;
  readonly message: string;
}

/**
 * `pair` holds a key and a value (or nothing for a bare key); `map` holds pairs in any order, `body` too, and what a pattern does not mention is
 * no hindrance there; `block` holds statements in order; `form` is anything else with parts in order: a call, an operator, an instruction.
 * `option` is a part of a form that may stand anywhere in it and may be left out of a pattern. `ellipsis` and names that begin with `$` stand in patterns.
 */
export const dataKind = {
  document: 0, map: 1, body: 2, pair: 3, list: 4, string: 5, number: 6, boolean: 7, null: 8, name: 9, form: 10, option: 11, block: 12, ellipsis: 13,
} as const;

export type DataKind = (typeof dataKind)[keyof typeof dataKind];

export function dataChildren(tree: DataTree, node: number): number[] {
  const children: number[] = [];
  for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) children.push(child);
  return children;
}
