import { op } from '#model/ir.ts';
import type { Block, Branches } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { bind } from './bindings.ts';
import type { BodyStatement, NodeOf } from './estree.ts';
import type { Lowering, Target } from './lowering.ts';
import { variables } from './statements.ts';

type LoopNode<K> = NodeOf<BodyStatement, K>;

interface Loop {
  readonly header: Block;
  readonly branches: Branches;
  readonly first?: () => void;
  /** Between one round and the next. */
  readonly update?: () => void;
  readonly body: BodyStatement;
}

function startHeader(js: Lowering): Block {
  const header = js.build.block();
  js.build.jump(header);
  js.build.enter(header);
  return header;
}

function loop(js: Lowering, { header, branches, first, update, body }: Loop, labels: readonly string[]): void {
  const { build } = js;
  const exit = build.block();
  const next = update === undefined ? header : build.block();
  js.frame.targets.push({ labels, exit, next, plain: false });
  build.enter(branches.yes);
  first?.();
  js.statement(body);
  build.jump(next);
  if (update !== undefined) {
    build.seal(next);
    build.enter(next);
    update();
    build.jump(header);
  }
  build.seal(header);
  js.frame.targets.pop();
  build.enter(branches.no);
  build.jump(exit);
  build.seal(exit);
  build.enter(exit);
}

export function whileLoop(js: Lowering, node: LoopNode<'WhileStatement'>): void {
  const { labels } = js;
  const header = startHeader(js);
  loop(js, { header, branches: js.condition(node.test), body: node.body }, labels);
}

export function doLoop(js: Lowering, node: LoopNode<'DoWhileStatement'>): void {
  const { build, labels } = js;
  const [exit, next] = [build.block(), build.block()];
  const header = startHeader(js);
  js.frame.targets.push({ labels, exit, next, plain: false });
  js.statement(node.body);
  js.frame.targets.pop();
  build.jump(next);
  build.seal(next);
  build.enter(next);
  const { yes, no } = js.condition(node.test);
  build.enter(yes);
  build.jump(header);
  build.seal(header);
  build.enter(no);
  build.jump(exit);
  build.seal(exit);
  build.enter(exit);
}

export function forLoop(js: Lowering, node: LoopNode<'ForStatement'>): void {
  const { labels, build } = js;
  js.within(node, () => {
    if (node.init?.type === 'VariableDeclaration') variables(js, node.init);
    else if (node.init !== null) js.expression(node.init);
    const { update, test } = node;
    const header = startHeader(js);
    const branches = test === null ? build.branch(js.module.literal('boolean', 'true'), [], node) : js.condition(test);
    loop(js, { header, branches, body: node.body, ...(update === null ? {} : { update: () => void js.expression(update) }) }, labels);
  });
}

export function forIn(js: Lowering, node: LoopNode<'ForInStatement'>): void {
  forEach(js, node, (over) => js.build.emit(op.key, node.left, over));
}

export function forOf(js: Lowering, node: LoopNode<'ForOfStatement'>): void {
  forEach(js, node, (over) => {
    const element = js.build.emit(op.element, node.left, over);
    return node.await ? js.build.emit(op.await, node.left, element) : element;
  });
}

function forEach(js: Lowering, node: LoopNode<'ForInStatement'> | LoopNode<'ForOfStatement'>, take: (over: Value) => Value): void {
  const { labels, build } = js;
  const over = js.expression(node.right);
  js.within(node, () => {
    const header = startHeader(js);
    const branches = build.branch(js.unknown(node), [], node.left);
    const { left } = node;
    const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
    loop(js, { header, branches, body: node.body, first: () => pattern !== undefined && bind(js, pattern, take(over)) }, labels);
  });
}

export function labelled(js: Lowering, node: LoopNode<'LabeledStatement'>): void {
  const labels = [...js.labels, node.label.name];
  const { build } = js;
  if (/^(?:For|While|DoWhile|Labeled)/.test(node.body.type)) {
    js.labels = labels;
    return js.statement(node.body);
  }
  const exit = build.block();
  js.frame.targets.push({ labels, exit, next: undefined, plain: true });
  js.statement(node.body);
  js.frame.targets.pop();
  build.jump(exit);
  build.seal(exit);
  build.enter(exit);
}

export function leaveTarget(js: Lowering, node: LoopNode<'BreakStatement'> | LoopNode<'ContinueStatement'>): void {
  const label = node.label?.name;
  const goesOn = node.type === 'ContinueStatement';
  const fits = (target: Target): boolean => (label === undefined ? (goesOn ? target.next !== undefined : !target.plain) : target.labels.includes(label));
  const target = js.frame.targets.findLast(fits);
  const block = goesOn ? target?.next : target?.exit;
  passFinals(js);
  if (block === undefined) js.build.leave();
  else js.build.jump(block);
}

/** What leaves a `try` goes through its `finally`. */
export function passFinals(js: Lowering): void {
  const last = js.frame.finals.at(-1);
  if (last !== undefined) js.build.edge(last);
}
