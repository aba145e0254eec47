import { type Grammar, type SyntaxTree, textOf } from './tree.ts';

const skipped = new WeakMap<Grammar, Uint8Array>();

/** 1 for kinds that say nothing. */
function skippedOf(grammar: Grammar): Uint8Array {
  let known = skipped.get(grammar);
  if (known === undefined) skipped.set(grammar, (known = Uint8Array.from(grammar.kinds, (kind) => (/comment$|^line_continuation$/.test(kind) ? 1 : 0))));
  return known;
}

/** Ways through a tree of tree-sitter for a lowering: children without comments, fields, words. */
export class RawNodes {
  readonly tree: SyntaxTree;
  private readonly kinds: readonly string[];
  private readonly fields: readonly string[];
  private readonly skipped: Uint8Array;

  constructor(tree: SyntaxTree) {
    this.tree = tree;
    this.kinds = tree.grammar.kinds;
    this.fields = tree.grammar.fields;
    this.skipped = skippedOf(tree.grammar);
  }

  kind(node: number): string {
    return this.kinds[this.tree.kind[node] as number] ?? 'ERROR';
  }

  start(node: number): number {
    return this.tree.start[node] as number;
  }

  end(node: number): number {
    return this.tree.end[node] as number;
  }

  text(node: number): string {
    return textOf(this.tree, node);
  }

  field(node: number): string {
    return this.fields[this.tree.field[node] as number] ?? '';
  }

  isNamed(node: number): boolean {
    return this.tree.grammar.named[this.tree.kind[node] as number] === 1;
  }

  isSkipped(node: number): boolean {
    return this.skipped[this.tree.kind[node] as number] === 1;
  }

  /** Named children that are no comments. */
  named(node: number): number[] {
    const { tree } = this;
    const found: number[] = [];
    const end = tree.next[node] as number;
    for (let child = node + 1; child < end; child = tree.next[child] as number) if (this.isNamed(child) && !this.isSkipped(child)) found.push(child);
    return found;
  }

  all(node: number): number[] {
    const { tree } = this;
    const found: number[] = [];
    const end = tree.next[node] as number;
    for (let child = node + 1; child < end; child = tree.next[child] as number) if (!this.isSkipped(child)) found.push(child);
    return found;
  }

  /** The child in a field; -1 for none. */
  by(node: number, field: string): number {
    const { tree } = this;
    const end = tree.next[node] as number;
    for (let child = node + 1; child < end; child = tree.next[child] as number) if (tree.field[child] !== 0 && this.field(child) === field && !this.isSkipped(child)) return child;
    return -1;
  }

  allBy(node: number, field: string): number[] {
    return this.all(node).filter((child) => this.field(child) === field);
  }

  ofKind(node: number, ...kinds: readonly string[]): number {
    return this.all(node).find((child) => kinds.includes(this.kind(child))) ?? -1;
  }

  has(node: number, token: string): boolean {
    return this.all(node).some((child) => this.kind(child) === token);
  }
}
