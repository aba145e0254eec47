import { fromPcre } from '#formats/pcre.ts';
import type { Bound } from './match.ts';
import type { Condition } from './rule.ts';

type Comparison = Extract<Condition, { kind: 'comparison' }>;
type Value = number | string | boolean | null | readonly Value[];

/** Thrown for an expression that is none, or that asks for what is not known; the condition does not hold then. */
class ComparisonError extends Error {}

const tokens = /\s+|\$(?:\.\.\.)?[A-Z_0-9]+|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?|r?"(?:[^"\\]|\\.)*"|r?'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|\*\*|==|!=|<=|>=|&&|\|\||[-+*/%<>()[\],&|^~]|./gsy;
const mostTokens = 2_000;
const mostNesting = 100;

/** Evaluates `metavariable-comparison`: a small part of Python over what the metavariables stand for. */
export function comparisonHolds(comparison: Comparison, bindings: ReadonlyMap<string, Bound>): boolean {
  try {
    return truth(new Evaluation(comparison, bindings).run());
  } catch (error) {
    if (error instanceof ComparisonError) return false;
    throw error;
  }
}

function truth(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

class Evaluation {
  private at = 0;
  private depth = 0;
  private readonly words: readonly string[];
  private readonly comparison: Comparison;
  private readonly bindings: ReadonlyMap<string, Bound>;

  constructor(comparison: Comparison, bindings: ReadonlyMap<string, Bound>) {
    this.comparison = comparison;
    this.bindings = bindings;
    this.words = (comparison.expression.match(tokens) ?? []).filter((word) => word.trim() !== '');
    if (this.words.length > mostTokens) throw new ComparisonError('the expression is too long');
  }

  run(): Value {
    const value = this.or();
    if (this.at < this.words.length) throw new ComparisonError(`"${this.words[this.at]}" is not understood`);
    return value;
  }

  private takes(...words: readonly string[]): string | undefined {
    const word = this.words[this.at];
    if (word === undefined || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }

  private needs(word: string): void {
    if (this.takes(word) === undefined) throw new ComparisonError(`"${word}" is missing`);
  }

  private or(): Value {
    if (++this.depth > mostNesting) throw new ComparisonError('nested too deep');
    let value = this.and();
    while (this.takes('or', '||') !== undefined) {
      const right = this.and();
      value = truth(value) ? value : right;
    }
    this.depth--;
    return value;
  }

  private and(): Value {
    let value = this.not();
    while (this.takes('and', '&&') !== undefined) {
      const right = this.not();
      value = truth(value) ? right : value;
    }
    return value;
  }

  private not(): Value {
    let flips = 0;
    while (this.takes('not') !== undefined) flips++;
    const value = this.compared();
    return flips === 0 ? value : truth(value) === (flips % 2 === 0);
  }

  private compared(): Value {
    let left = this.bits();
    let holds: boolean | undefined;
    for (;;) {
      const operator = this.takes('==', '!=', '<', '<=', '>', '>=', 'in') ?? (this.words[this.at] === 'not' && this.words[this.at + 1] === 'in' ? this.notIn() : undefined);
      if (operator === undefined) return holds ?? left;
      const right = this.bits();
      holds = (holds ?? true) && compare(operator, left, right);
      left = right;
    }
  }

  private notIn(): string {
    this.at += 2;
    return 'not in';
  }

  private bits(): Value {
    let value = this.sum();
    for (let operator = this.takes('&', '|', '^'); operator !== undefined; operator = this.takes('&', '|', '^')) value = calculate(operator, value, this.sum());
    return value;
  }

  private sum(): Value {
    let value = this.product();
    for (let operator = this.takes('+', '-'); operator !== undefined; operator = this.takes('+', '-')) value = calculate(operator, value, this.product());
    return value;
  }

  private product(): Value {
    let value = this.power();
    for (let operator = this.takes('*', '/', '%'); operator !== undefined; operator = this.takes('*', '/', '%')) value = calculate(operator, value, this.power());
    return value;
  }

  private power(): Value {
    const sign = this.takes('-', '~');
    if (sign !== undefined) {
      const value = numeric(this.power());
      return sign === '-' ? -value : ~value;
    }
    const base = this.atom();
    return this.takes('**') === undefined ? base : numeric(base) ** numeric(this.power());
  }

  private atom(): Value {
    if (++this.depth > mostNesting) throw new ComparisonError('nested too deep');
    const word = this.words[this.at++] ?? '';
    const value = this.valueOf(word);
    this.depth--;
    return value;
  }

  private valueOf(word: string): Value {
    if (word === '(') {
      const value = this.or();
      this.needs(')');
      return value;
    }
    if (word === '[') return this.list(']');
    if (word.startsWith('$')) return this.metavariable(word);
    if (/^\d/.test(word)) return Number(word.replaceAll('_', ''));
    const quoted = /^(r?)(["'])(.*)\2$/s.exec(word);
    if (quoted !== null) return quoted[1] === 'r' ? (quoted[3] as string) : unescaped(quoted[3] as string);
    if (word === 'True' || word === 'true') return true;
    if (word === 'False' || word === 'false') return false;
    if (word === 'None') return null;
    if (this.takes('(') !== undefined) return this.call(word, this.list(')'));
    throw new ComparisonError(`"${word}" is not known`);
  }

  private list(closing: string): readonly Value[] {
    const values: Value[] = [];
    while (this.takes(closing) === undefined) {
      values.push(this.or());
      if (this.takes(',') === undefined) {
        this.needs(closing);
        break;
      }
    }
    return values;
  }

  private metavariable(name: string): Value {
    const text = this.bindings.get(name)?.text;
    if (text === undefined) throw new ComparisonError(`${name} stands for nothing`);
    const { base, strip } = this.comparison;
    const plain = strip === true ? withoutQuotes(text) : text;
    if (base !== undefined) return whole(plain, base);
    if (/^[-+]?(?:\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?|0[xXoObB][0-9a-fA-F_]+)[lLnuU]*$/.test(plain)) return numberOf(plain);
    if (plain === 'true' || plain === 'True') return true;
    if (plain === 'false' || plain === 'False') return false;
    return withoutQuotes(plain);
  }

  private call(name: string, [first = null, second = null]: readonly Value[]): Value {
    switch (name) {
      case 'int':
        return typeof first === 'number' ? Math.trunc(first) : whole(textOf(first), typeof second === 'number' ? second : 10);
      case 'float':
        return numeric(Number(textOf(first)));
      case 'str':
        return textOf(first);
      case 'len':
        return Array.isArray(first) ? first.length : textOf(first).length;
      case 'abs':
        return Math.abs(numeric(first));
      case 'lower':
        return textOf(first).toLowerCase();
      case 're.match': {
        const { source, flags } = fromPcre(textOf(first), false);
        return new RegExp(`(?<![^])(?:${source})`, flags).test(textOf(second));
      }
      default:
        throw new ComparisonError(`the function ${name} is not known`);
    }
  }
}

function compare(operator: string, left: Value, right: Value): boolean {
  if (operator === 'in' || operator === 'not in') {
    const holds = Array.isArray(right) ? right.some((one: Value) => equal(one, left)) : textOf(right).includes(textOf(left));
    return holds === (operator === 'in');
  }
  if (operator === '==' || operator === '!=') return equal(left, right) === (operator === '==');
  const [a, b] = typeof left === 'string' && typeof right === 'string' ? [left, right] : [numeric(left), numeric(right)];
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;
}

function equal(left: Value, right: Value): boolean {
  return Array.isArray(left) && Array.isArray(right) ? left.length === right.length && left.every((one: Value, at) => equal(one, right[at] as Value)) : left === right;
}

function calculate(operator: string, left: Value, right: Value): Value {
  if (operator === '+' && typeof left === 'string') return left + textOf(right);
  const [a, b] = [numeric(left), numeric(right)];
  switch (operator) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '%': return a - b * Math.floor(a / b);
    case '&': return a & b;
    case '|': return a | b;
    default: return a ^ b;
  }
}

function numeric(value: Value): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  if (typeof value === 'boolean') return Number(value);
  throw new ComparisonError('a number is needed');
}

function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  throw new ComparisonError('a text is needed');
}

function numberOf(plain: string): number {
  const digits = plain.replaceAll('_', '').replace(/(?<![xX][0-9a-fA-F]*)[lLnuU]+$/, '');
  return digits.startsWith('-') ? -Number(digits.slice(1)) : Number(digits.replace(/^\+/, ''));
}

function whole(digits: string, base: number): number {
  const value = base === 10 && /^0[xXoObB]/.test(digits) ? numberOf(digits) : Number.parseInt(digits.replace(/^0[xXoObB]/, '').replaceAll('_', ''), base);
  if (Number.isNaN(value)) throw new ComparisonError(`"${digits}" is no number`);
  return value;
}

function withoutQuotes(plain: string): string {
  return /^(["'`]).*\1$/s.test(plain) && plain.length > 1 ? plain.slice(1, -1) : plain;
}

function unescaped(inside: string): string {
  return inside.replace(/\\(.)/gs, (all, character: string) => ('"\'\\'.includes(character) ? character : character === 'n' ? '\n' : character === 't' ? '\t' : all));
}
