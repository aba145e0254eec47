import type { Constant, IrFunction, IrGap, IrModule, Language, Op } from '#model/ir.ts';
import { op, outcome } from '#model/ir.ts';
import { foldTest, foldArithmetic } from './folding.ts';
import { FunctionBuilder } from './function-builder.ts';

/** A place in the source, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A variable of the program, known by number. */
export type Variable = number;
/** A value: the place of the instruction that makes it. */
export type Value = number;

export interface VariableUse {
  /** A function other than the one that declares it reads or writes it. */
  readonly shared: boolean;
  /** It is given a value at most once (a parameter: never again). */
  readonly once: boolean;
  /** How many places give it a value, where no function but the one that declares it does; undefined: not known. */
  readonly writes?: number | undefined;
}

/** What an instruction is about; -1 stands for nothing. */
export interface Operands {
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
  readonly operands?: readonly Value[] | undefined;
}

/** Longest text that is put together of constants. */
const longestText = 10_000;
/** Characters of all such texts that are not short: one that grows in thousands of steps would be kept as often. */
const shortText = 200;
const mostFolded = 4_000_000;
/** Ways to a join among which opposite ones are looked for. */
const mostUnrefined = 16;
const nowhere: Span = { start: 0, end: 0 };

/** Makes the normal form of one file. Front ends ask it for functions, and functions for values. */
export class ModuleBuilder {
  readonly path: string;
  readonly language: Language;
  readonly gaps: IrGap[] = [];
  private readonly length: number;
  private readonly ops: number[] = [];
  private readonly a: number[] = [];
  private readonly b: number[] = [];
  private readonly c: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly owners: number[] = [];
  private readonly operands: (readonly Value[] | undefined)[] = [];
  private readonly functions: IrFunction[] = [];
  private readonly builders: FunctionBuilder[] = [];
  private readonly strings: string[] = [];
  private readonly stringAt = new Map<string, number>();
  private readonly constants: Constant[] = [];
  private readonly constantAt = new Map<Constant['kind'], Map<string, Value>>();
  private readonly forward = new Map<Value, Value>();
  private readonly uses: { readonly use: VariableUse; readonly owner: number; cell: number }[] = [];
  private cells = 0;
  private dead: Value | undefined;
  private folded = 0;

  constructor(path: string, language: Language, length: number) {
    this.path = path;
    this.language = language;
    this.length = length;
  }

  /** Instructions so far. */
  get size(): number {
    return this.ops.length;
  }

  /** Opens a function; the first one is the module's own body. `parent` is undefined for it alone. */
  function(info: Omit<IrFunction, 'parent'>, parent: FunctionBuilder | undefined): FunctionBuilder {
    const index = this.functions.length;
    this.functions.push({ ...info, parent: parent?.index ?? -1 });
    const builder = new FunctionBuilder(this, index, parent);
    this.builders.push(builder);
    return builder;
  }

  /** Declares a variable of the given function. */
  variable(owner: FunctionBuilder, use: VariableUse): Variable {
    this.uses.push({ use, owner: owner.index, cell: -1 });
    return this.uses.length - 1;
  }

  use(variable: Variable): VariableUse {
    return this.entry(variable).use;
  }

  owner(variable: Variable): number {
    return this.entry(variable).owner;
  }

  /** The cell of a shared variable. */
  cell(variable: Variable): number {
    const entry = this.entry(variable);
    if (entry.cell < 0) entry.cell = this.cells++;
    return entry.cell;
  }

  private entry(variable: Variable): { readonly use: VariableUse; readonly owner: number; cell: number } {
    const entry = this.uses[variable];
    if (entry === undefined) throw new RangeError(`variable ${variable} was never declared`);
    return entry;
  }

  /** Index of a text among the module's strings. */
  text(text: string): number {
    let at = this.stringAt.get(text);
    if (at === undefined) {
      at = this.strings.push(text) - 1;
      this.stringAt.set(text, at);
    }
    return at;
  }

