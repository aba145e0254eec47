import { parentPort, workerData } from 'node:worker_threads';
import { createAnalyzer } from '#analyze/analyzer.ts';
import { detectors, proofs } from '#generated/analysis.ts';
import { openRepository } from '#sources/git/repository.ts';
import { noCache, openCache } from './cache.ts';
import { prepareReaders } from './code/code-readers.ts';
import { PatternScanner } from './code/pattern-scan.ts';
import { loadContent } from './content.ts';
import { type FileContext, type FileResult, type FileTask, runFile } from './file-task.ts';
import { limitBacktracking } from './linear-regexp.ts';
import { learnedModel } from './models.ts';
import { whenAlive } from './time-budget.ts';
import { type Batch, type BatchResult, Gauge, type WorkerSetup } from './worker-protocol.ts';

/** Analyses batches of files; holds no state between them but what it was started with. */
function serve(setup: WorkerSetup): void {
  const gauge = new Gauge(setup.gauge);
  gauge.idle();
  whenAlive(() => gauge.alive());
  if (setup.foreign.length + setup.patterns.length > 0) limitBacktracking();
  const ready = prepareReaders(setup.patternLanguages);
  const context = contextOf(setup, gauge);
  const work = (batch: Batch<FileTask>): void => {
    const results = batch.tasks.map((task, at) => {
      gauge.beginFile(at);
      const skip = new Set([...batch.dropped, ...(batch.skip.get(task.path) ?? [])]);
      return runFile(task, context, skip.size === 0 ? undefined : skip);
    });
    gauge.idle();
    parentPort?.postMessage({ id: batch.id, results } satisfies BatchResult<FileResult>);
  };
  parentPort?.on('message', (batch: Batch<FileTask>) => void ready.then(() => work(batch)));
}

export function contextOf(setup: Omit<WorkerSetup, 'gauge'>, gauge: Gauge | undefined): FileContext {
  const units = new Set(setup.units);
  const rules = [...loadContent().rules.filter((rule) => units.has(rule.id)), ...setup.foreign];
  const analyzer = createAnalyzer({ rules, detectors: detectors.filter((detector) => units.has(detector.id)), proofs });
  return {
    analyzer,
    patterns: new PatternScanner({ own: setup.forms, foreign: setup.patterns, firstForeign: rules.length }),
    cache: setup.cache === undefined ? noCache : openCache(setup.cache.folder, setup.cache.namespace).cache,
    digestKey: setup.digestKey,
    today: setup.today,
    limits: setup.limits,
    models: learnedModel,
    ...(setup.gitDir === undefined ? {} : { repository: openRepository(setup.gitDir) }),
    ...(gauge === undefined ? {} : { onForeignRule: (at: number) => gauge.beginRule(at) }),
  };
}

if (parentPort !== null && workerData !== null) serve(workerData as WorkerSetup);
