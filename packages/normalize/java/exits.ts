import { op } from '#model/ir.ts';
import { falls, mostToldParams, returnAnswers, tellExit } from '../ir/exits.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import type { MethodInfo } from './class-info.ts';
import { primitiveOf } from './java-type.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

export function nameParams(java: Lowering, { parameters, returns }: MethodInfo): void {
  if (parameters.length === 0 || parameters.length > mostToldParams) return;
  const params = parameters.flatMap(({ name }) => java.frame.local(name)?.variable ?? []);
  if (params.length === parameters.length) java.frame.told = { params, isBoolean: primitiveOf(returns) === 'boolean' };
}

/** Gives a condition back on a way of its own for each answer; false where there is nothing to tell. */
export function returnCondition(java: Lowering, node: Node, span: Span): boolean {
  const own = java.frame.told;
  if (own?.isBoolean !== true || /^(?:true|false)$/.test(java.tree.kind(node)) || !java.build.reachable) return false;
  returnAnswers(java, java.condition(node), own.params, span);
  return true;
}

/** Says what the parameters are where control leaves; false where nothing was asked of them. */
export function leave(java: Lowering, value: Value, span: Span): boolean {
  return tellExit(java, java.frame.told?.params, value, span);
}

/** The end of a method, where control gets there. */
export function endOfBody(java: Lowering, span: Span): void {
  leave(java, falls, span);
}

/** A call that stands by itself, of the program's own or of a class by its name: it may have refused what it was given by not coming back. */
export function cameBack(java: Lowering, node: Node): void {
  const { tree, build, module } = java;
  const object = tree.field(node, 'object');
  const mayRefuse = tree.kind(node) === 'method_invocation' && (object < 0 || tree.kind(object) === 'this' || /^(?:\w+\.)*[A-Z]\w*$/.test(tree.source(object)));
  if (!mayRefuse) return void java.held(node);
  const { value, mentioned } = build.mentions(() => java.held(node).value);
  const made = module.at(value);
  build.cameBack(made.code === op.typed ? made.a : value, mentioned, java.span(node));
}
