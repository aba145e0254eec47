import { op, type Op, outcome } from '#model/ir.ts';
import { AskedMembers } from './asked-members.ts';
import { type Block, type BlockState, type Branches, define, type Refined } from './block-state.ts';
import { fixedName, truthOf } from './constant-facts.ts';
import { type Mentioned, Mentions } from './mentions.ts';
import { Emitter } from './emitter.ts';
import { GivenValues, isCell } from './given-values.ts';
import type { ModuleBuilder, Span, Value, Variable } from './module-builder.ts';

export type { Block, Branches } from './block-state.ts';
export type { CallForm } from './emitter.ts';

const nowhere: Span = { start: 0, end: 0 };
/** Stands where a variable's value is being looked for: whoever comes round to it needs a phi. */
const onItsWay: Value = -1;
/** Joins on the way back to a definition that are followed before the search gives up. */
const deepestSearch = 2000;

/**
 * Makes the values of one function. Variables become values as they are read (Braun et al., "Simple and Efficient Construction of
 * Static Single Assignment Form", 2013): a block must be sealed once all blocks that lead to it are known.
 */
export class FunctionBuilder extends Emitter {
  readonly index: number;
  readonly parent: FunctionBuilder | undefined;
  private readonly blocks: BlockState[] = [];
  private readonly given = new GivenValues();
  /** Where the function round it was, and what the module had, when this one was made. */
  private readonly madeIn: Block;
  private readonly madeAt: number;
  private readonly members: AskedMembers | undefined;
  private current: Block;
  private readonly mentioned = new Mentions();
  private depth = 0;
  private ended = false;

  constructor(module: ModuleBuilder, index: number, parent: FunctionBuilder | undefined) {
    super(module);
    this.index = index;
    this.parent = parent;
    this.madeIn = parent?.current ?? 0;
    this.madeAt = module.size;
    this.members = module.language === 'javascript' ? new AskedMembers(module) : undefined;
    this.current = this.block();
    this.seal(this.current);
  }

  // Blocks

  block(): Block {
    return this.push(undefined);
  }

  private state(block: Block): BlockState {
    return this.blocks[block] as BlockState;
  }

  private push(refined: BlockState['refined']): Block {
    return this.blocks.push({ from: [], definitions: undefined, waiting: undefined, refined, sealed: false }) - 1;
  }

  /** False after a return, a throw or a branch that a constant closes: what follows need not be read. */
  get reachable(): boolean {
    return this.current === 0 || this.state(this.current).from.length > 0 || !this.state(this.current).sealed;
  }

  /** Control goes on in `target`; the current block ends. */
  jump(target: Block): void {
    this.edge(target);
    this.leave();
  }

  /** Control may also go on in `target` (an exception); the current block does not end. */
  edge(target: Block): void {
    if (this.reachable) this.state(target).from.push(this.current);
  }

  /** Nothing follows here. */
  leave(): void {
    this.current = this.block();
    this.seal(this.current);
  }

  /** All ways into the block are known. */
  seal(block: Block): void {
    const state = this.state(block);
    if (state.sealed) return;
    state.sealed = true;
    for (const [variable, phi] of state.waiting ?? []) this.complete(variable, phi, block);
    state.waiting = undefined;
  }

  /** Goes on in a block. */
  enter(block: Block): void {
    this.current = block;
    const { refined } = this.state(block);
    if (refined === undefined || !this.reachable) return;
    for (const variable of refined.variables) {
      const value = this.read(variable);
      if (this.module.constantOf(value) === undefined) define(this.state(block), variable, this.refine(value, refined));
    }
  }

  private refine(value: Value, { condition, outcome: known, span }: Refined): Value {
    return this.module.append(op.refine, this.index, span, { a: value, b: condition, c: known });
  }

