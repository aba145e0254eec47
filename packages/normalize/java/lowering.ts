import { op } from '#model/ir.ts';
import type { Branches, FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value, Variable } from '../ir/module-builder.ts';
import type { ClassInfo, FieldInfo } from './class-info.ts';
import type { Contents } from './contents.ts';
import type { Frame, Local } from './frame.ts';
import type { Imports } from './imports.ts';
import type { TreeReader, Node } from '../syntax/tree-reader.ts';
import { isPrimitiveName, isString, type JavaType, onlyName, primitiveOf, sameType } from './java-type.ts';

/** A value with the type that the program gives it, where that is known. */
export interface Typed {
  readonly value: Value;
  readonly type: JavaType | undefined;
  /** What the value holds, when it is a container that only this function has in hands. */
  readonly holder?: Contents;
}

export type ExpressionRule = (java: Lowering, node: Node) => Typed;
export type StatementRule = (java: Lowering, node: Node) => void;
export type ConditionRule = (java: Lowering, node: Node) => Branches;

/** How each kind of node is lowered. */
export interface Rules {
  readonly expressions: ReadonlyMap<string, ExpressionRule>;
  readonly statements: ReadonlyMap<string, StatementRule>;
  readonly conditions: ReadonlyMap<string, ConditionRule>;
  /** Members of a class body that is met inside a method. */
  readonly localClass: (java: Lowering, node: Node, superType: JavaType | undefined) => ClassInfo;
}

const deepest = 1000;
/** What is declared so can carry no text; a single `char` or `byte` may be a part of one. */
const numbers: ReadonlySet<string> = new Set(['short', 'int', 'long', 'float', 'double']);

/** One file on its way to the normal form. */
export class Lowering {
  readonly tree: TreeReader;
  readonly module: ModuleBuilder;
  readonly imports: Imports;
  readonly rules: Rules;
  /** Classes that the file itself declares outside of others. */
  readonly classes = new Map<string, ClassInfo>();
  readonly root: FunctionBuilder;
  frame: Frame;
  private depth = 0;
  private tooDeep = false;
  private readonly imported = new Map<string, Value>();
  /** Streams of the program's own resources, and the module that stands for what lies there. */
  readonly resources = new Map<Value, Value>();

  constructor(parts: { tree: TreeReader; module: ModuleBuilder; imports: Imports; rules: Rules; frame: Frame }) {
    this.tree = parts.tree;
    this.module = parts.module;
    this.imports = parts.imports;
    this.rules = parts.rules;
    this.frame = parts.frame;
    this.root = parts.frame.builder;
  }

  get build(): FunctionBuilder {
    return this.frame.builder;
  }

  span(node: Node): Span {
    return { start: this.tree.start(node), end: this.tree.end(node) };
  }

  // Going down

  /** The value of an expression that goes anywhere: what it holds may change from here on. */
  expression(node: Node): Typed {
    const { value, type, holder } = this.held(node);
    if (holder !== undefined && this.build.reachable) holder.lose();
    return { value, type };
  }

  /** The value of an expression that is looked at and let go. */
  held(node: Node): Typed {
    if (node < 0) return this.unknown(node);
    if (!this.enter(node)) return this.unknown(node);
    const rule = this.rules.expressions.get(this.tree.kind(node));
    const result = rule === undefined ? this.unsupported(node) : rule(this, node);
    this.depth--;
    return result;
  }

  value(node: Node): Value {
    return this.expression(node).value;
  }

  statement(node: Node): void {
    if (node < 0 || !this.build.reachable) return;
    const rule = this.rules.statements.get(this.tree.kind(node));
    if (!this.enter(node)) return;
    if (rule !== undefined) rule(this, node);
    else if (this.rules.expressions.has(this.tree.kind(node))) this.held(node);
    else this.unsupported(node);
    this.depth--;
    this.mayThrow();
  }

  /** What the variables hold here, a handler may see. */
  mayThrow(): void {
    const handler = this.frame.handlers.at(-1);
    if (handler === undefined || !this.build.reachable) return;
    this.build.edge(handler.block);
    const next = this.build.block();
    this.build.jump(next);
    this.build.seal(next);
    this.build.enter(next);
  }

  /** Ends the current block by a condition; both blocks that follow are sealed. */
  condition(node: Node): Branches {
    const rule = this.rules.conditions.get(this.tree.kind(node));
    if (rule !== undefined && this.enter(node)) {
      const found = rule(this, node);
      this.depth--;
      return found;
    }
    const { value, mentioned } = this.build.mentions(() => this.value(node));
    return this.build.branch(value, mentioned, this.span(node));
  }

  /** One level down; false where that is too deep. */
  private enter(node: Node): boolean {
    if (this.depth < deepest) {
      this.depth++;
      return true;
    }
    if (!this.tooDeep) this.module.gap({ reason: 'too-deep', ...this.span(node) });
    this.tooDeep = true;
    return false;
  }

  /** Lowers something in another function, and comes back. */
  inside<T>(frame: Frame, lower: () => T): T {
    const before = this.frame;
    this.frame = frame;
    const result = lower();
    this.frame = before;
    return result;
  }

  private unsupported(node: Node): Typed {
    this.module.gap({ reason: this.tree.kind(node) === 'ERROR' ? 'syntax' : 'unsupported', ...this.span(node) });
    for (const child of this.tree.children(node)) if (this.rules.statements.has(this.tree.kind(child))) this.statement(child);
    return this.unknown(node);
  }

