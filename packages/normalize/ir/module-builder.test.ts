import { expect, test } from 'vitest';
import { type IrModule, op } from '#model/ir.ts';
import type { FunctionBuilder } from './function-builder.ts';
import { ModuleBuilder } from './module-builder.ts';

const span = { start: 0, end: 1 };
const plain = { name: '', start: 0, end: 0, params: 1, paramNames: ['x'], kind: 'plain' } as const;

function build(lower: (module: ModuleBuilder, body: FunctionBuilder) => void): IrModule {
  const module = new ModuleBuilder('a.js', 'javascript', 10);
  lower(module, module.function(plain, undefined));
  return module.finish();
}

const all = (module: IrModule, code: number): number[] => [...module.ops].flatMap((one, at) => (one === code ? [at] : []));
const operandsOf = (module: IrModule, at: number): number[] => [...module.operands.subarray(module.operandsAt[at], module.operandsAt[at + 1])];

test('a variable that both branches set is a phi of both, one that neither sets is none', () => {
  const module = build((m, f) => {
    const [x, y] = [m.variable(f, { shared: false, once: false }), m.variable(f, { shared: false, once: true })];
    f.write(y, f.emit(op.param, span, 0));
    const condition = f.emit(op.global, span, m.text('c'));
    const { yes, no } = f.branch(condition, [], span);
    const join = f.block();
    f.enter(yes);
    f.write(x, m.literal('string', 'a'));
    f.jump(join);
    f.enter(no);
    f.write(x, m.literal('string', 'b'));
    f.jump(join);
    f.seal(join);
    f.enter(join);
    f.return(f.read(x), span);
    f.emit(op.return, span, f.read(y));
  });
  const [phi] = all(module, op.phi);
  expect(all(module, op.phi)).toHaveLength(1);
  expect(operandsOf(module, phi as number).map((one) => module.constants[module.a[one] as number]?.text)).toEqual(['a', 'b']);
  expect(module.a[all(module, op.return)[0] as number]).toBe(phi);
});

test('what a condition mentions is refined on both sides, and a guard that leaves keeps its refinement', () => {
  const module = build((m, f) => {
    const x = m.variable(f, { shared: false, once: true });
    f.write(x, f.emit(op.param, span, 0));
    const { value, mentioned } = f.mentions(() => f.test('===', f.read(x), m.literal('string', '__proto__'), span));
    const { yes, no } = f.branch(value, mentioned, span);
    f.enter(yes);
    f.return(m.literal('undefined', 'undefined'), span);
    f.enter(no);
    f.return(f.read(x), span);
  });
  const last = all(module, op.return).at(-1) as number;
  const refined = module.a[last] as number;
  expect(module.ops[refined]).toBe(op.refine);
  expect(module.c[refined]).toBe(0);
  expect(module.ops[module.b[refined] as number]).toBe(op.test);
});

test('a loop gives a phi of before and round; a variable that the loop leaves alone has none', () => {
  const module = build((m, f) => {
    const [x, y] = [m.variable(f, { shared: false, once: false }), m.variable(f, { shared: false, once: true })];
    f.write(x, f.emit(op.param, span, 0));
    f.write(y, f.emit(op.param, span, 1));
    const header = f.block();
    f.jump(header);
    f.enter(header);
    const { yes, no } = f.branch(f.read(y), [], span);
    f.enter(yes);
    f.write(x, f.load(f.read(x), 'next', span));
    f.jump(header);
    f.seal(header);
    f.enter(no);
    f.return(f.read(x), span);
  });
  const phis = all(module, op.phi).filter((at) => operandsOf(module, at).length > 0);
  expect(phis).toHaveLength(1);
  expect(operandsOf(module, phis[0] as number).map((one) => module.ops[one]).sort()).toEqual([op.param, op.load].sort());
  expect(module.a[all(module, op.return)[0] as number]).toBe(phis[0]);
});

test('a constant condition closes a branch; sums and tests of constants are constants', () => {
  const module = build((m, f) => {
    const x = m.variable(f, { shared: false, once: false });
    const sum = f.sum(f.arithmetic('*', m.literal('number', '7'), m.literal('number', '18'), span), m.literal('number', '106'), span);
    const { yes, no } = f.branch(f.test('>', sum, m.literal('number', '200'), span), [], span);
    const join = f.block();
    f.enter(yes);
    f.write(x, m.literal('string', 'fixed'));
    f.jump(join);
    f.enter(no);
    expect(f.reachable).toBe(false);
    f.write(x, f.emit(op.param, span, 0));
    f.jump(join);
    f.seal(join);
    f.enter(join);
    f.return(f.read(x), span);
  });
  const returned = module.a[all(module, op.return)[0] as number] as number;
  expect(module.constants[module.a[returned] as number]?.text).toBe('fixed');
  expect(all(module, op.param)).toEqual([]);
});

test('an inner function sees the value of a variable that is set once, refined as it was there; one that changes is a cell', () => {
  const module = build((m, f) => {
    const [once, many] = [m.variable(f, { shared: true, once: true }), m.variable(f, { shared: true, once: false })];
    f.write(once, f.emit(op.param, span, 0));
    f.write(many, f.emit(op.param, span, 0));
    const { value, mentioned } = f.mentions(() => f.test('typeof', f.read(once), undefined, span));
    const { yes } = f.branch(value, mentioned, span);
    f.enter(yes);
    const inner = m.function({ ...plain, name: 'inner' }, f);
    inner.return(inner.read(once), span);
    const other = m.function({ ...plain, name: 'other' }, f);
    other.return(other.read(many), span);
  });
  const [first, second] = all(module, op.return).map((at) => module.ops[module.a[at] as number]);
  expect(first).toBe(op.refine);
  expect(second).toBe(op.getCell);
});

test('a call keeps the receiver it is given, and the names of arguments that are passed by name', () => {
  const module = build((m, f) => {
    const [run, self, text] = [m.text('run'), f.emit(op.param, span, -1), m.literal('string', 'x')];
    f.call(f.emit(op.global, span, run), [text, self], span, { receiver: self, keywords: ['cwd'] });
    f.invoke(self, 'run', [text], span);
  });
  const [call, invoke] = [all(module, op.call)[0] as number, all(module, op.invoke)[0] as number];
  expect(module.ops[module.b[call] as number]).toBe(op.param);
  expect(module.strings[module.c[call] as number]).toBe('cwd');
  expect(module.c[invoke]).toBe(-1);
});
