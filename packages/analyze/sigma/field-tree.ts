import type { Field } from './record-view.ts';

/** A place on the way to fields, by the keys that lead on. */
export interface TreeNode<Value> {
  readonly next: Map<string, TreeNode<Value>>;
  /** Elements of a list by their number. */
  readonly elements: (readonly [index: number, node: TreeNode<Value>])[];
  value: Value | undefined;
  /** Before the first name. */
  readonly head: Link<Value>;
  readonly links: Map<string, Link<Value>>;
}

/** A name that was met at a place, known or not, and the one that came after it last: records of one kind have their names in one order. */
interface Link<Value> {
  readonly key: string;
  readonly node: TreeNode<Value> | undefined;
  after: Link<Value> | undefined;
}

/** Names at one place that are remembered. */
const mostLinks = 500;

/** The link of the name that comes after `link` at a place. */
export function linkAfter<Value>(at: TreeNode<Value>, link: Link<Value>, key: string): Link<Value> {
  const { after } = link;
  if (after !== undefined && after.key === key) return after;
  let found = at.links.get(key);
  if (found === undefined) {
    found = { key, node: at.next.get(key), after: undefined };
    if (at.links.size >= mostLinks) return found;
    at.links.set(key, found);
  }
  link.after = found;
  return found;
}

/** What waits at fields of a record, found in one walk: a path may be spelt with keys that hold dots. */
export class FieldTree<Value> {
  readonly root: TreeNode<Value> = emptyNode();
  private readonly nodes = new Map<string, TreeNode<Value>>();

  add({ name, joined }: Field, value: Value): void {
    for (const [at, names] of joined.entries()) {
      const from = this.nodeOf(at === 0 ? undefined : joined[0]?.[at - 1]);
      for (const [count, key] of names.entries()) {
        const node = this.nodeOf(joined[0]?.[at + count]);
        from.next.set(key, node);
        if (count === 0 && /^\d{1,6}$/.test(key) && !from.elements.some(([, known]) => known === node)) from.elements.push([Number(key), node]);
      }
    }
    this.nodeOf(name).value = value;
  }

  private nodeOf(path: string | undefined): TreeNode<Value> {
    if (path === undefined) return this.root;
    const known = this.nodes.get(path);
    if (known !== undefined) return known;
    const node: TreeNode<Value> = emptyNode();
    this.nodes.set(path, node);
    return node;
  }
}

function emptyNode<Value>(): TreeNode<Value> {
  return { next: new Map(), elements: [], value: undefined, head: { key: '', node: undefined, after: undefined }, links: new Map() };
}

/** Calls `found` for everything that lies at a field of the tree, as `RecordView` finds it for one field. */
export function walkFields<Value>(value: unknown, node: TreeNode<Value>, found: (at: Value, value: unknown) => void): void {
  if (node.value !== undefined) found(node.value, value);
  if (typeof value !== 'object' || value === null || node.next.size === 0) return;
  if (Array.isArray(value)) walkList(value, node, found);
  else walkKeys(value as { readonly [key: string]: unknown }, node, found);
}

function walkKeys<Value>(value: { readonly [key: string]: unknown }, node: TreeNode<Value>, found: (at: Value, value: unknown) => void): void {
  let link = node.head;
  for (const key in value) {
    link = linkAfter(node, link, key);
    if (link.node !== undefined) walkFields(value[key], link.node, found);
  }
}

function walkList<Value>(value: readonly unknown[], node: TreeNode<Value>, found: (at: Value, value: unknown) => void): void {
  for (const [index, next] of node.elements) if (index < value.length) walkFields(value[index], next, found);
  for (const item of value) if (typeof item === 'object' && item !== null && !Array.isArray(item)) walkKeys(item as { readonly [key: string]: unknown }, node, found);
}
