import { type CodeTree, K, R } from '#model/code-tree.ts';
import { childBy, symbolOf } from '../scopes.ts';
import type { ProgramFile } from './functions.ts';

/** A module, as the program writes it, and names in it. */
export interface Imported {
  readonly module: string;
  readonly names: readonly string[];
}

/** What a name at a node was imported as; undefined when it was not. */
export function importOf(file: ProgramFile, name: string, node: number): Imported | undefined {
  const { tree, facts } = file;
  const alias = facts.aliases.at(name, node);
  if (alias === undefined) return tree.language === 'python' && plainImports(file).has(name) ? { module: name, names: [] } : undefined;
  if (tree.kind[alias.node] !== K.Import) return { module: alias.path[0] ?? '', names: alias.path.slice(1) };
  const source = childBy(tree, alias.node, R.Source);
  const module = source === -1 ? '' : symbolOf(tree, source).replace(/^node:/, '');
  return { module, names: namesOf(tree, alias.node) };
}

function namesOf(tree: CodeTree, node: number): readonly string[] {
  const name = childBy(tree, node, R.Name);
  if (symbolOf(tree, node) !== 'from' || name === -1) return [];
  return [symbolOf(tree, name)];
}

const plain = new WeakMap<ProgramFile, ReadonlySet<string>>();

/** `import a.b`: the names under which modules are had as they are called. */
function plainImports(file: ProgramFile): ReadonlySet<string> {
  let found = plain.get(file);
  if (found !== undefined) return found;
  const { tree, facts } = file;
  const names = new Set<string>();
  for (const node of facts.index.byKind(K.Import)) {
    const source = childBy(tree, node, R.Source);
    if (symbolOf(tree, node) === 'module' && source !== -1 && childBy(tree, node, R.Alias) === -1) names.add(symbolOf(tree, source));
  }
  plain.set(file, (found = names));
  return found;
}

const wild = new WeakMap<ProgramFile, readonly string[]>();
const mostPackages = 50;

/** Packages of which a file takes everything (`import a.b.*`). */
export function wholePackages(file: ProgramFile): readonly string[] {
  let found = wild.get(file);
  if (found !== undefined) return found;
  const { tree, facts } = file;
  found = facts.index.byKind(K.Import).flatMap((node) => {
    const [source, name] = [childBy(tree, node, R.Source), childBy(tree, node, R.Name)];
    return source !== -1 && name !== -1 && symbolOf(tree, name) === '*' ? [symbolOf(tree, source)] : [];
  }).slice(0, mostPackages);
  wild.set(file, found);
  return found;
}
