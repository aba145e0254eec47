import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { listTree, type TreeListing } from '#sources/tree.ts';
import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { atLeast, confidences, personas, severities } from '#model/severity.ts';
import { rank } from '#score/rank.ts';
import { markBaseline } from './baseline.ts';
import { openCache, writeCache } from './cache.ts';
import { selectChanged } from './changed.ts';
import { loadContent } from './content.ts';
import { digestKey } from './digest-key.ts';
import { type FileResult, type FileTask, runFile } from './file-task.ts';
import { toFindings } from './findings.ts';
import { loadRuleFiles } from './foreign-rules.ts';
import { firstAppearances, historyTasks } from './history.ts';
import { programDigest, toolIdentity } from './identity.ts';
import { LedgerBook } from './ledger.ts';
import type { ScanObserver, ScanOptions } from './options.ts';
import { runPool } from './pool.ts';
import { Suppressor } from './suppress.ts';
import { treeHash } from './tree-hash.ts';
import { ruleInfos, type Selection, selectUnits } from './units.ts';
import { contextOf } from './worker.ts';
import type { WorkerSetup } from './worker-protocol.ts';

/** Below this a worker costs more than it saves. */
const smallTree = { files: 150, bytes: 2 * 1024 * 1024 };

/** Scans a tree from end to end and gives the whole result; it writes nothing but its cache. */
export async function scan(options: ScanOptions, observer: ScanObserver = {}): Promise<Report> {
  const started = Date.now();
  const today = new Date(started).toISOString().slice(0, 10);
  const book = new LedgerBook();
  options.notes?.forEach((diagnostic) => book.add(diagnostic));
  const foreign = loadRuleFiles(options.ruleFiles);
  foreign.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const selection = selectUnits(options, foreign.rules);
  const listing = listTree(options.target, { exclude: options.exclude, limits: options.limits });
  listing.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const tasks = tasksOf(options, listing);
  const setup = setupOf(options, selection, today, listing);
  if (setup.cache !== undefined) openCache(setup.cache.folder, setup.cache.namespace).diagnostics.forEach((diagnostic) => book.add(diagnostic));

  const collected = new Collector(options, selection, book, today, observer, tasks.length);
  await analyseAll(tasks, setup, selection, options, book, collected, observer.signal);
  const results = collected.inOrder();
  if (setup.cache !== undefined) writeCache(setup.cache.folder, setup.cache.namespace, results).forEach((diagnostic) => book.add(diagnostic));
  collected.suppressor.reportUnused();
  collected.suppressor.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const fresh = options.history ? firstAppearances(collected.findings, listing, setup) : collected.findings;
  const findings = rank(options.baseline === undefined ? fresh : markBaseline(fresh, options.baseline, listing, setup, selection));
  return assemble({ options, listing, selection, book, findings, results, started, tasks, skippedRules: foreign.skipped });
}

function tasksOf(options: ScanOptions, listing: TreeListing): FileTask[] {
  if (options.history) return historyTasks(listing);
  if (options.changedSince !== undefined) return selectChanged(listing, options.changedSince, options.limits.fileBytes);
  return listing.entries;
}

function setupOf(options: ScanOptions, selection: Selection, today: string, listing: TreeListing): Omit<WorkerSetup, 'gauge'> {
  const key = digestKey(options.stateDir);
  const bundled = new Set(loadContent().rules.map((rule) => rule.id));
  const foreign = selection.rules.filter((rule) => !bundled.has(rule.id) || rule.match.foreign === true);
  const units = [...selection.rules, ...selection.detectors].map((unit) => unit.id);
  const { fileMs, findingsPerFile, fileBytes } = options.limits;
  const limits = { fileMs, findingsPerFile, fileBytes };
  const depends = JSON.stringify([programDigest(), loadContent().hash, units, foreign, limits, Buffer.from(key).toString('hex'), options.target]);
  const cache = options.stateDir === undefined || options.history ? undefined : { folder: options.stateDir, namespace: hash('sha256', depends, 'hex') };
  const gitDir = options.history ? listing.git?.gitDir : undefined;
  return { units, foreign, digestKey: key, today, limits, cache, ...(gitDir === undefined ? {} : { gitDir }) };
}

