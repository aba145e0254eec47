import { statSync } from 'node:fs';
import type { Finding } from '#model/finding.ts';
import { filesAt } from '#sources/git/files-at.ts';
import { readBlob } from '#sources/git/repository.ts';
import type { TreeListing } from '#sources/tree.ts';
import { toFindings } from '../findings.ts';
import { prefixOf, withRepository } from '../git.ts';
import type { ScanOptions } from '../options.ts';
import { ruleInfos, type Selection } from '../units.ts';
import { mostCodeBytes } from './candidates.ts';
import type { CodeEntry } from './code-entry.ts';
import { codeFormOf } from './languages.ts';
import { manifestKind } from './manifests.ts';
import { isProjectFile } from './path-aliases.ts';
import { patternFlows } from './pattern-flows.ts';
import { runCodePhase } from './phase.ts';

/** What the pass over whole programs would have found at the ref that is the baseline; empty where that is an earlier report. */
export async function earlierCode(options: ScanOptions, listing: TreeListing, selection: Selection, signal: AbortSignal): Promise<readonly Finding[]> {
  const { baseline } = options;
  if (baseline === undefined || statSync(baseline, { throwIfNoEntry: false })?.isFile() === true) return [];
  const tree = { entries: entriesAt(baseline, listing), name: `${listing.root}\0baseline`, known: () => undefined, secrets: () => [] };
  const phase = await runCodePhase(tree, {
    rules: selection.code, threatModel: options.threatModel ?? 'auto', jobs: options.jobs, stateDir: options.stateDir, limits: options.limits, signal, onDiagnostic: () => undefined,
  });
  const across = await patternFlows({ ...tree, units: selection.patterns, jobs: options.jobs, stateDir: undefined, limits: options.limits, signal, onDiagnostic: () => undefined });
  const infos = ruleInfos(selection);
  const byPath = Map.groupBy([...(phase?.matches ?? []), ...across], ({ path }) => path);
  return [...byPath].flatMap(([path, matches]) => toFindings({ path, generated: false, matches: matches.map(({ match }) => match) }, infos));
}

/** Code and manifests as the ref has them, with their bytes. */
function entriesAt(ref: string, listing: TreeListing): CodeEntry[] {
  return withRepository(listing, `--baseline ${ref}`, (repository) =>
    [...filesAt(repository, ref, prefixOf(listing))].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, oid]) => {
      if (codeFormOf(path) === undefined && manifestKind(path) === undefined && !isProjectFile(path)) return [];
      const bytes = readBlob(repository, oid, mostCodeBytes);
      return bytes === undefined ? [] : [{ path, absolute: path, size: bytes.length, bytes }];
    }));
}

/** Tells whether a finding is of the pass over whole programs. */
export function isOfPrograms(selection: Selection): (finding: Finding) => boolean {
  const rules = new Set(selection.code.filter((rule) => 'flow' in rule || rule.calls.length > 0).map(({ id }) => id));
  return ({ rule }) => rules.has(rule);
}
