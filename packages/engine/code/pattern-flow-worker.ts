import { parentPort, workerData } from 'node:worker_threads';
import { limitBacktracking } from '../linear-regexp.ts';
import { type Batch, type BatchResult, Gauge } from '../worker-protocol.ts';
import { prepareReaders } from './code-readers.ts';
import { type PatternFlowOutcome, type PatternFlowTask, runPatternFlows } from './pattern-flow-task.ts';
import type { PatternUnit } from './pattern-units.ts';

/** What a worker is started with that follows data across files. */
export interface PatternFlowSetup {
  readonly units: readonly PatternUnit[];
  readonly languages: readonly string[];
  readonly limits: { readonly fileMs: number };
}

async function serve(setup: PatternFlowSetup & { readonly gauge: SharedArrayBuffer }): Promise<void> {
  const gauge = new Gauge(setup.gauge);
  gauge.idle();
  limitBacktracking();
  await prepareReaders(setup.languages);
  parentPort?.on('message', (batch: Batch<PatternFlowTask>) => {
    const results = batch.tasks.map((task, at) => {
      gauge.beginFile(at, Date.now());
      const deadline = performance.now() + setup.limits.fileMs;
      return runPatternFlows(task, setup.units, () => performance.now() > deadline);
    });
    gauge.idle();
    parentPort?.postMessage({ id: batch.id, results } satisfies BatchResult<PatternFlowOutcome>);
  });
}

if (parentPort !== null && workerData !== null) await serve(workerData as PatternFlowSetup & { readonly gauge: SharedArrayBuffer });
