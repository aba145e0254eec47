import { dataKind, type DataTree } from '#model/data-tree.ts';
import { HclExpressions } from './hcl-expressions.ts';
import { DataSyntaxError, reading } from './scanner.ts';
import { DataWriter } from './writer.ts';

/** Reads a file of the HashiCorp configuration language. A statement that cannot be read is a gap; the next one counts. */
export function readHclTree(text: string): DataTree {
  const out = new DataWriter(text);
  const root = out.open(dataKind.document, 0);
  const parser = new Hcl(text, out, false);
  reading(out, () => {
    parser.statements();
    out.close(root, text.length);
  });
  return out.finish();
}

/** A pattern: statements, or an expression. */
export function readHclPattern(pattern: string): DataTree {
  const attempt = (parse: (parser: Hcl) => void): DataTree => {
    const out = new DataWriter(pattern);
    const root = out.open(dataKind.document, 0);
    const parser = new Hcl(pattern, out, true);
    reading(out, () => {
      parse(parser);
      out.close(root, pattern.length);
    });
    return out.finish();
  };
  const statements = attempt((parser) => parser.statements());
  if (statements.errors.length === 0) return statements;
  const expression = attempt((parser) => parser.onlyExpression());
  return expression.errors.length === 0 ? expression : statements;
}

/** HCL's structure: attributes and blocks (github.com/hashicorp/hcl, hclsyntax/spec.md). */
class Hcl extends HclExpressions {
  /** Statements up to the end of the text. */
  statements(): void {
    for (this.space(true); this.at < this.text.length; this.space(true)) this.recovering();
  }

  onlyExpression(): void {
    this.space(true);
    this.expression(true);
    this.space(true);
    if (this.at < this.text.length) this.fail('more than an expression');
  }

  /** In a file, a statement that cannot be read costs its line. */
  private recovering(): void {
    if (this.isPattern) return this.statement();
    const start = this.at;
    const open = this.out.size;
    try {
      this.statement();
    } catch (error) {
      if (!(error instanceof DataSyntaxError)) throw error;
      this.out.problem(error.offset, error.message);
      this.out.cutBack(open);
      this.at = start;
      this.match(/[^\n]+\n?/y);
    }
  }

  private statement(): void {
    const start = this.at;
    if (this.isPattern && this.takes('...')) {
      this.out.leaf(dataKind.ellipsis, start, this.at, '');
      this.space(true);
      this.takes(',');
      return;
    }
    const name = this.identifier() ?? this.fail('the name of an attribute or block is missing');
    this.space(false);
    if (this.looksAt('=') && !this.looksAt('==')) this.attribute(name);
    else this.block(name);
  }

  private attribute(name: number): void {
    const pair = this.out.wrap(name, dataKind.pair);
    this.needs('=');
    this.space(false);
    this.expression(false);
    this.out.close(pair, this.at);
    this.space(false);
  }

  private block(name: number): void {
    const block = this.out.wrap(name, dataKind.form, 'block');
    while (!this.looksAt('{')) {
      if (this.looksAt('"')) this.string();
      else if (this.patternPart() === undefined && this.identifier() === undefined) this.fail('"=" or "{" is missing');
      this.space(false);
    }
    const start = this.at;
    this.needs('{');
    const body = this.out.open(dataKind.body, start);
    for (this.space(true); !this.takes('}'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('"}" is missing');
      this.recovering();
    }
    this.out.close(body, this.at);
    this.out.close(block, this.at);
  }
}
