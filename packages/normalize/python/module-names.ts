import type { Node, TreeReader } from '../syntax/tree-reader.ts';

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** The dotted name of the folder that a relative import with so many dots starts from; folders whose names cannot be imported end it. */
export function packageOf(path: string, dots: number): string[] {
  const folders = path.split('/').slice(0, -1);
  const kept = folders.slice(0, Math.max(0, folders.length - dots + 1));
  const odd = kept.findLastIndex((folder) => !identifier.test(folder));
  return kept.slice(odd + 1);
}

/** The module that `from ... import` names, absolute as far as the path allows. */
export function importedModule(tree: TreeReader, node: Node, path: string): string {
  const named = tree.field(node, 'module_name');
  if (tree.kind(named) !== 'relative_import') return dotted(tree, named);
  const dots = tree.source(tree.child(named, 'import_prefix')).replaceAll(/[^.]/g, '').length;
  const rest = tree.child(named, 'dotted_name');
  return [...packageOf(path, dots), ...(rest < 0 ? [] : [dotted(tree, rest)])].join('.');
}

/** `a.b.c`, without what may stand between its parts. */
export function dotted(tree: TreeReader, node: Node): string {
  if (node < 0) return '';
  const parts = tree.children(node);
  return parts.length === 0 ? tree.source(node) : parts.map((part) => tree.source(part)).join('.');
}

/** What `import` and `from ... import` bind: the imported name, and the name that it has from here on. */
export interface ImportedName {
  readonly name: string;
  readonly as: string;
  /** False for `import a.b`, which binds `a`. */
  readonly renamed: boolean;
  readonly node: Node;
}

export function importedNames(tree: TreeReader, node: Node): ImportedName[] {
  return tree.fieldChildren(node, 'name').flatMap((child) => {
    const aliased = tree.kind(child) === 'aliased_import';
    const name = dotted(tree, aliased ? tree.field(child, 'name') : child);
    const as = aliased ? tree.source(tree.field(child, 'alias')) : (name.split('.')[0] ?? name);
    return name === '' || as === '' ? [] : [{ name, as, renamed: aliased, node: child }];
  });
}
