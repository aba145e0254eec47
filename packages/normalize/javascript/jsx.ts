import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, nodes, text } from './estree.ts';
import { type At, type Lowering, span } from './lowering.ts';

/** An element is what compilers make of it: `jsx(type, { ...attributes, children })` of `react/jsx-runtime`. */
export function jsx(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const opening = child(node, 'openingElement');
  const name = opening === undefined ? undefined : child(opening, 'name');
  const type = name === undefined ? l.undefined() : elementType(l, at, name);
  const properties = builder.emit(op.object, span(opening ?? node));
  for (const one of opening === undefined ? [] : nodes(opening, 'attributes')) attribute(l, at, one, properties);
  const held = nodes(node, 'children').flatMap((one) => content(l, at, one) ?? []);
  if (held.length > 0) {
    const list = builder.emit(op.array, span(node));
    held.forEach((one, index) => builder.store(list, String(index), one, span(node)));
    builder.store(properties, 'children', list, span(node));
  }
  return builder.invoke(l.import(at, 'react/jsx-runtime', node), 'jsx', [type, properties], span(node));
}

/** Names in lower case are elements of the page. */
function elementType(l: Lowering, at: At, name: EsNode): Value {
  if (name.type === 'JSXIdentifier') {
    const word = text(name, 'name');
    return /^[a-z]/.test(word) ? l.string(word) : l.read(at, word, name);
  }
  if (name.type !== 'JSXMemberExpression') return l.unknown(at, name);
  const [object, property] = [child(name, 'object'), child(name, 'property')];
  if (object === undefined || property === undefined) return l.unknown(at, name);
  const base = object.type === 'JSXIdentifier' ? l.read(at, text(object, 'name'), object) : elementType(l, at, object);
  return at.state.builder.load(base, text(property, 'name'), span(name));
}

function attribute(l: Lowering, at: At, one: EsNode, properties: Value): void {
  const { builder } = at.state;
  const held = child(one, one.type === 'JSXSpreadAttribute' ? 'argument' : 'value');
  if (one.type === 'JSXSpreadAttribute') {
    if (held !== undefined) builder.invoke(l.global(at, 'Object', one), 'assign', [properties, l.expression(at, held)], span(one));
    return;
  }
  const name = child(one, 'name');
  const word = name?.type === 'JSXIdentifier' ? text(name, 'name') : '';
  builder.store(properties, word, held === undefined ? l.module.literal('boolean', 'true') : (content(l, at, held) ?? l.undefined()), span(one));
}

/** Undefined for empty braces. */
function content(l: Lowering, at: At, node: EsNode): Value | undefined {
  if (node.type === 'JSXText') return l.string(text(node, 'value'));
  if (node.type !== 'JSXExpressionContainer' && node.type !== 'JSXSpreadChild') return l.expression(at, node);
  const held = child(node, 'expression');
  return held === undefined || held.type === 'JSXEmptyExpression' ? undefined : l.expression(at, held);
}
