import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import { bind } from './bindings.ts';
import type { BodyStatement, NodeOf } from './estree.ts';
import type { Lowering } from './lowering.ts';
import { passFinals } from './loops.ts';

type Try = NodeOf<BodyStatement, 'TryStatement'>;

/** A handler sees what the variables held at any statement of the body; `finally` runs on every way. */
export function tryStatement(js: Lowering, node: Try): void {
  const { build, frame } = js;
  const after = build.block();
  if (node.finalizer !== null) frame.finals.push(after);
  const failed = build.block();
  frame.handlers.push(failed);
  js.mayThrow();
  js.statement(node.block);
  build.jump(after);
  frame.handlers.pop();
  build.seal(failed);
  build.enter(failed);
  if (node.handler !== null) handler(js, node.handler, node.finalizer === null ? undefined : after);
  build.jump(after);
  if (node.finalizer !== null) frame.finals.pop();
  build.seal(after);
  build.enter(after);
  if (node.finalizer !== null) js.statement(node.finalizer);
}

/** What it throws itself goes to the next handler outwards, by way of `finally`. */
function handler(js: Lowering, node: NonNullable<Try['handler']>, last: Block | undefined): void {
  if (last !== undefined) js.frame.handlers.push(last);
  js.within(node, () => {
    if (node.param !== null) bind(js, node.param, js.build.emit(op.caught, node.param));
    js.statement(node.body);
  });
  if (last !== undefined) js.frame.handlers.pop();
}

export function throwStatement(js: Lowering, node: NodeOf<BodyStatement, 'ThrowStatement'>): void {
  const value = js.expression(node.argument);
  const target = js.frame.handlers.at(-1);
  if (target !== undefined) js.build.edge(target);
  passFinals(js);
  js.build.throw(value, node);
}
