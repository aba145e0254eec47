import { statSync } from 'node:fs';
import type { ScanScope, ScopeBaseline } from '#model/scope.ts';
import type { TreeListing } from '#sources/tree.ts';
import { withRepository } from './git.ts';
import type { ScanOptions } from './options.ts';

/** What the options make a scan look at, as it is written into the report. */
export function scopeOf(options: ScanOptions, listing: TreeListing): ScanScope {
  const { fileBytes, files, depth } = options.limits;
  return {
    rules: options.rules,
    surfaces: options.surfaces,
    exclude: options.exclude,
    ownRules: options.ruleFiles.length,
    suppressions: options.suppressions.length,
    history: options.history,
    ...(options.changedSince === undefined ? {} : { changedSince: options.changedSince }),
    ...(options.baseline === undefined ? {} : { baseline: baselineOf(options.baseline, listing) }),
    ...(options.threatModel === undefined || options.threatModel === 'auto' ? {} : { threatModel: options.threatModel }),
    limits: { fileBytes, files, depth },
  };
}

function baselineOf(from: string, listing: TreeListing): ScopeBaseline {
  if (statSync(from, { throwIfNoEntry: false })?.isFile() === true) return { from: 'report' };
  return { from, commit: commitOf(listing, from, `--baseline ${from}`) };
}

/** The commit that a ref names in the repository round a listing. Throws `EngineError`. */
export function commitOf(listing: TreeListing, ref: string, purpose: string): string {
  return withRepository(listing, purpose, (repository) => repository.resolveRef(ref));
}
