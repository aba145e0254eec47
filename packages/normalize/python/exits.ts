import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Span, Value, Variable } from '../ir/module-builder.ts';
import type { FunctionShape } from './functions.ts';
import type { Frame, Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

/** Parameters of one function that are told of. */
const mostParams = 8;
const falls: Value = -1;

/** Functions that may check what they get: what their parameters are by then is told wherever control leaves. */
const told = new WeakMap<Frame, readonly Variable[]>();

export function nameParams(py: Lowering, { parameters }: FunctionShape): void {
  if (parameters.length === 0 || parameters.length > mostParams || parameters.some(({ kind }) => kind !== 'plain')) return;
  const params = parameters.flatMap(({ name }) => {
    const binding = py.frame.scope.resolve(name);
    return binding === undefined ? [] : [py.variable(binding)];
  });
  if (params.length === parameters.length) told.set(py.frame, params);
}

/** Gives what is true or false by its form back on a way of its own for each answer; false where it may be anything else. */
export function returnCondition(py: Lowering, node: Node, span: Span): boolean {
  if (!told.has(py.frame) || !isTruth(py, node) || !py.build.reachable) return false;
  const { yes, no } = py.condition(node);
  const give = (block: Block, answer: boolean): void => {
    py.build.enter(block);
    if (!py.build.reachable) return;
    const value = py.module.literal('boolean', String(answer));
    py.build.return(value, span, leave(py, value, span));
  };
  give(yes, true);
  give(no, false);
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
  const { build, module } = py;
  const params = told.get(py.frame);
  if (params === undefined || !build.reachable) return false;
  const values = params.map((one) => build.read(one));
  if (!values.some((one) => module.opOf(one) === op.refine || module.opOf(one) === op.phi)) return false;
  build.emit(op.exit, span, value, -1, -1, values);
  return true;
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
