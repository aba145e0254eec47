import type { Constant } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { booleanType, charType, doubleType, intType, type JavaType, longType, plainType, primitiveOf, stringType } from './java-type.ts';
import type { Typed } from './lowering.ts';

/** Makes literals; the module's builder is one. */
export interface Literals {
  literal(kind: Constant['kind'], text: string): Value;
  constantOf(value: Value): Constant | undefined;
}

export type Plain = string | number | bigint | boolean | null;

/** A constant with its type in Java; a `char` is kept as a text of one unit. */
export interface JavaConstant {
  readonly plain: Plain;
  readonly type: JavaType | undefined;
}

export function constantOf(literals: Literals, { value, type }: Typed): JavaConstant | undefined {
  const constant = literals.constantOf(value);
  if (constant === undefined) return undefined;
  const { kind, text } = constant;
  if (kind === 'string') return { plain: text, type: type ?? stringType };
  if (kind === 'boolean') return { plain: text === 'true', type: booleanType };
  if (kind === 'null') return { plain: null, type };
  if (kind !== 'number') return undefined;
  return primitiveOf(type) === 'long' && /^-?\d+$/.test(text) ? { plain: BigInt(text), type } : { plain: Number(text), type };
}

/** Whole numbers in Java's own range; `undefined` for what is none. */
export function literalOf(literals: Literals, plain: Plain, type: JavaType | undefined): Typed | undefined {
  if (plain === null) return { value: literals.literal('null', 'null'), type };
  if (typeof plain === 'boolean') return { value: literals.literal('boolean', String(plain)), type: booleanType };
  if (typeof plain === 'string') return { value: literals.literal('string', plain), type: type ?? stringType };
  if (typeof plain === 'number' && !Number.isFinite(plain)) return undefined;
  return { value: literals.literal('number', String(plain)), type: type ?? (typeof plain === 'bigint' ? longType : intType) };
}

/** The number behind a number or `char`. */
export function numberOf({ plain, type }: JavaConstant): number | bigint | undefined {
  if (typeof plain === 'number' || typeof plain === 'bigint') return plain;
  return typeof plain === 'string' && primitiveOf(type) === 'char' ? plain.charCodeAt(0) : undefined;
}

/** A number kept within its type: overflow wraps, casts cut. */
export function within(value: number | bigint, type: string): Plain {
  if (type === 'double') return Number(value);
  if (type === 'float') return Math.fround(Number(value));
  const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(saturated(value, type)));
  if (type === 'long') return BigInt.asIntN(64, whole);
  if (type === 'char') return String.fromCharCode(Number(BigInt.asUintN(16, whole)));
  const bits = type === 'byte' ? 8 : type === 'short' ? 16 : 32;
  return Number(BigInt.asIntN(bits, whole));
}

/** JLS 5.1.3: a floating value becomes the nearest whole one. */
function saturated(value: number, type: string): number {
  if (Number.isNaN(value)) return 0;
  const most = type === 'long' ? 2 ** 63 : 2 ** 31;
  return Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? value : Math.max(-most, Math.min(type === 'long' ? most : most - 1, value));
}

/** A number literal as JLS 3.10 writes it. */
export function parseNumber(source: string): JavaConstant | undefined {
  const text = source.replaceAll('_', '').toLowerCase();
  if (/^0x[\da-f.]*p/.test(text)) return undefined;
  const hex = /^0[xb]/.test(text);
  if (!hex && /[.efd]/.test(text)) {
    const value = Number(text.replace(/[fd]$/, ''));
    return Number.isFinite(value) ? { plain: value, type: text.endsWith('f') ? plainType('float') : doubleType } : undefined;
  }
  const long = text.endsWith('l');
  const digits = long ? text.slice(0, -1) : text;
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(?:0x[\da-f]+|0b[01]+|0o[0-7]+|\d+)$/.test(octal)) return undefined;
  const value = BigInt(octal);
  return long ? { plain: BigInt.asIntN(64, value), type: longType } : { plain: Number(BigInt.asIntN(32, value)), type: intType };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'], ['t', '\t'], ['r', '\r'], ['b', '\b'], ['f', '\f'], ['s', ' '], ['0', '\0'], ['"', '"'], ["'", "'"], ['\\', '\\'], ['\n', ''],
]);

/** What the text between quotes stands for. */
export function unescaped(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replaceAll(/\\(?:u+([\da-fA-F]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/g, (whole: string, unit?: string, octal?: string, one?: string) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return escapes.get(one ?? '') ?? whole;
  });
}

/** A text block without the indentation that its lines share (JLS 3.10.6). */
export function textBlock(source: string): string {
  const lines = source.replace(/^[ \t\f]*\r?\n/, '').split(/\r?\n/);
  const counted = lines.filter((line, at) => line.trim() !== '' || at === lines.length - 1);
  const indent = Math.min(...counted.map((line) => line.length - line.trimStart().length));
  return unescaped(lines.map((line) => line.slice(indent).trimEnd()).join('\n'));
}

export const ofChar = (unit: string): JavaConstant => ({ plain: unit, type: charType });
