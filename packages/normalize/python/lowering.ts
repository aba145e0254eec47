import { op } from '#model/ir.ts';
import type { Block, Branches, FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value, Variable } from '../ir/module-builder.ts';
import { builtinNames } from './builtin-names.ts';
import type { Node, TreeReader } from '../syntax/tree-reader.ts';
import type { Binding, Scope } from './scope.ts';
import type { Scopes } from './scope-scan.ts';

export type ExpressionRule = (py: Lowering, node: Node) => Value;
export type StatementRule = (py: Lowering, node: Node) => void;
export type ConditionRule = (py: Lowering, node: Node) => Branches;

/** How each kind of node is lowered. */
export interface Rules {
  readonly expressions: ReadonlyMap<string, ExpressionRule>;
  readonly statements: ReadonlyMap<string, StatementRule>;
  readonly conditions: ReadonlyMap<string, ConditionRule>;
}

/** A class whose body is being read. */
export interface OpenClass {
  readonly value: Value;
  readonly prototype: Value;
  readonly bases: readonly Value[];
  /** What the class is called within the module, when others can name it. */
  readonly title: string;
  readonly dataclass: boolean;
}

/** A function on its way, with what surrounds the place that is being read. */
export interface Frame {
  readonly build: FunctionBuilder;
  readonly scope: Scope;
  /** The class whose body this is; undefined within its methods. */
  readonly body: OpenClass | undefined;
  /** The class of which this is a method (also inside of functions in it). */
  readonly method: OpenClass | undefined;
  /** The variable and value of the receiver. */
  readonly receiver: { readonly name: string; readonly value: Value } | undefined;
  /** `yield` hands its value to the caller, as in functions for `with`. */
  readonly yields: 'yield' | 'return';
  readonly result: Node;
  readonly loops: { readonly next: Block; readonly exit: Block }[];
  readonly handlers: Block[];
  /** Parameters of a function that may check what it gets: what they are by then is told wherever control leaves. */
  told?: readonly Variable[];
}

/** A level takes several frames of the stack. */
const deepest = 500;

/** One file on its way to the normal form. */
export class Lowering {
  readonly tree: TreeReader;
  readonly module: ModuleBuilder;
  readonly scopes: Scopes;
  readonly rules: Rules;
  readonly path: string;
  frame: Frame;
  private depth = 0;
  private tooDeep = false;

  constructor(parts: { tree: TreeReader; module: ModuleBuilder; scopes: Scopes; rules: Rules; path: string; frame: Frame }) {
    this.tree = parts.tree;
    this.module = parts.module;
    this.scopes = parts.scopes;
    this.rules = parts.rules;
    this.path = parts.path;
    this.frame = parts.frame;
  }

  get build(): FunctionBuilder {
    return this.frame.build;
  }

  span(node: Node): Span {
    return { start: this.tree.start(node), end: this.tree.end(node) };
  }

  // Going down

  expression(node: Node): Value {
    if (node < 0) return this.unknown(node);
    const rule = this.rules.expressions.get(this.tree.kind(node));
    return this.deeper(node, () => (rule === undefined ? this.unread(node) : rule(this, node))) ?? this.unknown(node);
  }

  statement(node: Node): void {
    if (!this.build.reachable) return;
    const kind = this.tree.kind(node);
    const rule = this.rules.statements.get(kind);
    if (rule !== undefined) this.deeper(node, () => rule(this, node));
    else this.expression(node);
    this.mayThrow();
  }

