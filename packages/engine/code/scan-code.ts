import type { CodeCoverage } from '#model/ledger.ts';
import type { Region } from '#model/region.ts';
import type { TreeListing } from '#sources/tree.ts';
import type { Collector } from '../collector.ts';
import type { LedgerBook } from '../ledger.ts';
import type { ScanOptions } from '../options.ts';
import type { Selection } from '../units.ts';
import type { UnitMatch } from '#analyze/analyzer.ts';
import type { FileResult } from '../file-task.ts';
import { commentsIn, runCodePhase } from './phase.ts';
import { provenFixes } from './fixes/proven-fixes.ts';
import type { PlacedMatch } from './flow-matches.ts';
import { patternFlows } from './pattern-flows.ts';

export interface CodeScan {
  readonly options: ScanOptions;
  readonly listing: TreeListing;
  readonly selection: Selection;
  readonly book: LedgerBook;
  readonly collected: Collector;
  /** Paths that the scan is about; undefined: all. The program is whole all the same. */
  readonly about: ReadonlySet<string> | undefined;
  readonly signal: AbortSignal;
}

/** The pass over whole programs; it comes after the pass over single files, which holds back no finding for it. */
export async function scanCode(scan: CodeScan): Promise<CodeCoverage | undefined> {
  const { options, listing, selection, book, collected, about, signal } = scan;
  if (options.history || signal.aborted) return undefined;
  const tree = {
    entries: listing.entries,
    name: listing.root,
    known: (path: string) => collected.result(path),
    secrets: (path: string) => secretsIn(collected.result(path)),
  };
  const phase = await runCodePhase(tree, {
    rules: selection.code,
    threatModel: options.threatModel ?? 'auto',
    ...(options.followDependencies === true ? { follow: listing.root } : {}),
    jobs: options.jobs,
    stateDir: options.stateDir,
    limits: options.limits,
    signal,
    onDiagnostic: book.add.bind(book),
  });
  const across = await patternFlows({ ...tree, units: selection.patterns, jobs: options.jobs, stateDir: options.stateDir, limits: options.limits, signal, onDiagnostic: book.add.bind(book) });
  add(across.filter((one) => isAbout(one, about) && !isKnown(one, collected)), scan);
  if (phase === undefined) return undefined;
  if (phase.unfinished > 0) book.add({ code: 'program-over-budget', count: phase.unfinished, message: `the run was stopped; flows in ${phase.unfinished} programs are not seen` });
  const fixes = { entries: listing.entries, name: listing.root, rules: selection.code.map(({ id }) => id), persona: options.persona, stateDir: options.stateDir, fileBytes: options.limits.fileBytes, signal, onDiagnostic: book.add.bind(book) };
  add(await provenFixes(phase.matches.filter((one) => isAbout(one, about)), fixes), scan);
  return phase.coverage;
}

function isAbout({ paths }: PlacedMatch, about: ReadonlySet<string> | undefined): boolean {
  return about === undefined || paths.some((path) => about.has(path));
}

/** The same rule saw something at the same place in the pass over single files. */
function isKnown({ path, match: { unit, match } }: PlacedMatch, collected: Collector): boolean {
  const { startLine, startColumn, endLine, endColumn } = match.region;
  return collected.result(path)?.matches.some((other) => other.unit === unit && other.match.region.startLine === startLine && other.match.region.startColumn === startColumn && other.match.region.endLine === endLine && other.match.region.endColumn === endColumn) === true;
}

function add(matches: readonly PlacedMatch[], { listing, collected, book, options, about }: CodeScan): void {
  const byPath = new Map<string, UnitMatch[]>();
  for (const { path, match } of matches) {
    const own = byPath.get(path);
    if (own === undefined) byPath.set(path, [match]);
    else own.push(match);
  }
  const entries = new Map(listing.entries.map((entry) => [entry.path, entry]));
  for (const [path, own] of [...byPath].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const entry = entries.get(path);
    const comments = about === undefined || about.has(path) || entry === undefined ? undefined : commentsIn(entry, options.limits.fileBytes).comments;
    const most = options.limits.findingsPerFile;
    if (own.length > most) book.add({ code: 'finding-limit', path, message: `${own.length} flows in one file; ${most} were kept; raise limits.findings-per-file to see all` });
    collected.addCode({ path, generated: false, matches: own.slice(0, most) }, comments);
  }
}

function secretsIn(result: FileResult | undefined): Region[] {
  return (result?.matches ?? []).flatMap(({ unit, match }) => (unit.startsWith('secrets/') ? [match.region] : []));
}
