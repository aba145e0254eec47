import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { assign } from './targets.ts';

export function forLoop(py: Lowering, node: Node): void {
  const { tree, build } = py;
  const over = py.expression(tree.fieldChildren(node, 'right').find((one) => tree.counts(one)) ?? -1);
  const header = startHeader(py);
  const { yes, no } = build.branch(py.unknown(node), [], py.span(tree.field(node, 'left')));
  body(py, node, { header, yes, no, first: () => assign(py, tree.field(node, 'left'), build.emit(op.element, py.span(tree.field(node, 'left')), over)) });
}

export function whileLoop(py: Lowering, node: Node): void {
  const header = startHeader(py);
  const { yes, no } = py.condition(py.tree.field(node, 'condition'));
  body(py, node, { header, yes, no, first: () => undefined });
}

function startHeader(py: Lowering): Block {
  const header = py.build.block();
  py.build.jump(header);
  py.build.enter(header);
  return header;
}

interface Loop {
  readonly header: Block;
  readonly yes: Block;
  readonly no: Block;
  readonly first: () => void;
}

/** `else` runs where no `break` left the loop. */
function body(py: Lowering, node: Node, { header, yes, no, first }: Loop): void {
  const { build, tree, frame } = py;
  const exit = build.block();
  frame.loops.push({ next: header, exit });
  build.enter(yes);
  first();
  py.statements(tree.field(node, 'body'));
  build.jump(header);
  build.seal(header);
  frame.loops.pop();
  build.enter(no);
  py.statements(tree.field(tree.field(node, 'alternative'), 'body'));
  build.jump(exit);
  build.seal(exit);
  build.enter(exit);
}

export function breakLoop(py: Lowering): void {
  const loop = py.frame.loops.at(-1);
  if (loop === undefined) py.build.leave();
  else py.build.jump(loop.exit);
}

export function continueLoop(py: Lowering): void {
  const loop = py.frame.loops.at(-1);
  if (loop === undefined) py.build.leave();
  else py.build.jump(loop.next);
}