  /**
   * Ends the current block by a condition. Where it holds control goes to `yes`, else to `no`: both are new, sealed blocks, in which the
   * variables that the condition mentions are refined. A constant condition closes one of them.
   */
  branch(condition: Value, mentioned: readonly Variable[], span: Span): Branches {
    const refined = { variables: mentioned, condition, span, members: this.members?.of(condition), since: this.module.size };
    const yes = this.push({ ...refined, outcome: outcome.holds });
    const no = this.push({ ...refined, outcome: outcome.fails });
    const truth = truthOf(this.module.constantOf(condition));
    if (truth !== false) this.edge(yes);
    if (truth !== true) this.edge(no);
    this.seal(yes);
    this.seal(no);
    this.leave();
    return { yes, no };
  }

  /** Goes on after a call that may have refused what it was given by not coming back. */
  cameBack(call: Value, variables: readonly Variable[], span: Span): void {
    const own = variables.filter((one) => !isCell(this.module.use(one)));
    if (!this.reachable || own.length === 0) return;
    const next = this.push({ variables: own, condition: call, span, members: this.members?.of(call), since: this.module.size, outcome: outcome.returned });
    this.jump(next);
    this.seal(next);
    this.enter(next);
  }

  mentions(lower: () => Value): Mentioned {
    return this.mentioned.during(lower);
  }

  answer(lower: () => Value): Value {
    return this.mentioned.answer(lower);
  }

  // Variables

  read(variable: Variable, span: Span = nowhere): Value {
    if (isCell(this.module.use(variable))) return this.emit(op.getCell, span, this.module.cell(variable));
    const value = this.module.resolve(this.find(variable, this.current));
    this.mentioned.add(variable, value);
    return value;
  }

  write(variable: Variable, value: Value, span: Span = nowhere): void {
    const use = this.module.use(variable);
    if (use.shared) this.emit(op.setCell, span, this.module.cell(variable), value);
    if (isCell(use)) return;
    define(this.state(this.current), variable, value);
    if (use.shared) this.given.add(variable, value, this.module.size);
  }

  private find(variable: Variable, from: Block): Value {
    const passed: Block[] = [];
    let block = from;
    let value: Value;
    for (;;) {
      const state = this.state(block);
      const known = state.definitions?.get(variable);
      if (known !== undefined) {
        value = known === onItsWay ? this.phiAt(variable, state) : this.module.resolve(known);
        break;
      }
      const only = state.sealed && state.from.length === 1 ? state.from[0] : undefined;
      if (only === undefined) {
        value = this.atJoin(variable, state);
        break;
      }
      passed.push(block);
      block = only;
    }
    // Each eighth block remembers: the next search is short, and blocks stay small.
    for (let at = 0; at < passed.length; at += 8) define(this.state(passed[at] as Block), variable, value);
    return value;
  }

  private atJoin(variable: Variable, state: BlockState): Value {
    if (state.sealed && state.from.length === 0) {
      const first = this.initial(variable);
      define(state, variable, first);
      return first;
    }
    if (this.depth > deepestSearch) return this.module.append(op.unknown, this.index, nowhere);
    if (!state.sealed) {
      const phi = this.phiAt(variable, state);
      state.waiting ??= new Map();
      state.waiting.set(variable, phi);
      return phi;
    }
    define(state, variable, onItsWay);
    const operands = this.operandsAt(variable, state);
    const made = state.definitions?.get(variable) ?? onItsWay;
    if (made !== onItsWay) return this.choose(variable, made, { state, operands });
    const different = this.module.different(operands);
    const value = different.length === 1 ? (different[0] as Value) : this.module.append(op.phi, this.index, nowhere, { operands: different });
    define(state, variable, value);
    return value;
  }

  private phiAt(variable: Variable, state: BlockState): Value {
    const phi = this.module.append(op.phi, this.index, nowhere);
    define(state, variable, phi);
    return phi;
  }

  private operandsAt(variable: Variable, state: BlockState): Value[] {
    this.depth++;
    const operands = state.from.map((one) => this.find(variable, one));
    this.depth--;
    return operands;
  }

  private complete(variable: Variable, phi: Value, block: Block): void {
    const state = this.state(block);
    this.choose(variable, phi, { state, operands: this.operandsAt(variable, state) });
  }

