import { posix } from 'node:path';
import type { Manifest } from './manifests.ts';
import type { KnownModule, PathTarget } from './program-plan.ts';

/** What Node.js takes of a folder that names no entry. */
export const indexFiles = ['index.js', 'index.ts', 'index.mjs', 'index.cjs'];

interface Resolved extends KnownModule {
  readonly manifest: Manifest | undefined;
  readonly targets: ReadonlyMap<string, PathTarget>;
}

/**
 * Folders of JavaScript that are packages although no manifest says so, by the path of each module in them: the outermost with an index that imports nothing
 * of its neighbours and that none of them imports. Where the root has an index it is the package.
 */
export function impliedPackages(modules: ReadonlyMap<string, Resolved>): ReadonlyMap<string, string> {
  const bare = [...modules].filter(([, { manifest }]) => manifest === undefined);
  const indexed = new Set(bare.flatMap(([path, { role }]) => (role === 'code' && indexFiles.includes(posix.basename(path)) ? [posix.dirname(path)] : [])));
  if (indexed.size === 0 || indexed.has('.') || indexed.has('src')) return new Map();
  const homes = new Map(bare.map(([path]) => [path, outermost(path, indexed)]));
  const joined = new Set<string>();
  for (const [path, { targets }] of modules) {
    for (const target of targets.values()) {
      if (!('path' in target) || homes.get(target.path) === homes.get(path)) continue;
      for (const home of [homes.get(path), homes.get(target.path)]) if (home !== undefined) joined.add(home);
    }
  }
  return new Map([...homes].filter(([, home]) => home !== '' && !joined.has(home)));
}

function outermost(path: string, indexed: ReadonlySet<string>): string {
  let found = '';
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) if (indexed.has(folder)) found = folder;
  return found;
}