async function analyseAll(
  tasks: readonly FileTask[],
  setup: Omit<WorkerSetup, 'gauge'>,
  selection: Selection,
  options: ScanOptions,
  book: LedgerBook,
  collected: Collector,
  interrupt: AbortSignal | undefined,
): Promise<void> {
  const timeout = options.maxTime === undefined ? undefined : AbortSignal.timeout(Math.max(1, Math.round(options.maxTime * 1000)));
  const signal = AbortSignal.any([interrupt, timeout].filter((one) => one !== undefined));
  const bytes = tasks.reduce((sum, task) => sum + task.size, 0);
  const inThread = options.jobs === 0 && setup.foreign.length === 0 && tasks.length <= smallTree.files && bytes <= smallTree.bytes;
  if (inThread) await analyseHere(tasks, setup, collected, signal);
  else {
    const jobs = options.jobs === 0 ? availableParallelism() : options.jobs;
    const ruleIds = selection.rules.map((rule) => rule.id);
    const onDiagnostic = book.add.bind(book);
    await runPool(tasks, { setup, jobs, ruleIds, onResult: (result) => collected.add(result), onDiagnostic, signal });
  }
  const missing = tasks.length - collected.done;
  if (interrupt?.aborted === true) book.add({ code: 'run-interrupted', count: missing, message: `interrupted; ${missing} files were not analysed` });
  else if (timeout?.aborted === true && missing > 0) {
    book.add({ code: 'run-over-budget', count: missing, message: `stopped at --max-time ${options.maxTime} s; ${missing} files were not analysed` });
  }
}

async function analyseHere(tasks: readonly FileTask[], setup: Omit<WorkerSetup, 'gauge'>, collected: Collector, signal: AbortSignal): Promise<void> {
  const context = contextOf(setup, undefined);
  for (const task of tasks) {
    collected.add(runFile(task, context));
    if (collected.done % 16 === 0) await new Promise((resume) => setImmediate(resume));
    if (signal.aborted) return;
  }
}

/** Takes results as they come, in any order, and puts them into the order of the listing. */
class Collector {
  readonly suppressor: Suppressor;
  done = 0;
  findings: Finding[] = [];
  private bytes = 0;
  private readonly results = new Map<string, FileResult>();
  private readonly options: ScanOptions;
  private readonly book: LedgerBook;
  private readonly observer: ScanObserver;
  private readonly total: number;
  private readonly infos: ReturnType<typeof ruleInfos>;

  constructor(options: ScanOptions, selection: Selection, book: LedgerBook, today: string, observer: ScanObserver, total: number) {
    this.options = options;
    this.book = book;
    this.observer = observer;
    this.total = total;
    this.infos = ruleInfos(selection);
    this.suppressor = new Suppressor(options.suppressions, today);
  }

  add(result: FileResult): void {
    const key = result.version === undefined ? result.path : `${result.version.oid}:${result.path}`;
    if (this.results.has(key)) return;
    this.results.set(key, result);
    this.done++;
    this.bytes += result.size;
    this.book.addResult(result);
    const marked = this.suppressor.apply(result.path, toFindings(result, this.infos), result.comments);
    for (const finding of marked) {
      this.findings.push(finding);
      if (counts(finding, this.options)) this.observer.onFinding?.(finding);
    }
    this.observer.onProgress?.({ files: this.done, total: this.total, bytes: this.bytes });
  }

  inOrder(): FileResult[] {
    return [...this.results.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
}

/** Whether a finding is at or above what the user asked for, and neither suppressed nor old. */
export function counts(finding: Finding, options: Pick<ScanOptions, 'severity' | 'confidence' | 'persona'>): boolean {
  return (
    finding.suppression === undefined &&
    finding.baseline !== 'existing' &&
    atLeast(severities, finding.severity, options.severity) &&
    atLeast(confidences, finding.confidence, options.confidence) &&
    atLeast(personas, options.persona, finding.persona)
  );
}

interface Parts {
  readonly options: ScanOptions;
  readonly listing: TreeListing;
  readonly selection: Selection;
  readonly book: LedgerBook;
  readonly findings: readonly Finding[];
  readonly results: readonly FileResult[];
  readonly started: number;
  readonly tasks: readonly FileTask[];
  readonly skippedRules: number;
}

function assemble({ options, listing, selection, book, findings, results, started, tasks, skippedRules }: Parts): Report {
  const shown = findings.filter((finding) => atLeast(personas, options.persona, finding.persona));
  const open = shown.filter((finding) => counts(finding, options));
  const ledger = book.close({ filesSeen: tasks.length, rulesLoaded: selection.rules.length + selection.detectors.length, rulesSkipped: skippedRules });
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
      treeHash: treeHash(results.filter((result) => result.sha256 !== '').map(({ path, sha256, version }) => ({ path: version === undefined ? path : `${version.oid}:${path}`, sha256 }))),
      ...(git?.commit === undefined ? {} : { commit: git.commit }),
      ...(git?.branch === undefined ? {} : { branch: git.branch }),
      ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
      threshold: { severity: options.severity, confidence: options.confidence, persona: options.persona },
      exitCode: exitCode(tasks.length, ledger.degraded, open.length),
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
