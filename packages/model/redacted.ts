const hidden: unique symbol = Symbol('redacted');

/**
 * The only form in which a secret may exist outside the function that found it.
 * It prints, serialises and inspects as its placeholder; `reveal` is greppable.
 */
export class Redacted<T> {
  readonly [hidden]: T;

  constructor(value: T) {
    this[hidden] = value;
    Object.defineProperty(this, hidden, { value, enumerable: false });
  }

  reveal(): T {
    return this[hidden];
  }

  toString(): string {
    return '<redacted>';
  }

  toJSON(): string {
    return '<redacted>';
  }

  get [Symbol.toStringTag](): string {
    return 'Redacted';
  }
}
