import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, flag, keyName, list, nodes, text, unwrapped } from './estree.ts';
import { type At, type Lowering, span } from './lowering.ts';
import { typedValue } from './types.ts';

/** Gives what a pattern names its part of a value. */
export function assign(l: Lowering, at: At, outer: EsNode, value: Value): void {
  const pattern = unwrapped(outer);
  const { builder } = at.state;
  switch (pattern.type) {
    case 'Identifier': return l.write(at, text(pattern, 'name'), typedValue(l, at, pattern, value), pattern);
    case 'MemberExpression': return void storeMember(l, at, pattern, () => value, pattern);
    case 'ObjectPattern': return nodes(pattern, 'properties').forEach((one) => property(l, at, one, value));
    case 'ArrayPattern':
      return list(pattern, 'elements').forEach((one, index) => {
        if (one === undefined) return;
        if (one.type === 'RestElement') rest(l, at, one, value);
        else assign(l, at, one, builder.load(value, String(index), span(one)));
      });
    case 'AssignmentPattern': return withDefault(l, at, pattern, value);
    case 'RestElement': return rest(l, at, pattern, value);
    case 'TSParameterProperty': return parameterProperty(l, at, pattern, value);
    default: return void l.unsupported(at, pattern);
  }
}

function property(l: Lowering, at: At, one: EsNode, value: Value): void {
  if (one.type === 'RestElement') return rest(l, at, one, value);
  const [key, target] = [child(one, 'key'), child(one, 'value')];
  if (key === undefined || target === undefined) return;
  const name = keyName(one);
  const { builder } = at.state;
  assign(l, at, target, name === undefined ? builder.loadAt(value, l.expression(at, key), span(one)) : builder.load(value, name, span(one)));
}

function rest(l: Lowering, at: At, one: EsNode, value: Value): void {
  const target = child(one, 'argument');
  if (target !== undefined) assign(l, at, target, at.state.builder.emit(op.copy, span(one), value));
}

function withDefault(l: Lowering, at: At, pattern: EsNode, value: Value): void {
  const [left, right] = [child(pattern, 'left'), child(pattern, 'right')];
  if (left === undefined || right === undefined) return;
  assign(l, at, left, at.state.builder.phi([value, l.expression(at, right)], span(pattern)));
}

/** `constructor(private name: string)` is a parameter and a field. */
function parameterProperty(l: Lowering, at: At, pattern: EsNode, value: Value): void {
  const inner = child(pattern, 'parameter');
  if (inner === undefined) return;
  assign(l, at, inner, value);
  const name = text(inner.type === 'AssignmentPattern' ? (child(inner, 'left') ?? inner) : inner, 'name');
  if (name !== '') at.state.builder.store(l.read(at, 'this', pattern), name, l.read(at, name, pattern), span(pattern));
}

/** `o.m = value`; the value is made after the object and the key. */
export function storeMember(l: Lowering, at: At, member: EsNode, make: () => Value, place: EsNode): Value {
  const [object, key] = [child(member, 'object'), child(member, 'property')];
  if (object === undefined || key === undefined) return make();
  const base = l.expression(at, object);
  const name = keyName(member, 'property');
  const computed = flag(member, 'computed') ? l.expression(at, key) : undefined;
  const value = make();
  if (computed !== undefined) at.state.builder.storeAt(base, computed, value, span(place));
  else at.state.builder.store(base, name ?? '', value, span(place));
  return value;
}
