import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { changedSince } from '#sources/changed.ts';
import { listTree, type TreeListing } from '#sources/tree.ts';
import type { Report } from '#model/report.ts';
import { incidentEvidenceFor, raiseByIncidents } from './raise-by-incidents.ts';
import { rank } from '#score/rank.ts';
import { assemble } from './assemble.ts';
import { markBaseline } from './baseline.ts';
import { openCache, writeCache } from './cache.ts';
import { earlierCode, isOfPrograms } from './code/earlier-code.ts';
import { prepareReaders } from './code/code-readers.ts';
import { languagesPresent } from './code/pattern-languages.ts';
import { formsOfLanguages, patternLanguages } from './code/pattern-units.ts';
import { scanCode } from './code/scan-code.ts';
import { holdScripts, releaseScripts } from './code/script-parser.ts';
import { Collector } from './collector.ts';
import { loadContent } from './content.ts';
import { digestKey } from './digest-key.ts';
import { type FileResult, type FileTask, runFile } from './file-task.ts';
import { asked } from './git.ts';
import type { ForeignRules } from './foreign-rules.ts';
import { firstAppearances, historyTasks } from './history.ts';
import { programDigest } from './identity.ts';
import { takeKept } from './kept-results.ts';
import { LedgerBook } from './ledger.ts';
import type { ScanObserver, ScanOptions } from './options.ts';
import { switchedOff } from './model-switch.ts';
import { workerUrl } from './place.ts';
import { runPool } from './pool.ts';
import { type Selection, selectUnits } from './units.ts';
import { contextOf } from './worker.ts';
import type { WorkerSetup } from './worker-protocol.ts';

/** Below this a worker costs more than it saves. */
const smallTree = { files: 150, bytes: 2 * 1024 * 1024 };

/** More workers than this only take memory from one another. */
const mostJobsPerCore = 4;
/** Milliseconds after which a scan in one thread looks whether it should stop. */
const restEvery = 40;

/** Scans a tree from end to end and gives the whole result; it writes nothing but its cache. */
export async function scan(options: ScanOptions, observer: ScanObserver = {}): Promise<Report> {
  const started = Date.now();
  const today = new Date(started).toISOString().slice(0, 10);
  const book = new LedgerBook();
  options.notes?.forEach((diagnostic) => book.add(diagnostic));
  const foreign = await rulesBrought(options.ruleFiles);
  foreign.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const off = switchedOff(options.modelsOff ?? []);
  off.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const selection = selectUnits(options, foreign, off.units);
  const listing = listTree(options.target, { exclude: options.exclude, limits: options.limits });
  // History is about what git keeps, whatever the work tree lacks.
  if (!options.history) listing.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  const tasks = tasksOf(options, listing);
  const setup = setupOf(options, selection, today, listing);
  const known = setup.cache === undefined ? undefined : openCache(setup.cache.folder, setup.cache.namespace);
  known?.diagnostics.forEach((diagnostic) => book.add(diagnostic));

  const collected = new Collector(options, selection, book, today, observer, tasks.length);
  const stop = stopSignal(options, started, observer.signal);
  const due = known === undefined ? tasks : await takeKept(tasks, known.cache, options.limits.fileBytes, { collected, signal: stop.signal });
  await analyseAll({ tasks: due, all: tasks.length, setup, selection, options, book, collected }, stop, observer.signal);
  const about = options.changedSince === undefined ? undefined : new Set(tasks.map(({ path }) => path));
  const code = await scanCode({ options, listing, selection, book, collected, about, signal: stop.signal });
  releaseScripts();
  collected.settle();
  const results = collected.inOrder();
  if (setup.cache !== undefined) writeCache(setup.cache.folder, setup.cache.namespace, results).forEach((diagnostic) => book.add(diagnostic));
  collected.suppressor.reportUnused();
  collected.suppressor.diagnostics.forEach((diagnostic) => book.add(diagnostic));
  if (options.history || options.baseline !== undefined) await prepareReaders(setup.patternLanguages);
  const fresh = options.history ? firstAppearances(collected.findings, listing, setup) : collected.findings;
  const earlier = fresh.some(isOfPrograms(selection)) ? await earlierCode(options, listing, selection, stop.signal) : [];
  const marked = options.baseline === undefined ? fresh : markBaseline(fresh, options.baseline, listing, setup, selection, earlier);
  const findings = rank(raiseByIncidents(marked, incidentEvidenceFor(listing.git?.repository, options.incidents ?? [])));
  return assemble({ options, listing, selection, book, findings, results, started, filesDue: tasks.length, rulesSkipped: foreign.skipped, ...(code === undefined ? {} : { code }) });
}

/** Only who brings rules waits for what reads them. */
async function rulesBrought(files: readonly string[]): Promise<ForeignRules> {
  if (files.length === 0) return { rules: [], patterns: [], skipped: 0, diagnostics: [] };
  const { loadRuleFiles } = await import('./foreign-rules.ts');
  return loadRuleFiles(files);
}

