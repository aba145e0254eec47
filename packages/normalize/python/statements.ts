import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import { classDefinition } from './classes.ts';
import { definition } from './functions.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

export function ifStatement(py: Lowering, node: Node): void {
  const { tree, build } = py;
  const exit = build.block();
  let next = oneWay(py, node, exit);
  for (const clause of tree.fieldNodes(node, 'alternative')) {
    build.enter(next);
    if (tree.kind(clause) === 'elif_clause') next = oneWay(py, clause, exit);
    else {
      py.statements(tree.field(clause, 'body'));
      build.jump(exit);
      next = exit;
    }
  }
  if (next !== exit) {
    build.enter(next);
    build.jump(exit);
  }
  build.seal(exit);
  build.enter(exit);
}

/** Gives the block where the condition does not hold. */
function oneWay(py: Lowering, node: Node, exit: Block): Block {
  const { yes, no } = py.condition(py.tree.field(node, 'condition'));
  py.build.enter(yes);
  py.statements(py.tree.field(node, 'consequence'));
  py.build.jump(exit);
  return no;
}

/** `@...` above a function or class. */
export function decoratedDefinition(py: Lowering, node: Node): void {
  const { tree } = py;
  const inner = tree.field(node, 'definition');
  const above = tree.children(node).filter((child) => tree.kind(child) === 'decorator');
  if (tree.kind(inner) === 'class_definition') classDefinition(py, inner, above);
  else if (tree.kind(inner) === 'function_definition') definition(py, inner, above);
}

/** Python 2: `print >>file, a, b` */
export function printStatement(py: Lowering, node: Node): void {
  const { tree } = py;
  const values = tree.fieldNodes(node, 'argument').map((one) => py.expression(one));
  const file = tree.child(tree.child(node, 'chevron'));
  if (file >= 0) py.build.call(py.builtin('print', node), [...values, py.expression(file)], py.span(node), { keywords: ['file'] });
  else py.build.call(py.builtin('print', node), values, py.span(node));
}

/** Python 2: `exec code in names` */
export function execStatement(py: Lowering, node: Node): void {
  const [code, ...names] = py.tree.children(node).map((one) => py.expression(one));
  py.build.call(py.builtin('exec', node), code === undefined ? names : [code, ...names], py.span(node));
}

/** What the grammar could not read; what it read within is kept. */
export function broken(py: Lowering, node: Node): void {
  for (const child of py.tree.children(node)) {
    const kind = py.tree.kind(child);
    if (py.rules.statements.has(kind)) py.statement(child);
    else if (py.rules.expressions.has(kind)) py.expression(child);
  }
}

export function typeAlias(py: Lowering, node: Node): void {
  const name = py.tree.child(py.tree.field(node, 'left'), 'identifier');
  if (name >= 0) py.write(py.tree.source(name), py.build.emit(op.unknown, py.span(node)), node);
}
