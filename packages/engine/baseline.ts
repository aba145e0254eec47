import { readFileSync, statSync } from 'node:fs';
import { entriesOf } from '#formats/yaml.ts';
import type { Finding } from '#model/finding.ts';
import { filesAt } from '#sources/git/files-at.ts';
import { readBlob } from '#sources/git/repository.ts';
import type { TreeListing } from '#sources/tree.ts';
import { EngineError } from './errors.ts';
import { runFile } from './file-task.ts';
import { toFindings } from './findings.ts';
import { prefixOf, withRepository } from './git.ts';
import { ruleInfos, type Selection } from './units.ts';
import { contextOf } from './worker.ts';
import type { WorkerSetup } from './worker-protocol.ts';

/** Files that were there before and are gone now are looked through for secrets that moved, up to this many. */
const mostMoved = 2_000;
const largestReport = 256 * 1024 * 1024;

/** What was known before, as countable keys: one old occurrence excuses one new one. */
interface Known {
  /** Same path: rule, path and secret value, or context where there is no value. */
  readonly here: Map<string, number>;
  /** Any path: rule and secret value; what was moved with its file. */
  readonly moved: Map<string, number>;
}

/**
 * Marks each finding as `new` or `existing` against a git ref or an earlier JSON report. `earlier`: what the pass over whole programs
 * found at the ref.
 */
export function markBaseline(
  findings: readonly Finding[],
  from: string,
  listing: TreeListing,
  setup: Omit<WorkerSetup, 'gauge'>,
  selection: Selection,
  earlier: readonly Finding[] = [],
): Finding[] {
  if (isFile(from)) {
    const fingerprints = readReport(from);
    return findings.map((finding) => ({ ...finding, baseline: fingerprints.has(finding.fingerprint) ? 'existing' : 'new' }));
  }
  // A name of a file that is missing would be looked for among branches.
  if (/\.json$/i.test(from)) throw new EngineError('baseline-unusable', `--baseline ${from}: there is no such file; name a JSON report of an earlier scan, or a git ref`);
  const known = knownAt(from, findings, listing, setup, selection);
  for (const finding of earlier) add(known.here, hereKey(finding));
  return findings.map((finding) => {
    const excused = take(known.here, hereKey(finding)) || (finding.secretDigest !== undefined && take(known.moved, movedKey(finding)));
    return { ...finding, baseline: excused ? 'existing' : 'new' };
  });
}

/** Analyses at the ref only the paths that have findings now, and the paths that are gone since. */
function knownAt(ref: string, findings: readonly Finding[], listing: TreeListing, setup: Omit<WorkerSetup, 'gauge'>, selection: Selection): Known {
  const context = contextOf({ ...setup, cache: undefined }, undefined);
  const infos = ruleInfos(selection);
  const known: Known = { here: new Map(), moved: new Map() };
  withRepository(listing, `--baseline ${ref}`, (repository) => {
    const files = filesAt(repository, ref, prefixOf(listing));
    const present = new Set(listing.entries.map((entry) => entry.path));
    const paths = [...new Set(findings.map((finding) => finding.location.path))].filter((path) => files.has(path));
    const gone = [...files.keys()].filter((path) => !present.has(path)).slice(0, mostMoved);
    const analyse = (path: string): Finding[] => {
      const bytes = readBlob(repository, files.get(path) as string, setup.limits.fileBytes);
      if (bytes === undefined) return [];
      return toFindings(runFile({ path, absolute: path, size: bytes.length, bytes }, context), infos);
    };
    for (const finding of paths.flatMap(analyse)) add(known.here, hereKey(finding));
    for (const finding of gone.flatMap(analyse)) if (finding.secretDigest !== undefined) add(known.moved, movedKey(finding));
  });
  return known;
}

function hereKey(finding: Finding): string {
  return `${finding.rule}\0${finding.location.path}\0${finding.secretDigest ?? finding.fingerprint}`;
}

function movedKey(finding: Finding): string {
  return `${finding.rule}\0${finding.secretDigest}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The fingerprints of an earlier report. Anything that is not wholly such a report is refused: a broken baseline must not excuse. */
function readReport(path: string): Set<string> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new EngineError('baseline-unusable', `the baseline ${path} ${why}; make one with \`watchward scan --json --output FILE\``, { cause });
  };
  let report: Map<string, unknown> | undefined;
  try {
    if (statSync(path).size > largestReport) refuse('is larger than 256 MiB');
    report = entriesOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    if (cause instanceof EngineError) throw cause;
    return refuse('cannot be read as JSON', cause);
  }
  const findings = report?.get('findings');
  if (report?.get('schema') !== 'watchward-report/1' || !Array.isArray(findings)) return refuse('is no report of watchward');
  return new Set(findings.map((finding) => entriesOf(finding)?.get('fingerprint')).map((fingerprint) => (typeof fingerprint === 'string' ? fingerprint : refuse('has a finding without a fingerprint'))));
}
