import { type IrModule, op } from '#model/ir.ts';
import { valueInA, valueInB, valueInC } from './module-builder.ts';

const names = new Map<number, string>(Object.entries(op).map(([name, code]) => [code, name]));
const deepest = 40;

/** A value in words that look like the program; what it is made of is told in place. For tests and for looking at. */
export function wordsOf(ir: IrModule, value: number, depth = 0): string {
  if (value < 0) return '';
  if (depth > deepest) return '...';
  const told = new Told(ir, value, depth);
  return (told[names.get(ir.ops[value] as number) as keyof Told] as (() => string) | undefined)?.call(told) ?? told.other();
}

/** How each operation is told, by its name. */
class Told {
  private readonly ir: IrModule;
  private readonly value: number;
  private readonly depth: number;
  private readonly a: number;
  private readonly b: number;
  private readonly c: number;

  constructor(ir: IrModule, value: number, depth: number) {
    this.ir = ir;
    this.value = value;
    this.depth = depth;
    this.a = ir.a[value] as number;
    this.b = ir.b[value] as number;
    this.c = ir.c[value] as number;
  }

  private at(value: number): string {
    return wordsOf(this.ir, value, this.depth + 1);
  }

  private text(at: number): string {
    return this.ir.strings[at] ?? '';
  }

  private list(joint = ', '): string {
    const { ir, value } = this;
    return [...ir.operands.subarray(ir.operandsAt[value], ir.operandsAt[value + 1])].map((one) => this.at(one)).join(joint);
  }

  constant(): string {
    const constant = this.ir.constants[this.a];
    return constant?.kind === 'string' ? JSON.stringify(constant.text) : (constant?.text ?? '');
  }
  param(): string {
    return this.a === -1 ? 'this' : this.a === -2 ? 'arguments' : `${['', '...', '**'][Math.max(this.b, 0)]}p${this.a}`;
  }
  global = (): string => this.text(this.a);
  import = (): string => `import(${this.text(this.a)})`;
  closure = (): string => `fn ${this.ir.functions[this.a]?.name}#${this.a}`;
  object = (): string => '{}';
  array = (): string => '[]';
  getCell = (): string => `cell${this.a}`;
  setCell = (): string => `cell${this.a} := ${this.at(this.b)}`;
  load = (): string => `${this.at(this.a)}.${this.text(this.b)}`;
  loadAt = (): string => `${this.at(this.a)}[${this.at(this.b)}]`;
  store = (): string => `${this.at(this.a)}.${this.text(this.b)} = ${this.at(this.c)}`;
  storeAt = (): string => `${this.at(this.a)}[${this.at(this.b)}] = ${this.at(this.c)}`;
  call = (): string => `${this.b < 0 ? '' : `${this.at(this.b)} -> `}${this.at(this.a)}(${this.list()})`;
  invoke = (): string => `${this.at(this.a)}.${this.text(this.b)}(${this.list()})`;
  construct = (): string => `new ${this.at(this.a)}(${this.list()})`;
  phi = (): string => (this.depth > 6 ? 'phi' : `(${this.list(' | ')})`);
  refine = (): string => `${this.at(this.a)}${this.c === 1 ? '+' : '-'}`;
  concat = (): string => `(${this.list(' ++ ')})`;
  arithmetic = (): string => (this.b < 0 ? `${this.text(this.c)} ${this.at(this.a)}` : `(${this.at(this.a)} ${this.text(this.c)} ${this.at(this.b)})`);
  test = (): string => this.arithmetic();
  typed = (): string => `${this.at(this.a)} as ${this.text(this.b)}`;
  export = (): string => `export ${this.a < 0 ? 'default' : this.text(this.a)} ${this.at(this.b)}`;
  inherit = (): string => `${this.at(this.a)} inherits ${this.at(this.b)}`;
  decorate = (): string => `@${this.at(this.b)} ${this.at(this.a)}`;
  copy = (): string => (this.list() === '' ? `copy ${this.at(this.a)}` : `copy ${this.at(this.a)} without ${this.list()}`);
  unknown = (): string => '?';

  other(): string {
    const code = this.ir.ops[this.value];
    return `${names.get(code ?? -1) ?? ''} ${valueInA.has(code as never) ? this.at(this.a) : ''}`.trim();
  }
}

/** Instructions that do something (calls, stores, results, exports), one a line, with the function they stand in. */
export function deedsOf(ir: IrModule): string[] {
  const deeds = new Set<number>([op.store, op.storeAt, op.setCell, op.call, op.invoke, op.construct, op.return, op.throw, op.yield, op.inherit, op.export, op.decorate]);
  return [...ir.ops.keys()].filter((value) => deeds.has(ir.ops[value] as number)).map((value) => `${ir.owners[value]}: ${wordsOf(ir, value)}`);
}

/** What stands for a variable may be made when all ways to its place are known. */
const anywhere = new Set<number>([op.phi, op.constant, op.getCell, op.unknown]);

/** What is wrong with the numbers of a module; nothing when it is well formed. */
export function flawsOf(ir: IrModule): string[] {
  const flaws: string[] = [];
  const count = ir.ops.length;
  for (let value = 0; value < count; value++) {
    const code = ir.ops[value] as never;
    const told = `${value} ${names.get(ir.ops[value] as number)}`;
    const used = [...ir.operands.subarray(ir.operandsAt[value], ir.operandsAt[value + 1])];
    if (valueInA.has(code)) used.push(ir.a[value] as number);
    for (const [has, at] of [[valueInB.has(code), ir.b[value]], [valueInC.has(code), ir.c[value]]] as const) if (has && at !== -1) used.push(at as number);
    if (used.some((one) => one < 0 || one >= count)) flaws.push(`${told} uses a value that there is not`);
    if (code !== op.phi && used.some((one) => one >= value && !anywhere.has(ir.ops[one] as number))) flaws.push(`${told} uses a later value`);
    if ((ir.starts[value] as number) > (ir.ends[value] as number) || (ir.ends[value] as number) > ir.length) flaws.push(`${told} lies outside of the text`);
    if ((ir.owners[value] as number) >= ir.functions.length) flaws.push(`${told} belongs to no function`);
  }
  return flaws;
}
