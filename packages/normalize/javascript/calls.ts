import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, keyName, nodes, text, unwrapped } from './estree.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { argumentValues } from './operators.ts';

function values(l: Lowering, at: At, node: EsNode): Value[] {
  return argumentValues(l, at, node, (one) => {
    const held = child(one, 'argument');
    return at.state.builder.emit(op.spread, span(one), held === undefined ? l.undefined() : l.expression(at, held));
  });
}

export function call(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const written = child(node, 'callee');
  if (written === undefined) return l.unknown(at, node);
  const callee = unwrapped(written);
  if (isRequire(at, callee)) return requireCall(l, at, node);
  if (callee.type === 'Super') return builder.call(l.read(at, 'super', callee), values(l, at, node), span(node), { receiver: l.read(at, 'this', node) });
  if (callee.type !== 'MemberExpression') return builder.call(l.expression(at, callee), values(l, at, node), span(node));
  const [object, key] = [child(callee, 'object'), child(callee, 'property')];
  if (object === undefined || key === undefined) return l.unknown(at, node);
  if (object.type === 'Super') return builder.call(l.expression(at, callee), values(l, at, node), span(node), { receiver: l.read(at, 'this', node) });
  const receiver = l.expression(at, object);
  const name = keyName(callee, 'property') ?? constantName(l, at, key);
  if (typeof name === 'string') return builder.invoke(receiver, name, values(l, at, node), span(node));
  return builder.call(builder.loadAt(receiver, name, span(callee)), values(l, at, node), span(node), { receiver });
}

/** A computed name that is a constant after all; else its value. */
function constantName(l: Lowering, at: At, key: EsNode): string | Value {
  const value = l.expression(at, key);
  const constant = l.module.constantOf(value);
  return constant?.kind === 'string' ? constant.text : value;
}

function isRequire(at: At, callee: EsNode): boolean {
  return nameOf(callee) === 'require' && at.scope.find('require') === undefined;
}

/** `require` of a constant is an import; of anything else a call, which may load whatever the value names. */
function requireCall(l: Lowering, at: At, node: EsNode): Value {
  const args = values(l, at, node);
  const [first] = args;
  const constant = first === undefined ? undefined : l.module.constantOf(first);
  if (constant?.kind === 'string') return l.import(at, constant.text, node);
  return at.state.builder.call(l.global(at, 'require', node), args, span(node));
}

export function construct(l: Lowering, at: At, node: EsNode): Value {
  const callee = child(node, 'callee');
  if (callee === undefined) return l.unknown(at, node);
  return at.state.builder.construct(l.expression(at, callee), values(l, at, node), span(node));
}

/** `import('x')` gives a promise of the module. */
export function importExpression(l: Lowering, at: At, node: EsNode): Value {
  const source = child(node, 'source');
  if (source?.type === 'Literal') return l.import(at, text(source, 'value'), node);
  const value = source === undefined ? l.undefined() : l.expression(at, source);
  const constant = l.module.constantOf(value);
  if (constant?.kind === 'string') return l.import(at, constant.text, node);
  return at.state.builder.call(l.global(at, 'import', node), [value, ...nodes(node, 'options').map((one) => l.expression(at, one))], span(node));
}
