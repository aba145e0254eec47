import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { AssignmentTarget, Expression, MemberExpression } from './estree.ts';
import { keyOf, loadKey, storeKey } from './keys.ts';
import type { Lowering } from './lowering.ts';

/** Something that can be read and given a value; its parts are read once. */
export interface Reference {
  get(): Value;
  set(value: Value): void;
}

export function referenceTo(js: Lowering, node: Expression | AssignmentTarget): Reference {
  switch (node.type) {
    case 'Identifier': return { get: () => js.read(node.name, node), set: (value) => js.write(node.name, value, node) };
    case 'MemberExpression': return memberReference(js, node);
    case 'TSAsExpression': case 'TSSatisfiesExpression': case 'TSNonNullExpression': case 'TSTypeAssertion': case 'ParenthesizedExpression':
      return referenceTo(js, node.expression);
    default: return { get: () => js.unknown(node), set: () => undefined };
  }
}

function memberReference(js: Lowering, node: MemberExpression): Reference {
  const base = node.object.type === 'Super' ? js.read('this', node.object) : js.expression(node.object);
  const key = keyOf(js, node.property, node.computed);
  return { get: () => loadKey(js, base, key, node), set: (value) => storeKey(js, { base, key }, value, node) };
}

/** A member that is read. */
export function member(js: Lowering, node: MemberExpression): Value {
  const base = node.object.type === 'Super' ? superObject(js, node.object) : js.expression(node.object);
  return loadKey(js, base, keyOf(js, node.property, node.computed), node);
}

/** Where `super.name` is looked up. */
export function superObject(js: Lowering, node: Expression): Value {
  const { home } = js.frame;
  if (home?.parent === undefined) return js.build.emit(op.unknown, node);
  return home.isStatic ? home.parent : js.build.load(home.parent, 'prototype', node);
}
