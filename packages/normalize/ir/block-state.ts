import type { Outcome } from '#model/ir.ts';
import type { Asked } from './asked-members.ts';
import type { Span, Value, Variable } from './module-builder.ts';

/** A stretch of code without a branch, by number within its function. */
export type Block = number;

export interface BlockState {
  readonly from: Block[];
  /** Values of variables at its end. Most blocks have none of their own. */
  definitions: Map<Variable, Value> | undefined;
  /** Phis that wait for the block to be sealed. */
  waiting: Map<Variable, Value> | undefined;
  readonly refined: Refined | undefined;
  sealed: boolean;
}

/** The two ways from a condition. */
export interface Branches {
  readonly yes: Block;
  readonly no: Block;
}

/** What is known where a condition holds, or does not, or after a call. */
export interface Refined {
  readonly variables: readonly Variable[];
  readonly condition: Value;
  readonly span: Span;
  readonly outcome: Outcome;
  readonly members: Asked | undefined;
  /** Instructions that the module had there. */
  readonly since: number;
}

export function define(state: BlockState, variable: Variable, value: Value): void {
  state.definitions ??= new Map();
  state.definitions.set(variable, value);
}
