import { posix } from 'node:path';
import { isBuiltin } from 'node:module';
import { entriesOf } from '#formats/yaml.ts';
import type { Manifest } from './manifests.ts';
import type { PathAliases } from './path-aliases.ts';

/** What a specifier means: a file of the program, or a name outside it; undefined when nothing fits. */
export type Resolved = { readonly path: string } | { readonly external: string } | undefined;

export interface JavaScriptTree {
  /** Paths of all modules. */
  readonly modules: { has(path: string): boolean };
  /** npm manifests by folder. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Manifests of the workspace by package name. */
  readonly byName: ReadonlyMap<string, Manifest>;
  readonly aliases: PathAliases;
  /** What `fileAt` said before; only for a tree to which no module is added. */
  readonly answers?: Map<string, string | undefined>;
}

type Files = Pick<JavaScriptTree, 'modules' | 'manifests' | 'answers'>;

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.vue', '.svelte', '.es6'];
/** TypeScript names the file that it will write. */
const written = new Map([['.js', ['.ts', '.tsx', '.jsx']], ['.mjs', ['.mts']], ['.cjs', ['.cts']], ['.jsx', ['.tsx']]]);
const conditions = new Set(['import', 'require', 'node', 'default', 'module', 'browser', 'source', 'development', 'types-source']);

/** Resolves as Node.js and bundlers do (Node.js documentation, "Modules: Packages" and "ECMAScript modules"). */
export function resolveJavaScript(tree: JavaScriptTree, from: string, specifier: string): Resolved {
  const bare = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:') || isBuiltin(bare)) return { external: bare };
  const request = specifier.replace(/^[a-z-]+!/, '').replace(/\?.*$/s, '');
  if (/^\.{1,2}(?:\/|$)/.test(request)) return found(fileAt(tree, posix.join(posix.dirname(from), request)));
  if (request.startsWith('/')) return found(fileAt(tree, request.slice(1)));
  if (request.startsWith('#')) return privateImport(tree, from, request);
  const aliased = tree.aliases.candidates(from, request).map((path) => fileAt(tree, path)).find((path) => path !== undefined);
  if (aliased !== undefined) return { path: aliased };
  const own = ofWorkspace(tree, request) ?? conventional(tree, from, request);
  return own === undefined ? { external: request } : { path: own };
}

function found(path: string | undefined): Resolved {
  return path === undefined ? undefined : { path };
}

/** A file or folder by the path that a program gives it. */
export function fileAt(tree: Files, at: string): string | undefined {
  if (tree.answers?.has(at) === true) return tree.answers.get(at);
  const file = lookFor(tree, at);
  tree.answers?.set(at, file);
  return file;
}

function lookFor(tree: Files, at: string): string | undefined {
  const path = at === '.' || at === './' ? '' : at.replace(/\/$/, '');
  if (path.startsWith('..')) return undefined;
  if (path !== '' && !at.endsWith('/')) {
    const file = plainFile(tree, path);
    if (file !== undefined) return file;
  }
  const manifest = tree.manifests.get(path);
  for (const entry of manifest?.entries ?? []) {
    const file = plainFile(tree, posix.join(path, entry)) ?? plainFile(tree, posix.join(path, entry, 'index'));
    if (file !== undefined) return file;
  }
  return plainFile(tree, posix.join(path, 'index'));
}

function plainFile({ modules }: Pick<JavaScriptTree, 'modules'>, path: string): string | undefined {
  if (modules.has(path)) return path;
  const ending = posix.extname(path);
  const stem = path.slice(0, path.length - ending.length);
  for (const other of written.get(ending) ?? []) if (modules.has(stem + other)) return stem + other;
  const added = endings.find((one) => modules.has(path + one));
  return added === undefined ? undefined : path + added;
}

/** `#name` by the `imports` of the package round the file. */
function privateImport(tree: JavaScriptTree, from: string, request: string): Resolved {
  const manifest = manifestRound(tree, from);
  const target = manifest === undefined ? undefined : targetIn(entriesOf(manifest.imports), request);
  if (manifest === undefined || target === undefined) return undefined;
  return target.startsWith('.') ? found(fileAt(tree, posix.join(manifest.folder, target))) : { external: target };
}

