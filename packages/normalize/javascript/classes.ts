import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, flag, isFunction, keyName, nodes } from './estree.ts';
import { decorate, functionValue } from './functions.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { typedValue } from './types.ts';

/** A class is its constructor; methods lie on the prototype, and so do fields, whose values instances share here. */
export function classes(l: Lowering, outer: At, node: EsNode, name = ''): Value {
  const at = l.within(outer, node);
  const { builder } = at.state;
  const superclass = child(node, 'superClass');
  const above = superclass === undefined ? undefined : l.expression(at, superclass);
  if (above !== undefined) l.write(at, 'super', above, node);
  const members = nodes(child(node, 'body') ?? node, 'body');
  const own = members.find((one) => one.type === 'MethodDefinition' && one['kind'] === 'constructor');
  const id = child(node, 'id');
  const called = nameOf(id) || name;
  const made = construct(l, at, own, { node, called, above });
  if (id !== undefined) l.write(node.type === 'ClassExpression' ? at : outer, nameOf(id), made, id);
  if (above !== undefined) builder.emit(op.inherit, span(node), made, above);
  const prototype = builder.load(made, 'prototype', span(node));
  for (const one of members) if (one !== own) member(l, at, one, flag(one, 'static') ? made : prototype);
  for (const one of nodes(node, 'decorators')) decorate(l, at, made, one);
  return made;
}

interface Made {
  readonly node: EsNode;
  readonly called: string;
  readonly above: Value | undefined;
}

function construct(l: Lowering, at: At, own: EsNode | undefined, { node, called, above }: Made): Value {
  const written = own === undefined ? undefined : child(own, 'value');
  if (written !== undefined && child(written, 'body') !== undefined) return functionValue(l, at, written, { kind: 'constructor', name: called });
  const builder = l.module.function({ name: called, start: node.start, end: child(node, 'body')?.start ?? node.end, params: 0, paramNames: [], kind: 'constructor' }, at.state.builder);
  if (above !== undefined) {
    // What has no constructor hands everything on.
    const all = builder.emit(op.param, span(node), -2);
    builder.call(above, [builder.emit(op.spread, span(node), all)], span(node), { receiver: builder.emit(op.param, span(node), -1) });
  }
  return at.state.builder.emit(op.closure, span(node), builder.index);
}

function member(l: Lowering, at: At, one: EsNode, owner: Value): void {
  if (one.type === 'StaticBlock') return l.statements(l.within(at, one), nodes(one, 'body'));
  const [key, held] = [child(one, 'key'), child(one, 'value')];
  if (key === undefined || (held !== undefined && isFunction(held) && child(held, 'body') === undefined)) return;
  const name = keyName(one);
  const { builder } = at.state;
  const kind = one['kind'] === 'get' ? 'getter' : one['kind'] === 'set' ? 'setter' : flag(one, 'static') ? 'static' : 'method';
  const value = held === undefined ? l.undefined() : isFunction(held) ? functionValue(l, at, held, { kind, name: name ?? '' }) : l.expression(at, held, name);
  const typed = typedValue(l, at, one, value);
  if (name === undefined) builder.storeAt(owner, l.expression(at, key), typed, span(one));
  else accessor(at, { owner, name, value: typed, kind: one['kind'], node: one });
  for (const decorator of nodes(one, 'decorators')) decorate(l, at, value, decorator);
}

export interface Accessor {
  readonly owner: Value;
  readonly name: string;
  readonly value: Value;
  /** `get`, `set`, or anything else for a plain member. */
  readonly kind: unknown;
  readonly node: EsNode;
}

/** A getter's member is what calling it gives; the function itself lies beside it, so that it is a method of its owner. */
export function accessor(at: At, { owner, name, value, kind, node }: Accessor): void {
  const { builder } = at.state;
  if (kind !== 'get' && kind !== 'set') return void builder.store(owner, name, value, span(node));
  builder.store(owner, `${kind} ${name}`, value, span(node));
  if (kind === 'get') builder.store(owner, name, builder.call(value, [], span(node), { receiver: owner }), span(node));
}
