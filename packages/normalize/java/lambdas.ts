import { op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { methodOf } from './calls.ts';
import { declareLocal } from './assignments.ts';
import { Frame } from './frame.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { arrayOf, type JavaType } from './java-type.ts';
import type { ExpressionRule, Lowering } from './lowering.ts';
import { typeNamed } from './names.ts';
import { dimensionsOf, typeOf } from './type-nodes.ts';

interface LambdaParameter {
  readonly name: string;
  readonly node: Node;
  readonly type: JavaType | undefined;
}

function parametersOf(java: Lowering, node: Node): LambdaParameter[] {
  const { tree } = java;
  const kind = tree.kind(node);
  if (kind === 'identifier') return [{ name: tree.source(node), node, type: undefined }];
  if (kind === 'inferred_parameters') return tree.children(node).map((one) => ({ name: tree.source(one), node: one, type: undefined }));
  return tree.children(node).map((one) => {
    const type = typeOf(java, tree.field(one, 'type'));
    const dimensions = dimensionsOf(java, tree.field(one, 'dimensions'));
    return { name: tree.source(tree.field(one, 'name')), node: one, type: type === undefined || dimensions === 0 ? type : arrayOf(type, dimensions) };
  });
}

const lambda: ExpressionRule = (java, node) => {
  const { tree } = java;
  if (!java.build.reachable) return java.unknown(node);
  const parameters = parametersOf(java, tree.field(node, 'parameters'));
  const { closure, frame } = openFunction(java, node, parameters.map(({ name }) => name));
  const body = tree.field(node, 'body');
  java.inside(frame, () => {
    parameters.forEach(({ name, node: at, type }, index) => {
      const local = declareLocal(java, name, type);
      java.build.write(local.variable, java.typed(java.build.emit(op.param, java.span(at), index), type, at));
    });
    if (tree.kind(body) === 'block') java.statement(body);
    else java.build.return(java.value(body), java.span(body));
  });
  return { value: closure, type: undefined };
};

function openFunction(java: Lowering, node: Node, names: readonly string[]): { closure: Value; frame: Frame } {
  const span = java.span(node);
  const builder: FunctionBuilder = java.module.function({ name: '', ...span, params: names.length, paramNames: names, kind: 'arrow' }, java.build);
  const closure = java.build.emit(op.closure, span, builder.index);
  const { owner, thisValue } = java.frame;
  return { closure, frame: new Frame({ builder, owner, outer: java.frame, thisValue }) };
}

/** A method reference is the lambda that it stands for. */
const reference: ExpressionRule = (java, node) => {
  const { tree } = java;
  if (!java.build.reachable) return java.unknown(node);
  const parts = tree.children(node);
  const [object = -1] = parts;
  const last = parts.at(-1) ?? -1;
  const isNew = tree.has(node, 'new');
  const name = isNew ? 'new' : tree.source(last);
  const type = typeNamed(java, object);
  const receiver = type === undefined && !isNew ? java.expression(object) : undefined;
  const { closure, frame } = openFunction(java, node, ['a', 'b']);
  java.inside(frame, () => {
    const args = [0, 1].map((at) => java.build.emit(op.param, java.span(node), at));
    const result = receiver === undefined ? ofClass(java, type, name, args, node) : java.build.invoke(receiver.value, name, args, java.span(node));
    java.build.return(result, java.span(node));
  });
  return { value: closure, type: undefined };
};

/** `Type::method` calls a static method with all arguments, or one of the first argument with the rest. */
function ofClass(java: Lowering, type: JavaType | undefined, name: string, args: readonly Value[], node: Node): Value {
  const span = java.span(node);
  const [first, ...rest] = args;
  if (type === undefined || first === undefined || type.dimensions > 0) return java.unknown(node).value;
  if (name === 'new') return java.build.construct(java.classValue(type), args, span);
  const owner = java.classOf(type);
  const one = methodOf(owner, name, 1);
  if (one?.isStatic === true) return java.build.invoke(java.classValue(type), name, args, span);
  const onFirst = java.build.invoke(java.typed(first, type, node), name, rest, span);
  if (owner !== undefined && methodOf(owner, name, 0) !== undefined) return onFirst;
  return java.build.phi([onFirst, java.build.invoke(java.classValue(type), name, args, span)], span);
}

export const lambdaRules: Readonly<Record<string, ExpressionRule>> = {
  lambda_expression: lambda,
  method_reference: reference,
};

