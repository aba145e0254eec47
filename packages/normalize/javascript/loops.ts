import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import { condition } from './conditions.ts';
import { child, type EsNode, nodes } from './estree.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { assign } from './patterns.ts';

interface Loop {
  readonly label: string | undefined;
  /** Decides between the body and the way out; without one the loop ends by itself only. */
  readonly test?: (body: Block, exit: Block) => void;
  readonly body: () => void;
  readonly update?: () => void;
  /** The body runs before the first test. */
  readonly bodyFirst?: boolean;
}

function loop(at: At, { label, test, body, update, bodyFirst = false }: Loop): void {
  const { builder, targets } = at.state;
  const [header, inside, exit, next] = [builder.block(), builder.block(), builder.block(), builder.block()];
  builder.jump(header);
  builder.enter(header);
  if (test !== undefined && !bodyFirst) test(inside, exit);
  else builder.jump(inside);
  builder.seal(inside);
  targets.push({ exit, next, label });
  builder.enter(inside);
  if (builder.reachable) body();
  builder.jump(next);
  targets.pop();
  builder.seal(next);
  builder.enter(next);
  update?.();
  if (bodyFirst && test !== undefined && builder.reachable) test(header, exit);
  else builder.jump(header);
  builder.seal(header);
  builder.seal(exit);
  builder.enter(exit);
}

export function forLoop(l: Lowering, outer: At, node: EsNode, label: string | undefined): void {
  const at = l.within(outer, node);
  const [init, test, update, body] = [child(node, 'init'), child(node, 'test'), child(node, 'update'), child(node, 'body')];
  if (init?.type === 'VariableDeclaration') l.statement(at, init);
  else if (init !== undefined) l.expression(at, init);
  loop(at, {
    label,
    ...(test === undefined ? {} : { test: (inside: Block, exit: Block) => condition(l, at, test, inside, exit) }),
    body: () => body !== undefined && l.statement(at, body),
    update: () => update !== undefined && at.state.builder.reachable && l.expression(at, update),
  });
}

export function whileLoop(l: Lowering, at: At, node: EsNode, label: string | undefined): void {
  whileTest(l, at, node, label, false);
}

export function doWhile(l: Lowering, at: At, node: EsNode, label: string | undefined): void {
  whileTest(l, at, node, label, true);
}

function whileTest(l: Lowering, at: At, node: EsNode, label: string | undefined, bodyFirst: boolean): void {
  const [test, body] = [child(node, 'test'), child(node, 'body')];
  if (test === undefined || body === undefined) return;
  loop(at, { label, bodyFirst, test: (inside, exit) => condition(l, at, test, inside, exit), body: () => l.statement(at, body) });
}

/** `for (x of list)` takes elements, `for (x in object)` keys. */
export function forEach(l: Lowering, outer: At, node: EsNode, label: string | undefined): void {
  const at = l.within(outer, node);
  const { builder } = at.state;
  const [left, right, body] = [child(node, 'left'), child(node, 'right'), child(node, 'body')];
  if (left === undefined || right === undefined) return;
  const held = l.expression(at, right);
  const more = l.unknown(at, node);
  loop(at, {
    label,
    test: (inside, exit) => {
      const branch = builder.branch(more, [], span(right));
      builder.enter(branch.yes);
      builder.jump(inside);
      builder.enter(branch.no);
      builder.jump(exit);
    },
    body: () => {
      const value = builder.emit(node.type === 'ForInStatement' ? op.key : op.element, span(left), held);
      const target = left.type === 'VariableDeclaration' ? child(nodes(left, 'declarations')[0] ?? left, 'id') : left;
      if (target !== undefined) assign(l, at, target, node['await'] === true ? builder.emit(op.await, span(left), value) : value);
      if (body !== undefined) l.statement(at, body);
    },
  });
}

export function leave(_: Lowering, at: At, node: EsNode): void {
  const { builder, targets } = at.state;
  const label = nameOf(child(node, 'label'));
  const found = targets.findLast((one) => (label === '' ? one.label === undefined || one.next !== undefined || node.type === 'BreakStatement' : one.label === label) && (node.type === 'BreakStatement' || one.next !== undefined));
  const to = node.type === 'BreakStatement' ? found?.exit : found?.next;
  if (to === undefined) builder.leave();
  else builder.jump(to);
}

const loops: ReadonlySet<string> = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForInStatement', 'ForOfStatement']);

export function labelled(l: Lowering, at: At, node: EsNode): void {
  const { builder, targets } = at.state;
  const [label, body] = [nameOf(child(node, 'label')), child(node, 'body')];
  if (body === undefined) return;
  if (loops.has(body.type)) return l.statement(at, body, label);
  const exit = builder.block();
  targets.push({ exit, next: undefined, label });
  l.statement(at, body);
  targets.pop();
  builder.jump(exit);
  builder.seal(exit);
  builder.enter(exit);
}

/** Each case is a test for equality; bodies fall through. */
export function switchStatement(l: Lowering, outer: At, node: EsNode, label: string | undefined): void {
  const { builder, targets } = outer.state;
  const at = l.within(outer, node);
  const subject = child(node, 'discriminant');
  if (subject === undefined) return;
  const { value, mentioned } = builder.mentions(() => l.expression(outer, subject));
  const cases = nodes(node, 'cases');
  const bodies = cases.map(() => builder.block());
  const exit = builder.block();
  let otherwise = exit;
  cases.forEach((one, index) => {
    const test = child(one, 'test');
    const body = bodies[index] as Block;
    if (test === undefined) {
      otherwise = body;
      return;
    }
    const branch = builder.branch(builder.test('===', value, l.expression(at, test), span(test)), mentioned, span(test));
    builder.enter(branch.yes);
    builder.jump(body);
    builder.enter(branch.no);
  });
  builder.jump(otherwise);
  targets.push({ exit, next: undefined, label });
  cases.forEach((one, index) => {
    const body = bodies[index] as Block;
    builder.seal(body);
    builder.enter(body);
    l.statements(at, nodes(one, 'consequent'));
    builder.jump(bodies[index + 1] ?? exit);
  });
  targets.pop();
  builder.seal(exit);
  builder.enter(exit);
}
