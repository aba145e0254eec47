import { type IrModule, type Language, op, templateCalls, unencodedOutput } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import { ModuleBuilder, type Span, type Value } from '../ir/module-builder.ts';
import { ExpressionReader, type Given, nothing, type Surroundings } from './jinja-expressions.ts';
import { type Part, partsOf, tokensOf } from './jinja-parts.ts';
import { PageReader } from './page-place.ts';

/** Names that a part of the template binds. */
interface Scope {
  readonly names: Map<string, Value>;
  /** The tag that ends it; empty for the template itself. */
  readonly end: string;
  /** False within `{% autoescape false %}`. */
  readonly encodes: boolean;
  readonly build: FunctionBuilder;
}

/** Tags that open a scope of their own, and those that end it. */
const scopes: ReadonlyMap<string, string> = new Map(['for', 'with', 'autoescape', 'macro', 'call'].map((name) => [name, `end${name}`]));
const deepest = 100;

/**
 * A template of Jinja or Django as a module: what it puts out so that encoding does not make it harmless is a call of `unencodedOutput` (or of one of its kin, which say where it stands), what is
 * harmless only where the surroundings encode is a call of `templateCalls.output`. Names that it does not bind are what it is rendered with. Undefined where nothing is put out.
 */
export function lowerJinja(text: string, path: string, language: Language): IrModule | undefined {
  const parts = partsOf(text);
  if (parts.every(({ kind }) => kind === 'text')) return undefined;
  return new JinjaPage(path, language, text.length).lower(parts);
}

class JinjaPage {
  private readonly module: ModuleBuilder;
  private readonly page = new PageReader();
  private readonly stack: Scope[] = [];
  private readonly macros = new Set<Value>();

  constructor(path: string, language: Language, length: number) {
    this.module = new ModuleBuilder(path, language, length);
    const build = this.module.function({ name: '', start: 0, end: length, params: 0, paramNames: [], kind: 'plain' }, undefined);
    // Whoever joins templates to programs knows them by this.
    this.module.text(unencodedOutput);
    this.stack.push({ names: new Map(), end: '', encodes: true, build });
  }

  lower(parts: readonly Part[]): IrModule {
    for (const part of parts) {
      if (part.kind === 'text') this.page.read(part.body);
      else if (part.kind === 'output') this.output(part);
      else this.tag(part);
    }
    return this.module.finish();
  }

  private get scope(): Scope {
    return this.stack.at(-1) as Scope;
  }

  private around(): Surroundings {
    const { build } = this.scope;
    return {
      module: this.module,
      build,
      variable: (name) => this.stack.findLast(({ names }) => names.has(name))?.names.get(name),
      isMacro: (value) => this.macros.has(this.module.resolve(value)) || this.isOfOtherTemplate(value),
    };
  }

  /** What another template gives under a name is a macro. */
  private isOfOtherTemplate(value: Value): boolean {
    const made = this.module.at(value);
    return made.code === op.load ? this.macros.has(this.module.resolve(made.a)) : made.code === op.phi && made.operands.some((one) => this.isOfOtherTemplate(one));
  }

  private output({ body, at, start, end }: Part): void {
    this.page.output();
    const tokens = tokensOf(body, at);
    if (tokens === undefined) return;
    this.putOut(new ExpressionReader(tokens, this.around()).expression(), { start, end });
  }

  private putOut({ raw, plain, encoded }: Given, span: Span): void {
    const place = this.page.place();
    const { encodes } = this.scope;
    const open = encodes ? raw : [...raw, ...plain];
    for (const value of open) this.call(unencodedOutput, value, span);
    const rest = [...(encodes ? plain : []), ...encoded];
    if (place === 'script') for (const value of rest) this.call(`${unencodedOutput}-in-script`, value, span);
    else if (place === 'bare') for (const value of rest) this.call(`${unencodedOutput}-in-unquoted-attribute`, value, span);
    else if (encodes) for (const value of plain) this.call(templateCalls.output, value, span);
  }

  private call(name: string, value: Value, span: Span): Value {
    const { build } = this.scope;
    return build.call(build.emit(op.global, span, this.module.text(name)), [value], span);
  }

  private tag({ body, at, start, end }: Part): void {
    const tokens = tokensOf(body, at);
    const reader = tokens === undefined ? undefined : new ExpressionReader(tokens, this.around());
    const name = reader?.name();
    if (reader === undefined || name === undefined) return;
    const span = { start, end };
    switch (name) {
      case 'for': return this.loop(reader, span);
      case 'set': return this.set(reader, span);
      case 'with': return this.open('with', () => this.bindings(reader, span));
      case 'macro': return this.macro(reader, span);
      case 'call': return this.open('call', () => void reader.expression());
      case 'autoescape': return this.open('autoescape', () => undefined, !reader.is('false', 'off', 'False'));
      case 'include':
      case 'extends': return this.include(reader, span);
      case 'import':
      case 'from': return this.import(name, reader, span);
      default: return this.other(name, tokens?.map(({ text }) => text) ?? []);
    }
  }

