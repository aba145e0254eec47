import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { assign } from './targets.ts';
import { qualified } from './types.ts';

/** A handler sees what the variables held at any statement of the body; `finally` runs on every way. */
export function tryStatement(py: Lowering, node: Node): void {
  const { tree, build, frame } = py;
  const last = tree.child(node, 'finally_clause');
  const after = build.block();
  const failed = build.block();
  frame.handlers.push(failed);
  py.mayThrow();
  py.statements(tree.field(node, 'body'));
  py.statements(tree.field(tree.child(node, 'else_clause'), 'body'));
  build.jump(after);
  frame.handlers.pop();
  build.seal(failed);
  handlers(py, node, { failed, after, closes: last >= 0 });
  build.seal(after);
  build.enter(after);
  if (last >= 0) finallyClause(py, last, after);
}

interface Ways {
  readonly failed: Block;
  readonly after: Block;
  /** What no handler takes goes through `finally`. */
  readonly closes: boolean;
}

function handlers(py: Lowering, node: Node, { failed, after, closes }: Ways): void {
  const { tree, build } = py;
  let from = failed;
  for (const clause of tree.children(node).filter((child) => tree.kind(child).startsWith('except'))) {
    build.enter(from);
    const { yes, no } = build.branch(py.unknown(clause), [], py.span(clause));
    build.enter(yes);
    bindError(py, clause);
    py.statements(tree.child(clause, 'block'));
    build.jump(after);
    from = no;
  }
  build.enter(from);
  if (closes) build.jump(after);
  else build.leave();
}

/** `except Error as name`, in Python 2 `except Error, name`. */
function bindError(py: Lowering, clause: Node): void {
  const { tree } = py;
  const values = tree.fieldNodes(clause, 'value');
  const [value] = values;
  if (value === undefined) return;
  const pattern = tree.kind(value) === 'as_pattern';
  const type = pattern ? tree.child(value) : value;
  py.expression(type);
  const alias = pattern ? tree.field(value, 'alias') : values.length === 2 ? (values[1] as Node) : tree.field(clause, 'alias');
  if (alias < 0) return;
  assign(py, alias, caught(py, type, clause));
}

function caught(py: Lowering, type: Node, clause: Node): Value {
  const value = py.build.emit(op.caught, py.span(clause));
  const name = qualified(py, type);
  return name === undefined ? value : py.build.emit(op.typed, py.span(type), value, py.module.text(name));
}

/** It is read even where all ways have left the function. */
function finallyClause(py: Lowering, clause: Node, after: Block): void {
  const { build, tree } = py;
  const goesOn = build.reachable;
  if (!goesOn) build.enter(after);
  py.statements(tree.child(clause, 'block'));
}

export function raised(py: Lowering, node: Node): void {
  const { tree, build, frame } = py;
  const cause = tree.field(node, 'cause');
  const values = tree.children(node).filter((child) => child !== cause).map((child) => py.expression(child));
  if (cause >= 0) py.expression(cause);
  const handler = frame.handlers.at(-1);
  if (handler !== undefined) build.edge(handler);
  build.throw(values[0] ?? py.unknown(node), py.span(node));
}

/** What follows knows that the condition held. */
export function asserted(py: Lowering, node: Node): void {
  const { tree, build } = py;
  const [condition, message] = tree.children(node);
  const { yes, no } = py.condition(condition ?? -1);
  build.enter(no);
  if (message !== undefined) py.expression(message);
  build.leave();
  build.enter(yes);
}

export function withStatement(py: Lowering, node: Node): void {
  const { tree } = py;
  for (const item of tree.children(tree.child(node, 'with_clause'))) withItem(py, tree.field(item, 'value'));
  py.statements(tree.field(node, 'body'));
}

/** What stands in the head is taken to be what `__enter__` gives. */
function withItem(py: Lowering, value: Node): void {
  const { tree } = py;
  if (tree.kind(value) === 'tuple') for (const one of tree.children(value)) withItem(py, one);
  else if (tree.kind(value) === 'as_pattern') assign(py, tree.field(value, 'alias'), py.expression(tree.child(value)));
  else py.expression(value);
}