  /** A phi that was made before it was known of what: it may turn out to be one value. */
  private choose(variable: Variable, phi: Value, { state, operands }: { state: BlockState; operands: readonly Value[] }): Value {
    const different = this.module.different(operands, phi);
    const [only] = different;
    if (different.length !== 1 || only === undefined) {
      this.module.setPhi(phi, different);
      return phi;
    }
    this.module.replace(phi, only);
    if (state.definitions?.get(variable) === phi) define(state, variable, only);
    return only;
  }

  /** What a variable holds before this function gave it anything. */
  private initial(variable: Variable): Value {
    const { shared, once } = this.module.use(variable);
    if (this.module.owner(variable) !== this.index) return this.captured(variable);
    if (shared && once && this.given.last(variable) === undefined) return this.module.append(op.getCell, this.index, nowhere, { a: this.module.cell(variable) });
    return this.module.literal('undefined', 'undefined');
  }

  private captured(variable: Variable): Value {
    return this.parent?.seenFrom(this, variable) ?? this.module.append(op.getCell, this.index, nowhere, { a: this.module.cell(variable) });
  }

  /** What is known here, or further out, of a variable that an inner function reads. */
  private seenFrom(inner: FunctionBuilder, variable: Variable): Value | undefined {
    if (this.index === this.module.owner(variable)) return this.seenBy(inner, variable);
    const known = this.reachable && !this.ended ? this.state(this.current).definitions?.get(variable) : undefined;
    return known === undefined ? this.parent?.seenFrom(this, variable) : this.module.resolve(known);
  }

  /** What an inner function sees of a variable of this one: its value as it is known here, where none comes after it. */
  private seenBy({ madeIn, madeAt }: FunctionBuilder, variable: Variable): Value | undefined {
    const { once, writes } = this.module.use(variable);
    const assigned = this.given.last(variable);
    if (assigned === undefined) return undefined;
    if (once) return this.reachable && !this.ended ? this.module.resolve(this.find(variable, this.current)) : this.module.resolve(assigned);
    return writes !== undefined && this.given.isComplete(variable, writes, madeAt) ? this.module.resolve(this.find(variable, madeIn)) : undefined;
  }

  // Values

  /** A plain instruction; in code that is never reached it is left out. */
  emit(code: Op, span: Span, a = -1, b = -1, c = -1, operands?: readonly Value[]): Value {
    return this.reachable ? this.module.append(code, this.index, span, { a, b, c, operands }) : this.module.nothing();
  }

  load(base: Value, name: string, span: Span): Value {
    const text = this.module.text(name);
    const asked = this.members?.find(base, text, this.state(this.current), this.blocks);
    return asked === undefined ? this.emit(op.load, span, base, text) : this.refine(asked.value, asked.refined);
  }

  /** A computed name that is a constant text or whole number is a fixed one. */
  loadAt(base: Value, key: Value, span: Span): Value {
    const name = fixedName(this.module.constantOf(key));
    return name === undefined ? this.emit(op.loadAt, span, base, key) : this.load(base, name, span);
  }

  store(base: Value, name: string, value: Value, span: Span): Value {
    const text = this.module.text(name);
    this.members?.store(text);
    return this.emit(op.store, span, base, text, value);
  }

  storeAt(base: Value, key: Value, value: Value, span: Span): Value {
    const name = fixedName(this.module.constantOf(key));
    if (name !== undefined) return this.store(base, name, value, span);
    this.members?.storeAt(base);
    return this.emit(op.storeAt, span, base, key, value);
  }

  /** `told`: `exit` says what is known then. */
  return(value: Value, span: Span, told = false): void {
    this.emit(op.return, span, value, told ? 1 : -1);
    this.leave();
  }

  throw(value: Value, span: Span): void {
    this.emit(op.throw, span, value);
    this.leave();
  }

  /** Seals what is still open; the builder calls it. */
  end(): void {
    this.ended = true;
    this.blocks.forEach((_, block) => this.seal(block));
  }
}