function tasksOf(options: ScanOptions, listing: TreeListing): FileTask[] {
  if (options.history) return historyTasks(listing);
  const { changedSince: ref } = options;
  if (ref === undefined) return listing.entries;
  const changed = asked(`--changed-since ${ref}`, () => changedSince(listing, ref));
  return listing.entries.filter((entry) => changed.has(entry.path));
}

function setupOf(options: ScanOptions, selection: Selection, today: string, listing: TreeListing): Omit<WorkerSetup, 'gauge'> {
  const key = digestKey(options.stateDir);
  const bundled = new Set(loadContent().rules.map((rule) => rule.id));
  const foreign = selection.rules.filter((rule) => !bundled.has(rule.id) || rule.match.foreign === true);
  const units = [...selection.rules, ...selection.detectors].map((unit) => unit.id);
  const present = languagesPresent(listing.entries);
  // Of history only added lines are read, which are no whole programs.
  const forms = options.history ? [] : formsOfLanguages(selection.code, present);
  const { fileMs, fileSteps, findingsPerFile, fileBytes } = options.limits;
  const limits = { fileMs, fileSteps, findingsPerFile, fileBytes };
  const depends = JSON.stringify([programDigest(), loadContent().hash, units, foreign, selection.patterns, selection.code.map(({ id }) => id), limits, Buffer.from(key).toString('hex'), options.target]);
  const cache = options.stateDir === undefined || options.history ? undefined : { folder: options.stateDir, namespace: hash('sha256', depends, 'hex') };
  const gitDir = options.history ? listing.git?.gitDir : undefined;
  return { units, foreign, patterns: selection.patterns, forms, patternLanguages: patternLanguages([...forms, ...selection.patterns], present), digestKey: key, today, limits, cache, ...(gitDir === undefined ? {} : { gitDir }) };
}

interface Work {
  readonly tasks: readonly FileTask[];
  /** How many files the scan is about, with those of which all is known. */
  readonly all: number;
  readonly setup: Omit<WorkerSetup, 'gauge'>;
  readonly selection: Selection;
  readonly options: ScanOptions;
  readonly book: LedgerBook;
  readonly collected: Collector;
}

/** Fires when the user interrupts or the time of the run is spent. */
interface Stop {
  readonly signal: AbortSignal;
  readonly timeout: AbortSignal | undefined;
}

function stopSignal({ maxTime }: ScanOptions, started: number, interrupt: AbortSignal | undefined): Stop {
  const left = maxTime === undefined ? undefined : started + maxTime * 1000 - Date.now();
  const timeout = left === undefined ? undefined : AbortSignal.timeout(Math.max(1, Math.round(left)));
  return { signal: AbortSignal.any([interrupt, timeout].filter((one) => one !== undefined)), timeout };
}

async function analyseAll({ tasks, all, setup, selection, options, book, collected }: Work, { signal, timeout }: Stop, interrupt: AbortSignal | undefined): Promise<void> {
  const bytes = tasks.reduce((sum, task) => sum + task.size, 0);
  const inThread = options.jobs === 0 && setup.foreign.length + setup.patterns.length === 0 && tasks.length <= smallTree.files && bytes <= smallTree.bytes;
  if (tasks.length > 0 && inThread) await analyseHere(tasks, setup, collected, signal);
  else if (tasks.length > 0) {
    const cores = availableParallelism();
    const jobs = options.jobs === 0 ? cores : Math.min(options.jobs, mostJobsPerCore * cores);
    const ruleIds = [...selection.rules, ...selection.patterns].map((rule) => rule.id);
    const onDiagnostic = book.add.bind(book);
    await runPool<FileTask, FileResult>(tasks, { setup, jobs, ruleIds, onResult: (result) => collected.add(result), onDiagnostic, signal, program: workerUrl() });
  }
  const missing = all - collected.done;
  if (interrupt?.aborted === true) book.add({ code: 'run-interrupted', count: missing, message: `interrupted; ${missing} files were not analysed` });
  else if (timeout?.aborted === true && missing > 0) {
    book.add({ code: 'run-over-budget', count: missing, message: `stopped at --max-time ${options.maxTime} s; ${missing} files were not analysed` });
  }
}

async function analyseHere(tasks: readonly FileTask[], setup: Omit<WorkerSetup, 'gauge'>, collected: Collector, signal: AbortSignal): Promise<void> {
  holdScripts();
  await prepareReaders(setup.patternLanguages);
  const context = contextOf(setup, undefined);
  let rested = Date.now();
  for (const task of tasks) {
    if (signal.aborted) return;
    collected.add(runFile(task, context));
    if (Date.now() - rested < restEvery) continue;
    await new Promise((resume) => setImmediate(resume));
    rested = Date.now();
  }
}

