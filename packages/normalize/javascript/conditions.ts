import type { Block } from '../ir/function-builder.ts';
import { child, type EsNode, unwrapped } from './estree.ts';
import { type At, type Lowering, span } from './lowering.ts';

/** Control goes to `yes` where the expression holds, else to `no`: what each part of it proves is kept on the way. */
export function condition(l: Lowering, at: At, outer: EsNode, yes: Block, no: Block): void {
  const node = unwrapped(outer);
  const { builder } = at.state;
  const [left, right, argument] = [child(node, 'left'), child(node, 'right'), child(node, 'argument')];
  const operator = node['operator'];
  if (node.type === 'UnaryExpression' && operator === '!' && argument !== undefined) return condition(l, at, argument, no, yes);
  if (node.type === 'LogicalExpression' && operator !== '??' && left !== undefined && right !== undefined) {
    const middle = builder.block();
    if (operator === '&&') condition(l, at, left, middle, no);
    else condition(l, at, left, yes, middle);
    builder.seal(middle);
    builder.enter(middle);
    if (builder.reachable) condition(l, at, right, yes, no);
    return;
  }
  const { value, mentioned } = builder.mentions(() => l.expression(at, node));
  const branch = builder.branch(value, mentioned, span(node));
  builder.enter(branch.yes);
  builder.jump(yes);
  builder.enter(branch.no);
  builder.jump(no);
}

/** One of two ways, and what follows both. */
export function either(l: Lowering, at: At, test: EsNode, yes: () => unknown, no: () => unknown): void {
  const { builder } = at.state;
  const [first, second, join] = [builder.block(), builder.block(), builder.block()];
  condition(l, at, test, first, second);
  for (const [block, run] of [[first, yes], [second, no]] as const) {
    builder.seal(block);
    builder.enter(block);
    if (builder.reachable) run();
    builder.jump(join);
  }
  builder.seal(join);
  builder.enter(join);
}
