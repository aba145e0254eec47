import { posix } from 'node:path';
import type { ProgramLinks } from '#analyze/patterns/program/values.ts';
import { JavaClasses } from './resolve-java.ts';
import { resolvePython } from './resolve-python.ts';

/** Languages whose files call one another. */
export type FlowGroup = 'script' | 'python' | 'java';

export interface LinkedFile {
  readonly path: string;
  readonly imports: readonly (readonly [name: string, path: string])[];
}

/** Says what names of modules and classes mean among some files; each is looked up once for a file. */
export function linksOf(group: FlowGroup, files: readonly LinkedFile[]): ProgramLinks {
  const links = linksAmong(group, files);
  const known = new Map<string, Map<string, ReturnType<ProgramLinks['resolve']>>>();
  return {
    resolve(from, name) {
      let own = known.get(from);
      if (own === undefined) known.set(from, (own = new Map()));
      if (!own.has(name)) own.set(name, links.resolve(from, name));
      return own.get(name);
    },
  };
}

function linksAmong(group: FlowGroup, files: readonly LinkedFile[]): ProgramLinks {
  if (group === 'script') {
    const imports = new Map(files.map(({ path, imports: own }) => [path, new Map(own)]));
    return { resolve: (from, name) => whole(imports.get(from)?.get(name)) };
  }
  if (group === 'java') {
    const classes = new JavaClasses(files.map(({ path }) => ({ path, language: 'java', imports: [], exports: [] })));
    return {
      resolve(from, name) {
        const target = classes.resolve(from, name);
        return target === undefined ? undefined : { path: target.path, rest: target.name.split('.') };
      },
    };
  }
  const resolve = pythonResolver(files.map(({ path }) => path));
  return {
    resolve(from, name) {
      const target = resolve(from, name);
      return target === undefined ? undefined : { path: target.path, rest: target.rest === '' ? [] : target.rest.split('.') };
    },
  };
}

function whole(path: string | undefined): { readonly path: string; readonly rest: readonly string[] } | undefined {
  return path === undefined ? undefined : { path, rest: [] };
}

/** Names of modules, those that begin with dots among them. */
export function pythonResolver(paths: readonly string[]): (from: string, name: string) => { readonly path: string; readonly rest: string } | undefined {
  const modules = new Set(paths);
  const folders = new Set<string>();
  for (const path of paths) for (let folder = posix.dirname(path); folder !== '.' && !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  const tree = { modules, folders };
  return (from, name) => {
    const [, dots = '', rest = ''] = /^(\.*)(.*)$/s.exec(name) ?? [];
    if (dots === '') return resolvePython(tree, from, name);
    let folder = posix.dirname(from);
    for (let up = 1; up < dots.length; up++) folder = posix.dirname(folder);
    const parts = rest.split('.').filter((part) => part !== '');
    for (let length = parts.length; length >= 0; length--) {
      const at = posix.join(folder, ...parts.slice(0, length));
      const path = [`${at}/__init__.py`, `${at}.py`].map((one) => posix.normalize(one)).find((one) => modules.has(one));
      if (path !== undefined) return { path, rest: parts.slice(length).join('.') };
    }
    return undefined;
  };
}

const scriptImport = /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]{1,300})\1/g;
const pythonImport = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]{0,4000}\)|[^\n#]{1,1000})|import[ \t]+([\w., \t]{1,500}))/gm;
const javaWord = /\b[A-Z]\w*/g;
const most = 5_000;

/** Names that a text imports or speaks of, as it writes them; read without parsing it. */
export function importedNames(group: FlowGroup, text: string): readonly string[] {
  const names = new Set<string>();
  const add = (name: string | undefined): void => {
    if (name !== undefined && name !== '' && names.size < most) names.add(name);
  };
  if (group === 'script') for (const [, , name] of text.matchAll(scriptImport)) add(name);
  else if (group === 'python') {
    for (const [, module, list, plain] of text.matchAll(pythonImport)) {
      for (const each of (plain ?? '').split(',')) add(/[\w.]+/.exec(each)?.[0]);
      if (module === undefined) continue;
      add(module);
      for (const each of (list ?? '').split(',')) add(`${module}${module.endsWith('.') ? '' : '.'}${/\w+/.exec(each)?.[0] ?? ''}`.replace(/\.$/, (dot) => (/\w/.test(module) ? '' : dot)));
    }
  } else {
    const packages = [/^\s*package\s+([\w.]+)\s*;/m.exec(text.slice(0, 20_000))?.[1] ?? ''];
    for (const [, name = '', all] of text.matchAll(/^\s*import\s+(?:static\s+)?([\w.]*\w)(\.\*)?/gm)) {
      add(name);
      if (all !== undefined && packages.length < 50) packages.push(name);
    }
    for (const word of new Set(text.match(javaWord))) for (const place of packages) add(place === '' ? word : `${place}.${word}`);
  }
  return [...names];
}
