import { cameBack, leave, returnCondition } from './exits.ts';
import type { Frame } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import type { Lowering, StatementRule } from './lowering.ts';

const block: StatementRule = (java, node) => java.frame.scoped(() => statements(java, java.tree.children(node)));

/** Classes are known before the statements round them; variables also where they are declared in a stretch that is never reached. */
export function statements(java: Lowering, nodes: readonly Node[]): void {
  for (const node of nodes) java.statement(node);
}

const ifStatement: StatementRule = (java, node) => {
  const { build, tree } = java;
  const { yes, no } = java.condition(tree.field(node, 'condition'));
  const after = build.block();
  build.enter(yes);
  java.statement(tree.field(node, 'consequence'));
  build.jump(after);
  build.enter(no);
  java.statement(tree.field(node, 'alternative'));
  build.jump(after);
  build.seal(after);
  build.enter(after);
};

const returnStatement: StatementRule = (java, node) => {
  const value = java.tree.child(node);
  const span = java.span(node);
  if (value >= 0 && returnCondition(java, value, span)) return;
  const result = value < 0 ? java.module.literal('undefined', 'undefined') : java.value(value);
  java.build.return(result, span, leave(java, result, span));
};

const throwStatement: StatementRule = (java, node) => {
  const value = java.value(java.tree.child(node));
  const handler = java.frame.handlers.at(-1);
  if (handler !== undefined && java.build.reachable) {
    java.build.edge(handler.block);
    handler.thrown.push(value);
  }
  java.build.throw(value, java.span(node));
};

const labelOf = (java: Lowering, node: Node): string | undefined => {
  const label = java.tree.child(node, 'identifier');
  return label < 0 ? undefined : java.tree.source(label);
};

function leaveTo(java: Lowering, target: ReturnType<Frame['breakTarget']>): void {
  if (target === undefined) java.build.leave();
  else java.build.jump(target);
}

const yieldStatement: StatementRule = (java, node) => {
  const result = java.frame.results.findLast((one) => one !== undefined);
  const { value, type } = java.expression(java.tree.child(node));
  if (result === undefined) return;
  java.build.write(result.variable, value);
  result.type ??= type;
  java.build.jump(result.after);
};

export const statementRules: Readonly<Record<string, StatementRule>> = {
  block,
  constructor_body: block,
  if_statement: ifStatement,
  return_statement: returnStatement,
  throw_statement: throwStatement,
  break_statement: (java, node) => leaveTo(java, java.frame.breakTarget(labelOf(java, node))),
  continue_statement: (java, node) => leaveTo(java, java.frame.continueTarget(labelOf(java, node))),
  yield_statement: yieldStatement,
  expression_statement: (java, node) => cameBack(java, java.tree.child(node)),
  assert_statement: (java, node) => {
    for (const one of java.tree.children(node)) java.expression(one);
  },
  synchronized_statement: (java, node) => {
    java.held(java.tree.child(node, 'parenthesized_expression'));
    java.statement(java.tree.field(node, 'body'));
  },
  ';': () => undefined,
};
