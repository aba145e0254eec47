import type { Constant, Language } from '#model/ir.ts';

type Folded = Pick<Constant, 'kind' | 'text'>;

const boolean = (value: boolean): Folded => ({ kind: 'boolean', text: String(value) });

/** What a test of constants gives; undefined where the answer depends on more than these. */
export function foldTest(operator: string, a: Constant, b: Constant | undefined): Folded | undefined {
  if (b === undefined) return operator === '!' ? negated(a) : undefined;
  if (['===', '=='].includes(operator)) return equal(a, b);
  if (['!==', '!='].includes(operator)) {
    const same = equal(a, b);
    return same === undefined ? undefined : boolean(same.text !== 'true');
  }
  if (a.kind !== 'number' || b.kind !== 'number') return undefined;
  const [left, right] = [Number(a.text), Number(b.text)];
  if (operator === '<') return boolean(left < right);
  if (operator === '<=') return boolean(left <= right);
  if (operator === '>') return boolean(left > right);
  return operator === '>=' ? boolean(left >= right) : undefined;
}

function negated({ kind, text }: Constant): Folded | undefined {
  if (kind === 'boolean') return boolean(text !== 'true');
  if (kind === 'number') return boolean(Number(text) === 0);
  if (kind === 'string') return boolean(text === '');
  return kind === 'regexp' ? undefined : boolean(true);
}

/** Of the same kind only: what differs in kind follows rules of the language. */
function equal(a: Constant, b: Constant): Folded | undefined {
  return a.kind === b.kind && a.kind !== 'regexp' ? boolean(a.text === b.text) : undefined;
}

/** Numbers (and the sum of texts). In Java whole numbers stay whole. */
export function foldArithmetic(operator: string, a: Constant, b: Constant | undefined, language: Language): Folded | undefined {
  if (b === undefined) return a.kind === 'number' ? number(unary(operator, Number(a.text))) : undefined;
  if (operator === '+' && a.kind === 'string' && (b.kind === 'string' || b.kind === 'number')) return { kind: 'string', text: a.text + b.text };
  if (operator === '+' && a.kind === 'number' && b.kind === 'string') return { kind: 'string', text: a.text + b.text };
  if (a.kind !== 'number' || b.kind !== 'number') return undefined;
  const [left, right] = [Number(a.text), Number(b.text)];
  const whole = language === 'java' && Number.isInteger(left) && Number.isInteger(right);
  if (operator === '/' && whole) return right === 0 ? undefined : number(Math.trunc(left / right));
  return number(binary(operator, left, right));
}

function number(value: number | undefined): Folded | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : { kind: 'number', text: String(value) };
}

function unary(operator: string, value: number): number | undefined {
  if (operator === '-') return -value;
  if (operator === '+') return value;
  return operator === '~' ? ~value : undefined;
}

function binary(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    case '%': return left % right;
    case '|': return left | right;
    case '&': return left & right;
    case '^': return left ^ right;
    case '<<': return left << right;
    case '>>': return left >> right;
    default: return undefined;
  }
}
