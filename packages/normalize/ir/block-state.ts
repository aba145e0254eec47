import type { Value, Variable } from './module-builder.ts';

/** A stretch of code without a branch, by number within its function. */
export type Block = number;

export interface BlockState {
  readonly from: Block[];
  /** Values of variables at its end. Most blocks have none of their own. */
  definitions: Map<Variable, Value> | undefined;
  /** Phis that wait for the block to be sealed. */
  waiting: Map<Variable, Value> | undefined;
  readonly refined: { readonly variables: readonly Variable[]; readonly condition: Value; readonly holds: boolean } | undefined;
  sealed: boolean;
}

export function define(state: BlockState, variable: Variable, value: Value): void {
  state.definitions ??= new Map();
  state.definitions.set(variable, value);
}
