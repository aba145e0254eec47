import { word, wordClass } from './words.ts';

/** Kinds of token. A value can start inside a string, so the first token may be the rest of one. */
export const token = {
  word: 0, number: 1, text: 2, openText: 3, tail: 4, open: 5, close: 6, comma: 7, semicolon: 8, compare: 9, arithmetic: 10, logic: 11, comment: 12, variable: 13, other: 14,
} as const;

export interface SqlToken {
  readonly kind: number;
  /** Lower case. Of strings only the first part. */
  readonly text: string;
  /** For words: `word.*`. */
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

export interface SqlText {
  readonly tokens: readonly SqlToken[];
  /** Comments between words stood for spaces, or hid a word from other databases. */
  readonly inlineComments: number;
  readonly versioned: boolean;
  /** `1.e(x)`, `1.e.name`: MySQL reads the name, a filter the number. */
  readonly scientific: boolean;
}

/** More tokens are no better evidence. */
const mostTokens = 400;

const spaces = /[\s\u00a0]*/y;
const names = /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const numbers = /(?:0x[0-9a-f]+|0b[01]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)/y;
const operators = /::|@>|<@|\?[|&]|#>>?|->>?|<=>|<>|!=|>=|<=|!<|!>|:=|\|\||&&|==|[=<>+\-*/%^|&~!]/y;
const variables = /@@?[\w.$]*/y;

/** Reads text as SQL that begins in the open (`''`) or inside a string that `quote` closes. */
export function tokenizeSql(text: string, quote: '' | "'" | '"' | '`'): SqlText {
  return new Scanner(text).scan(quote);
}

class Scanner {
  private readonly text: string;
  private readonly tokens: SqlToken[] = [];
  private at = 0;
  private inlineComments = 0;
  private versioned = false;
  private scientific = false;

  constructor(text: string) {
    this.text = text.toLowerCase();
  }

  scan(quote: string): SqlText {
    if (quote !== '') {
      const end = this.closing(quote, 0);
      this.push(end < 0 ? token.openText : token.tail, 0, end < 0 ? this.text.length : end + 1);
    }
    while (this.at < this.text.length && this.tokens.length < mostTokens) this.step();
    return { tokens: this.tokens, inlineComments: this.inlineComments, versioned: this.versioned, scientific: this.scientific };
  }

  private step(): void {
    spaces.lastIndex = this.at;
    spaces.test(this.text);
    this.at = Math.max(this.at, spaces.lastIndex);
    if (this.at >= this.text.length) return;
    const { text, at } = this;
    const character = text.charAt(at);
    if (character === "'" || character === '"' || character === '`') return this.quoted(character);
    if ((character === '#' && text.charAt(at + 1) !== '>') || (character === '-' && text.charAt(at + 1) === '-')) return this.lineComment();
    if (character === '/' && text.charAt(at + 1) === '*') return this.blockComment();
    if (character === '*' && text.charAt(at + 1) === '/') {
      this.at += 2;
      return;
    }
    const single = singles.get(character);
    if (single !== undefined) return this.push(single, at, at + 1);
    this.longer(at);
  }

  private longer(at: number): void {
    if (this.take(numbers, at)) {
      this.scientific ||= /^\.e(?:\(|\.[a-z_]{3})/.test(this.text.slice(this.at - 1, this.at + 5));
      return this.push(token.number, at, this.at);
    }
    if (this.take(names, at)) return this.name(at);
    if (this.take(variables, at)) return this.push(token.variable, at, this.at);
    if (this.take(operators, at)) return this.push(operatorKind(this.text.slice(at, this.at)), at, this.at);
    if (this.text.charAt(at) === '[') return this.bracketed();
    this.push(token.other, at, at + 1);
  }

  private take(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  /** A word; `a.b.c` is one name, with spaces and dots as databases take them. */
  private name(start: number): void {
    while (this.text.charAt(this.at) === '.' && this.take(names, this.at + 1));
    this.push(token.word, start, this.at);
  }

  /** T-SQL's `[name]`. */
  private bracketed(): void {
    const end = this.text.indexOf(']', this.at);
    if (end < 0 || end - this.at > 64 || !/^[\w ]+$/.test(this.text.slice(this.at + 1, end))) return this.push(token.other, this.at, this.at + 1);
    this.push(token.word, this.at, end + 1);
  }

  private quoted(quote: string): void {
    const end = this.closing(quote, this.at + 1);
    // MySQL quotes names with backticks, not texts.
    const closed = quote === '`' ? token.word : token.text;
    this.push(end < 0 ? token.openText : closed, this.at, end < 0 ? this.text.length : end + 1);
  }

  /** Where the string ends that `from` lies in; a doubled or escaped quote does not end it. */
  private closing(quote: string, from: number): number {
    for (let at = this.text.indexOf(quote, from); at >= 0; at = this.text.indexOf(quote, at + 1)) {
      if (from > 0 && this.text.charAt(at + 1) === quote && quote !== '`') {
        at += 1;
        continue;
      }
      // A value that begins inside a string may count on its backslash being escaped, or swallowed by a character before it.
      if (from === 0 || this.text.charAt(at - 1) !== '\\' || this.text.charAt(at - 2) === '\\') return at;
    }
    return -1;
  }

  private lineComment(): void {
    const newline = this.text.indexOf('\n', this.at);
    const end = newline < 0 ? this.text.length : newline;
    this.push(token.comment, this.at, end);
  }

  /** A comment is white space; MySQL runs what is inside `/*!`. */
  private blockComment(): void {
    const versioned = /^\/\*!\d{0,6}/.exec(this.text.slice(this.at, this.at + 10));
    if (versioned !== null) {
      this.versioned = true;
      this.at += versioned[0].length;
      return;
    }
    const end = this.text.indexOf('*/', this.at + 2);
    if (end < 0) return this.push(token.comment, this.at, this.text.length);
    this.inlineComments += 1;
    this.at = end + 2;
  }

  private push(kind: number, start: number, end: number): void {
    const text = this.text.slice(start, Math.min(end, start + 64));
    this.tokens.push({ kind, text, word: kind === token.word ? wordClass(text) : word.name, start, end });
    this.at = end;
  }
}

const singles: ReadonlyMap<string, number> = new Map([['(', token.open], [')', token.close], ['{', token.open], ['}', token.close], [',', token.comma], [';', token.semicolon]]);

function operatorKind(operator: string): number {
  if (operator === '&&' || operator === '||') return token.logic;
  return /^(?:@>|<@|\?[|&]|#>>?|->>?|<=>|<>|!=|>=|<=|!<|!>|==|[=<>])$/.test(operator) ? token.compare : token.arithmetic;
}
