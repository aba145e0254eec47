import type { Language } from '#model/ir.ts';
import type { CallCondition, ConstantValue, MethodCall, Place, ValueTest } from '#model/library.ts';
import { ApiPathError, parseApiPath, parsePlace } from './api-path.ts';
import { between, flag, listOf, record, ShapeError, text, type Decoder } from './closed-shape.ts';
import { entriesOf } from './yaml.ts';

/** Decoders of what knowledge of libraries and rules about calls share: paths, places and tests on values. */

export function path(language: Language): Decoder<ReturnType<typeof parseApiPath>> {
  return (value, at) => inPath(at, () => parseApiPath(text(1_000)(value, at), language));
}

export const place: Decoder<Place> = (value, at) => {
  if (typeof value !== 'string' && typeof value !== 'number') throw new ShapeError(at, 'must be a place, such as 0, `0..`, `this` or `1.shell`');
  return inPath(at, () => parsePlace(value));
};

/** One place, or a list of them. */
export const places: Decoder<readonly Place[]> = (value, at) => oneOrMore(place, 20)(value, at);

/** A list, or one thing that stands for a list of itself. */
export function oneOrMore<T>(decode: Decoder<T>, most: number): Decoder<readonly T[]> {
  return (value, at) => {
    const list = Array.isArray(value) ? listOf(decode, most)(value, at) : [decode(value, at)];
    if (list.length === 0) throw new ShapeError(at, 'must not be empty');
    return list;
  };
}

export const constant: Decoder<ConstantValue> = (value, at) => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  throw new ShapeError(at, 'must be a text, a number, true, false or null');
};

/** The source of a regular expression that compiles with the flag `i`. */
export const expression: Decoder<string> = (value, at) => {
  const source = text(1_000)(value, at);
  try {
    new RegExp(source, 'i');
  } catch (cause) {
    throw new ShapeError(at, `is no regular expression: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return source;
};

function tests(language: Language): { readonly [K in keyof Required<ValueTest>]: Decoder<Required<ValueTest>[K]> } {
  return {
    is: oneOrMore(constant, 100),
    not: oneOrMore(constant, 100),
    matches: expression,
    mayMatch: expression,
    begins: text(200),
    text: flag,
    below: between(-1e12, 1e12),
    above: between(-1e12, 1e12),
    absent: flag,
    constant: flag,
    ambiguous: flag,
    from: oneOrMore(path(language), 40),
    made: methodCall(language),
    with: methodCall(language),
    without: methodCall(language),
    unset: record({ names: oneOrMore(text(80), 20), mayMatch: expression }),
  };
}

export function valueTest(language: Language): Decoder<ValueTest> {
  return (value, at) => {
    const test: ValueTest = record({}, tests(language))(value, at);
    if (Object.keys(test).length === 0) throw new ShapeError(at, 'must test something');
    return test;
  };
}

function methodCall(language: Language): Decoder<MethodCall> {
  return (value, at) => {
    const { names, arguments: when } = record({ names: oneOrMore(text(80), 20) }, { arguments: conditionsByPlace(language) })(value, at);
    return { names, when: when ?? [] };
  };
}

/** `{argument: 1.shell, is: [true]}`, or a list of such. */
export function conditions(language: Language): Decoder<readonly CallCondition[]> {
  const one: Decoder<CallCondition> = (value, at) => {
    const { argument, ...test } = record({ argument: place }, tests(language))(value, at);
    if (Object.keys(test).length === 0) throw new ShapeError(at, 'must test something about its argument');
    return { argument, test };
  };
  return oneOrMore(one, 20);
}

/** `{0: {is: md5}, 1.shell: {is: true}}`. */
export function conditionsByPlace(language: Language): Decoder<readonly CallCondition[]> {
  return (value, at) => {
    const entries = entriesOf(value);
    if (entries === undefined || entries.size === 0) throw new ShapeError(at, 'must map places to tests');
    return [...entries].map(([key, test]) => ({ argument: place(key, `${at}.${key}`), test: valueTest(language)(test, `${at}.${key}`) }));
  };
}

function inPath<T>(at: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ApiPathError) throw new ShapeError(at, error.message);
    throw error;
  }
}

/** Decodes what it can and says what is wrong with the rest, one sentence for each entry of each list. */
export class Mistakes {
  readonly errors: string[] = [];

  take<T>(decode: Decoder<T>, value: unknown, at: string): T | undefined {
    try {
      return decode(value, at);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      this.errors.push(error.message);
      return undefined;
    }
  }

  /** Every entry of a list that may be missing; each by itself, so that all mistakes are told at once. */
  each<T>(decode: Decoder<T>, value: unknown, at: string, most: number): readonly T[] {
    if (value === undefined || value === null) return [];
    const list = this.take(listOf((item) => item, most), value, at) ?? [];
    return list.flatMap((item, index) => this.take(decode, item, `${at}[${index}]`) ?? []);
  }
}
