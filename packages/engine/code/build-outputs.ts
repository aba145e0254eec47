import { posix } from 'node:path';
import type { Manifest } from './manifests.ts';

/** Folders that builds write, and the folders of sources that they are written from. */
const outputs = new Set(['dist', 'build', 'out', 'output', 'umd', 'esm', 'cjs', 'es', 'es5', 'es2015', 'bundle', 'bundles', 'lib']);
const sources = new Set(['src', 'source', 'sources', 'lib']);
/** Share of an output folder's modules that must have a namesake among the sources, where its name alone does not say what it is. */
const leastShare = 0.5;

/** Modules that a build made from others of the same package: analysing both says everything twice and mixes them up. */
export function builtModules(paths: readonly string[], manifests: readonly Manifest[]): ReadonlySet<string> {
  const folders = new Set(manifests.filter(({ kind }) => kind === 'npm').map(({ folder }) => folder));
  const byPackage = Map.groupBy(paths, (path) => packageFolder(folders, path));
  const built = new Set<string>();
  for (const [folder, own] of byPackage) {
    const byTop = Map.groupBy(own, (path) => topFolder(folder, path));
    for (const [top, modules] of byTop) if (outputs.has(top) && isBuilt(top, modules, byTop)) for (const path of modules) built.add(path);
  }
  return built;
}

function isBuilt(top: string, modules: readonly string[], byTop: ReadonlyMap<string, readonly string[]>): boolean {
  const from = [...byTop].filter(([name]) => name !== top && sources.has(name) && !(name === 'lib' && top === 'lib'));
  if (from.length === 0) return false;
  if (top !== 'lib') return true;
  const stems = new Set(from.flatMap(([, paths]) => paths.map(stemOf)));
  return modules.filter((path) => stems.has(stemOf(path))).length >= leastShare * modules.length;
}

function packageFolder(folders: ReadonlySet<string>, path: string): string {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const name = folder === '.' ? '' : folder;
    if (folders.has(name) || folder === '.') return name;
  }
}

function topFolder(folder: string, path: string): string {
  const rest = folder === '' ? path : path.slice(folder.length + 1);
  return rest.includes('/') ? (rest.split('/')[0] as string) : '';
}

function stemOf(path: string): string {
  return posix.basename(path).replace(/\..*$/, '');
}
