import { SigmaError } from './sigma-error.ts';

/** What a condition says about selections; specification, "Condition". */
export type Condition =
  | { readonly kind: 'selection'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  /** At least `count` of the selections. */
  | { readonly kind: 'some'; readonly count: number; readonly of: readonly string[] };

const maximumTokens = 1_000;
const maximumDepth = 64;

/** Parses one condition over the selections that the rule defines. Throws `SigmaError`. */
export function parseCondition(text: string, selections: readonly string[]): Condition {
  if (text.includes('|')) {
    throw new SigmaError('condition-unsupported', 'aggregations (`| count() ...`) belong to Sigma 1; write a correlation rule instead');
  }
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length > maximumTokens) throw new SigmaError('condition-syntax', `the condition has more than ${maximumTokens} words`);
  const parser = new Parser(tokens, selections);
  return parser.parse();
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly string[];
  private readonly selections: readonly string[];

  constructor(tokens: readonly string[], selections: readonly string[]) {
    this.tokens = tokens;
    this.selections = selections;
  }

  parse(): Condition {
    const condition = this.chain('or');
    if (this.at < this.tokens.length) this.fail(`unexpected "${this.tokens[this.at]}"`);
    return condition;
  }

  /** `or` binds least, then `and`, then `not`. */
  private chain(word: 'or' | 'and'): Condition {
    const next = (): Condition => (word === 'or' ? this.chain('and') : this.unary());
    const of = [next()];
    while (this.takeWord(word)) of.push(next());
    const only = of[0];
    return of.length === 1 && only !== undefined ? only : { kind: word, of };
  }

  private unary(): Condition {
    if (++this.depth > maximumDepth) this.fail(`nested deeper than ${maximumDepth}`);
    try {
      if (this.takeWord('not')) return { kind: 'not', of: this.unary() };
      if (!this.take('(')) return this.operand();
      const inner = this.chain('or');
      if (!this.take(')')) this.fail('a bracket is not closed');
      return inner;
    } finally {
      this.depth--;
    }
  }

  private operand(): Condition {
    const token = this.tokens[this.at];
    if (token === undefined) this.fail('it ends too early');
    if (token === ')' || ['and', 'or', 'of'].includes(token.toLowerCase())) this.fail(`unexpected "${token}"`);
    this.at++;
    if (this.takeWord('of')) return this.quantified(token.toLowerCase());
    if (!this.selections.includes(token)) this.failUnknown(`"${token}"`);
    return { kind: 'selection', name: token };
  }

  private quantified(quantity: string): Condition {
    const pattern = this.tokens[this.at++];
    if (pattern === undefined) this.fail('it ends after "of"');
    const of = this.named(pattern);
    if (of.length === 0) this.failUnknown(`"${pattern}"`);
    if (quantity === 'all') return { kind: 'some', count: of.length, of };
    const count = quantity === 'any' ? 1 : /^[1-9]\d{0,3}$/.test(quantity) ? Number(quantity) : undefined;
    if (count === undefined) this.fail(`"${quantity} of" must be a number or "all"`);
    return { kind: 'some', count, of };
  }

  /** `them` leaves out names with a leading underscore; a pattern may hold `*` anywhere. */
  private named(pattern: string): string[] {
    if (pattern.toLowerCase() === 'them') return this.selections.filter((name) => !name.startsWith('_'));
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const expression = new RegExp(`^${parts.join('.*')}$`, 's');
    return this.selections.filter((name) => expression.test(name));
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private takeWord(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at++;
    return true;
  }

  private fail(what: string): never {
    throw new SigmaError('condition-syntax', `the condition is malformed: ${what}`);
  }

  private failUnknown(name: string): never {
    throw new SigmaError('unknown-selection', `the condition names ${name}, which the rule does not define`);
  }
}
