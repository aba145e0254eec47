import { dataChildren, dataKind, type DataTree } from '#model/data-tree.ts';

const names = Object.keys(dataKind);

/** A tree on one line, for people. */
export function sketch(tree: DataTree, node = 0): string {
  const value = (tree.value[node] as string).replaceAll('\n', '↵');
  const children = dataChildren(tree, node).map((child) => sketch(tree, child));
  return `${names[tree.kind[node] as number]}${value === '' ? '' : `:${value}`}${children.length === 0 ? '' : `(${children.join(' ')})`}`;
}
