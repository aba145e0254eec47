import { op, type IrFunction, type IrModule } from '#model/ir.ts';
import type { Program } from '#model/program.ts';
import { Names } from './names.ts';

/** Numbers values and functions over all modules: a value of module `m` is `bases[m]` plus its place there. */
export class Layout {
  readonly program: Program;
  readonly modules: readonly IrModule[];
  readonly names = new Names();
  readonly bases: Int32Array;
  readonly functionBases: Int32Array;
  /** Numbers of each module's strings as names. */
  readonly nameOf: readonly Int32Array[];
  readonly values: number;
  readonly functions: number;

  constructor(program: Program) {
    this.program = program;
    this.modules = program.modules.map((module) => module.ir);
    this.bases = new Int32Array(this.modules.length + 1);
    this.functionBases = new Int32Array(this.modules.length + 1);
    this.modules.forEach((module, at) => {
      this.bases[at + 1] = (this.bases[at] as number) + module.ops.length;
      this.functionBases[at + 1] = (this.functionBases[at] as number) + module.functions.length;
    });
    this.values = this.bases[this.modules.length] as number;
    this.functions = this.functionBases[this.modules.length] as number;
    this.nameOf = this.modules.map((module) => Int32Array.from(module.strings, (text) => this.names.number(text)));
  }

  moduleOf(value: number): number {
    return below(this.bases, value);
  }

  moduleOfFunction(fn: number): number {
    return below(this.functionBases, fn);
  }

  /** What the front end says of a function. */
  functionInfo(fn: number): IrFunction {
    const module = this.moduleOfFunction(fn);
    return (this.modules[module] as IrModule).functions[fn - (this.functionBases[module] as number)] as IrFunction;
  }

  /** The value of a parameter; -1 where the function makes no use of it. */
  paramValue(fn: number, at: number): number {
    const module = this.moduleOfFunction(fn);
    const places = (this.params[module] ??= paramsOf(this.modules[module] as IrModule));
    const place = places.get(paramKey(fn - (this.functionBases[module] as number), at));
    return place === undefined ? -1 : (this.bases[module] as number) + place;
  }

  private readonly params: (ReadonlyMap<number, number> | undefined)[] = [];

  /** The function that a value belongs to. */
  owner(value: number): number {
    const module = this.moduleOf(value);
    return (this.functionBases[module] as number) + ((this.modules[module] as IrModule).owners[value - (this.bases[module] as number)] as number);
  }

  /** The instruction that makes a value. */
  at(value: number): Instruction {
    const module = this.moduleOf(value);
    const ir = this.modules[module] as IrModule;
    return new Instruction(ir, module, this.bases[module] as number, value - (this.bases[module] as number));
  }
}

/** One instruction, with operands as values of the whole program. */
export class Instruction {
  readonly ir: IrModule;
  readonly module: number;
  readonly place: number;
  private readonly base: number;

  constructor(ir: IrModule, module: number, base: number, place: number) {
    this.ir = ir;
    this.module = module;
    this.base = base;
    this.place = place;
  }

  get valueId(): number {
    return this.base + this.place;
  }

  get op(): number {
    return this.ir.ops[this.place] as number;
  }

  /** Operand `a` (`b`, `c`) where it is a value; -1 for none. */
  get a(): number {
    return this.value(this.ir.a[this.place] as number);
  }

  get b(): number {
    return this.value(this.ir.b[this.place] as number);
  }

  get c(): number {
    return this.value(this.ir.c[this.place] as number);
  }

  /** `a` (`c`) where it is a number that means itself. */
  get rawA(): number {
    return this.ir.a[this.place] as number;
  }

  get rawC(): number {
    return this.ir.c[this.place] as number;
  }

  get textA(): string {
    return this.ir.strings[this.ir.a[this.place] as number] ?? '';
  }

  get textB(): string {
    return this.ir.strings[this.ir.b[this.place] as number] ?? '';
  }

  get textC(): string {
    return this.ir.strings[this.ir.c[this.place] as number] ?? '';
  }

  get operands(): number[] {
    const found: number[] = [];
    for (let at = this.ir.operandsAt[this.place] as number; at < (this.ir.operandsAt[this.place + 1] as number); at++) found.push(this.base + (this.ir.operands[at] as number));
    return found;
  }

  /** The literal, where it is one. */
  get constant(): { readonly kind: string; readonly text: string } | undefined {
    return this.op === op.constant ? this.ir.constants[this.ir.a[this.place] as number] : undefined;
  }

  get start(): number {
    return this.ir.starts[this.place] as number;
  }

  get end(): number {
    return this.ir.ends[this.place] as number;
  }

  private value(number: number): number {
    return number < 0 ? -1 : this.base + number;
  }
}

/** Places of parameters, by function and number; of several the first. */
function paramsOf(ir: IrModule): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let place = 0; place < ir.ops.length; place++) {
    if (ir.ops[place] !== op.param) continue;
    const key = paramKey(ir.owners[place] as number, ir.a[place] as number);
    if (!places.has(key)) places.set(key, place);
  }
  return places;
}

function paramKey(own: number, at: number): number {
  return own * 2 ** 21 + at + 2;
}

/** The last index whose base is not above `value`. */
function below(bases: Int32Array, value: number): number {
  let [low, high] = [0, bases.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bases[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
