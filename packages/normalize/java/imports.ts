import { javaLang, packageMembers } from './jdk-names.ts';
import type { TreeReader, Node } from '../syntax/tree-reader.ts';

/** Most meanings that a simple name may have because of star imports. */
const mostCandidates = 8;

/** What simple names mean in one file: its package and its imports. */
export class Imports {
  readonly packageName: string;
  private readonly single = new Map<string, string>();
  private readonly stars: string[] = [];
  private readonly members = new Map<string, string[]>();
  private readonly starClasses: string[] = [];
  private readonly known = new Map<string, readonly string[]>();

  constructor(tree: TreeReader, root: Node) {
    this.packageName = dotted(tree, tree.child(tree.child(root, 'package_declaration'), 'scoped_identifier', 'identifier'));
    for (const node of tree.children(root)) if (tree.kind(node) === 'import_declaration') this.add(tree, node);
  }

  private add(tree: TreeReader, node: Node): void {
    const name = dotted(tree, tree.child(node, 'scoped_identifier', 'identifier'));
    const star = tree.child(node, 'asterisk') >= 0;
    const [owner, last] = split(name);
    if (!tree.has(node, 'static')) {
      if (star) this.stars.push(name);
      else this.single.set(last, name);
    } else if (star) this.starClasses.push(name);
    else this.members.set(last, [...(this.members.get(last) ?? []), owner]);
  }

  /** The qualified names that a simple type name may have. */
  qualify(simple: string): readonly string[] {
    let names = this.known.get(simple);
    if (names === undefined) {
      names = this.search(simple);
      this.known.set(simple, names);
    }
    return names;
  }

  private search(simple: string): readonly string[] {
    const single = this.single.get(simple);
    if (single !== undefined) return [single];
    if (javaLang.has(simple)) return [`java.lang.${simple}`];
    const star = this.stars.find((name) => packageMembers.get(name)?.has(simple) === true);
    if (star !== undefined) return [`${star}.${simple}`];
    const own = this.packageName === '' ? simple : `${this.packageName}.${simple}`;
    return [own, ...this.stars.filter((name) => !packageMembers.has(name)).map((name) => `${name}.${simple}`)].slice(0, mostCandidates);
  }

  isImported(simple: string): boolean {
    return this.single.has(simple);
  }

  /** The classes that a name without a qualifier may be a static member of. */
  staticOwners(name: string): readonly string[] {
    return this.members.get(name) ?? this.starClasses;
  }

  isStaticImport(name: string): boolean {
    return this.members.has(name);
  }
}

/** `a.b.C` without white space and comments. */
export function dotted(tree: TreeReader, node: Node): string {
  if (node < 0) return '';
  const parts: string[] = [];
  let at = node;
  for (; tree.kind(at) === 'scoped_identifier' && parts.length < 100; at = tree.field(at, 'scope')) parts.push(tree.source(tree.field(at, 'name')));
  parts.push(tree.source(at));
  return parts.reverse().join('.');
}

function split(name: string): [string, string] {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? ['', name] : [name.slice(0, dot), name.slice(dot + 1)];
}
