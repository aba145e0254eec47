import { posix } from 'node:path';
import type { ModuleHead } from './module-head.ts';

export interface JavaTarget {
  readonly path: string;
  /** The class as the module exports it: `Outer.Inner` for a nested one. */
  readonly name: string;
}

/** Finds classes of the tree by their qualified names. A file says its package by its folder. */
export class JavaClasses {
  /** Files that hold a top-level class of a name. */
  private readonly files = new Map<string, ModuleHead[]>();

  constructor(heads: readonly ModuleHead[]) {
    for (const head of heads) {
      const names = new Set([posix.basename(head.path, '.java'), ...head.exports.map((name) => name.split('.')[0] as string)]);
      for (const name of names) {
        const files = this.files.get(name);
        if (files === undefined) this.files.set(name, [head]);
        else files.push(head);
      }
    }
  }

  /** `com.acme.Outer.Inner`: the file of `Outer` in a folder that ends in `com/acme`, the nearest one to `from`. */
  resolve(from: string, qualified: string): JavaTarget | undefined {
    const parts = qualified.split('.');
    if (parts.length > 40) return undefined;
    for (let at = parts.length - 1; at >= 0; at--) {
      const name = parts[at] as string;
      const folder = parts.slice(0, at).join('/');
      const candidates = (this.files.get(name) ?? []).filter(({ path }) => inFolder(path, folder, from));
      const [best] = candidates.sort((a, b) => common(b.path, from) - common(a.path, from) || (a.path < b.path ? -1 : 1));
      if (best !== undefined) return { path: best.path, name: parts.slice(at).join('.') };
    }
    return undefined;
  }
}

/** Without a package only the same folder is meant. */
function inFolder(path: string, folder: string, from: string): boolean {
  const own = posix.dirname(path);
  if (folder === '') return own === posix.dirname(from);
  return own === folder || own.endsWith(`/${folder}`);
}

function common(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
