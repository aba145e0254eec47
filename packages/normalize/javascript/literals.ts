import { op } from '#model/ir.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import type { Expression, NodeOf } from './estree.ts';
import { functionValue } from './functions.ts';
import { keyOf, storeKey, titleOf } from './keys.ts';
import type { Lowering } from './lowering.ts';

/** Literals in one list that are stored; tables made by machines hold more, and none of them is anybody's choice. */
const mostLiterals = 1_000;

export function literal(js: Lowering, node: NodeOf<Expression, 'Literal'>): Value {
  if ('regex' in node) {
    const { pattern, flags } = node.regex;
    return js.module.literal('regexp', flags === '' ? pattern : `/${pattern}/${flags}`);
  }
  if ('bigint' in node) return js.module.literal('number', node.bigint);
  const { value } = node;
  if (value === null) return js.module.literal('null', 'null');
  return js.module.literal(typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string', String(value));
}

export function template(js: Lowering, node: NodeOf<Expression, 'TemplateLiteral'>): Value {
  const parts: Value[] = [];
  node.quasis.forEach(({ value }, at) => {
    const text = value.cooked ?? value.raw;
    if (text !== '') parts.push(js.text(text));
    const inner = node.expressions[at];
    if (inner !== undefined) parts.push(js.expression(inner));
  });
  return js.build.concat(parts, node);
}

export function array(js: Lowering, node: NodeOf<Expression, 'ArrayExpression'>): Value {
  const list = js.build.emit(op.array, node);
  let counted = true;
  node.elements.forEach((element, at) => {
    if (element === null || (at >= mostLiterals && element.type === 'Literal')) return;
    if (element.type === 'SpreadElement') counted = false;
    const value = element.type === 'SpreadElement' ? js.build.emit(op.element, element, js.expression(element.argument)) : js.expression(element);
    if (counted) js.build.store(list, String(at), value, element);
    else js.build.storeAt(list, js.unknown(element), value, element);
  });
  return list;
}

/** Elements of a list, by their places. */
export function elementsInto(js: Lowering, list: Value, values: readonly Value[], span: Span): void {
  values.forEach((value, at) => js.build.store(list, String(at), value, span));
}

type ObjectNode = NodeOf<Expression, 'ObjectExpression'>;

export function object(js: Lowering, node: ObjectNode): Value {
  const [first] = node.properties;
  const spreadFirst = first?.type === 'SpreadElement';
  const made = spreadFirst ? js.build.emit(op.copy, first, js.expression(first.argument)) : js.build.emit(op.object, node);
  let literals = 0;
  for (const property of spreadFirst ? node.properties.slice(1) : node.properties) {
    if (property.type === 'SpreadElement') addAll(js, made, property);
    else if (property.value.type !== 'Literal' || literals++ < mostLiterals) addProperty(js, made, property);
  }
  return made;
}

/** Spread behind the first place: as `Object.assign` does. */
export function addAll(js: Lowering, made: Value, node: { readonly argument: Expression; readonly start: number; readonly end: number }): void {
  js.build.invoke(js.global('Object', node), 'assign', [made, js.expression(node.argument)], node);
}

type Property = Extract<ObjectNode['properties'][number], { type: 'Property' }>;

function addProperty(js: Lowering, made: Value, node: Property): void {
  const key = keyOf(js, node.key, node.computed);
  const { value } = node;
  const name = titleOf(js, key);
  const isMethod = node.method || node.kind !== 'init';
  const stored = isMethod && value.type === 'FunctionExpression'
    ? functionValue(js, value, { name, kind: node.kind === 'get' ? 'getter' : node.kind === 'set' ? 'setter' : 'method' })
    : js.expression(value, name);
  storeKey(js, { base: made, key }, stored, node);
}
