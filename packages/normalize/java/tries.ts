import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { assign, declareLocal } from './assignments.ts';
import type { Handler } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import type { Lowering, StatementRule } from './lowering.ts';
import { typeOf } from './type-nodes.ts';

/**
 * After each statement of a `try` control may go to its handler: that is all that is said about exceptions. `finally` is lowered once, after what ends
 * in the ordinary way; where nothing does, after what the handler sees.
 */
const tryStatement: StatementRule = (java, node) => {
  const { build, tree } = java;
  const after = build.block();
  const handler: Handler = { block: build.block(), thrown: [] };
  java.frame.scoped(() => {
    java.frame.handlers.push(handler);
    build.edge(handler.block);
    for (const resource of tree.children(tree.field(node, 'resources'))) lowerResource(java, resource);
    java.mayThrow();
    java.statement(tree.field(node, 'body'));
    java.frame.handlers.pop();
  });
  build.jump(after);
  build.seal(handler.block);
  const escaped = lowerCatches(java, node, handler, after);
  build.seal(after);
  build.enter(after);
  const last = tree.child(tree.child(node, 'finally_clause'), 'block');
  if (last < 0) return;
  const ends = build.reachable;
  if (!ends) build.enter(escaped);
  java.statement(last);
  if (!ends) build.leave();
};

function lowerResource(java: Lowering, resource: Node): void {
  const { tree } = java;
  const value = tree.field(resource, 'value');
  if (value < 0) {
    java.held(tree.child(resource));
    return;
  }
  const given = java.held(value);
  const type = typeOf(java, tree.field(resource, 'type')) ?? given.type;
  assign(java, declareLocal(java, tree.source(tree.field(resource, 'name')), type), given, resource);
  java.mayThrow();
}

/** Gives the block in which what no clause catches goes on. */
function lowerCatches(java: Lowering, node: Node, handler: Handler, after: Block): Block {
  const { build, tree } = java;
  const clauses = tree.children(node).filter((one) => tree.kind(one) === 'catch_clause');
  const [blocks, escaped] = [clauses.map(() => build.block()), build.block()];
  build.enter(handler.block);
  for (const block of blocks) build.edge(block);
  const outer = java.frame.handlers.at(-1);
  if (outer !== undefined && build.reachable) {
    build.edge(outer.block);
    outer.thrown.push(...handler.thrown);
  }
  build.jump(escaped);
  clauses.forEach((clause, at) => {
    const block = blocks[at] ?? escaped;
    build.seal(block);
    build.enter(block);
    lowerCatch(java, clause, handler.thrown);
    build.jump(after);
  });
  build.seal(escaped);
  return escaped;
}

function lowerCatch(java: Lowering, clause: Node, thrown: readonly Value[]): void {
  const { build, tree } = java;
  if (!build.reachable) return;
  java.frame.scoped(() => {
    const parameter = tree.child(clause, 'catch_formal_parameter');
    const caught = tree.child(parameter, 'catch_type');
    const types = tree.children(caught).map((one) => typeOf(java, one));
    let value = build.phi([build.emit(op.caught, java.span(parameter)), ...thrown], java.span(parameter));
    for (const type of types) value = java.typed(value, type, parameter);
    const local = declareLocal(java, tree.source(tree.field(parameter, 'name')), types.length === 1 ? types[0] : undefined);
    build.write(local.variable, value);
    java.statement(tree.field(clause, 'body'));
  });
}

export const tryRules: Readonly<Record<string, StatementRule>> = {
  try_statement: tryStatement,
  try_with_resources_statement: tryStatement,
};
