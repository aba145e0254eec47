import { posix } from 'node:path';
import { entriesOf } from '#formats/yaml.ts';

/** `paths` and `baseUrl` of the TypeScript projects of a tree. */
export interface PathAliases {
  /** Paths that a bare specifier may stand for in a file, in the order in which they are tried. */
  candidates(from: string, specifier: string): string[];
}

interface Project {
  readonly base: string | undefined;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

const name = /(?:^|\/)(?:ts|js)config(?:\.[\w-]+)?\.json$/;
const most = 500;

export function isProjectFile(path: string): boolean {
  return name.test(path);
}

/** `files`: path and text of each tsconfig; what `extends` names in the tree is read along. */
export function readAliases(files: ReadonlyMap<string, string>): PathAliases {
  const projects = new Map<string, Project>();
  for (const path of [...files.keys()].sort(byWeight)) {
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
    if (projects.has(folder)) continue;
    const project = projectAt(files, path, 0);
    if (project.base !== undefined || project.paths.length > 0) projects.set(folder, project);
  }
  return { candidates: (from, specifier) => (projects.size === 0 ? [] : candidatesOf(projects, from, specifier)) };
}

/** `tsconfig.json` before `tsconfig.app.json`, then by name. */
function byWeight(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function projectAt(files: ReadonlyMap<string, string>, path: string, depth: number): Project {
  const none: Project = { base: undefined, paths: [] };
  const text = files.get(path);
  if (text === undefined || depth > 8) return none;
  const root = readLoose(text);
  const folder = posix.dirname(path);
  const options = entriesOf(root?.get('compilerOptions'));
  const base = options?.get('baseUrl');
  const parents = [root?.get('extends')].flat().filter((one) => typeof one === 'string' && one.startsWith('.'));
  const inherited = parents.map((one) => projectAt(files, withEnding(posix.join(folder, one as string)), depth + 1)).at(-1) ?? none;
  const ownBase = typeof base === 'string' ? posix.join(folder, base) : inherited.base;
  const paths = entriesOf(options?.get('paths'));
  if (paths === undefined) return { base: ownBase, paths: inherited.paths };
  const from = ownBase ?? folder;
  return {
    base: ownBase,
    paths: [...paths].slice(0, most).map(([pattern, targets]) => [pattern, [targets].flat().filter((one) => typeof one === 'string').slice(0, 20).map((one) => posix.join(from, one as string))] as const),
  };
}

function withEnding(path: string): string {
  return path.endsWith('.json') ? path : `${path}.json`;
}

/** JSON with comments and trailing commas, as TypeScript reads it. */
function readLoose(text: string): Map<string, unknown> | undefined {
  const plain = text.slice(0, 262_144).replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (part) => (part.startsWith('"') ? part : ' '));
  try {
    return entriesOf(JSON.parse(plain.replace(/,(?=\s{0,2000}[}\]])/g, '')));
  } catch {
    return undefined;
  }
}

function candidatesOf(projects: ReadonlyMap<string, Project>, from: string, specifier: string): string[] {
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const project = projects.get(folder === '.' ? '' : folder);
    if (project !== undefined) return inProject(project, specifier);
    if (folder === '.') return [];
  }
}

function inProject({ base, paths }: Project, specifier: string): string[] {
  const fits = paths.filter(([pattern]) => {
    const star = pattern.indexOf('*');
    return star === -1 ? pattern === specifier : specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(pattern.slice(star + 1)) && specifier.length >= pattern.length - 1;
  });
  const [pattern, targets] = fits.sort(([a], [b]) => b.indexOf('*') - a.indexOf('*') || b.length - a.length)[0] ?? ['', []];
  const star = pattern.indexOf('*');
  const middle = star === -1 ? '' : specifier.slice(star, specifier.length - (pattern.length - star - 1));
  return [...targets.map((target) => target.replaceAll('*', () => middle)), ...(base === undefined ? [] : [posix.join(base, specifier)])];
}
