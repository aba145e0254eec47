import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { AssignmentTarget, BindingPattern, Expression } from './estree.ts';
import { keyOf, type Key, loadKey } from './keys.ts';
import type { Lowering } from './lowering.ts';
import { nameOfTarget } from './naming.ts';
import { referenceTo } from './references.ts';
import { typeOf } from './types.ts';

type PatternWithDefault = Extract<BindingPattern, { type: 'AssignmentPattern' }> | Extract<AssignmentTarget, { type: 'ArrayPattern' }>['elements'][number];
type Pattern = BindingPattern | AssignmentTarget | NonNullable<PatternWithDefault>;
type MembersPattern = Extract<Pattern, { type: 'ObjectPattern' }>;
type ElementsPattern = Extract<Pattern, { type: 'ArrayPattern' }>;

/** Gives a value to a pattern: names, members, parts of objects and lists, with what they are when nothing is given. */
export function bind(js: Lowering, pattern: Pattern, value: Value): void {
  switch (pattern.type) {
    case 'Identifier': return js.write(pattern.name, js.typed(value, typeOf(js, pattern.typeAnnotation?.typeAnnotation), pattern), pattern);
    case 'AssignmentPattern': return bind(js, pattern.left, orDefault(js, value, pattern));
    case 'ObjectPattern': return js.deeper(pattern, () => bindMembers(js, pattern, js.typed(value, typeOf(js, pattern.typeAnnotation?.typeAnnotation), pattern)));
    case 'ArrayPattern': return js.deeper(pattern, () => bindElements(js, pattern, value));
    case 'RestElement': return bind(js, pattern.argument, value);
    default: return referenceTo(js, pattern).set(value);
  }
}

/** What is given, or what stands for it when nothing is. */
function orDefault(js: Lowering, value: Value, pattern: { readonly left: { readonly type: string }; readonly right: Expression; readonly start: number; readonly end: number }): Value {
  if (js.module.constantOf(value)?.kind === 'undefined') return js.expression(pattern.right, nameOfTarget(pattern.left));
  return js.build.phi([value, js.expression(pattern.right, nameOfTarget(pattern.left))], pattern);
}

function bindMembers(js: Lowering, { properties }: MembersPattern, value: Value): void {
  const taken: Key[] = [];
  for (const property of properties) {
    if (property.type === 'RestElement') {
      const names = taken.map((key) => (typeof key === 'string' ? js.text(key) : key.value));
      bind(js, property.argument, js.build.emit(op.copy, property, value, -1, -1, names));
      continue;
    }
    const key = keyOf(js, property.key, property.computed);
    taken.push(key);
    bind(js, property.value, loadKey(js, value, key, property));
  }
}

/** Taken by place, as from a list. */
function bindElements(js: Lowering, { elements }: ElementsPattern, value: Value): void {
  elements.forEach((element, at) => {
    if (element === null) return;
    if (element.type !== 'RestElement') return bind(js, element, js.build.load(value, String(at), element));
    bind(js, element.argument, at === 0 ? js.build.emit(op.copy, element, value) : js.build.invoke(value, 'slice', [js.module.literal('number', String(at))], element));
  });
}
