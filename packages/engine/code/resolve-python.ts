import { posix } from 'node:path';
import { templateKindOf } from '#model/page-path.ts';

export interface PythonTree {
  readonly modules: { has(path: string): boolean };
  /** Folders in or under which a Python file lies. */
  readonly folders: ReadonlySet<string>;
}

/** What a dotted name stands for: a file, or a folder that is a package without an `__init__`; `rest` is what is left of the name. */
export interface PythonTarget {
  readonly path: string;
  readonly rest: string;
}

const sourceFolders = ['', 'src', 'lib', 'python'];

/**
 * Looks for a dotted name from the folder of the file upwards, so that scripts find what lies beside them and packages their own root;
 * the longest part that is a module counts. Undefined: it is not of this tree.
 */
export function resolvePython(tree: PythonTree, from: string, name: string): PythonTarget | undefined {
  const parts = name.split('.');
  if (parts.length > 40 || parts.some((part) => part === '')) return undefined;
  for (let folder = posix.dirname(from); ; folder = posix.dirname(folder)) {
    const base = folder === '.' ? '' : folder;
    for (const source of sourceFolders) {
      const target = within(tree, posix.join(base, source), parts, from);
      if (target !== undefined) return target;
    }
    if (folder === '.') return undefined;
  }
}

function within(tree: PythonTree, base: string, parts: readonly string[], from: string): PythonTarget | undefined {
  const root = base === '.' ? '' : base;
  if (!holds(tree, posix.join(root, parts[0] as string))) return undefined;
  for (let length = parts.length; length > 0; length--) {
    const at = posix.join(root, ...parts.slice(0, length));
    const path = fileOf(tree, at);
    // A file does not import itself by its own name: `import queue` in `queue.py` means another.
    if (path !== undefined && !(path === from && length === 1)) return { path, rest: parts.slice(length).join('.') };
    if (tree.folders.has(at) && length === parts.length) return { path: at, rest: '' };
  }
  return undefined;
}

function holds(tree: PythonTree, at: string): boolean {
  return tree.folders.has(at) || fileOf(tree, at) !== undefined;
}

function fileOf({ modules }: PythonTree, at: string): string | undefined {
  return [`${at}/__init__.py`, `${at}.py`, `${at}.pyw`].find((path) => modules.has(path));
}

/** The name by which a module is a member of the package of its folder. */
export function memberName(path: string): { readonly folder: string; readonly name: string } | undefined {
  if (templateKindOf(path) !== undefined) return undefined;
  const folder = posix.dirname(path);
  const file = posix.basename(path);
  if (/^__init__\.pyw?$/.test(file)) return folder === '.' ? undefined : { folder: posix.dirname(folder) === '.' ? '' : posix.dirname(folder), name: posix.basename(folder) };
  return { folder: folder === '.' ? '' : folder, name: file.replace(/\.pyw?$/, '') };
}
