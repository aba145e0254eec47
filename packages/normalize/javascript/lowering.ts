import { op } from '#model/ir.ts';
import type { Block, Branches, FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value, Variable } from '../ir/module-builder.ts';
import type { DocTypes } from './doc-types.ts';
import type { BodyStatement, Expression, NodeOf } from './estree.ts';
import type { Binding, Scope } from './scope.ts';
import type { Scopes } from './scope-scan.ts';

/** How each kind of node is lowered. */
export interface Rules {
  readonly expressions: { readonly [K in Expression['type']]: (js: Lowering, node: NodeOf<Expression, K>, name: string) => Value };
  readonly statements: { readonly [K in BodyStatement['type']]: (js: Lowering, node: NodeOf<BodyStatement, K>) => void };
  readonly condition: (js: Lowering, node: Expression) => Branches | undefined;
  readonly returned: (js: Lowering, node: Expression, span: Span) => void;
}

/** Where `super` looks. */
export interface Home {
  readonly parent: Value | undefined;
  readonly isStatic: boolean;
  /** Runs in the constructor, once `this` is there: fields and parameters that are properties. */
  readonly fields: readonly (() => void)[];
}

/** What `break` and `continue` leave. */
export interface Target {
  readonly labels: readonly string[];
  readonly exit: Block;
  /** Undefined for what is no loop. */
  readonly next: Block | undefined;
  /** A block that is left by its label only. */
  readonly plain: boolean;
}

/** A function on its way. */
export interface Frame {
  readonly build: FunctionBuilder;
  readonly home: Home | undefined;
  readonly targets: Target[];
  /** Where exceptions go. */
  readonly handlers: Block[];
  /** `finally` clauses round this place: what leaves the function passes them. */
  readonly finals: Block[];
  /** Bodies that are read after this one. */
  readonly later: (() => void)[];
  /** Parameters, as far as each is one name. */
  params: readonly (Binding | undefined)[];
  /** It was said what is known at some way out. */
  told: boolean;
}

const deepest = 1000;
/** Instructions of one file; functions that come after them are left out. */
export const mostInstructions = 6_000_000;

/** One file on its way to the normal form. */
export class Lowering {
  readonly module: ModuleBuilder;
  readonly scopes: Scopes;
  readonly rules: Rules;
  readonly docs: DocTypes;
  /** ES modules have no `this`, and no names of a wrapper. */
  readonly isModule: boolean;
  frame: Frame;
  scope: Scope;
  /** Labels of the statement that comes next. */
  labels: readonly string[] = [];
  /** The file brings AMD's `define` itself. */
  bringsDefine = false;
  /** The function in which each scope's variables live. */
  readonly builders = new Map<Scope, FunctionBuilder>();
  private depth = 0;
  private tooDeep = false;

  constructor(parts: { module: ModuleBuilder; scopes: Scopes; rules: Rules; isModule: boolean; docs: DocTypes; build: FunctionBuilder }) {
    this.module = parts.module;
    this.scopes = parts.scopes;
    this.rules = parts.rules;
    this.docs = parts.docs;
    this.isModule = parts.isModule;
    this.scope = parts.scopes.module;
    this.frame = newFrame(parts.build, undefined);
    this.builders.set(this.scope, parts.build);
  }

  get build(): FunctionBuilder {
    return this.frame.build;
  }

  // Going down

  /** `name`: of the variable or member that takes the value. */
  expression(node: Expression, name = ''): Value {
    if (!this.descend(node)) return this.unknown(node);
    const rule = this.rules.expressions[node.type] as ((js: Lowering, node: Expression, name: string) => Value) | undefined;
    const value = rule === undefined ? this.unread(node) : rule(this, node, name);
    this.depth--;
    return value;
  }

  statement(node: BodyStatement): void {
    if (!this.build.reachable || !this.descend(node)) return;
    const rule = this.rules.statements[node.type] as ((js: Lowering, node: BodyStatement) => void) | undefined;
    if (rule === undefined) this.unread(node);
    else rule(this, node);
    this.labels = [];
    this.depth--;
    this.mayThrow();
  }

