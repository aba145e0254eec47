import { posix } from 'node:path';
import type { Language } from '#model/ir.ts';
import type { Manifest } from './manifests.ts';
import type { ModuleHead } from './module-head.ts';
import type { PathTarget, Tree } from './program-plan.ts';
import { JavaClasses } from './resolve-java.ts';
import { type JavaScriptTree, resolveJavaScript } from './resolve-javascript.ts';
import { templateKindOf } from '#model/page-path.ts';
import { type PythonTree, resolvePython } from './resolve-python.ts';

/** Says what one string of a module's imports means; undefined when nothing is known. */
export type Resolver = (head: ModuleHead, text: string) => PathTarget | undefined;

export function resolverFor(language: Language, tree: Tree): Resolver {
  const heads = tree.modules.flatMap(({ head }) => (head.language === language ? [head] : []));
  if (language === 'java') {
    const classes = new JavaClasses(heads);
    return (head, text) => classes.resolve(head.path, text) ?? { external: text };
  }
  if (language === 'python') {
    const python = pythonTree(heads);
    return (head, text) => ofPython(python, head, text);
  }
  const javascript = { ...javaScriptTree(heads, tree), answers: new Map() };
  return (head, text) => ofJavaScript(javascript, head, text);
}

export function javaScriptTree(heads: readonly ModuleHead[], tree: Pick<Tree, 'manifests' | 'aliases'>): JavaScriptTree {
  const npm = tree.manifests.filter(({ kind }) => kind === 'npm');
  const byName = new Map<string, Manifest>();
  for (const manifest of npm) if (manifest.name !== '' && !byName.has(manifest.name)) byName.set(manifest.name, manifest);
  return { modules: new Set(heads.map(({ path }) => path)), manifests: new Map(npm.map((manifest) => [manifest.folder, manifest])), byName, aliases: tree.aliases };
}

/** A name with a dot may be a type: module, dot, exported name (F5). */
function ofJavaScript(tree: JavaScriptTree, head: ModuleHead, text: string): PathTarget | undefined {
  const target = resolveJavaScript(tree, head.path, text);
  if (target !== undefined && 'path' in target) return target;
  const dot = text.lastIndexOf('.');
  if (dot <= 0 || dot < text.lastIndexOf('/') || text[dot - 1] === '.') return target;
  const base = resolveJavaScript(tree, head.path, text.slice(0, dot));
  return base !== undefined && 'path' in base ? { path: base.path, name: text.slice(dot + 1) } : target;
}

function pythonTree(heads: readonly ModuleHead[]): PythonTree {
  const folders = new Set<string>();
  for (const { path } of heads) {
    if (templateKindOf(path) !== undefined) continue;
    for (let folder = posix.dirname(path); folder !== '.' && !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  }
  return { modules: new Set(heads.map(({ path }) => path)), folders };
}

/** What begins with a dot is a name of the module itself. */
function ofPython(tree: PythonTree, head: ModuleHead, text: string): PathTarget | undefined {
  if (text.startsWith('.')) return { path: head.path, name: text.slice(1) };
  const target = resolvePython(tree, head.path, text);
  if (target === undefined) return { external: text };
  return target.rest === '' ? { path: target.path } : { path: target.path, name: target.rest };
}
