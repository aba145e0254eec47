import { falls, mostToldParams, returnAnswers, tellExit } from '../ir/exits.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import type { FunctionShape } from './functions.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

export function nameParams(py: Lowering, { parameters }: FunctionShape): void {
  if (parameters.length === 0 || parameters.length > mostToldParams || parameters.some(({ kind }) => kind !== 'plain')) return;
  const params = parameters.flatMap(({ name }) => {
    const binding = py.frame.scope.resolve(name);
    return binding === undefined ? [] : [py.variable(binding)];
  });
  if (params.length === parameters.length) py.frame.told = params;
}

/** Gives what is true or false by its form back on a way of its own for each answer; false where it may be anything else. */
export function returnCondition(py: Lowering, node: Node, span: Span): boolean {
  if (py.frame.told === undefined || !isTruth(py, node) || !py.build.reachable) return false;
  returnAnswers(py, py.condition(node), py.frame.told, span);
  return true;
}

function isTruth(py: Lowering, node: Node): boolean {
  const { tree } = py;
  switch (tree.kind(node)) {
    case 'comparison_operator':
    case 'not_operator': return true;
    case 'parenthesized_expression': return isTruth(py, tree.child(node));
    case 'boolean_operator': return isTruth(py, tree.field(node, 'left')) && isTruth(py, tree.field(node, 'right'));
    default: return false;
  }
}

/** Says what the parameters are where control leaves; false where nothing was asked of them. */
export function leave(py: Lowering, value: Value, span: Span): boolean {
  return tellExit(py, py.frame.told, value, span);
}

/** The end of a function, where control gets there. */
export function endOfBody(py: Lowering, span: Span): void {
  leave(py, falls, span);
}

/** A call that stands by itself, of the program's own by its name: it may have refused what it was given by not coming back. */
export function cameBack(py: Lowering, node: Node): void {
  const { tree } = py;
  const call = tree.kind(node) === 'await' ? tree.child(node) : node;
  const callee = tree.kind(call) === 'call' ? tree.field(call, 'function') : -1;
  const { scope } = py.frame;
  const owner = tree.kind(callee) === 'attribute' ? tree.field(callee, 'object') : callee;
  const mayRefuse = tree.kind(owner) === 'identifier' && scope.resolve(tree.source(owner)) !== undefined;
  const value = py.expression(node);
  if (!mayRefuse) return;
  const given = tree.children(tree.field(call, 'arguments')).filter((one) => tree.kind(one) === 'identifier');
  py.build.cameBack(value, given.flatMap((one) => {
    const binding = scope.resolve(tree.source(one));
    return binding === undefined ? [] : [py.variable(binding)];
  }), py.span(node));
}
