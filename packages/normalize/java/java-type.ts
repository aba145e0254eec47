/** A type as the program states it, with generics only where they help to know what a container holds. */
export interface JavaType {
  /** Qualified names that it may have: several where star imports leave it open. A primitive type has its own. */
  readonly names: readonly string[];
  readonly dimensions: number;
  readonly arguments: readonly JavaType[];
}

export const plainType = (name: string): JavaType => ({ names: [name], dimensions: 0, arguments: [] });

export const stringType = plainType('java.lang.String');
export const booleanType = plainType('boolean');
export const intType = plainType('int');
export const longType = plainType('long');
export const charType = plainType('char');
export const doubleType = plainType('double');

const primitives: ReadonlySet<string> = new Set(['boolean', 'byte', 'char', 'short', 'int', 'long', 'float', 'double', 'void']);
const numbers: ReadonlySet<string> = new Set(['byte', 'char', 'short', 'int', 'long', 'float', 'double']);
const boxed: ReadonlyMap<string, string> = new Map([
  ['java.lang.Integer', 'int'], ['java.lang.Long', 'long'], ['java.lang.Short', 'short'], ['java.lang.Byte', 'byte'], ['java.lang.Double', 'double'], ['java.lang.Float', 'float'],
  ['java.lang.Character', 'char'], ['java.lang.Boolean', 'boolean'],
]);

/** The name of a type that is one and no array. */
export function onlyName(type: JavaType | undefined): string | undefined {
  return type !== undefined && type.dimensions === 0 && type.names.length === 1 ? type.names[0] : undefined;
}

/** `int` for `int` and `Integer`; undefined for what is no primitive. */
export function primitiveOf(type: JavaType | undefined): string | undefined {
  const name = onlyName(type);
  if (name === undefined) return undefined;
  return primitives.has(name) ? name : boxed.get(name);
}

export const isString = (type: JavaType | undefined): boolean => onlyName(type) === 'java.lang.String';
export const isPrimitiveName = (name: string): boolean => primitives.has(name);

export function isNumeric(type: JavaType | undefined): boolean {
  const name = primitiveOf(type);
  return name !== undefined && numbers.has(name);
}

export const arrayOf = (type: JavaType, dimensions = 1): JavaType => ({ ...type, dimensions: type.dimensions + dimensions });
export const elementOf = (type: JavaType | undefined): JavaType | undefined =>
  type !== undefined && type.dimensions > 0 ? { ...type, dimensions: type.dimensions - 1 } : undefined;

export function sameType(a: JavaType | undefined, b: JavaType | undefined): boolean {
  return a !== undefined && b !== undefined && a.dimensions === b.dimensions && a.names.length === b.names.length && a.names.every((name, at) => name === b.names[at]);
}

/** What `a op b` computes with: `double` before `float` before `long` before `int`. */
export function promoted(a: JavaType | undefined, b: JavaType | undefined): JavaType | undefined {
  const [left, right] = [primitiveOf(a), primitiveOf(b)];
  if (left === undefined || right === undefined) return undefined;
  for (const wide of ['double', 'float', 'long']) if (left === wide || right === wide) return plainType(wide);
  return numbers.has(left) && numbers.has(right) ? intType : undefined;
}
