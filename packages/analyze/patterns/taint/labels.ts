/** A condition on labels of taint, such as `A and not (B or C)`, that has been read. */
type Condition = (labels: ReadonlySet<string>) => boolean;

/** Longest condition, and parts within one another, that are read. */
const longest = 5_000;
const mostNested = 1_000;
const words: ReadonlySet<string> = new Set(['and', 'or', 'not', '(', ')']);

/** Whether a text is such a condition. */
export function isLabelCondition(text: string): boolean {
  return readCondition(text) !== undefined;
}

/** Whether labels of taint satisfy a condition. What cannot be read does not hold. */
export function labelsSatisfy(condition: string, labels: ReadonlySet<string>): boolean {
  return readCondition(condition)?.(labels) ?? false;
}

function readCondition(text: string): Condition | undefined {
  const tokens = text.match(/[A-Za-z_]\w*|[()]/g) ?? [];
  if (text.length > longest || tokens.join('') !== text.replaceAll(/\s/g, '')) return undefined;
  if (tokens.filter((token) => token === '(' || token === 'not').length > mostNested) return undefined;
  const reader = new Reader(tokens);
  const condition = reader.disjunction();
  return reader.done ? condition : undefined;
}

class Reader {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  get done(): boolean {
    return this.at === this.tokens.length;
  }

  disjunction(): Condition | undefined {
    let left = this.conjunction();
    while (left !== undefined && this.take('or')) {
      const [one, other] = [left, this.conjunction()];
      left = other === undefined ? undefined : (labels) => one(labels) || other(labels);
    }
    return left;
  }

  private conjunction(): Condition | undefined {
    let left = this.negation();
    while (left !== undefined && this.take('and')) {
      const [one, other] = [left, this.negation()];
      left = other === undefined ? undefined : (labels) => one(labels) && other(labels);
    }
    return left;
  }

  private negation(): Condition | undefined {
    if (this.take('not')) {
      const inner = this.negation();
      return inner === undefined ? undefined : (labels) => !inner(labels);
    }
    if (this.take('(')) {
      const inner = this.disjunction();
      return this.take(')') ? inner : undefined;
    }
    const name = this.tokens[this.at];
    if (name === undefined || words.has(name)) return undefined;
    this.at++;
    return (labels) => name === 'True' || labels.has(name);
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }
}
