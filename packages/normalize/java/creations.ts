import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { argumentNodes } from './calls.ts';
import { constantOf } from './constants.ts';
import { textKey } from './container-calls.ts';
import { Contents, flavourOf, isContainer } from './contents.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { arrayOf, elementOf, isNumeric, isString, type JavaType, onlyName, primitiveOf } from './java-type.ts';
import { type ExpressionRule, type Lowering, outerInstance, type Typed } from './lowering.ts';
import { part } from './operators.ts';
import { dimensionsOf, typeOf } from './type-nodes.ts';

/** Arrays with more elements than this are not known one by one. */
const longestArray = 64;

const creation: ExpressionRule = (java, node) => {
  const { tree, build } = java;
  const stated = tree.field(node, 'type');
  const [first = -1] = tree.children(node);
  const outer = first >= 0 && first !== stated && tree.has(node, '.') ? java.value(first) : undefined;
  const type = typeOf(java, stated);
  const body = tree.child(node, 'class_body');
  const flavour = body >= 0 ? undefined : flavourOf(onlyName(type));
  const args = argumentNodes(java, node).map((one) => (flavour === 'text' ? part(java, one) : java.expression(one)));
  const given = args.map(({ value }) => value);
  const span = java.span(node);
  if (body >= 0 && build.reachable) {
    const info = java.rules.localClass(java, node, type);
    return { value: build.construct(info.value, given, span), type };
  }
  if (type === undefined) return { value: build.emit(op.unknown, span), type };
  const value = isContainer(onlyName(type)) ? newContainer(java, type, args, node) : build.construct(java.classValue(type), given, span);
  knowOuter(java, type, value, outer, node);
  const holder = flavour === undefined ? undefined : contentsOf(java, flavour, args);
  return holder === undefined ? { value, type } : { value, type, holder };
};

/** An object that holds what is put into it; made from another container it holds what that one does. */
function newContainer(java: Lowering, type: JavaType, args: readonly Typed[], node: Node): Value {
  const source = args.find((arg) => primitiveOf(arg.type) === undefined);
  if (flavourOf(onlyName(type)) === 'text') return newText(java, type, source, node);
  const made = source === undefined ? java.build.emit(op.array, java.span(node)) : java.build.emit(op.copy, java.span(node), source.value);
  return java.typed(made, type, node);
}

function newText(java: Lowering, type: JavaType, source: Typed | undefined, node: Node): Value {
  const made = java.build.emit(op.array, java.span(node));
  if (source !== undefined && java.module.constantOf(source.value) === undefined) java.build.emit(op.storeAt, java.span(node), made, java.unknown(node).value, source.value);
  return java.typed(made, type, node);
}

function knowOuter(java: Lowering, type: JavaType, value: Value, outer: Value | undefined, node: Node): void {
  const info = java.classOf(type);
  if (info === undefined || !info.isInner || info.outer === undefined) return;
  const around = outer ?? java.thisOf(info.outer, node);
  if (around !== undefined) java.build.store(value, outerInstance, around, java.span(node));
}

function contentsOf(java: Lowering, flavour: NonNullable<ReturnType<typeof flavourOf>>, args: readonly Typed[]): Contents | undefined {
  if (!java.build.reachable) return undefined;
  const [first] = args;
  const sized = first === undefined || primitiveOf(first.type) !== undefined;
  if (flavour !== 'text' && !sized) return undefined;
  const holder = new Contents(flavour, java.build, java.module);
  holder.begin();
  if (flavour === 'text' && first !== undefined && !sized) holder.set(textKey, first.value);
  return holder;
}

const arrayCreation: ExpressionRule = (java, node) => {
  const { tree } = java;
  const stated = typeOf(java, tree.field(node, 'type'));
  const all = tree.fieldNodes(node, 'dimensions');
  const dimensions = all.reduce((sum, one) => sum + dimensionsOf(java, one), 0);
  const type = stated === undefined ? undefined : arrayOf(stated, dimensions);
  const initial = tree.field(node, 'value');
  if (initial >= 0) return arrayOfElements(java, initial, type);
  const lengths = all.filter((one) => tree.kind(one) === 'dimensions_expr').map((one) => java.expression(tree.children(one).at(-1) ?? -1));
  const value = java.build.emit(op.array, java.span(node));
  const [length] = lengths;
  const known = length === undefined ? undefined : constantOf(java.module, length)?.plain;
  if (dimensions !== 1 || typeof known !== 'number' || known < 0 || known > longestArray || !java.build.reachable) return { value, type };
  const holder = new Contents('array', java.build, java.module);
  holder.begin();
  holder.resize(known);
  return { value, type, holder };
};

/** `{a, b}`, after `new T[]` or as the initializer of a variable. */
export function arrayOfElements(java: Lowering, node: Node, type: JavaType | undefined): Typed {
  const { tree, build } = java;
  const span = java.span(node);
  const element = elementOf(type);
  const given = tree.children(node).map((one) => (tree.kind(one) === 'array_initializer' ? arrayOfElements(java, one, element) : java.converted(java.expression(one), element, one)));
  const value = build.emit(op.array, span);
  given.forEach((one, at) => build.store(value, String(at), one.value, span));
  if (given.length > longestArray || !build.reachable) return { value, type };
  const holder = new Contents('array', build, java.module);
  holder.begin();
  given.forEach((one, at) => holder.set(String(at), one.value));
  holder.resize(given.length);
  return { value, type, holder };
}

/** The element of an array at an index that is a constant, while the array is known. */
export function knownIndex(java: Lowering, array: Typed, index: Typed): string | undefined {
  const length = array.holder?.flavour === 'array' ? array.holder.length : undefined;
  const at = constantOf(java.module, index)?.plain;
  return length !== undefined && typeof at === 'number' && at >= 0 && at < length ? String(at) : undefined;
}

const arrayAccess: ExpressionRule = (java, node) => {
  const array = java.held(java.tree.field(node, 'array'));
  const index = java.expression(java.tree.field(node, 'index'));
  const type = elementOf(array.type);
  const key = knownIndex(java, array, index);
  if (key !== undefined) {
    const value = array.holder?.get(key) ?? (isNumeric(type) ? java.module.literal('number', '0') : java.nothing());
    return { value, type };
  }
  const value = java.build.loadAt(array.value, index.value, java.span(node));
  return { value: isString(type) ? value : java.typed(value, type, node), type };
};

export const creationRules: Readonly<Record<string, ExpressionRule>> = {
  object_creation_expression: creation,
  array_creation_expression: arrayCreation,
  array_initializer: (java, node) => arrayOfElements(java, node, undefined),
  element_value_array_initializer: (java, node) => arrayOfElements(java, node, undefined),
  array_access: arrayAccess,
};

