import { type JavaConstant, numberOf, type Plain, within } from './constants.ts';
import { primitiveOf, promoted } from './java-type.ts';

/** What an operator gives for two constants: in the range of their type, with Java's own division and shifts. */
export function foldNumbers(operator: string, left: JavaConstant, right: JavaConstant): Plain | undefined {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return undefined;
  const shift = ['<<', '>>', '>>>'].includes(operator);
  const type = primitiveOf(shift ? (primitiveOf(left.type) === 'long' ? left.type : { names: ['int'], dimensions: 0, arguments: [] }) : promoted(left.type, right.type)) ?? 'int';
  if (type === 'double' || type === 'float') return kept(floating(operator, Number(a), Number(b)), type);
  const result = whole(operator, BigInt(a), BigInt(b), type === 'long' ? 64 : 32);
  return kept(result, type);
}

function kept(result: number | bigint | boolean | undefined, type: string): Plain | undefined {
  return result === undefined || typeof result === 'boolean' ? result : within(result, type);
}

function whole(operator: string, a: bigint, b: bigint, bits: number): bigint | boolean | undefined {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return b === 0n ? undefined : a / b;
    case '%': return b === 0n ? undefined : a % b;
    case '&': return a & b;
    case '|': return a | b;
    case '^': return a ^ b;
    case '<<': return a << (b & BigInt(bits - 1));
    case '>>': return a >> (b & BigInt(bits - 1));
    case '>>>': return BigInt.asUintN(bits, a) >> (b & BigInt(bits - 1));
    default: return compared(operator, a, b);
  }
}

function floating(operator: string, a: number, b: number): number | boolean | undefined {
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a % b;
    default: return compared(operator, a, b);
  }
}

function compared<T extends number | bigint>(operator: string, a: T, b: T): boolean | undefined {
  switch (operator) {
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '>=': return a >= b;
    case '==': return a === b;
    case '!=': return a !== b;
    default: return undefined;
  }
}

/** Texts, truth values and null: only whether they are the same. */
export function foldOthers(operator: string, left: JavaConstant, right: JavaConstant): Plain | undefined {
  const [a, b] = [left.plain, right.plain];
  if (typeof a === 'boolean' && typeof b === 'boolean') {
    if (operator === '&') return a && b;
    if (operator === '|') return a || b;
    if (operator === '^') return a !== b;
  }
  const comparable = typeof a === typeof b && typeof a !== 'number';
  if (operator === '==') return comparable || a === null || b === null ? a === b : undefined;
  if (operator === '!=') return comparable || a === null || b === null ? a !== b : undefined;
  return undefined;
}

export function foldUnary(operator: string, operand: JavaConstant): Plain | undefined {
  if (operator === '!') return typeof operand.plain === 'boolean' ? !operand.plain : undefined;
  const value = numberOf(operand);
  if (value === undefined) return undefined;
  const type = promoted(operand.type, operand.type);
  const name = primitiveOf(type) ?? 'int';
  if (operator === '+') return within(value, name);
  if (operator === '-') return within(-value, name);
  return operator === '~' && name !== 'double' && name !== 'float' ? within(~BigInt(value), name) : undefined;
}
