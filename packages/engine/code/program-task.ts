import type { Program, ProgramContext, ProgramResult } from '#model/program.ts';
import type { PooledTask } from '../pool.ts';
import { timeBudget } from '../time-budget.ts';
import { emptyModule } from './empty-module.ts';
import { fromBytes } from './module-bytes.ts';
import type { ProgramPlan } from './program-plan.ts';

/** One program to be analysed. Its modules lie in shared memory. */
export interface ProgramTask extends PooledTask {
  readonly id: number;
  readonly plan: ProgramPlan;
  /** By module of the plan; undefined for those without a file. */
  readonly modules: readonly (Uint8Array | undefined)[];
}

export interface ProgramOutcome {
  readonly id: number;
  readonly result: ProgramResult;
}

export interface ProgramBudget {
  readonly milliseconds: number;
  readonly facts: number;
}

/** The analysis itself, with what it knows of libraries. */
export type Analysis = (program: Program, context: ProgramContext) => ProgramResult;

/** Runs the analysis of one program; what fails is named and costs no other program. */
export function runProgram(task: ProgramTask, analysis: Analysis, budget: ProgramBudget): ProgramOutcome {
  const overBudget = timeBudget(budget.milliseconds);
  try {
    const result = analysis(programOf(task), { overBudget, mostFacts: budget.facts });
    return { id: task.id, result: { ...result, diagnostics: result.diagnostics.map((one) => ({ path: task.path, ...one })) } };
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown error';
    const message = `flow analysis of ${task.path} failed (${reason}); flows in it are not seen`;
    return { id: task.id, result: { ...nothing, diagnostics: [{ code: 'program-failed', path: task.path, message }] } };
  }
}

const nothing: ProgramResult = { flows: [], calls: [], statistics: { functions: 0, calls: 0, callsUnresolved: 0, callsUndescribed: 0, values: 0, overflows: 0 }, diagnostics: [] };

/** A planned program with its modules read. */
export function programOf({ plan, modules }: Pick<ProgramTask, 'plan' | 'modules'>): Program {
  return {
    language: plan.language,
    packages: plan.packages,
    modules: plan.modules.map(({ path, empty: _empty, ...rest }, at) => {
      const bytes = modules[at];
      return { ...rest, ir: bytes === undefined ? emptyModule(path, plan.language) : fromBytes(bytes) };
    }),
  };
}
