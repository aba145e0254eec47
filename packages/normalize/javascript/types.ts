import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, text } from './estree.ts';
import { type At, type Lowering, span } from './lowering.ts';

const plain: ReadonlyMap<string, string> = new Map([['TSNumberKeyword', 'number'], ['TSBooleanKeyword', 'boolean'], ['TSBigIntKeyword', 'bigint']]);

/** A value whose variable, parameter or field is declared with a type that is imported or a plain one. */
export function typedValue(l: Lowering, at: At, declared: EsNode, value: Value): Value {
  const annotation = child(declared, 'typeAnnotation');
  const type = annotation === undefined ? undefined : typeName(l, child(annotation, 'typeAnnotation') ?? annotation);
  return type === undefined ? value : at.state.builder.emit(op.typed, span(declared), value, l.module.text(type));
}

/** `express.Request` for `Request` that was imported from there; undefined for what says nothing about values. */
export function typeName(l: Lowering, type: EsNode): string | undefined {
  const keyword = plain.get(type.type);
  if (keyword !== undefined) return keyword;
  if (type.type !== 'TSTypeReference') return undefined;
  const name = child(type, 'typeName');
  if (name?.type === 'Identifier') return l.types.get(text(name, 'name'));
  if (name?.type !== 'TSQualifiedName') return undefined;
  const [left, right] = [child(name, 'left'), child(name, 'right')];
  const from = left?.type === 'Identifier' ? l.types.get(text(left, 'name')) : undefined;
  return from === undefined || right === undefined ? undefined : `${from.replace(/\.default$/, '')}.${text(right, 'name')}`;
}