  /** A literal; equal ones are one value. */
  literal(kind: Constant['kind'], text: string): Value {
    let known = this.constantAt.get(kind);
    if (known === undefined) {
      known = new Map();
      this.constantAt.set(kind, known);
    }
    let value = known.get(text);
    if (value === undefined) {
      const at = this.constants.push({ kind, text }) - 1;
      value = this.append(op.constant, 0, nowhere, { a: at });
      known.set(text, value);
    }
    return value;
  }

  /** The literal that a value is, if it is one. */
  constantOf(value: Value): Constant | undefined {
    const found = this.resolve(value);
    return this.ops[found] === op.constant ? this.constants[this.a[found] as number] : undefined;
  }

  /** The operation that makes a value. */
  opOf(value: Value): Op {
    return this.ops[this.resolve(value)] as Op;
  }

  /** An instruction as it is known so far. */
  at(value: Value): { readonly value: Value; readonly code: Op; readonly a: number; readonly b: number; readonly operands: readonly Value[] } {
    const found = this.resolve(value);
    return { value: found, code: this.ops[found] as Op, a: this.a[found] as number, b: this.b[found] as number, operands: this.operands[found] ?? [] };
  }

  textAt(text: number): string {
    return this.strings[text] ?? '';
  }

  /** Adds an instruction; functions call it, front ends don't. */
  append(code: Op, owner: number, span: Span, { a = -1, b = -1, c = -1, operands }: Operands = {}): Value {
    const value = this.ops.push(code) - 1;
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    this.starts.push(span.start);
    this.ends.push(span.end);
    this.owners.push(owner);
    this.operands.push(operands);
    return value;
  }

  /** What stands for the values of code that is never reached. */
  nothing(): Value {
    this.dead ??= this.append(op.unknown, 0, nowhere);
    return this.dead;
  }

  /** Text of constants put together, if all operands are. */
  foldText(operands: readonly Value[]): Value | undefined {
    let text = '';
    for (const operand of operands) {
      const constant = this.constantOf(operand);
      if (constant === undefined || constant.kind === 'regexp') return undefined;
      text += constant.text;
      if (text.length > longestText) return undefined;
    }
    return this.putTogether('string', text);
  }

  fold(operator: string, a: Value, b: Value | undefined, kind: 'test' | 'arithmetic'): Value | undefined {
    const left = this.constantOf(a);
    const right = b === undefined ? undefined : this.constantOf(b);
    if (left === undefined || (b !== undefined && right === undefined)) return undefined;
    const folded = kind === 'test' ? foldTest(operator, left, right) : foldArithmetic(operator, left, right, this.language);
    return folded === undefined ? undefined : this.putTogether(folded.kind, folded.text);
  }

  private putTogether(kind: Constant['kind'], text: string): Value | undefined {
    if (text.length > shortText && (this.folded += text.length) > mostFolded) return undefined;
    return this.literal(kind, text);
  }

  setPhi(value: Value, operands: readonly Value[]): void {
    this.operands[value] = operands;
  }

  /** The values among these, each once; what a condition and its opposite say of one value is that value. */
  different(values: readonly Value[], without?: Value): Value[] {
    const found = new Set<Value>();
    for (const value of values) {
      const one = this.resolve(value);
      if (one !== without) found.add(one);
    }
    return found.size < 2 ? [...found] : this.unrefined([...new Set([...found].map((one) => this.beforeCalls(one)))]);
  }

  /** What only one of several ways has handed to a call is no more than it was. */
  private beforeCalls(value: Value): Value {
    let at = value;
    while (this.ops[at] === op.refine && this.c[at] === outcome.returned) at = this.resolve(this.a[at] as Value);
    return at;
  }

