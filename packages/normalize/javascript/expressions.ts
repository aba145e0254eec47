import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { call, construct, importExpression } from './calls.ts';
import { accessor, classes } from './classes.ts';
import { either } from './conditions.ts';
import { child, type EsNode, flag, isFunction, keyName, list, nodes, text, unwrapped } from './estree.ts';
import { functionValue } from './functions.ts';
import { jsx } from './jsx.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { assignment, binary, logical, unary, update } from './operators.ts';
import { typeName } from './types.ts';

/** The value of an expression; `name`: of the variable or member that takes it. */
export function expression(l: Lowering, at: At, node: EsNode, name = ''): Value {
  return l.deeper(at, node, () => {
    if (node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression') return functionValue(l, at, node, { name });
    if (node.type === 'ClassExpression') return classes(l, at, node, name);
    const lower = lowerings.get(node.type);
    return lower === undefined ? l.unsupported(at, node) : lower(l, at, node);
  });
}

type LowerExpression = (l: Lowering, at: At, node: EsNode) => Value;

const lowerings: ReadonlyMap<string, LowerExpression> = new Map<string, LowerExpression>([
  ['Literal', literal], ['TemplateLiteral', template], ['TaggedTemplateExpression', tagged],
  ['Identifier', (l, at, node) => l.read(at, text(node, 'name'), node)],
  ['ThisExpression', (l, at, node) => l.read(at, 'this', node)],
  ['Super', (l, at, node) => l.read(at, 'super', node)],
  ['MemberExpression', member], ['CallExpression', call], ['NewExpression', construct], ['ImportExpression', importExpression],
  ['AssignmentExpression', assignment], ['LogicalExpression', logical], ['ConditionalExpression', conditional], ['BinaryExpression', binary], ['UnaryExpression', unary], ['UpdateExpression', update],
  ['SequenceExpression', (l, at, node) => nodes(node, 'expressions').reduce((_, one) => l.expression(at, one), l.undefined())],
  ['ObjectExpression', objectLiteral], ['ArrayExpression', arrayLiteral],
  ['AwaitExpression', (l, at, node) => at.state.builder.emit(op.await, span(node), inner(l, at, node, 'argument'))],
  ['YieldExpression', yieldExpression],
  ['ParenthesizedExpression', wrapped], ['ChainExpression', wrapped], ['TSNonNullExpression', wrapped], ['TSSatisfiesExpression', wrapped], ['TSInstantiationExpression', wrapped],
  ['TSAsExpression', asserted], ['TSTypeAssertion', asserted],
  ['JSXElement', jsx], ['JSXFragment', jsx],
  ['MetaProperty', (l, at, node) => l.unknown(at, node)],
  ['TSQualifiedName', (l, at, node) => at.state.builder.load(inner(l, at, node, 'left'), nameOf(child(node, 'right')), span(node))],
]);

function inner(l: Lowering, at: At, node: EsNode, key: string): Value {
  const one = child(node, key);
  return one === undefined ? l.undefined() : l.expression(at, one);
}

function literal(l: Lowering, _: At, node: EsNode): Value {
  const { value, regex } = node;
  if (typeof regex === 'object' && regex !== null) {
    const { pattern, flags } = regex as { pattern: string; flags: string };
    return l.module.literal('regexp', `/${pattern}/${flags}`);
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return l.module.literal(typeof value as 'string' | 'number' | 'boolean', String(value));
  return typeof node['bigint'] === 'string' ? l.module.literal('number', node['bigint']) : l.module.literal('null', 'null');
}

function cooked(quasi: EsNode | undefined): string {
  const value = quasi?.['value'];
  return typeof value === 'object' && value !== null ? String((value as { cooked?: unknown }).cooked ?? '') : '';
}

function template(l: Lowering, at: At, node: EsNode): Value {
  const values = nodes(node, 'expressions').map((one) => l.expression(at, one));
  const parts = nodes(node, 'quasis').flatMap((quasi, index) => {
    const words = cooked(quasi);
    const value = values[index];
    return [...(words === '' ? [] : [l.string(words)]), ...(value === undefined ? [] : [value])];
  });
  return at.state.builder.concat(parts, span(node));
}

/** The tag is called with the list of texts, then the values. */
function tagged(l: Lowering, at: At, node: EsNode): Value {
  const [tag, quasi] = [child(node, 'tag'), child(node, 'quasi')];
  if (tag === undefined || quasi === undefined) return l.unknown(at, node);
  const { builder } = at.state;
  const callee = l.expression(at, tag);
  const texts = builder.emit(op.array, span(quasi));
  nodes(quasi, 'quasis').forEach((one, index) => builder.store(texts, String(index), l.string(cooked(one)), span(quasi)));
  return builder.call(callee, [texts, ...nodes(quasi, 'expressions').map((one) => l.expression(at, one))], span(node));
}

function member(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const [object, key] = [child(node, 'object'), child(node, 'property')];
  if (object === undefined || key === undefined) return l.unknown(at, node);
  const held = l.expression(at, object);
  const base = object.type === 'Super' ? builder.load(held, 'prototype', span(node)) : held;
  const name = keyName(node, 'property');
  return name === undefined ? builder.loadAt(base, l.expression(at, key), span(node)) : builder.load(base, name, span(node));
}

function conditional(l: Lowering, at: At, node: EsNode): Value {
  const [test, yes, no] = [child(node, 'test'), child(node, 'consequent'), child(node, 'alternate')];
  if (test === undefined || yes === undefined || no === undefined) return l.unknown(at, node);
  const values: Value[] = [];
  either(l, at, test, () => values.push(l.expression(at, yes)), () => values.push(l.expression(at, no)));
  return values.length === 0 ? l.module.nothing() : at.state.builder.phi(values, span(node));
}

function objectLiteral(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const made = builder.emit(op.object, span(node));
  for (const one of nodes(node, 'properties')) {
    const [key, held] = [child(one, 'key'), child(one, 'value')];
    if (one.type === 'SpreadElement') {
      builder.invoke(l.global(at, 'Object', one), 'assign', [made, inner(l, at, one, 'argument')], span(one));
      continue;
    }
    if (key === undefined || held === undefined) continue;
    const name = keyName(one);
    const kind = one['kind'] === 'get' ? 'getter' : one['kind'] === 'set' ? 'setter' : 'plain';
    const value = isFunction(held) ? functionValue(l, at, held, { kind, name: name ?? '' }) : l.expression(at, held, name);
    if (name === undefined) builder.storeAt(made, l.expression(at, key), value, span(one));
    else accessor(at, { owner: made, name, value, kind: one['kind'], node: one });
  }
  return made;
}

function arrayLiteral(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const made = builder.emit(op.array, span(node));
  let known = true;
  list(node, 'elements').forEach((one, index) => {
    if (one === undefined) return;
    if (one.type === 'SpreadElement') {
      known = false;
      builder.storeAt(made, l.unknown(at, one), builder.emit(op.element, span(one), inner(l, at, one, 'argument')), span(one));
    } else if (known) builder.store(made, String(index), l.expression(at, one), span(one));
    else builder.storeAt(made, l.unknown(at, one), l.expression(at, one), span(one));
  });
  return made;
}

/** What comes back into a generator is not known; `yield*` hands on every element. */
function yieldExpression(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const given = inner(l, at, node, 'argument');
  builder.emit(op.yield, span(node), flag(node, 'delegate') ? builder.emit(op.element, span(node), given) : given);
  return l.unknown(at, node);
}

function wrapped(l: Lowering, at: At, node: EsNode): Value {
  return l.expression(at, unwrapped(node));
}

function asserted(l: Lowering, at: At, node: EsNode): Value {
  const value = inner(l, at, node, 'expression');
  const annotation = child(node, 'typeAnnotation');
  const type = annotation === undefined ? undefined : typeName(l, annotation);
  return type === undefined ? value : at.state.builder.emit(op.typed, span(node), value, l.module.text(type));
}
