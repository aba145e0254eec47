import { budgetSize, judge } from '#learn/behaviour/budget.ts';
import type { Diagnostic } from '#model/diagnostic.ts';

export const model = { model: 'network-behaviour', version: '1' } as const;
export const day = 86_400_000;
/** What is odder than this may be told. */
export const bar = 1e-3;
const aDay = 4;

export function newBudget(): Float32Array {
  return new Float32Array(budgetSize);
}

/** Whether the detector's budget of signals allows this one, and what it says when it has just begun to hold back. */
export function allows(budget: Float32Array, rule: string, chance: number, now: number): { readonly tells: boolean; readonly diagnostics: readonly Diagnostic[] } {
  const verdict = judge(budget, chance, now, { bar, aDay });
  const diagnostics: Diagnostic[] = verdict.turned === 'raised'
    ? [{ code: 'budget-raised', rule, message: `detector ${rule} found more that is odd than it may tell in a day, and tells from now on only what is odder than once in ${Math.round(1 / verdict.bar)}` }]
    : [];
  return { tells: verdict.tells, diagnostics };
}

export function dayOf(now: number): number {
  return Math.floor(now / day);
}
