import type { Atom } from './atom.ts';
import type { Expression } from './node.ts';

/** Where a program ends. */
export const yes = -1;
export const no = -2;

const mostSteps = 200_000;

/**
 * Conditions as steps: ask an atom, go on here if it holds and there if not. A whole condition is so decided with as few questions
 * as it needs, without a call. Each step is three numbers: atom, next when it holds, next when it does not.
 */
export class ProgramWriter {
  private readonly steps: number[] = [];
  private readonly numberOf: (atom: Atom) => number;

  constructor(numberOf: (atom: Atom) => number) {
    this.numberOf = numberOf;
  }

  /** Where to begin. Undefined: the condition takes too many steps. */
  add(expression: Expression): number | undefined {
    const before = this.steps.length;
    const entry = this.write(expression, yes, no);
    if (this.steps.length - before <= mostSteps) return entry;
    this.steps.length = before;
    return undefined;
  }

  done(): Int32Array {
    return Int32Array.from(this.steps);
  }

  private write(expression: Expression, holds: number, fails: number): number {
    switch (expression.kind) {
      case 'atom': return this.steps.push(this.numberOf(expression.atom), holds, fails) - 3;
      case 'not': return this.write(expression.of, fails, holds);
      case 'and': return expression.of.reduceRight((next, part) => this.write(part, next, fails), holds);
      case 'or': return expression.of.reduceRight((next, part) => this.write(part, holds, next), fails);
      case 'some': return this.writeSome(expression.count, expression.of, holds, fails);
    }
  }

  /** What is still wanted of the parts that are left: one state for each pair. */
  private writeSome(count: number, parts: readonly Expression[], holds: number, fails: number): number {
    let after = [holds, ...Array.from({ length: count }, () => fails)];
    for (const part of parts.toReversed()) {
      if (this.steps.length > mostSteps * 2) return fails;
      const next = after;
      after = next.map((whenNot, wanted) => (wanted === 0 ? holds : this.write(part, next[wanted - 1] ?? holds, whenNot)));
    }
    return after[count] ?? fails;
  }
}
