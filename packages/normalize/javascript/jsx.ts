import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Expression, NodeOf } from './estree.ts';
import type { Lowering } from './lowering.ts';
import { addAll } from './literals.ts';

type Element = NodeOf<Expression, 'JSXElement'>;
type Opening = Element['openingElement'];
type Child = Element['children'][number];
type AttributeValue = NonNullable<Extract<Opening['attributes'][number], { type: 'JSXAttribute' }>['value']>;

/** A component is called with its properties; an element of the page is made by React's runtime. */
export function element(js: Lowering, node: Element): Value {
  const { name } = node.openingElement;
  const properties = propertiesOf(js, node);
  const plain = name.type === 'JSXNamespacedName' ? `${name.namespace.name}:${name.name.name}` : name.type === 'JSXIdentifier' && /^[a-z]/.test(name.name) ? name.name : undefined;
  if (plain !== undefined) return js.build.invoke(js.import('react/jsx-runtime', node.openingElement), 'jsx', [js.text(plain), properties], node);
  return js.build.call(component(js, name), [properties], node);
}

function component(js: Lowering, name: Opening['name']): Value {
  if (name.type === 'JSXIdentifier') return js.read(name.name, name);
  if (name.type === 'JSXNamespacedName') return js.unknown(name);
  const names: string[] = [];
  let at: Opening['name'] = name;
  while (at.type === 'JSXMemberExpression') {
    names.push(at.property.name);
    at = at.object;
  }
  let value = at.type === 'JSXIdentifier' ? js.read(at.name, at) : js.unknown(at);
  for (const part of names.toReversed()) value = js.build.load(value, part, name);
  return value;
}

function propertiesOf(js: Lowering, { openingElement, children }: Element): Value {
  const made = js.build.emit(op.object, openingElement);
  for (const attribute of openingElement.attributes) {
    if (attribute.type === 'JSXSpreadAttribute') addAll(js, made, attribute);
    else {
      const name = attribute.name.type === 'JSXIdentifier' ? attribute.name.name : `${attribute.name.namespace.name}:${attribute.name.name.name}`;
      js.build.store(made, name, attribute.value === null ? js.module.literal('boolean', 'true') : attributeValue(js, attribute.value), attribute);
    }
  }
  const inner = childrenOf(js, children, openingElement);
  if (inner !== undefined) js.build.store(made, 'children', inner, openingElement);
  return made;
}

function attributeValue(js: Lowering, value: AttributeValue): Value {
  if (value.type !== 'JSXExpressionContainer') return js.expression(value);
  return value.expression.type === 'JSXEmptyExpression' ? js.undefined() : js.expression(value.expression);
}

function childrenOf(js: Lowering, children: readonly Child[], span: { readonly start: number; readonly end: number }): Value | undefined {
  const values: Value[] = [];
  for (const child of children) {
    if (child.type === 'JSXText' || (child.type === 'JSXExpressionContainer' && child.expression.type === 'JSXEmptyExpression')) continue;
    values.push(child.type === 'JSXElement' || child.type === 'JSXFragment' ? js.expression(child) : js.expression(child.expression as Expression));
  }
  if (values.length < 2) return values[0];
  const list = js.build.emit(op.array, span);
  values.forEach((value, at) => js.build.store(list, String(at), value, span));
  return list;
}

export function fragment(js: Lowering, node: NodeOf<Expression, 'JSXFragment'>): Value {
  return childrenOf(js, node.children, node) ?? js.module.literal('null', 'null');
}