  unknown(node: Node): Typed {
    return { value: this.build.emit(op.unknown, this.span(node)), type: undefined };
  }

  // Values

  text(text: string): Value {
    return this.module.literal('string', text);
  }

  nothing(): Value {
    return this.module.literal('null', 'null');
  }

  truth(value: boolean): Value {
    return this.module.literal('boolean', String(value));
  }

  variable(): Variable {
    return this.module.variable(this.build, { shared: false, once: false });
  }

  /** The class or module of the given qualified names: one value each, joined where star imports leave it open. */
  importOf(names: readonly string[]): Value {
    const key = names.join(' ');
    let value = this.imported.get(key);
    if (value === undefined) {
      const each = names.length === 1 ? [] : names.map((name) => this.importOf([name]));
      const [only] = names;
      value = only !== undefined && names.length === 1
        ? this.module.append(op.import, 0, { start: 0, end: 0 }, { a: this.module.text(only) })
        : this.module.append(op.phi, 0, { start: 0, end: 0 }, { operands: each });
      this.imported.set(key, value);
    }
    return value;
  }

  /** `value` as the program says that it is; what is a number of a primitive type is one. */
  typed(value: Value, type: JavaType | undefined, node: Node): Value {
    if (type === undefined || type.dimensions > 0 || this.module.constantOf(value) !== undefined) return value;
    const only = onlyName(type);
    if (only !== undefined && isPrimitiveName(only) && (!numbers.has(only) || this.module.opOf(value) === op.arithmetic)) return value;
    let known = value;
    for (const name of type.names) known = this.build.emit(op.typed, this.span(node), known, this.module.text(name));
    return known;
  }

  /** A value that goes where another type is declared. */
  converted({ value, type }: Typed, declared: JavaType | undefined, node: Node): Typed {
    if (declared === undefined) return { value, type };
    if (sameType(type, declared)) return { value, type };
    const made = this.module.opOf(value);
    if (made === op.construct || made === op.closure || made === op.array || made === op.concat) return { value, type: declared };
    return { value: this.typed(value, declared, node), type: declared };
  }

  /** What a name of a type means: the class itself, where the file declares it. */
  classOf(type: JavaType | undefined): ClassInfo | undefined {
    const name = onlyName(type);
    return name === undefined ? undefined : this.byQualified.get(name);
  }

  readonly byQualified = new Map<string, ClassInfo>();

  classValue(type: JavaType): Value {
    return this.classOf(type)?.value ?? this.importOf(type.names);
  }

  // Names

  /** A class that a simple name means here, when the file declares it. */
  findClass(name: string): ClassInfo | undefined {
    let frame: Frame | undefined = this.frame;
    let owner: ClassInfo | undefined;
    while (frame !== undefined) {
      const local = frame.localClass(name);
      if (local !== undefined) return local;
      owner = frame.owner;
      frame = undefined;
      for (; owner !== undefined; owner = owner.outer) {
        if (owner.name === name) return owner;
        const member = owner.members.get(name);
        if (member !== undefined) return member;
        if (owner.frame !== undefined) {
          frame = owner.frame;
          break;
        }
      }
    }
    return this.classes.get(name);
  }

  isTypeParameter(name: string): boolean {
    for (let owner = this.frame.owner; owner !== undefined; owner = owner.outer ?? owner.frame?.owner) if (owner.typeParameters.has(name)) return true;
    return false;
  }

  /** A variable of this method, or of one round the local class that it belongs to. */
  findLocal(name: string): Local | undefined {
    let frame: Frame | undefined = this.frame;
    while (frame !== undefined) {
      const local = frame.local(name);
      if (local !== undefined) return local;
      let owner: ClassInfo | undefined = frame.owner;
      while (owner !== undefined && owner.frame === undefined && !owner.fields.has(name)) owner = owner.outer;
      if (owner === undefined || owner.fields.has(name)) return undefined;
      frame = owner.frame;
    }
    return undefined;
  }

  /** A field that a simple name means here. */
  findField(name: string): { readonly field: FieldInfo; readonly owner: ClassInfo } | undefined {
    for (let owner = this.frame.owner; owner !== undefined; owner = owner.outer ?? owner.frame?.owner) {
      const field = owner.fields.get(name);
      if (field !== undefined) return { field, owner };
    }
    return undefined;
  }

  /** The instance of `target` that the code here belongs to. */
  thisOf(target: ClassInfo | undefined, node: Node): Value | undefined {
    let value = this.frame.thisValue;
    let owner = this.frame.owner;
    while (owner !== undefined && target !== undefined && owner !== target) {
      if (owner.frame !== undefined) {
        value = owner.frame.thisValue;
        owner = owner.frame.owner;
      } else {
        if (!owner.isInner || value === undefined) return undefined;
        value = this.build.load(value, outerInstance, this.span(node));
        owner = owner.outer;
      }
    }
    return value;
  }

  /** Reads a variable, also one of a method round this one: what is captured does not change. */
  read(local: Local, node: Node): Value {
    return local.frame.builder.read(local.variable, this.span(node));
  }

  isText({ value, type }: Typed): boolean {
    return isString(type) || (type === undefined && this.module.constantOf(value)?.kind === 'string');
  }

  isPrimitive(type: JavaType | undefined): boolean {
    return primitiveOf(type) !== undefined;
  }

  /** What comes after may be reached, whatever was before. */
  revive(): void {
    if (!this.build.reachable) this.build.enter(this.build.block());
  }
}

/** Under what name an instance of an inner class knows the one round it. */
export const outerInstance = 'this$0';
