import { importedModule, importedNames } from './module-names.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

/** `import a.b` binds `a` and sees to it that `a.b` is there. */
export function importStatement(py: Lowering, node: Node): void {
  for (const { name, as, renamed, node: at } of importedNames(py.tree, node)) {
    const whole = py.import(name, at);
    py.write(as, renamed || name === as ? whole : py.import(as, at), at);
  }
}

export function importFrom(py: Lowering, node: Node): void {
  const { tree } = py;
  const name = importedModule(tree, node, py.path);
  if (name === '') return fromRoot(py, node);
  const module = py.import(name, node);
  if (tree.child(node, 'wildcard_import') >= 0) py.export('*', module, node);
  for (const { name: member, as, node: at } of importedNames(tree, node)) py.write(as, py.build.load(module, member, py.span(at)), at);
}

/** `from . import a` in a folder that has no name of its own: its files are modules. */
function fromRoot(py: Lowering, node: Node): void {
  for (const { name, as, node: at } of importedNames(py.tree, node)) py.write(as, py.import(name, at), at);
}
