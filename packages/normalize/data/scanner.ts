import { dataKind } from '#model/data-tree.ts';
import { DataLimit, type DataWriter } from './writer.ts';

/** Thrown where the text is none of its language; what was read before is kept. */
export class DataSyntaxError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** A metavariable at a place of a pattern. */
const metavariable = /\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*/y;

/** Walks over a text by characters; parsers for JSON and HCL share it. */
export class Scanner {
  at = 0;
  readonly text: string;
  readonly out: DataWriter;
  readonly isPattern: boolean;

  constructor(text: string, out: DataWriter, isPattern: boolean) {
    this.text = text;
    this.out = out;
    this.isPattern = isPattern;
  }

  fail(message: string): never {
    throw new DataSyntaxError(this.at, message);
  }

  looksAt(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  takes(word: string): boolean {
    if (!this.looksAt(word)) return false;
    this.at += word.length;
    return true;
  }

  needs(word: string): void {
    if (!this.takes(word)) this.fail(`"${word}" is missing`);
  }

  /** What an expression with the flag `y` matches here; moves past it. */
  match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.at += found.length;
    return found;
  }

  /** Skips spaces and comments, and line breaks where they mean nothing. */
  space(lines: boolean): void {
    for (;;) {
      const skipped = this.match(lines ? /\s+/y : /[ \t\r]+/y) ?? this.match(/#[^\n]*|\/\/[^\n]*/y) ?? (this.looksAt('/*') ? this.match(/\/\*[^]*?(?:\*\/|$)/y) : undefined);
      if (skipped === undefined) return;
    }
  }

  /** An ellipsis or a metavariable of a pattern as a node. */
  patternPart(): number | undefined {
    if (!this.isPattern) return undefined;
    const start = this.at;
    if (this.takes('...')) return this.out.leaf(dataKind.ellipsis, start, this.at, '');
    const name = this.match(metavariable);
    return name === undefined ? undefined : this.out.leaf(dataKind.name, start, this.at, name);
  }
}

/** Runs a parser and keeps what it wrote when the text ends up being none of its language. */
export function reading(out: DataWriter, parse: () => void): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof DataSyntaxError) out.problem(error.offset, error.message);
    else if (error instanceof DataLimit) out.problem(0, error.message);
    else throw error;
  }
}
