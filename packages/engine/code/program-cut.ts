import { posix } from 'node:path';
import type { Language } from '#model/ir.ts';
import { type ImportTarget, isPattern, patternKey, type ProgramPackage } from '#model/program.ts';
import { impliedPackages, indexFiles } from './implied-packages.ts';
import type { Manifest } from './manifests.ts';
import type { KnownModule, PathTarget, PlannedModule, ProgramPlan, Tree } from './program-plan.ts';
import { resolverFor, javaScriptTree } from './resolve-imports.ts';
import { entrySource, fileAt } from './resolve-javascript.ts';
import { ModulePatterns } from './module-patterns.ts';
import { memberName } from './resolve-python.ts';
import { type PackageSigns, threatModelOf } from './threat-model.ts';

const kinds: Readonly<Record<Language, Manifest['kind']>> = { javascript: 'npm', python: 'python', java: 'java' };

interface Placed extends KnownModule {
  readonly manifest: Manifest | undefined;
  /** Of the package that it belongs to; empty for the root. */
  readonly folder: string;
  readonly targets: ReadonlyMap<string, PathTarget>;
}

/** Cuts a tree into programs: packages of one language that import one another are one. */
export function cutPrograms(tree: Tree): ProgramPlan[] {
  const languages = [...new Set(tree.modules.map(({ head }) => head.language))].sort();
  return languages.flatMap((language) => programsOf(language, tree));
}

function programsOf(language: Language, tree: Tree): ProgramPlan[] {
  const manifests = mergedManifests(tree.manifests.filter(({ kind }) => kind === kinds[language]));
  const resolve = resolverFor(language, tree);
  const patterns = new ModulePatterns(tree.modules.flatMap(({ head }) => (head.language === language ? [head.path] : [])));
  const resolved = new Map<string, Omit<Placed, 'folder'>>();
  for (const known of tree.modules) {
    const { head } = known;
    if (head.language !== language) continue;
    const targets = new Map(head.imports.flatMap((text): (readonly [string, PathTarget])[] => {
      if (isPattern(text)) return patterns.matching(head.path, text).map((path) => [patternKey(text, path), { path }]);
      const target = resolve(head, text);
      return target === undefined ? [] : [[text, target]];
    }));
    resolved.set(head.path, { ...known, manifest: manifestOf(manifests, head.path), targets });
  }
  const implied = language === 'javascript' ? impliedPackages(resolved) : undefined;
  const placed = new Map([...resolved].map(([path, one]) => [path, { ...one, folder: one.manifest?.folder ?? implied?.get(path) ?? '' }]));
  return groups(placed).map((paths) => planOf(language, paths, placed, tree));
}

/** One manifest a folder: of several (`setup.py` beside `pyproject.toml`) what any says holds. */
function mergedManifests(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const merged = new Map<string, Manifest>();
  for (const manifest of manifests) {
    const other = merged.get(manifest.folder);
    if (other === undefined) merged.set(manifest.folder, manifest);
    else {
      merged.set(manifest.folder, {
        ...other,
        name: other.name === '' ? manifest.name : other.name,
        private: other.private && manifest.private,
        programs: [...other.programs, ...manifest.programs],
        dependencies: new Set([...other.dependencies, ...manifest.dependencies]),
        starts: other.starts || manifest.starts,
      });
    }
  }
  return merged;
}

function manifestOf(manifests: ReadonlyMap<string, Manifest>, path: string): Manifest | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const manifest = manifests.get(folder === '.' ? '' : folder);
    if (manifest !== undefined || folder === '.') return manifest;
  }
}

/** Paths of each program, sorted: modules of one package belong together, and packages that an import joins. */
function groups(placed: ReadonlyMap<string, Placed>): string[][] {
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    let at = key;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const module of placed.values()) {
    for (const target of module.targets.values()) {
      const other = 'path' in target ? placed.get(target.path) : undefined;
      if (other !== undefined) parent.set(find(module.folder), find(other.folder));
    }
  }
  const byRoot = new Map<string, string[]>();
  for (const [path, module] of [...placed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const root = find(module.folder);
    const paths = byRoot.get(root);
    if (paths === undefined) byRoot.set(root, [path]);
    else paths.push(path);
  }
  return [...byRoot.values()];
}

function planOf(language: Language, paths: readonly string[], placed: ReadonlyMap<string, Placed>, tree: Tree): ProgramPlan {
  const modules = paths.map((path) => placed.get(path) as Placed);
  const all = withFolders(paths, modules);
  const index = new Map(all.map((path, at) => [path, at]));
  const folders = [...new Set(modules.map(({ folder }) => folder))].sort();
  const manifests = new Map(modules.map(({ folder, manifest }) => [folder, manifest]));
  const outside = outsideOf(modules);
  const packages = folders.map((folder) => {
    const hasIndex = entryFiles.some((file) => index.has(posix.join(folder, file)));
    return packageOf(folder, manifests.get(folder), { language, hasIndex, imports: outside.get(folder) ?? new Set() }, tree);
  });
  const exposed = exposedOf(language, modules, packages, folders, tree);
  const members = language === 'python' ? membersOf(all) : new Map<string, Map<string, string>>();
  return { language, packages, modules: all.map((path) => planned(path, placed.get(path), { index, folders, exposed, members })) };
}

