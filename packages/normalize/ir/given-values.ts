import type { Value, Variable, VariableUse } from './module-builder.ts';

/** Whoever reads it may see any of its values. */
export function isCell({ shared, once, writes }: VariableUse): boolean {
  return shared && !once && writes === undefined;
}

interface Given {
  readonly value: Value;
  /** How often, and when last: instructions that the module had. */
  readonly times: number;
  readonly at: number;
}

/** What a function gave its variables that functions within it see as well. */
export class GivenValues {
  private readonly given = new Map<Variable, Given>();

  add(variable: Variable, value: Value, at: number): void {
    this.given.set(variable, { value, times: (this.given.get(variable)?.times ?? 0) + 1, at });
  }

  last(variable: Variable): Value | undefined {
    return this.given.get(variable)?.value;
  }

  /** All its values had been given when the module had `size` instructions. */
  isComplete(variable: Variable, writes: number, size: number): boolean {
    const given = this.given.get(variable);
    return given !== undefined && given.times >= writes && given.at <= size;
  }
}
