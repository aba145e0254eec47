import { type IrModule, op } from '#model/ir.ts';

const deepest = 12;

/** What is passed to the function `sink` of a program, call by call, in words that look like Java: for tests of the front end. */
export function sinksOf(ir: IrModule): string[] {
  const calls = [...ir.ops.keys()].filter((value) => ir.ops[value] === op.invoke && ir.strings[ir.b[value] as number] === 'sink');
  return calls.toSorted((a, b) => (ir.starts[a] as number) - (ir.starts[b] as number)).map((value) => operands(ir, value).map((one) => words(ir, one, 0)).join(', '));
}

function operands(ir: IrModule, value: number): number[] {
  return [...ir.operands.subarray(ir.operandsAt[value], ir.operandsAt[value + 1])];
}

/** What phis of phis choose from. */
function alternatives(ir: IrModule, value: number, found: Set<number>): Set<number> {
  for (const one of operands(ir, value)) {
    if (found.has(one)) continue;
    if (ir.ops[one] === op.phi) alternatives(ir, one, found);
    else found.add(bare(ir, one));
  }
  return found;
}

/** A value without what is known of it. */
function bare(ir: IrModule, value: number): number {
  const code = ir.ops[value];
  return code === op.refine || code === op.typed ? bare(ir, ir.a[value] as number) : value;
}

function words(ir: IrModule, value: number, depth: number): string {
  if (value < 0 || depth > deepest) return '...';
  const go = (one: number): string => words(ir, one, depth + 1);
  const a = ir.a[value] as number;
  switch (ir.ops[value]) {
    case op.constant: return ir.constants[a]?.kind === 'string' ? JSON.stringify(ir.constants[a].text) : (ir.constants[a]?.text ?? '');
    case op.param: return a < 0 ? 'this' : `p${a}`;
    case op.import: return (ir.strings[a] ?? '').split('.').at(-1) ?? '';
    case op.closure: return ir.functions[a]?.name === '' ? 'lambda' : (ir.functions[a]?.name ?? '');
    case op.phi: return `(${[...alternatives(ir, value, new Set())].map(go).toSorted().join(' | ')})`;
    case op.array: return 'array';
    case op.caught: return 'caught';
    default: return made(ir, value, go);
  }
}

/** Instructions that make something of other values. */
function made(ir: IrModule, value: number, go: (one: number) => string): string {
  const [a, b, c] = [ir.a[value] as number, ir.b[value] as number, ir.c[value] as number];
  const list = (joint: string): string => operands(ir, value).map(go).join(joint);
  switch (ir.ops[value]) {
    case op.refine: case op.typed: return go(a);
    case op.concat: return list(' + ');
    case op.load: return `${go(a)}.${ir.strings[b]}`;
    case op.loadAt: return `${go(a)}[${go(b)}]`;
    case op.invoke: return `${go(a)}.${ir.strings[b]}(${list(', ')})`;
    case op.call: return `${go(a)}(${list(', ')})`;
    case op.construct: return `new ${go(a)}(${list(', ')})`;
    case op.arithmetic: case op.test: return b < 0 ? `${ir.strings[c]}${go(a)}` : `${go(a)} ${ir.strings[c]} ${go(b)}`;
    case op.element: return `${go(a)}[]`;
    default: return 'unknown';
  }
}
