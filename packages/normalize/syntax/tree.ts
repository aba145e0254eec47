/**
 * A syntax tree in packed arrays, in pre-order: a node's number is its place, its children follow it.
 * Offsets are UTF-16 code units of `text`, half-open.
 */
export interface SyntaxTree {
  readonly text: string;
  readonly grammar: Grammar;
  /** How many nodes there are; arrays may be longer. Node 0 is the root. */
  readonly size: number;
  /** Place in `grammar.kinds`. */
  readonly kind: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The node after the last descendant: the next sibling, or what follows the parent. */
  readonly next: Uint32Array;
  /** The parent's number; the root's is 0. */
  readonly parent: Uint32Array;
  /** Place in `grammar.fields`; 0 for none. */
  readonly field: Uint8Array;
  /** Where the grammar gave up or put in what was missing; ascending, at most `mostErrors`. */
  readonly errors: readonly SyntaxGap[];
  /** True when nodes below the limit of depth or beyond the limit of number were left out. */
  readonly cut: boolean;
}

export interface SyntaxGap {
  readonly start: number;
  readonly end: number;
  readonly missing: boolean;
}

/** The names of one language's kinds and fields. */
export interface Grammar {
  readonly language: string;
  /** By number; anonymous ones (tokens) are their own text. */
  readonly kinds: readonly string[];
  /** 1 where the kind of that number is named. */
  readonly named: Uint8Array;
  /** Entry 0 is empty: no field. */
  readonly fields: readonly string[];
}

export const mostErrors = 100;

/** The text that a node stands for. */
export function textOf(tree: SyntaxTree, node: number): string {
  return tree.text.slice(tree.start[node], tree.end[node]);
}

export function kindOf(tree: SyntaxTree, node: number): string {
  return tree.grammar.kinds[tree.kind[node] as number] ?? 'ERROR';
}

export function fieldOf(tree: SyntaxTree, node: number): string {
  return tree.grammar.fields[tree.field[node] as number] ?? '';
}

export function isNamed(tree: SyntaxTree, node: number): boolean {
  return tree.grammar.named[tree.kind[node] as number] === 1;
}

/** All children, tokens too. */
export function childrenOf(tree: SyntaxTree, node: number): number[] {
  const children: number[] = [];
  const end = tree.next[node] as number;
  for (let child = node + 1; child < end; child = tree.next[child] as number) children.push(child);
  return children;
}

/** The first child with the given field; undefined when there is none. */
export function childBy(tree: SyntaxTree, node: number, field: string): number | undefined {
  const wanted = tree.grammar.fields.indexOf(field);
  if (wanted <= 0) return undefined;
  const end = tree.next[node] as number;
  for (let child = node + 1; child < end; child = tree.next[child] as number) if (tree.field[child] === wanted) return child;
  return undefined;
}

/** Places where lines begin, for `placeOf`. */
export function lineStarts(text: string): Uint32Array {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return Uint32Array.from(starts);
}

/** Line and column of an offset, both from 1. */
export function placeOf(starts: Uint32Array, offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 };
}
