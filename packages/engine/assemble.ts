import type { Finding } from '#model/finding.ts';
import type { CodeCoverage } from '#model/ledger.ts';
import type { Report } from '#model/report.ts';
import { atLeast, personas } from '#model/severity.ts';
import type { TreeListing } from '#sources/tree.ts';
import { counts } from './collector.ts';
import type { FileResult } from './file-task.ts';
import { toolIdentity } from './identity.ts';
import type { LedgerBook } from './ledger.ts';
import type { ScanOptions } from './options.ts';
import { scopeOf } from './scope.ts';
import { treeHash } from './tree-hash.ts';
import { ruleInfos, type Selection } from './units.ts';
import { unreadSurfaces } from './unread-surfaces.ts';

/** What a run gathered. */
export interface Gathered {
  readonly options: ScanOptions;
  readonly listing: TreeListing;
  readonly selection: Selection;
  readonly book: LedgerBook;
  /** Ranked. */
  readonly findings: readonly Finding[];
  readonly results: readonly FileResult[];
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly filesDue: number;
  readonly rulesSkipped: number;
  readonly code?: CodeCoverage;
}

/** Puts what a run gathered into the form that every reporter and the gate read. */
export function assemble(gathered: Gathered): Report {
  const { options, listing, selection, book, findings, results, started, filesDue } = gathered;
  const shown = findings.filter((finding) => atLeast(personas, options.persona, finding.persona));
  const open = shown.filter((finding) => counts(finding, options));
  // Who asks for certain rules knows what the others would have said nothing about.
  if (options.rules.length === 0 && options.surfaces.length === 0) for (const remark of unreadSurfaces(results.map(({ path }) => path))) book.add(remark);
  const ledger = book.close({ filesSeen: filesDue, rulesLoaded: selection.rules.length + selection.detectors.length + selection.code.length + selection.patterns.length, rulesSkipped: gathered.rulesSkipped, ...(gathered.code === undefined ? {} : { code: gathered.code }) });
  const infos = ruleInfos(selection);
  const fired = [...new Set(shown.map((finding) => finding.rule))].sort();
  const { git } = listing;
  return {
    schema: 'watchward-report/1',
    tool: toolIdentity(),
    run: {
      target: options.label,
      root: listing.root,
      startedAt: new Date(started).toISOString(),
      seconds: Math.round(Date.now() - started) / 1000,
      treeHash: treeHash(results.filter((result) => result.sha256 !== '')),
      ...(git?.commit === undefined ? {} : { commit: git.commit }),
      ...(git?.branch === undefined ? {} : { branch: git.branch }),
      ...(git?.repository === undefined ? {} : { repository: git.repository }),
      ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
      threshold: { severity: options.severity, confidence: options.confidence, persona: options.persona },
      scope: scopeOf(options, listing),
      exitCode: exitCode(filesDue, ledger.degraded, open.length),
    },
    findings: shown,
    rules: fired.flatMap((id) => infos.get(id) ?? []),
    summary: {
      open: open.length,
      suppressed: shown.filter((finding) => finding.suppression !== undefined).length,
      existing: shown.filter((finding) => finding.baseline === 'existing').length,
      bySeverity: {
        informational: countOf(open, 'informational'),
        low: countOf(open, 'low'),
        medium: countOf(open, 'medium'),
        high: countOf(open, 'high'),
        critical: countOf(open, 'critical'),
      },
    },
    ledger,
  };
}

function countOf(findings: readonly Finding[], severity: Finding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** 4 nothing scanned, 2 degraded, 1 findings, 0 clean: what cannot be believed outweighs what was found. */
function exitCode(files: number, degraded: boolean, open: number): 0 | 1 | 2 | 4 {
  if (files === 0 && !degraded) return 4;
  if (degraded) return 2;
  return open > 0 ? 1 : 0;
}
