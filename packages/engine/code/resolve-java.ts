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

  /** Files of properties by their name. */
  private readonly resources = new Map<string, string[]>();

  constructor(heads: readonly ModuleHead[]) {
    for (const head of heads) {
      if (head.path.endsWith('.properties')) {
        const name = posix.basename(head.path);
        this.resources.set(name, [...(this.resources.get(name) ?? []), head.path]);
        continue;
      }
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
    if (qualified.startsWith('classpath:')) return this.resource(from, qualified.slice('classpath:'.length));
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

  /** `config/app.properties`: a file below a folder of resources, or beside the class that asks; the nearest one to `from`. */
  private resource(from: string, name: string): JavaTarget | undefined {
    const asked = name.replace(/^\/+/, '');
    const candidates = (this.resources.get(posix.basename(asked)) ?? []).filter((path) => {
      if (path !== asked && !path.endsWith(`/${asked}`)) return false;
      const root = path.slice(0, -asked.length).replace(/\/$/, '');
      return root === '' || root === posix.dirname(from) || resourceFolder.test(root);
    });
    // What the program ships counts before what its tests bring.
    const main = candidates.filter((path) => !/(?:^|\/)test\//.test(path));
    const [best] = (main.length > 0 ? main : candidates).sort((a, b) => common(b, from) - common(a, from) || (a < b ? -1 : 1));
    return best === undefined ? undefined : { path: best, name: 'properties' };
  }
}

/** Resources that are on the class path lie below such folders, beside the sources of the same part of the program. */
const resourceFolder = /(?:^|\/)(?:resources|java|src|conf|config|classes)$/;

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