  private open(name: string, bind: () => void, encodes = this.scope.encodes, build = this.scope.build): void {
    if (this.stack.length > deepest) return;
    this.stack.push({ names: new Map(), end: scopes.get(name) ?? '', encodes, build });
    bind();
  }

  /** What ends a scope; of all other tags only what they bind (`{% url ... as address %}`), which is nobody's input. */
  private other(name: string, words: readonly string[]): void {
    const opened = this.stack.findLastIndex(({ end }) => end === name);
    if (opened > 0) this.stack.length = opened;
    const bound = words.at(-2) === 'as' ? words.at(-1) : undefined;
    if (bound !== undefined) this.scope.names.set(bound, this.module.literal('string', ''));
  }

  private loop(reader: ExpressionReader, span: Span): void {
    const targets: string[] = [];
    for (let one = reader.name(); one !== undefined && one !== 'in'; one = reader.name()) {
      targets.push(one);
      reader.take(',', ')', '(');
    }
    const list = reader.value(reader.expression(), span);
    const { build } = this.scope;
    const element = build.emit(op.element, span, list);
    this.open('for', () => targets.forEach((name, at) => {
      this.scope.names.set(name, targets.length === 1 ? element : build.emit(op.loadAt, span, element, this.module.literal('number', String(at))));
    }));
  }

  private set(reader: ExpressionReader, span: Span): void {
    const name = reader.name();
    if (name === undefined) return;
    const given = reader.take('=') ? reader.expression() : nothing;
    this.scope.names.set(name, reader.value(given, span));
  }

  /** `a=b c=d` and Django's older `b as a`. */
  private bindings(reader: ExpressionReader, span: Span): void {
    while (reader.next !== undefined) {
      const before = reader.next;
      const bound = new Map<string, Value>();
      const given = reader.expression();
      const value = reader.value(given, span);
      if (reader.take('as')) bound.set(reader.name() ?? '', value);
      else if (reader.take('=')) bound.set(before.text, reader.value(reader.expression(), span));
      for (const [name, one] of bound) this.scope.names.set(name, one);
      reader.take(',', 'and');
      if (reader.next === before) return;
    }
  }

  private macro(reader: ExpressionReader, span: Span): void {
    const name = reader.name() ?? '';
    reader.take('(');
    const names: string[] = [];
    for (let one = reader.name(); one !== undefined; one = reader.name()) {
      names.push(one);
      if (reader.take('=')) reader.expression();
      reader.take(',');
    }
    const outer = this.scope.build;
    const build = this.module.function({ name, start: span.start, end: span.end, params: names.length, paramNames: names, kind: 'plain' }, outer);
    const closure = outer.emit(op.closure, span, build.index);
    this.macros.add(closure);
    this.scope.names.set(name, closure);
    outer.emit(op.export, span, this.module.text(name), closure);
    this.open('macro', () => names.forEach((one, at) => this.scope.names.set(one, build.emit(op.param, span, at))), undefined, build);
  }

  /** Another template sees what this one sees, and what it binds here. */
  private include(reader: ExpressionReader, span: Span): void {
    const name = reader.value(reader.expression(), span);
    const { build } = this.scope;
    const bound = build.emit(op.object, span);
    for (const { names } of this.stack) for (const [one, value] of names) if (!this.macros.has(value)) build.emit(op.storeAt, span, bound, this.module.literal('string', one), value);
    if (reader.take('with') && !reader.is('context')) {
      this.open('with', () => this.bindings(reader, span));
      for (const [one, value] of this.scope.names) build.emit(op.storeAt, span, bound, this.module.literal('string', one), value);
      this.stack.pop();
    }
    build.call(build.emit(op.global, span, this.module.text(templateCalls.include)), [name, bound], span);
  }

  /** `{% import 'x.html' as m %}`, `{% from 'x.html' import a, b as c %}` */
  private import(kind: string, reader: ExpressionReader, span: Span): void {
    const other = this.call(templateCalls.module, reader.value(reader.expression(), span), span);
    this.macros.add(other);
    if (kind === 'import') {
      if (reader.take('as')) this.scope.names.set(reader.name() ?? '', other);
      return;
    }
    if (!reader.take('import')) return;
    for (let one = reader.name(); one !== undefined && one !== 'with'; one = reader.name()) {
      const bound = reader.take('as') ? (reader.name() ?? one) : one;
      this.scope.names.set(bound, this.scope.build.load(other, one, span));
      reader.take(',');
    }
  }
}

