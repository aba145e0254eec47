import { hash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Diagnostic } from '#model/diagnostic.ts';
import type { ProgramResult } from '#model/program.ts';
import { programWorkerUrl } from '../place.ts';
import { type PoolWords, runPool } from '../pool.ts';
import { type KeptResult, keptOf, resultFor } from './kept-result.ts';
import type { ReadModule } from './lower-files.ts';
import type { ProgramPlan } from './program-plan.ts';
import { type ProgramBudget, type ProgramOutcome, type ProgramTask, runProgram } from './program-task.ts';
import type { ResultStore } from './result-store.ts';

export interface ProgramsOptions {
  readonly rules: readonly string[];
  readonly budget: ProgramBudget;
  readonly jobs: number;
  /** Results of earlier runs; what they depend on besides the program is in the store's own identity. */
  readonly store: ResultStore<KeptResult> | undefined;
  readonly signal: AbortSignal;
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
}

export interface AnalysedProgram {
  readonly plan: ProgramPlan;
  readonly result: ProgramResult;
  readonly fromCache: boolean;
}

/** Below this a thread costs more than it saves; a single program leaves nothing to share out, as long as nobody notices that it is being worked on. */
const smallBytes = 600_000;
const smallProgram = 4_000_000;

const words: PoolWords = {
  stuck: { code: 'program-over-budget', message: 'flow analysis did not end within its time limit and was stopped; flows here are not seen; raise limits.program-ms, or scan parts of the tree by themselves' },
  died: { code: 'program-died', message: 'flow analysis ended twice for want of memory; flows here are not seen; lower limits.program-facts, exclude what is generated, or give the process more memory' },
};

/** Analyses programs, the largest first; results are in the order of the plans. */
export async function runPrograms(plans: readonly ProgramPlan[], modules: ReadonlyMap<string, ReadModule>, options: ProgramsOptions): Promise<AnalysedProgram[]> {
  const done = new Map<number, AnalysedProgram>();
  const keys = plans.map((plan) => keyOf(plan, modules));
  const due: ProgramTask[] = [];
  plans.forEach((plan, id) => {
    const known = options.store?.get(keys[id] as string);
    const kept = known === undefined ? undefined : resultFor(known, plan, modules);
    if (kept === undefined) due.push(taskOf(id, plan, modules));
    else done.set(id, { plan, result: kept, fromCache: true });
  });
  await analyse(due.sort((a, b) => b.size - a.size || a.id - b.id), options, ({ id, result }) => {
    const plan = plans[id] as ProgramPlan;
    done.set(id, { plan, result, fromCache: false });
    const kept = options.store === undefined || isCut(result) ? undefined : keptOf(result, plan, modules);
    if (kept !== undefined) options.store?.add(keys[id] as string, kept);
  });
  return [...done].sort(([a], [b]) => a - b).map(([, program]) => program);
}

async function analyse(due: readonly ProgramTask[], options: ProgramsOptions, take: (outcome: ProgramOutcome) => void): Promise<void> {
  if (due.length === 0) return;
  const { rules, budget, signal, onDiagnostic } = options;
  const size = due.reduce((sum, task) => sum + task.size, 0);
  if (options.jobs === 0 && size < (due.length === 1 ? smallProgram : smallBytes)) {
    const { loadAnalysis } = await import('./analysis.ts');
    const analysis = loadAnalysis(rules);
    for (const task of due) if (!signal.aborted) take(runProgram(task, analysis, budget));
    return;
  }
  const jobs = options.jobs === 0 ? availableParallelism() : Math.min(options.jobs, 4 * availableParallelism());
  const setup = { rules, budget, limits: { fileMs: budget.milliseconds } };
  await runPool<ProgramTask, ProgramOutcome>(due, { setup, jobs, ruleIds: [], onResult: take, onDiagnostic, signal, program: programWorkerUrl(), youngMb: 48, words });
}

function taskOf(id: number, plan: ProgramPlan, modules: ReadonlyMap<string, ReadModule>): ProgramTask {
  const bytes = plan.modules.map(({ path }) => modules.get(path)?.load());
  return { id, plan, modules: bytes, path: labelOf(plan), size: bytes.reduce((sum, one) => sum + (one?.length ?? 0), 0) };
}

/** What a program is called in messages: the folder that its packages share. */
export function labelOf({ packages }: ProgramPlan): string {
  const [first, ...rest] = packages.map(({ folder }) => folder.split('/'));
  if (first === undefined) return '.';
  let length = first.length;
  for (const folder of rest) while (length > 0 && first.slice(0, length).join('/') !== folder.slice(0, length).join('/')) length--;
  return first.slice(0, length).join('/') || '.';
}

/** What ran out of time may say more the next time. */
function isCut({ diagnostics }: ProgramResult): boolean {
  return diagnostics.some(({ code }) => code === 'program-over-budget' || code === 'program-failed');
}

/**
 * Everything that a program's result depends on, but for what the store knows: of a module what it says, not where. A change of comments or layout
 * ends here.
 */
function keyOf(plan: ProgramPlan, modules: ReadonlyMap<string, ReadModule>): string {
  const facts = plan.modules.map(({ path, imports, submodules, ...rest }) => [path, modules.get(path)?.lowered.meaning ?? '', [...imports], [...submodules], rest]);
  return hash('sha256', JSON.stringify([plan.language, plan.packages, facts]), 'hex');
}
