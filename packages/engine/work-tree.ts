import { findWorkTree } from '#sources/git/discover.ts';
import { RefStore } from '#sources/git/refs.ts';
import { WorkTree } from '#sources/git/work-tree.ts';

/** What can be read of the git work tree round a folder, without starting `git`. */
export interface WorkTreeFacts {
  readonly root: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly trackedFiles: number;
  readonly problems: readonly string[];
}

export function describeWorkTree(folder: string): WorkTreeFacts | undefined {
  const found = findWorkTree(folder);
  if (found === undefined) return undefined;
  const problems: string[] = [];
  const tree = new WorkTree(found.workTree, found.layout, (problem) => problems.push(problem));
  return { root: found.workTree, ...new RefStore(found.layout).head(), trackedFiles: tree.tracked.size, problems };
}