  statements(node: Node): void {
    for (const child of this.tree.children(node)) this.statement(child);
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

  /** Ends the current block by a condition; both blocks that follow are sealed. */
  condition(node: Node): Branches {
    const rule = this.rules.conditions.get(this.tree.kind(node));
    const found = rule === undefined ? undefined : this.deeper(node, () => rule(this, node));
    return found ?? this.branchOn(node, () => this.expression(node));
  }

  branchOn(node: Node, lower: () => Value): Branches {
    const { value, mentioned } = this.build.mentions(lower);
    return this.build.branch(value, mentioned, this.span(node));
  }

  /** Undefined where the nesting is too deep to go on. */
  deeper<T>(node: Node, lower: () => T): T | undefined {
    if (this.depth >= deepest) {
      if (!this.tooDeep) this.module.gap({ reason: 'too-deep', ...this.span(node) });
      this.tooDeep = true;
      return undefined;
    }
    this.depth++;
    const result = lower();
    this.depth--;
    return result;
  }

  /** Lowers something in another frame, and comes back. */
  inside<T>(frame: Frame, lower: () => T): T {
    const before = this.frame;
    this.frame = frame;
    const result = lower();
    this.frame = before;
    return result;
  }

  /** What no rule is for: its parts are read all the same. */
  private unread(node: Node): Value {
    const kind = this.tree.kind(node);
    if (this.tree.counts(node) && kind !== 'ERROR') this.module.gap({ reason: 'unsupported', ...this.span(node) });
    for (const child of this.tree.children(node)) {
      const inner = this.tree.kind(child);
      if (this.rules.statements.has(inner)) this.statement(child);
      else if (this.rules.expressions.has(inner)) this.expression(child);
    }
    return this.unknown(node);
  }

  unknown(node: Node): Value {
    return this.build.emit(op.unknown, this.span(node));
  }

  // Values

  text(text: string): Value {
    return this.module.literal('string', text);
  }

  none(): Value {
    return this.module.literal('null', 'null');
  }

  builtin(name: string, node: Node): Value {
    return this.build.emit(op.global, this.span(node), this.module.text(name));
  }

  import(name: string, node: Node): Value {
    return this.build.emit(op.import, this.span(node), this.module.text(name));
  }

  /** A new list, tuple or set with these elements. */
  list(elements: readonly Value[], node: Node): Value {
    const list = this.build.emit(op.array, this.span(node));
    elements.forEach((element, at) => this.setItem(list, this.number(at), element, node));
    return list;
  }

  number(value: number): Value {
    return this.module.literal('number', String(value));
  }

  /** `base[key]`; what an object holds and what its members are is kept apart. */
  item(base: Value, key: Value, node: Node): Value {
    return this.build.emit(op.loadAt, this.span(node), base, key);
  }

  setItem(base: Value, key: Value, value: Value, node: Node): void {
    this.build.emit(op.storeAt, this.span(node), base, key, value);
  }

  /** Some of what `value` holds, or part of its text. */
  part(value: Value, node: Node): Value {
    return this.build.emit(op.copy, this.span(node), value, 1);
  }

  /** `value` becomes some element of `list`. */
  addTo(list: Value, value: Value, node: Node): void {
    this.build.emit(op.storeAt, this.span(node), list, this.unknown(node), value);
  }

  // Names

  variable(binding: Binding): Variable {
    if (binding.variable === undefined) {
      const owner = this.builders.get(binding.scope.runsIn) ?? this.build;
      binding.variable = this.module.variable(owner, { shared: binding.shared, once: binding.writes <= 1 });
    }
    return binding.variable;
  }

  /** The function of each scope that has one of its own. */
  readonly builders = new Map<Scope, FunctionBuilder>();

  /** A variable of the front end's own. */
  temporary(): Variable {
    return this.module.variable(this.build, { shared: false, once: false });
  }

  /** Nothing in the module gives this name a value. */
  isBuiltin(name: string): boolean {
    return this.frame.scope.resolve(name) === undefined;
  }

  read(name: string, node: Node): Value {
    const binding = this.frame.scope.resolve(name);
    if (binding !== undefined) return this.build.read(this.variable(binding), this.span(node));
    const builtin = this.builtin(name, node);
    if (this.scopes.stars.length === 0 || name.startsWith('__') || builtinNames.has(name)) return builtin;
    return this.build.phi([builtin, ...this.scopes.stars.map((star) => this.build.load(this.import(star, node), name, this.span(node)))], this.span(node));
  }

  write(name: string, value: Value, node: Node): void {
    const { scope, body } = this.frame;
    const binding = scope.resolve(name) ?? scope.bind(name);
    this.build.write(this.variable(binding), value, this.span(node));
    if (binding.scope.kind === 'module' && this.build.parent === undefined && binding.writes <= 1) this.export(name, value, node);
    if (body !== undefined && binding.scope === scope) this.attribute(body, name, value, node);
  }

  export(name: string, value: Value, node: Node): void {
    this.build.emit(op.export, this.span(node), this.module.text(name), value);
  }

  /** A member of a class, seen through the class and through what is made of it. */
  attribute({ value: type, prototype }: OpenClass, name: string, value: Value, node: Node): void {
    this.build.store(type, name, value, this.span(node));
    this.build.store(prototype, name, value, this.span(node));
  }
}
