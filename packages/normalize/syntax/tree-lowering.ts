import { type CodeTree, K, R } from '#model/code-tree.ts';
import { CodeBuilder } from './code-builder.ts';
import { RawNodes } from './raw-node.ts';
import type { SyntaxTree } from './tree.ts';

/** Puts one node of a grammar into the tree that is being built. */
export type NodeLowering = (into: TreeLowering, node: number, role: number) => void;
export type Lowerings = ReadonlyMap<string, NodeLowering>;

/** A tree of tree-sitter to the form in which patterns meet programs, by a table of what each kind becomes. */
export class TreeLowering extends CodeBuilder {
  readonly raw: RawNodes;
  private readonly table: Lowerings;

  constructor(tree: SyntaxTree, table: Lowerings) {
    super(tree.grammar.language, tree.text);
    this.raw = new RawNodes(tree);
    this.table = table;
  }

  put(node: number, role: number): void {
    if (node === -1) return;
    const { raw } = this;
    if (this.tooDeep(role, raw.start(node), raw.end(node))) return;
    const kind = raw.kind(node);
    const lowering = this.table.get(kind);
    this.level++;
    if (lowering !== undefined) lowering(this, node, role);
    else this.putOther(node, role);
    this.level--;
  }

  at(kind: number, role: number, node: number, symbol = ''): void {
    this.open(kind, role, this.raw.start(node), this.raw.end(node), symbol);
  }

  leafAt(kind: number, role: number, node: number, symbol = this.raw.text(node)): void {
    this.leaf(kind, role, this.raw.start(node), this.raw.end(node), symbol);
  }

  record(kind: number, role: number, node: number, parts: readonly (readonly [number, number])[], symbol = ''): void {
    this.at(kind, role, node, symbol);
    for (const [part, partRole] of parts) this.put(part, partRole);
    this.close();
  }

  list(kind: number, role: number, node: number, members: readonly number[], symbol = ''): void {
    this.at(kind, role, node, symbol);
    for (const member of members) this.put(member, R.None);
    this.close();
  }

  /** Statements; one that stands alone is a block of one. */
  block(node: number, role: number, blockKind = 'block'): void {
    if (node === -1) return;
    this.list(K.Block, role, node, this.raw.kind(node) === blockKind ? this.raw.named(node) : [node]);
  }

  words(members: readonly number[]): void {
    const [first] = members;
    if (first === undefined) return;
    this.open(K.Attributes, R.Attributes, this.raw.start(first), this.raw.end(members.at(-1) as number));
    for (const member of members) this.put(member, R.None);
    this.close();
  }

  private putOther(node: number, role: number): void {
    const { raw } = this;
    const members = raw.named(node);
    if (members.length === 0) return this.leafAt(K.Other, role, node);
    const operator = raw.by(node, 'operator');
    this.at(K.Other, role, node, operator === -1 ? raw.kind(node) : raw.text(operator));
    for (const member of members) this.put(member, R.None);
    this.close();
  }
}

export function lowerTree(tree: SyntaxTree, table: Lowerings): CodeTree {
  const into = new TreeLowering(tree, table);
  into.open(K.Program, R.None, 0, tree.text.length);
  for (const statement of into.raw.named(0)) into.put(statement, R.None);
  into.close();
  if (tree.errors.length > 0 || tree.cut) into.markPartial(tree.errors.reduce((lost, { start, end }) => lost + end - start, 0));
  return into.finish();
}

export const leaf =
  (kind: number): NodeLowering =>
  (into, node, role) =>
    into.leafAt(kind, role, node);

/** A record whose parts are fields. */
export const fields =
  (kind: number, parts: Readonly<Record<string, number>>, operator?: string): NodeLowering =>
  (into, node, role) => {
    const { raw } = into;
    const sign = operator === undefined ? -1 : raw.by(node, operator);
    into.record(kind, role, node, Object.entries(parts).map(([field, partRole]) => [raw.by(node, field), partRole] as const), sign === -1 ? '' : raw.text(sign).replace(/\s+/g, ' '));
  };

export const members =
  (kind: number): NodeLowering =>
  (into, node, role) =>
    into.list(kind, role, node, into.raw.named(node));

/** The only named child stands for the whole. */
export const through: NodeLowering = (into, node, role) => {
  const inner = into.raw.named(node);
  const [only] = inner;
  if (only !== undefined && inner.length === 1) into.put(only, role);
  else into.list(K.Other, role, node, inner, into.raw.kind(node));
};

/** A record with its only named child in one role. */
export const one =
  (kind: number, partRole: number, symbol = ''): NodeLowering =>
  (into, node, role) =>
    into.record(kind, role, node, into.raw.named(node).slice(0, 1).map((child) => [child, partRole] as const), symbol);
