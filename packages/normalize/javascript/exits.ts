import { op } from '#model/ir.ts';
import { falls, mostToldParams, wereAsked } from '../ir/exits.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import type { AnyFunction } from './estree.ts';
import type { Lowering } from './lowering.ts';
import { notOf } from './operators.ts';
import type { Scope } from './scope.ts';

/** What a way out is known to give, if anything: what is false, what is true. */
type Truth = boolean | undefined;

/** Names the parameters of the function that is read now. */
export function nameParams(js: Lowering, node: AnyFunction, scope: Scope): void {
  if (node.params.length > mostToldParams || node.generator) return;
  js.frame.params = node.params.map((param) => {
    const plain = param.type === 'AssignmentPattern' ? param.left : param;
    return plain.type === 'Identifier' ? scope.own(plain.name) : undefined;
  });
}

/** The end of a function, where control gets there. */
export function endOfBody(js: Lowering, span: Span): void {
  if (js.build.reachable) leave(js, falls, js.frame.told ? false : undefined, span);
}

/** Says what the parameters are where control leaves; false where there is nothing to say. */
export function leave(js: Lowering, value: Value, truth: Truth, span: Span, not?: boolean): boolean {
  const { build, module, frame } = js;
  if (!build.reachable || frame.params.length === 0) return false;
  const values = frame.params.map((binding) => (binding === undefined ? module.nothing() : build.read(js.variable(binding))));
  const isKnown = truth !== undefined || not !== undefined || wereAsked(module, values);
  if (!isKnown) return false;
  frame.told = true;
  const given = not === true && value !== falls ? notOf(js, value, span) : value;
  build.emit(op.exit, span, given, -1, truth === undefined ? -1 : Number(truth), values);
  return true;
}
