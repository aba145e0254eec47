import type { Value, Variable } from './module-builder.ts';

/** Variables that a kept answer is about. */
const mostAsked = 4;

export interface Mentioned {
  readonly value: Value;
  readonly mentioned: readonly Variable[];
}

/** Which variables are read for a value. */
export class Mentions {
  private open: Set<Variable> | undefined;
  /** Variables that were read for a value that a variable keeps. */
  private readonly answers = new Map<Value, readonly Variable[]>();

  /** Runs `lower` and says which variables it read: what a condition mentions. */
  during(lower: () => Value): Mentioned {
    const outer = this.open;
    const mentioned = new Set<Variable>();
    this.open = mentioned;
    const value = lower();
    this.open = outer;
    for (const variable of mentioned) outer?.add(variable);
    return { value, mentioned: [...mentioned] };
  }

  /** Runs `lower` for what a variable keeps: a condition that mentions it then says something of the variables that were asked. */
  answer(lower: () => Value): Value {
    const { value, mentioned } = this.during(lower);
    if (mentioned.length > 0 && mentioned.length <= mostAsked) this.answers.set(value, mentioned);
    return value;
  }

  add(variable: Variable, value: Value): void {
    if (this.open === undefined) return;
    this.open.add(variable);
    for (const one of this.answers.get(value) ?? []) this.open.add(one);
  }
}
