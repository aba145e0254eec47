import { parentPort, workerData } from 'node:worker_threads';
import { limitBacktracking } from '../linear-regexp.ts';
import { serveBatches } from '../serve-batches.ts';
import { timeBudget } from '../time-budget.ts';
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
  limitBacktracking();
  await prepareReaders(setup.languages);
  serveBatches<PatternFlowTask, PatternFlowOutcome>(setup.gauge, (task) => runPatternFlows(task, setup.units, timeBudget(setup.limits.fileMs)));
}

if (parentPort !== null && workerData !== null) await serve(workerData as PatternFlowSetup & { readonly gauge: SharedArrayBuffer });