  /** Ends the current block by a condition; both blocks that follow are sealed. */
  condition(node: Expression): Branches {
    if (!this.descend(node)) return this.build.branch(this.unknown(node), [], node);
    const branches = this.rules.condition(this, node);
    this.depth--;
    return branches ?? this.branchOn(node, () => this.expression(node));
  }

  branchOn(span: Span, lower: () => Value): Branches {
    const { value, mentioned } = this.build.mentions(lower);
    return this.build.branch(value, mentioned, span);
  }

  /** False where the nesting is too deep to go on; else `depth` must be taken back. */
  private descend(span: Span): boolean {
    if (this.depth < deepest) {
      this.depth++;
      return true;
    }
    if (!this.tooDeep) this.module.gap({ reason: 'too-deep', start: span.start, end: span.end });
    this.tooDeep = true;
    return false;
  }

  /** Something that nests within itself and is neither expression nor statement. */
  deeper(span: Span, lower: () => void): void {
    if (!this.descend(span)) return;
    lower();
    this.depth--;
  }

  private unread(node: Span): Value {
    this.module.gap({ reason: 'unsupported', start: node.start, end: node.end });
    return this.unknown(node);
  }

  /** Lowers something in another frame and scope, and comes back. */
  inside<T>(frame: Frame, scope: Scope, lower: () => T): T {
    const before = { frame: this.frame, scope: this.scope, labels: this.labels };
    this.frame = frame;
    this.scope = scope;
    this.labels = [];
    const result = lower();
    this.frame = before.frame;
    this.scope = before.scope;
    this.labels = before.labels;
    return result;
  }

  /** Lowers what stands in a scope of its own, if the node has one. */
  within(node: object, lower: () => void): void {
    const before = this.scope;
    this.scope = this.scopes.of.get(node) ?? before;
    lower();
    this.scope = before;
  }

  /** What the variables hold here, a handler may see. */
  mayThrow(): void {
    const handler = this.frame.handlers.at(-1);
    if (handler === undefined || !this.build.reachable) return;
    this.build.edge(handler);
    const next = this.build.block();
    this.build.jump(next);
    this.build.seal(next);
    this.build.enter(next);
  }

  // Values

  unknown(span: Span): Value {
    return this.build.emit(op.unknown, span);
  }

  text(text: string): Value {
    return this.module.literal('string', text);
  }

  undefined(): Value {
    return this.module.literal('undefined', 'undefined');
  }

  global(name: string, span: Span): Value {
    return this.build.emit(op.global, span, this.module.text(name));
  }

  import(name: string, span: Span): Value {
    return this.build.emit(op.import, span, this.module.text(name));
  }

  typed(value: Value, type: string | undefined, span: Span): Value {
    return type === undefined ? value : this.build.emit(op.typed, span, value, this.module.text(type));
  }

  // Names

  variable(binding: Binding): Variable {
    if (binding.variable === undefined) {
      const owner = this.builders.get(binding.scope.hoist) ?? this.build;
      // What a module gives others is read where it says so, not where it is used.
      const writes = binding.givenWithin || binding.scope.hoist.kind === 'module' ? undefined : binding.writes;
      binding.variable = this.module.variable(owner, { shared: binding.shared, once: binding.writes <= 1, writes });
    }
    return binding.variable;
  }

  read(name: string, span: Span): Value {
    const binding = this.scope.resolve(name);
    if (binding !== undefined) return this.build.read(this.variable(binding), span);
    if (name === 'this') return this.isModule ? this.undefined() : this.global('exports', span);
    return name === 'undefined' ? this.undefined() : this.global(name, span);
  }

  /** A name that nothing binds becomes a member of the global object. */
  write(name: string, value: Value, span: Span): void {
    const binding = this.scope.resolve(name);
    if (binding !== undefined) this.build.write(this.variable(binding), value, span);
    else this.build.store(this.global('globalThis', span), name, value, span);
  }
}

export function newFrame(build: FunctionBuilder, home: Home | undefined): Frame {
  return { build, home, targets: [], handlers: [], finals: [], later: [], params: [], told: false };
}