function manifestRound(tree: Pick<JavaScriptTree, 'manifests'>, path: string): Manifest | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const manifest = tree.manifests.get(folder === '.' ? '' : folder);
    if (manifest !== undefined || folder === '.') return manifest;
  }
}

/** The target of the key that fits, exact or with one `*`. */
function targetIn(map: ReadonlyMap<string, unknown> | undefined, request: string): string | undefined {
  for (const [key, value] of map ?? []) {
    const star = key.indexOf('*');
    if (star === -1 ? key !== request : !(request.startsWith(key.slice(0, star)) && request.endsWith(key.slice(star + 1)) && request.length >= key.length - 1)) continue;
    const target = byCondition(value, 0);
    if (target !== undefined) return star === -1 ? target : target.replaceAll('*', () => request.slice(star, request.length - (key.length - star - 1)));
  }
  return undefined;
}

function byCondition(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > 6) return undefined;
  if (Array.isArray(value)) return value.map((item) => byCondition(item, depth + 1)).find((one) => one !== undefined);
  for (const [key, inner] of entriesOf(value) ?? []) {
    const target = conditions.has(key) ? byCondition(inner, depth + 1) : undefined;
    if (target !== undefined) return target;
  }
  return undefined;
}

/** A package of the same tree by its name. What it says it exports may be built first: then its source is taken. */
function ofWorkspace(tree: JavaScriptTree, request: string): string | undefined {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(request) ?? [];
  const manifest = name === undefined ? undefined : tree.byName.get(name);
  if (manifest === undefined) return undefined;
  const { folder } = manifest;
  const exported = manifest.exports;
  const table = typeof exported === 'string' || Array.isArray(exported) ? new Map([['.', exported]]) : entriesOf(exported);
  const isTable = table !== undefined && [...table.keys()].some((key) => key.startsWith('.'));
  const target = table === undefined ? undefined : isTable ? targetIn(table, `.${rest ?? ''}`) : rest === undefined ? byCondition(exported, 0) : undefined;
  const asked = target ?? rest ?? '';
  return (asked === '' ? undefined : builtOrSource(tree, folder, asked)) ?? (rest === undefined ? fileAt(tree, folder === '' ? '.' : folder) ?? entrySource(tree, manifest) : undefined);
}

const outputFolder = /^\.?\/?(?:dist|lib|build|out|output|es|esm|cjs|umd)(?:\/(?:src|esm|cjs|es|umd|node|browser|types|source|module|main))?\//;

function builtOrSource(tree: JavaScriptTree, folder: string, target: string): string | undefined {
  const direct = fileAt(tree, posix.join(folder, target));
  if (direct !== undefined || !outputFolder.test(target)) return direct;
  const inside = target.replace(outputFolder, '').replace(/\.(?:min|prod|production|development|esm|cjs|umd)?\.?[mc]?jsx?$/, '');
  return ['src', 'source', 'lib', ''].map((name) => fileAt(tree, posix.join(folder, name, inside))).find((path) => path !== undefined);
}

/** The source from which a package builds what it names. */
export function entrySource(tree: JavaScriptTree, { folder, entries }: Manifest): string | undefined {
  for (const entry of entries) {
    const source = builtOrSource(tree, folder, entry);
    if (source !== undefined) return source;
  }
  return ['src/index', 'source/index', 'lib/index', 'src/main', 'main'].map((name) => fileAt(tree, posix.join(folder, name))).find((path) => path !== undefined);
}

/** `@/x` and `~/x`, which build tools for pages take for the source folder of their package. */
function conventional(tree: JavaScriptTree, from: string, request: string): string | undefined {
  const rest = /^[@~]\/(.+)$/.exec(request)?.[1];
  if (rest === undefined) return undefined;
  const folder = manifestRound(tree, from)?.folder ?? '';
  return ['src', 'app', ''].map((name) => fileAt(tree, posix.join(folder, name, rest))).find((path) => path !== undefined);
}
