import { op, type Op } from '#model/ir.ts';
import type { ModuleBuilder, Span, Value } from './module-builder.ts';

export interface CallForm {
  readonly receiver?: Value;
  readonly keywords?: readonly string[];
}

/** Says how instructions are made that need no more than their operands. */
export abstract class Emitter {
  protected readonly module: ModuleBuilder;

  constructor(module: ModuleBuilder) {
    this.module = module;
  }

  abstract emit(code: Op, span: Span, a?: number, b?: number, c?: number, operands?: readonly Value[]): Value;

  /** `keywords` names the last arguments, where they are passed by name. */
  call(callee: Value, args: readonly Value[], span: Span, { receiver = -1, keywords }: CallForm = {}): Value {
    return this.emit(op.call, span, callee, receiver, this.names(keywords), args);
  }

  invoke(receiver: Value, name: string, args: readonly Value[], span: Span, { keywords }: CallForm = {}): Value {
    return this.emit(op.invoke, span, receiver, this.module.text(name), this.names(keywords), args);
  }

  construct(callee: Value, args: readonly Value[], span: Span, { keywords }: CallForm = {}): Value {
    return this.emit(op.construct, span, callee, -1, this.names(keywords), args);
  }

  private names(keywords: readonly string[] | undefined): number {
    return keywords === undefined || keywords.length === 0 ? -1 : this.module.text(keywords.join(','));
  }

  concat(operands: readonly Value[], span: Span): Value {
    return this.module.foldText(operands) ?? this.emit(op.concat, span, -1, -1, -1, operands);
  }

  test(operator: string, a: Value, b: Value | undefined, span: Span): Value {
    return this.module.fold(operator, a, b, 'test') ?? this.emit(op.test, span, a, b ?? -1, this.module.text(operator));
  }

  /** Numbers; for a sum that may be text use `sum`. */
  arithmetic(operator: string, a: Value, b: Value | undefined, span: Span): Value {
    return this.module.fold(operator, a, b, 'arithmetic') ?? this.emit(op.arithmetic, span, a, b ?? -1, this.module.text(operator));
  }

  /** `a + b` where the language does not say whether it is text: numbers add, all else is put together. */
  sum(a: Value, b: Value, span: Span): Value {
    return this.sumOfNumbers(a, b, span) ?? this.concat([a, b], span);
  }

  /** `a + b` where both are known to be numbers, or constants; else undefined. */
  sumOfNumbers(a: Value, b: Value, span: Span): Value | undefined {
    const folded = this.module.fold('+', a, b, 'arithmetic');
    if (folded !== undefined) return folded;
    return this.isNumber(a) && this.isNumber(b) ? this.emit(op.arithmetic, span, a, b, this.module.text('+')) : undefined;
  }

  private isNumber(value: Value): boolean {
    return this.module.opOf(value) === op.arithmetic || this.module.constantOf(value)?.kind === 'number';
  }

  /** A value that is one of several, outside of variables (a conditional expression); of none where no way leads there. */
  phi(values: readonly Value[], span: Span): Value {
    if (values.length === 0) return this.module.nothing();
    const different = [...new Set(values.map((one) => this.module.resolve(one)))];
    const [only] = different;
    return different.length === 1 && only !== undefined ? only : this.emit(op.phi, span, -1, -1, -1, different);
  }
}
