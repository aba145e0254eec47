import { dataKind } from '#model/data-tree.ts';
import { decoded } from './json.ts';
import { Scanner } from './scanner.ts';

/** How tightly operators bind (hclsyntax/spec.md, Operations). */
const strength = new Map([['||', 1], ['&&', 2], ['==', 3], ['!=', 3], ['<', 4], ['>', 4], ['<=', 4], ['>=', 4], ['+', 5], ['-', 5], ['*', 6], ['/', 6], ['%', 6]]);
const mostNesting = 150;

/** HCL's expressions. `lines`: whether line breaks mean nothing here, as inside of brackets. */
export class HclExpressions extends Scanner {
  private depth = 0;

  identifier(): number | undefined {
    const start = this.at;
    const name = this.match(this.isPattern ? /\$[A-Z_][A-Z_0-9]*|[\p{L}_][\p{L}\p{N}_-]*/uy : /[\p{L}_][\p{L}\p{N}_-]*/uy);
    return name === undefined ? undefined : this.out.leaf(dataKind.name, start, this.at, name);
  }

  expression(lines: boolean): number {
    if (++this.depth > mostNesting) this.fail('an expression is nested too deep');
    const condition = this.operation(lines, 0);
    this.ahead(lines);
    if (this.takes('?')) {
      const form = this.out.wrap(condition, dataKind.form, '?:');
      this.space(true);
      this.expression(lines);
      this.space(true);
      this.needs(':');
      this.space(true);
      this.expression(lines);
      this.out.close(form, this.at);
    }
    this.depth--;
    return condition;
  }

  private operation(lines: boolean, least: number): number {
    const left = this.unary(lines);
    for (;;) {
      this.ahead(lines);
      const operator = this.operatorHere();
      const own = operator === undefined ? 0 : (strength.get(operator) ?? 0);
      if (operator === undefined || own <= least) return left;
      this.at += operator.length;
      const form = this.out.wrap(left, dataKind.form, operator);
      this.space(true);
      this.operation(lines, own);
      this.out.close(form, this.at);
    }
  }

  /** Skips to what may go on with the expression. */
  private ahead(lines: boolean): void {
    this.space(lines);
  }

  private operatorHere(): string | undefined {
    const two = this.text.slice(this.at, this.at + 2);
    if (strength.has(two)) return two;
    if (two === '=>') return undefined;
    const [one = ''] = two;
    return strength.has(one) && !(this.isPattern && this.looksAt('...')) ? one : undefined;
  }

  private unary(lines: boolean): number {
    const start = this.at;
    const sign = this.match(/[!-](?!=)/y);
    if (sign === undefined) return this.traversal(lines);
    const form = this.out.open(dataKind.form, start, sign);
    this.unary(lines);
    return this.out.close(form, this.at);
  }

  /** A term and what is asked of it: `.name`, `[index]`, `.*`, `[*]`. */
  private traversal(lines: boolean): number {
    const term = this.term(lines);
    for (;;) {
      if (this.looksAt('...')) return term;
      if (this.takes('.*') || this.takes('[*]')) this.out.close(this.out.wrap(term, dataKind.form, '*'), this.at);
      else if (this.takes('.')) {
        const form = this.out.wrap(term, dataKind.form, '.');
        const start = this.at;
        if (this.identifier() === undefined) this.out.leaf(dataKind.number, start, start + (this.match(/\d+/y) ?? this.fail('a name is missing')).length);
        this.out.close(form, this.at);
      } else if (this.takes('[')) {
        const form = this.out.wrap(term, dataKind.form, '[]');
        this.space(true);
        this.expression(true);
        this.space(true);
        this.needs(']');
        this.out.close(form, this.at);
      } else return term;
    }
  }

