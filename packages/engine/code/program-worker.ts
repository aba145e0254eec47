import { parentPort, workerData } from 'node:worker_threads';
import { serveBatches } from '../serve-batches.ts';
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
  const analysis = loadAnalysis(setup.rules);
  serveBatches<ProgramTask, ProgramOutcome>(setup.gauge, (task) => runProgram(task, analysis, setup.budget));
}

if (parentPort !== null && workerData !== null) serve(workerData as ProgramSetup & { readonly gauge: SharedArrayBuffer });
