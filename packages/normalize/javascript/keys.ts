import type { Span, Value } from '../ir/module-builder.ts';
import type { Expression, PropertyKey } from './estree.ts';
import type { Lowering } from './lowering.ts';

/** The name of a member: as it stands there, or computed. */
export type Key = string | { readonly value: Value };

export function keyOf(js: Lowering, key: PropertyKey, computed: boolean): Key {
  return (computed ? undefined : fixedKey(key)) ?? { value: js.expression(key as Expression) };
}

/** A name as it stands there. */
function fixedKey(key: PropertyKey): string | undefined {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type !== 'Literal') return undefined;
  return 'bigint' in key ? key.bigint : String(key.value);
}

export function loadKey(js: Lowering, base: Value, key: Key, span: Span): Value {
  return typeof key === 'string' ? js.build.load(base, key, span) : js.build.loadAt(base, key.value, span);
}

export function storeKey(js: Lowering, at: { readonly base: Value; readonly key: Key }, value: Value, span: Span): void {
  if (typeof at.key === 'string') js.build.store(at.base, at.key, value, span);
  else js.build.storeAt(at.base, at.key.value, value, span);
}

/** For messages: functions are called after the member that holds them. */
export function titleOf(js: Lowering, key: Key): string {
  return typeof key === 'string' ? key : (js.module.constantOf(key.value)?.text ?? '');
}
