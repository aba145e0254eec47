import { openRepository, type Repository } from '#sources/git/repository.ts';
import { SourceError } from '#sources/source-error.ts';
import type { TreeListing } from '#sources/tree.ts';
import { EngineError } from './errors.ts';

/** Opens the repository of a listing for one piece of work. `purpose` names what the user asked for. */
export function withRepository<T>(listing: TreeListing, purpose: string, work: (repository: Repository) => T): T {
  const { git } = listing;
  if (git === undefined) throw new EngineError('no-git', `${purpose} needs a git work tree, and ${listing.root} is in none; ${cureFor(purpose)}`);
  return asked(purpose, () => {
    const repository = openRepository(git.gitDir);
    try {
      return work(repository);
    } finally {
      repository.close();
    }
  });
}

function cureFor(purpose: string): string {
  const inClone = 'run it in a clone, or leave the option out';
  return purpose.startsWith('--baseline ') ? `${inClone}; a report of an earlier scan (\`-o before.json\`) can be named instead` : inClone;
}

/** Runs work on git data; what a source cannot deliver becomes an error that names what was asked for. */
export function asked<T>(purpose: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof SourceError)) throw cause;
    const unknown = cause.code === 'git-ref-unknown';
    const cure = unknown ? '; name a branch, tag or commit that this clone holds (a shallow clone may lack it)' : '';
    throw new EngineError(unknown ? 'reference-unknown' : 'baseline-unusable', `${purpose}: ${cause.message}${cure}`, { cause });
  }
}

/** The folder of the listing within its work tree, `/` separators, empty for the top. */
export function prefixOf(listing: TreeListing): string {
  const workTree = listing.git?.workTree ?? listing.root;
  return listing.root.slice(workTree.length).replaceAll('\\', '/').replace(/^\/+/, '');
}
