import { op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value } from '../ir/module-builder.ts';
import { filterEffect } from './jinja-filters.ts';
import type { Token } from './jinja-parts.ts';

/** What an expression gives, by how it is put out. */
export interface Given {
  /** As markup that is meant. */
  readonly raw: readonly Value[];
  /** Encoded, where the surroundings encode. */
  readonly plain: readonly Value[];
  /** Encoded in any case. */
  readonly encoded: readonly Value[];
}

export const nothing: Given = { raw: [], plain: [], encoded: [] };

/** What expressions are read with. */
export interface Surroundings {
  readonly module: ModuleBuilder;
  readonly build: FunctionBuilder;
  /** A name of the template's own; undefined: of what it is rendered with. */
  variable(name: string): Value | undefined;
  /** What a call of it gives is put out there already. */
  isMacro(value: Value): boolean;
}

const deepest = 40;
/** Functions that every template has, and that give nothing of what they get. */
const own: ReadonlySet<string> = new Set(['url_for', 'static', 'range', 'lipsum', 'cycler', 'joiner', 'namespace', 'super', 'caller', 'get_flashed_messages', 'csrf_token', 'csrf_input', 'loop', 'varargs', 'kwargs']);

/** Reads one expression of Jinja (or Django, whose filters take an argument behind a colon) and makes its values. */
export class ExpressionReader {
  private readonly tokens: readonly Token[];
  private readonly around: Surroundings;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], around: Surroundings) {
    this.tokens = tokens;
    this.around = around;
  }

  get next(): Token | undefined {
    return this.tokens[this.at];
  }

  is(...texts: readonly string[]): boolean {
    const { next } = this;
    return next !== undefined && next.kind !== 'string' && texts.includes(next.text);
  }

  take(...texts: readonly string[]): boolean {
    if (!this.is(...texts)) return false;
    this.at++;
    return true;
  }

  name(): string | undefined {
    const { next } = this;
    if (next?.kind !== 'name') return undefined;
    this.at++;
    return next.text;
  }

  expression(): Given {
    if (++this.depth > deepest) this.at = this.tokens.length;
    let given = this.or();
    if (this.take('if')) {
      this.or();
      if (this.take('else')) given = both(given, this.expression());
    }
    this.depth--;
    return given;
  }

  /** The one value of an expression, however it is put out. */
  value(given: Given, span: Span): Value {
    const all = [...given.raw, ...given.plain, ...given.encoded];
    return all.length === 0 ? this.around.module.literal('string', '') : this.around.build.phi(all, span);
  }

  private or(): Given {
    let given = this.and();
    while (this.take('or')) given = both(given, this.and());
    return given;
  }

  private and(): Given {
    let given = this.not();
    while (this.take('and')) given = both(given, this.not());
    return given;
  }

  private not(): Given {
    if (this.take('not')) {
      this.not();
      return nothing;
    }
    let given = this.sum();
    while (this.is('==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not')) {
      const tests = this.take('is');
      if (!tests) this.at++;
      this.take('not', 'in');
      this.sum();
      given = nothing;
    }
    return given;
  }

  private sum(): Given {
    let given = this.unary();
    while (this.is('+', '-', '*', '/', '//', '%', '**', '~')) {
      const joins = this.is('+', '~', '%');
      this.at++;
      const other = this.unary();
      given = joins ? this.joined(given, other) : nothing;
    }
    return given;
  }

  /** Text put together; encoding one part does not encode the other. */
  private joined(one: Given, other: Given): Given {
    const { build } = this.around;
    const span = this.span(this.at - 1);
    const join = (values: readonly Value[]): Value[] => values.map((value) => build.concat([this.around.module.literal('string', ' '), value], span));
    const all = both(one, other);
    return { raw: join(all.raw), plain: join(all.plain), encoded: join(all.encoded) };
  }

  private unary(): Given {
    if (this.take('-', '+')) {
      this.unary();
      return nothing;
    }
    let given = this.primary();
    for (let from = this.at; this.at < this.tokens.length; from = this.at) {
      given = this.postfix(given);
      if (this.at === from) break;
    }
    return given;
  }

  private primary(): Given {
    const { next, around } = this;
    this.at++;
    if (next === undefined) return nothing;
    if (next.kind === 'string') return plain(around.module.literal('string', next.text));
    if (next.kind === 'number') return plain(around.module.literal('number', next.text));
    if (next.kind === 'name') return this.named(next);
    if (next.text === '(') {
      const given = this.list(')');
      return given.reduce(both, nothing);
    }
    if (next.text === '[') return plain(this.collection(this.list(']'), next));
    if (next.text === '{') this.skip('}');
    return nothing;
  }

  private named({ text, start, end }: Token): Given {
    const { build, module } = this.around;
    if (/^(?:true|false|none|True|False|None)$/.test(text)) return nothing;
    const variable = this.around.variable(text);
    if (variable !== undefined) return plain(variable);
    return own.has(text) ? nothing : plain(build.emit(op.global, { start, end }, module.text(text)));
  }

  private collection(items: readonly Given[], { start, end }: Token): Value {
    const { build, module } = this.around;
    const list = build.emit(op.array, { start, end });
    items.forEach((item, at) => build.emit(op.storeAt, { start, end }, list, module.literal('number', String(at)), this.value(item, { start, end })));
    return list;
  }

  private postfix(given: Given): Given {
    if (this.take('|')) return this.filter(given);
    if (this.take('.')) return this.member(given, this.tokens[this.at++]);
    if (this.take('[')) return this.subscript(given);
    return this.is('(') ? this.called(given) : given;
  }

  private filter(given: Given): Given {
    const name = this.name() ?? '';
    while (this.take('.')) this.name();
    const args = this.take('(') ? this.list(')') : this.take(':') ? [this.primary()] : [];
    const all = both(given, args[0] !== undefined && /^d(?:efault|efault_if_none)?$|^add$/.test(name) ? args[0] : nothing);
    switch (filterEffect(name)) {
      case 'carries': return all;
      case 'means-markup': return { raw: [...given.raw, ...given.plain], plain: [], encoded: given.encoded };
      case 'encodes': return { raw: [], plain: [], encoded: [...given.raw, ...given.plain, ...given.encoded] };
      default: return nothing;
    }
  }

  /** A dot reads a member or what lies under a key. */
  private member(given: Given, token: Token | undefined): Given {
    if (token === undefined || given === nothing) return nothing;
    const { build, module } = this.around;
    const span = { start: token.start, end: token.end };
    const base = this.value(given, span);
    const key = module.literal(token.kind === 'number' ? 'number' : 'string', token.text);
    if (this.is('(')) {
      const args = this.arguments();
      return plain(build.invoke(base, token.text, args, span));
    }
    if (/^(?:items|values|keys)$/.test(token.text)) return plain(build.invoke(base, token.text, [], span));
    const found = [build.emit(op.loadAt, span, base, key), ...(token.kind === 'name' ? [build.load(base, token.text, span)] : [])];
    return plain(build.phi(found, span));
  }

  private subscript(given: Given): Given {
    const span = this.span(this.at - 2);
    const items = this.list(']');
    if (given === nothing) return nothing;
    const [key] = items;
    return plain(this.around.build.emit(op.loadAt, span, this.value(given, span), key === undefined ? this.around.module.literal('number', '0') : this.value(key, span)));
  }

  private called(given: Given): Given {
    const span = this.span(this.at - 1);
    const args = this.arguments();
    if (given === nothing) return nothing;
    const callee = this.value(given, span);
    const made = this.around.build.call(callee, args, span);
    return this.around.isMacro(callee) ? nothing : plain(made);
  }

  private arguments(): Value[] {
    const span = this.span(this.at);
    this.take('(');
    return this.list(')').map((one) => this.value(one, span));
  }

  /** Names of arguments are read and not told apart. */
  private list(end: string): Given[] {
    const items: Given[] = [];
    while (this.at < this.tokens.length && !this.take(end)) {
      const from = this.at;
      if (this.next?.kind === 'name' && this.tokens[this.at + 1]?.text === '=') this.at += 2;
      items.push(this.expression());
      this.take(',', ':');
      if (this.at === from) this.at++;
    }
    return items;
  }

  private skip(end: string): void {
    while (this.at < this.tokens.length && !this.take(end)) this.at++;
  }

  private span(at: number): Span {
    const token = this.tokens[Math.max(0, Math.min(at, this.tokens.length - 1))];
    return { start: token?.start ?? 0, end: token?.end ?? 0 };
  }
}

function plain(value: Value): Given {
  return { raw: [], plain: [value], encoded: [] };
}

export function both(one: Given, other: Given): Given {
  if (one === nothing) return other;
  if (other === nothing) return one;
  return { raw: [...one.raw, ...other.raw], plain: [...one.plain, ...other.plain], encoded: [...one.encoded, ...other.encoded] };
}
