import type { Grammar, SyntaxTree } from './tree.ts';

/** A node of a syntax tree, by number; -1 stands for none. */
export type Node = number;

/** What is asked of a grammar again and again. */
interface Tables {
  /** 1 for kinds that are children: named ones that are no comments. */
  readonly counted: Uint8Array;
  readonly fields: ReadonlyMap<string, number>;
}

const tables = new WeakMap<Grammar, Tables>();
/** They may stand anywhere and say nothing. */
const silent = /comment$|^line_continuation$/;

function tablesOf(grammar: Grammar): Tables {
  let known = tables.get(grammar);
  if (known === undefined) {
    const counted = Uint8Array.from(grammar.kinds, (kind, at) => (grammar.named[at] === 1 && !silent.test(kind) ? 1 : 0));
    known = { counted, fields: new Map(grammar.fields.map((name, at) => [name, at])) };
    tables.set(grammar, known);
  }
  return known;
}

/** A tree of tree-sitter with the questions that a front end asks. Comments are no nodes of it. */
export class TreeReader {
  readonly text: string;
  readonly size: number;
  private readonly tree: SyntaxTree;
  private readonly kinds: readonly string[];
  private readonly counted: Uint8Array;
  private readonly fieldNumber: ReadonlyMap<string, number>;

  constructor(tree: SyntaxTree) {
    this.tree = tree;
    this.text = tree.text;
    this.size = tree.size;
    this.kinds = tree.grammar.kinds;
    const { counted, fields } = tablesOf(tree.grammar);
    this.counted = counted;
    this.fieldNumber = fields;
  }

  kind(node: Node): string {
    return node < 0 ? '' : (this.kinds[this.tree.kind[node] as number] ?? 'ERROR');
  }

  start(node: Node): number {
    return node < 0 ? 0 : (this.tree.start[node] as number);
  }

  end(node: Node): number {
    return node < 0 ? 0 : (this.tree.end[node] as number);
  }

  parent(node: Node): Node {
    return node <= 0 ? -1 : (this.tree.parent[node] as number);
  }

  source(node: Node): string {
    return node < 0 ? '' : this.text.slice(this.start(node), this.end(node));
  }

  /** Named children. */
  children(node: Node): Node[] {
    const found: Node[] = [];
    if (node < 0) return found;
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child)) if (this.counts(child)) found.push(child);
    return found;
  }

  /** The first named child of one of the given kinds; any kind when none is given. */
  child(node: Node, ...kinds: readonly string[]): Node {
    if (node < 0) return -1;
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child)) {
      if (this.counts(child) && (kinds.length === 0 || kinds.includes(this.kind(child)))) return child;
    }
    return -1;
  }

  field(node: Node, name: string): Node {
    const wanted = this.fieldNumber.get(name);
    if (wanted === undefined || node < 0) return -1;
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child)) if (this.tree.field[child] === wanted) return child;
    return -1;
  }

  /** Named children in a field. */
  fieldNodes(node: Node, name: string): Node[] {
    return this.fieldChildren(node, name).filter((child) => this.counts(child));
  }

  /** All children in a field, tokens and comments too. */
  fieldChildren(node: Node, name: string): Node[] {
    const wanted = this.fieldNumber.get(name);
    const found: Node[] = [];
    if (wanted === undefined || node < 0) return found;
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child)) if (this.tree.field[child] === wanted) found.push(child);
    return found;
  }

  /** Whether a keyword or sign is a child of the node. */
  has(node: Node, token: string): boolean {
    if (node < 0) return false;
    const end = this.after(node);
    for (let child = node + 1; child < end; child = this.after(child)) if (this.kind(child) === token) return true;
    return false;
  }

  /** The node after the last descendant. */
  after(node: Node): Node {
    return this.tree.next[node] as number;
  }

  /** Whether the node is a child: named, and no comment. */
  counts(node: Node): boolean {
    const kind = this.tree.kind[node] as number;
    return kind >= this.counted.length || this.counted[kind] === 1;
  }
}