interface Around {
  readonly index: ReadonlyMap<string, number>;
  readonly folders: readonly string[];
  readonly exposed: ReadonlySet<string>;
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function planned(path: string, module: Placed | undefined, { index, folders, exposed, members }: Around): PlannedModule {
  const submodules = new Map([...(members.get(path) ?? [])].map(([name, member]) => [name, index.get(member) as number]));
  if (module === undefined) return { path, empty: true, package: 0, role: 'code', exposed: false, imports: new Map(), submodules };
  const imports = new Map<string, ImportTarget>();
  for (const [text, target] of module.targets) {
    if ('external' in target) imports.set(text, { kind: 'external', name: target.external });
    else imports.set(text, { kind: 'module', module: index.get(target.path) as number, ...(target.name === undefined ? {} : { name: target.name }) });
  }
  return { path, empty: false, package: folders.indexOf(module.folder), role: module.role, exposed: exposed.has(path), imports, submodules };
}

/** Folders that are imported as packages and have no file of their own stand among the modules. */
function withFolders(paths: readonly string[], modules: readonly Placed[]): string[] {
  const known = new Set(paths);
  for (const { targets } of modules) for (const target of targets.values()) if ('path' in target) known.add(target.path);
  return [...known].sort((a, b) => (a < b ? -1 : 1));
}

/** What lies in the folder of a Python package, by the package's own path. */
function membersOf(paths: readonly string[]): Map<string, Map<string, string>> {
  const known = new Set(paths);
  const members = new Map<string, Map<string, string>>();
  for (const path of paths) {
    const member = memberName(path);
    if (member === undefined) continue;
    const owner = [`${member.folder}/__init__.py`, member.folder].find((one) => known.has(one));
    if (owner === undefined || owner === path) continue;
    const own = members.get(owner) ?? new Map<string, string>();
    members.set(owner, own.set(member.name, path));
  }
  return members;
}

const entryFiles = [...indexFiles, 'src/index.ts', 'src/index.js'];

function packageOf(folder: string, manifest: Manifest | undefined, signs: PackageSigns, tree: Tree): ProgramPackage {
  const threatModel = tree.threatModel === 'auto' ? threatModelOf(manifest, signs) : tree.threatModel;
  return { name: manifest?.name ?? '', folder, threatModel };
}

/** What the code of each package imports from outside, by folder. */
function outsideOf(modules: readonly Placed[]): Map<string, Set<string>> {
  const outside = new Map<string, Set<string>>();
  for (const { folder, role, targets } of modules) {
    if (role !== 'code') continue;
    const names = outside.get(folder) ?? new Set<string>();
    outside.set(folder, names);
    for (const target of targets.values()) if ('external' in target) names.add(target.external);
  }
  return outside;
}

/** Modules that code outside can reach: named entries, and what nothing of the package itself imports. */
function exposedOf(language: Language, modules: readonly Placed[], packages: readonly ProgramPackage[], folders: readonly string[], tree: Tree): ReadonlySet<string> {
  const exposed = new Set<string>();
  const imported = new Set(modules.filter(({ role }) => role === 'code').flatMap(({ head, targets }) => [...targets.values()].flatMap((target) => ('path' in target && target.path !== head.path ? [target.path] : []))));
  const libraries = modules.filter(({ folder, role }) => role === 'code' && packages[folders.indexOf(folder)]?.threatModel === 'library');
  for (const { head: { path }, manifest } of libraries) {
    if (language === 'javascript' ? !imported.has(path) && manifest?.closed !== true : !/(?:^|\/)_[^/]*\.py$/.test(path)) exposed.add(path);
  }
  if (language !== 'javascript') return exposed;
  const javascript = { ...javaScriptTree(modules.map(({ head }) => head), tree), answers: new Map() };
  for (const manifest of new Set(libraries.flatMap(({ manifest: one }) => one ?? []))) {
    const { folder, entries } = manifest;
    const named = entries.flatMap((entry) => fileAt(javascript, posix.join(folder, entry)) ?? []);
    const main = fileAt(javascript, folder === '' ? '.' : folder) ?? entrySource(javascript, manifest);
    for (const path of [...named, ...(named.length === 0 && main !== undefined ? [main] : [])]) exposed.add(path);
  }
  return exposed;
}
