import { op } from '#model/ir.ts';
import type { Block, FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value } from '../ir/module-builder.ts';
import { type EsNode, text } from './estree.ts';
import type { Binding, Scope, ScopeAnalysis } from './scopes.ts';

/** Where `break` and `continue` lead. */
export interface Target {
  readonly exit: Block;
  /** Undefined for blocks and switches, which cannot be continued. */
  readonly next: Block | undefined;
  readonly label: string | undefined;
}

/** A function that is being lowered. */
export interface FunctionState {
  readonly builder: FunctionBuilder;
  /** Bodies of function declarations: they are read when all that surrounds them is known. */
  readonly later: (() => void)[];
  readonly targets: Target[];
}

/** The function and the names at one place of the source. */
export interface At {
  readonly state: FunctionState;
  readonly scope: Scope;
}

/** How the two kinds of code are read; handed in, because each holds the other. */
export interface Readers {
  readonly expression: (l: Lowering, at: At, node: EsNode, name?: string) => Value;
  readonly statement: (l: Lowering, at: At, node: EsNode, label?: string) => void;
  readonly statements: (l: Lowering, at: At, list: readonly EsNode[]) => void;
}

const deepest = 1_000;

/** One file on its way into the normal form. */
export class Lowering {
  readonly module: ModuleBuilder;
  readonly scopes: ScopeAnalysis;
  readonly source: string;
  /** Types of TypeScript by their local names: `express.Request`. */
  readonly types = new Map<string, string>();
  private readonly states = new Map<EsNode, FunctionState>();
  private readonly readers: Readers;
  private depth = 0;

  constructor(module: ModuleBuilder, scopes: ScopeAnalysis, source: string, readers: Readers) {
    this.readers = readers;
    this.module = module;
    this.scopes = scopes;
    this.source = source;
  }

  /** The value of an expression; `name`: of the variable or member that takes it. */
  expression(at: At, node: EsNode, name?: string): Value {
    return this.readers.expression(this, at, node, name);
  }

  statement(at: At, node: EsNode, label?: string): void {
    this.readers.statement(this, at, node, label);
  }

  /** A list of statements, functions first. */
  statements(at: At, list: readonly EsNode[]): void {
    this.readers.statements(this, at, list);
  }

  state(node: EsNode, builder: FunctionBuilder): FunctionState {
    const state: FunctionState = { builder, later: [], targets: [] };
    this.states.set(node, state);
    return state;
  }

  /** Names within a node that opens a scope of its own. */
  within(at: At, node: EsNode): At {
    const scope = this.scopes.of(node);
    return scope === undefined ? at : { state: at.state, scope };
  }

  /** Runs deeper, as long as the stack allows; beyond that it is a gap. */
  deeper(at: At, node: EsNode, lower: () => Value): Value {
    if (this.depth >= deepest) {
      this.module.gap({ reason: 'too-deep', start: node.start, end: node.end });
      return this.unknown(at, node);
    }
    this.depth++;
    const value = lower();
    this.depth--;
    return value;
  }

  unknown(at: At, node: EsNode): Value {
    return at.state.builder.emit(op.unknown, span(node));
  }

  unsupported(at: At, node: EsNode): Value {
    this.module.gap({ reason: 'unsupported', start: node.start, end: node.end });
    return this.unknown(at, node);
  }

  undefined(): Value {
    return this.module.literal('undefined', 'undefined');
  }

  string(value: string): Value {
    return this.module.literal('string', value);
  }

  global(at: At, name: string, node: EsNode): Value {
    return at.state.builder.emit(op.global, span(node), this.module.text(name));
  }

  import(at: At, specifier: string, node: EsNode): Value {
    return at.state.builder.emit(op.import, span(node), this.module.text(specifier));
  }

  read(at: At, name: string, node: EsNode): Value {
    const binding = at.scope.find(name);
    if (binding === undefined) return name === 'undefined' ? this.undefined() : this.global(at, name, node);
    return at.state.builder.read(this.variable(binding), span(node));
  }

  /** A name that nothing declares becomes a member of the global object. */
  write(at: At, name: string, value: Value, node: EsNode): void {
    const binding = at.scope.find(name);
    if (binding !== undefined) at.state.builder.write(this.variable(binding), value, span(node));
    else at.state.builder.store(this.global(at, 'globalThis', node), name, value, span(node));
  }

  private variable(binding: Binding): number {
    if (binding.variable < 0) {
      const owner = this.states.get(binding.owner);
      if (owner === undefined) throw new RangeError('a variable of a function that was never opened');
      binding.variable = this.module.variable(owner.builder, { shared: binding.shared, once: binding.assignments <= 1 });
    }
    return binding.variable;
  }
}

export function span(node: EsNode): Span {
  return { start: node.start, end: node.end };
}

export function nameOf(node: EsNode | undefined): string {
  return node?.type === 'Identifier' ? text(node, 'name') : '';
}
