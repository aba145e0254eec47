import { op } from '#model/ir.ts';
import { falls, mostToldParams, returnAnswers, tellExit } from '../ir/exits.ts';
import type { Span, Value, Variable } from '../ir/module-builder.ts';
import type { MethodInfo } from './class-info.ts';
import type { Frame } from './frame.ts';
import { primitiveOf } from './java-type.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

interface Told {
  readonly params: readonly Variable[];
  readonly isBoolean: boolean;
}

/** Methods that may check what they get: what their parameters are by then is told wherever control leaves. */
const told = new WeakMap<Frame, Told>();

export function nameParams(java: Lowering, { parameters, returns }: MethodInfo): void {
  if (parameters.length === 0 || parameters.length > mostToldParams) return;
  const params = parameters.flatMap(({ name }) => java.frame.local(name)?.variable ?? []);
  if (params.length === parameters.length) told.set(java.frame, { params, isBoolean: primitiveOf(returns) === 'boolean' });
}

/** Gives a condition back on a way of its own for each answer; false where there is nothing to tell. */
export function returnCondition(java: Lowering, node: Node, span: Span): boolean {
  const own = told.get(java.frame);
  if (own?.isBoolean !== true || /^(?:true|false)$/.test(java.tree.kind(node)) || !java.build.reachable) return false;
  returnAnswers(java, java.condition(node), own.params, span);
  return true;
}

/** Says what the parameters are where control leaves; false where nothing was asked of them. */
export function leave(java: Lowering, value: Value, span: Span): boolean {
  return tellExit(java, told.get(java.frame)?.params, value, span);
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