  private term(lines: boolean): number {
    const start = this.at;
    if (this.isPattern && this.looksAt('<...')) return this.deep();
    if (this.isPattern && this.takes('...')) return this.out.leaf(dataKind.ellipsis, start, this.at, '');
    if (this.looksAt('"')) return this.string();
    if (this.looksAt('<<')) return this.heredoc();
    if (this.looksAt('[')) return this.list();
    if (this.looksAt('{')) return this.object();
    if (this.takes('(')) {
      this.space(true);
      const inner = this.expression(true);
      this.space(true);
      this.needs(')');
      return inner;
    }
    const number = this.match(/\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
    if (number !== undefined) return this.out.leaf(dataKind.number, start, this.at, String(Number(number)));
    return this.nameOrCall(lines);
  }

  private deep(): number {
    const form = this.out.open(dataKind.form, this.at, 'deep');
    this.needs('<...');
    this.space(true);
    this.expression(true);
    this.space(true);
    this.needs('...>');
    return this.out.close(form, this.at);
  }

  private nameOrCall(lines: boolean): number {
    const start = this.at;
    const name = this.identifier() ?? this.fail('a value is missing');
    const word = this.text.slice(start, this.at);
    if (word === 'true' || word === 'false') this.out.setKind(name, dataKind.boolean);
    if (word === 'null') this.out.setKind(name, dataKind.null);
    while (this.match(/::[\p{L}_][\p{L}\p{N}_-]*/uy) !== undefined) this.out.close(this.out.wrap(name, dataKind.form, '::'), this.at);
    this.space(false);
    if (!this.takes('(')) {
      this.at = lines ? this.at : this.out.endOf(name);
      return name;
    }
    const call = this.out.wrap(name, dataKind.form, 'call');
    for (this.space(true); !this.takes(')'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('")" is missing');
      this.expression(true);
      this.space(true);
      if (!this.isPattern) this.takes('...');
      this.takes(',');
    }
    return this.out.close(call, this.at);
  }

  private list(): number {
    const start = this.at;
    this.needs('[');
    this.space(true);
    if (this.match(/for\s+(?=[\w$,\s]+\sin\s)/y) !== undefined) return this.comprehension(start, ']');
    const list = this.out.open(dataKind.list, start);
    for (; !this.takes(']'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('"]" is missing');
      this.expression(true);
      this.space(true);
      this.takes(',');
    }
    return this.out.close(list, this.at);
  }

  /** `for k, v in x : ...`; its parts in their order. */
  private comprehension(start: number, closing: ']' | '}'): number {
    const form = this.out.open(dataKind.form, start, 'for');
    for (this.space(true); !this.takes(closing); this.space(true)) {
      if (this.at >= this.text.length) this.fail(`"${closing}" is missing`);
      if (this.match(/(?:in|if)\b|[,:]|=>|\.\.\./y) === undefined) this.expression(true);
    }
    return this.out.close(form, this.at);
  }

  private object(): number {
    const start = this.at;
    this.needs('{');
    this.space(true);
    if (this.match(/for\s+(?=[\w$,\s]+\sin\s)/y) !== undefined) return this.comprehension(start, '}');
    const body = this.out.open(dataKind.body, start);
    for (; !this.takes('}'); this.space(true)) {
      if (this.at >= this.text.length) this.fail('"}" is missing');
      this.element();
      this.space(true);
      this.takes(',');
    }
    return this.out.close(body, this.at);
  }

  private element(): void {
    const start = this.at;
    if (this.isPattern && this.takes('...')) return void this.out.leaf(dataKind.ellipsis, start, this.at, '');
    const key = this.operation(true, 0);
    this.space(true);
    if (!this.takes('=') && !this.takes(':')) {
      // A block in an object is an error in a file, and a habit in patterns.
      if (this.isPattern && this.looksAt('{')) return void this.object();
      this.fail('"=" is missing');
    }
    this.out.nameKey(key);
    const pair = this.out.wrap(key, dataKind.pair);
    this.space(true);
    this.expression(false);
    this.out.close(pair, this.at);
  }

  string(): number {
    const start = this.at;
    this.needs('"');
    const pieces = this.pieces((scanner) => scanner.takes('"'));
    const plain = pieces.length === 0 || (pieces.length === 1 && pieces[0]?.code === undefined);
    if (plain) return this.out.leaf(dataKind.string, start, this.at, decoded(this.text.slice(start, this.at)));
    return this.template(start, pieces);
  }

  /** The plain and the computed pieces of a text, up to where it ends. */
  private pieces(ends: (scanner: Scanner) => boolean): { readonly start: number; readonly end: number; readonly code?: number }[] {
    const pieces: { start: number; end: number; code?: number }[] = [];
    let plain = this.at;
    for (;;) {
      const here = this.at;
      if (ends(this)) {
        if (here > plain) pieces.push({ start: plain, end: here });
        return pieces;
      }
      if (this.at >= this.text.length) this.fail('text that does not end');
      if ((this.looksAt('${') || this.looksAt('%{')) && !this.looksAt('$${')) {
        if (here > plain) pieces.push({ start: plain, end: here });
        this.skipCode();
        pieces.push({ start: here, end: this.at, code: here + 2 });
        plain = this.at;
      } else this.at += this.looksAt('$${') || this.looksAt('\\') ? (this.looksAt('\\') ? 2 : 3) : 1;
    }
  }

  /** Moves past `${...}`, whatever is nested in it. */
  private skipCode(): void {
    this.at += 2;
    for (let depth = 1; depth > 0; ) {
      if (this.at >= this.text.length) this.fail('"}" is missing');
      if (this.match(/"(?:[^"\\]|\\.)*"/sy) !== undefined) continue;
      const character = this.text[this.at++];
      if (character === '{') depth++;
      if (character === '}') depth--;
    }
  }

  private template(start: number, pieces: readonly { readonly start: number; readonly end: number; readonly code?: number }[]): number {
    const end = this.at;
    const form = this.out.open(dataKind.form, start, 'template');
    for (const { start: from, end: to, code } of pieces) {
      if (code === undefined) this.out.leaf(dataKind.string, from, to, decoded(`"${this.text.slice(from, to)}"`));
      else if (this.text[from] === '$') this.code(code);
    }
    this.at = end;
    return this.out.close(form, end);
  }

  private code(at: number): void {
    this.at = at;
    this.takes('~');
    this.space(true);
    this.expression(true);
  }

  private heredoc(): number {
    const start = this.at;
    const head = this.match(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy) ?? this.fail('a value is missing');
    const word = /[\p{L}_][\p{L}\p{N}_-]*/u.exec(head)?.[0] ?? '';
    const last = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, 'my');
    const inside = this.at;
    const pieces = this.pieces((scanner) => (scanner.at === inside || scanner.text[scanner.at - 1] === '\n') && scanner.match(last) !== undefined);
    if (pieces.every(({ code }) => code === undefined)) return this.out.leaf(dataKind.string, start, this.at, this.text.slice(inside, pieces[0]?.end ?? inside));
    return this.template(start, pieces);
  }
}
