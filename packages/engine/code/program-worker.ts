import { parentPort, workerData } from 'node:worker_threads';
import { type Batch, type BatchResult, Gauge } from '../worker-protocol.ts';
import { loadAnalysis } from './analysis.ts';
import { type ProgramBudget, type ProgramOutcome, type ProgramTask, runProgram } from './program-task.ts';

/** What a worker for programs is started with. */
export interface ProgramSetup {
  /** Ids of the rules in use. */
  readonly rules: readonly string[];
  readonly budget: ProgramBudget;
  readonly limits: { readonly fileMs: number };
}

/** Analyses whole programs, one after the other. */
function serve(setup: ProgramSetup & { readonly gauge: SharedArrayBuffer }): void {
  const gauge = new Gauge(setup.gauge);
  gauge.idle();
  const analysis = loadAnalysis(setup.rules);
  parentPort?.on('message', (batch: Batch<ProgramTask>) => {
    const results = batch.tasks.map((task, at) => {
      gauge.beginFile(at, Date.now());
      return runProgram(task, analysis, setup.budget);
    });
    gauge.idle();
    parentPort?.postMessage({ id: batch.id, results } satisfies BatchResult<ProgramOutcome>);
  });
}

if (parentPort !== null && workerData !== null) serve(workerData as ProgramSetup & { readonly gauge: SharedArrayBuffer });
