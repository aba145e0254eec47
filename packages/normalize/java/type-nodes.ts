import { dotted } from './imports.ts';
import type { Node } from '../syntax/tree-reader.ts';
import type { JavaType } from './java-type.ts';
import type { Lowering } from './lowering.ts';

/** The type that a type node states; undefined for `var` and type parameters. */
export function typeOf(java: Lowering, node: Node, depth = 0): JavaType | undefined {
  const { tree } = java;
  if (node < 0 || depth > 50) return undefined;
  switch (tree.kind(node)) {
    case 'integral_type': case 'floating_point_type': case 'boolean_type': case 'void_type':
      return { names: [tree.source(node)], dimensions: 0, arguments: [] };
    case 'type_identifier': case 'identifier': return named(java, tree.source(node));
    case 'scoped_type_identifier': return qualified(java, scopedName(java, node));
    case 'scoped_identifier': return qualified(java, dotted(tree, node).split('.'));
    case 'generic_type': return generic(java, node, depth);
    case 'array_type': return array(java, node, depth);
    case 'annotated_type': return typeOf(java, tree.children(node).at(-1) ?? -1, depth + 1);
    case 'catch_type': return typeOf(java, tree.child(node), depth + 1);
    default: return undefined;
  }
}

/** How many `[]` a `dimensions` node stands for. */
export function dimensionsOf(java: Lowering, node: Node): number {
  return node < 0 ? 0 : java.tree.source(node).split('[').length - 1;
}

function named(java: Lowering, name: string): JavaType | undefined {
  if (name === 'var' || (name === 'val' && java.imports.isImported('val')) || java.isTypeParameter(name)) return undefined;
  const own = java.findClass(name);
  return { names: own === undefined ? java.imports.qualify(name) : [own.qualified], dimensions: 0, arguments: [] };
}

/** `Outer.Inner` starts with a class, `a.b.C` with a package. */
export function qualified(java: Lowering, parts: readonly string[]): JavaType | undefined {
  const [first = '', ...rest] = parts;
  if (!startsAsClass(first)) return { names: [parts.join('.')], dimensions: 0, arguments: [] };
  let own = java.findClass(first);
  if (own === undefined) return { names: java.imports.qualify(first).map((name) => [name, ...rest].join('.')), dimensions: 0, arguments: [] };
  const names = [[own.qualified, ...rest].join('.')];
  for (const part of rest) own = own?.members.get(part);
  return { names: own === undefined ? names : [own.qualified], dimensions: 0, arguments: [] };
}

export const startsAsClass = (name: string): boolean => /^[\p{Lu}$]/u.test(name);

function scopedName(java: Lowering, node: Node): string[] {
  const parts: string[] = [];
  for (let at = node; at >= 0 && parts.length < 100; ) {
    const kind = java.tree.kind(at);
    if (kind === 'generic_type') {
      at = java.tree.child(at);
      continue;
    }
    if (kind !== 'scoped_type_identifier') {
      parts.push(java.tree.source(at));
      break;
    }
    const children = java.tree.children(at);
    parts.push(java.tree.source(children.at(-1) ?? -1));
    at = children[0] ?? -1;
  }
  return parts.reverse();
}

function generic(java: Lowering, node: Node, depth: number): JavaType | undefined {
  const [raw = -1, given = -1] = java.tree.children(node);
  const type = typeOf(java, raw, depth + 1);
  if (type === undefined) return undefined;
  const found = java.tree.children(given).map((one) => typeOf(java, java.tree.kind(one) === 'wildcard' ? java.tree.child(one) : one, depth + 1));
  return { ...type, arguments: found.every((one) => one !== undefined) ? found : [] };
}

function array(java: Lowering, node: Node, depth: number): JavaType | undefined {
  const element = typeOf(java, java.tree.field(node, 'element'), depth + 1);
  return element === undefined ? undefined : { ...element, dimensions: element.dimensions + dimensionsOf(java, java.tree.field(node, 'dimensions')) };
}