  private unrefined(values: Value[]): Value[] {
    for (let at = 1; at < values.length && values.length <= mostUnrefined; at++) {
      const one = values[at] as Value;
      const other = values.findIndex((before, place) => place < at && this.areOpposite(before, one));
      if (other < 0) continue;
      const whole = this.resolve(this.a[one] as Value);
      return this.unrefined([...new Set([...values.filter((_, place) => place !== at && place !== other), whole])]);
    }
    return values;
  }

  private areOpposite(one: Value, other: Value): boolean {
    if (this.ops[one] !== op.refine || this.ops[other] !== op.refine || this.c[one] === this.c[other]) return false;
    return this.resolve(this.a[one] as Value) === this.resolve(this.a[other] as Value) && this.resolve(this.b[one] as Value) === this.resolve(this.b[other] as Value);
  }

  /** `value` turned out to be another one. */
  replace(value: Value, other: Value): void {
    if (value !== other) this.forward.set(value, other);
  }

  resolve(value: Value): Value {
    let at = value;
    for (let next = this.forward.get(at); next !== undefined; next = this.forward.get(at)) at = next;
    return at;
  }

  gap(gap: IrGap): void {
    this.gaps.push(gap);
  }

  /** Packs the module. Every function must have been ended. */
  finish(): IrModule {
    for (const builder of this.builders) builder.end();
    const kept = this.places();
    const count = kept.at(-1) as number;
    const packed = {
      ops: new Uint8Array(count), a: new Int32Array(count), b: new Int32Array(count), c: new Int32Array(count),
      starts: new Int32Array(count), ends: new Int32Array(count), owners: new Int32Array(count), operandsAt: new Int32Array(count + 1),
    };
    const pool: number[] = [];
    const placeOf = (value: number): number => (value < 0 ? value : (kept[this.resolve(value)] as number));
    for (let value = 0; value < this.ops.length; value++) {
      if (this.forward.has(value)) continue;
      const place = kept[value] as number;
      const code = this.ops[value] as Op;
      packed.ops[place] = code;
      packed.a[place] = valueInA.has(code) ? placeOf(this.a[value] as number) : (this.a[value] as number);
      packed.b[place] = valueInB.has(code) ? placeOf(this.b[value] as number) : (this.b[value] as number);
      packed.c[place] = valueInC.has(code) ? placeOf(this.c[value] as number) : (this.c[value] as number);
      packed.starts[place] = this.starts[value] as number;
      packed.ends[place] = this.ends[value] as number;
      packed.owners[place] = this.owners[value] as number;
      packed.operandsAt[place] = pool.length;
      for (const operand of this.operands[value] ?? []) pool.push(placeOf(operand));
    }
    packed.operandsAt[count] = pool.length;
    const { path, language, length, functions, strings, constants, cells, gaps } = this;
    return { path, language, length, ...packed, operands: Int32Array.from(pool), functions, strings, constants, cells, gaps };
  }

  /** Where each value comes to stand: what turned out to be another one is left out. The last entry is their number. */
  private places(): Int32Array {
    const places = new Int32Array(this.ops.length + 1);
    let next = 0;
    for (let value = 0; value < this.ops.length; value++) {
      places[value] = next;
      if (!this.forward.has(value)) next++;
    }
    places[this.ops.length] = next;
    return places;
  }
}

const { load, loadAt, store, storeAt, call, invoke, construct, refine, arithmetic, test, element, key, spread, copy, typed, inherit, decorate, setCell } = op;
/** Instructions whose `a` (`b`, `c`) is a value and not an index. */
export const valueInA: ReadonlySet<Op> = new Set([
  load, loadAt, store, storeAt, call, invoke, construct, refine, arithmetic, test, op.await, element, key, spread, copy, typed, op.return, op.exit, op.throw, op.yield, inherit, decorate,
]);
export const valueInB: ReadonlySet<Op> = new Set([setCell, loadAt, storeAt, call, refine, arithmetic, test, inherit, op.export, decorate]);
export const valueInC: ReadonlySet<Op> = new Set([store, storeAt]);
