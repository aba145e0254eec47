import { type IrFunction, localClass, op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Class, Decorator, Expression } from './estree.ts';
import { functionValue } from './functions.ts';
import { keyOf, storeKey, titleOf } from './keys.ts';
import { type Home, type Lowering, newFrame } from './lowering.ts';
import { typeOf } from './types.ts';

type Member = Class['body']['body'][number];
type Method = Extract<Member, { type: 'MethodDefinition' | 'TSAbstractMethodDefinition' }>;
type Field = Exclude<Extract<Member, { value: unknown }>, Method>;

/** A class: its value is the closure of its constructor, its methods lie on `prototype`. */
export function classValue(js: Lowering, node: Class, name = ''): Value {
  let value = js.undefined();
  js.within(node, () => {
    value = lowerClass(js, node, node.id?.name ?? name);
  });
  return value;
}

function lowerClass(js: Lowering, node: Class, name: string): Value {
  if (!js.build.reachable) return js.unknown(node);
  const parent = node.superClass === null ? undefined : js.expression(node.superClass);
  const members = node.body.body;
  const fields: (() => void)[] = [];
  const home: Home = { parent, isStatic: false, fields };
  const maker = constructorOf(members);
  // Fields are known before the constructor's body is read: it is read later.
  const type = maker === undefined ? defaultConstructor(js, node, { name, home }) : functionValue(js, maker.value, { name, kind: 'constructor', home, later: true });
  if (parent !== undefined) js.build.emit(op.inherit, node, type, parent);
  if (node.id !== null) js.write(node.id.name, type, node);
  const prototype = js.build.load(type, 'prototype', node);
  for (const member of members) addMember(js, member, { type, prototype, home, fields });
  const decorated = decorate(js, type, node.decorators);
  if (decorated !== type && node.id !== null) js.write(node.id.name, decorated, node);
  // For declared types of the module.
  if (node.type === 'ClassDeclaration' && node.id !== null && js.scope.kind === 'module') js.build.emit(op.export, node, js.module.text(localClass(node.id.name)), type);
  return decorated;
}

function constructorOf(members: readonly Member[]): Method | undefined {
  return members.find((member): member is Method => member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.body !== null);
}

/** The constructor that a class has when it states none: it hands everything on. */
function defaultConstructor(js: Lowering, node: Class, { name, home }: { name: string; home: Home }): Value {
  const build = js.module.function({ name, start: node.start, end: node.body.start, params: 0, paramNames: [], kind: 'constructor' }, js.build);
  const value = js.build.emit(op.closure, node, build.index);
  js.frame.later.push(() => js.inside(newFrame(build, home), js.scope, () => {
    if (home.parent !== undefined) {
      const all = build.emit(op.spread, node, build.emit(op.param, node, -2));
      build.call(home.parent, [all], node, { receiver: build.emit(op.param, node, -1) });
    }
    for (const field of home.fields) field();
  }));
  return value;
}

interface Open {
  readonly type: Value;
  readonly prototype: Value;
  readonly home: Home;
  readonly fields: (() => void)[];
}

function addMember(js: Lowering, member: Member, open: Open): void {
  switch (member.type) {
    case 'MethodDefinition': return addMethod(js, member, open);
    case 'PropertyDefinition': case 'AccessorProperty': return addField(js, member, open);
    case 'StaticBlock': return initializer(js, member, { ...open, isStatic: true }, () => member.body.forEach((one) => js.statement(one)));
    default:
  }
}

function addMethod(js: Lowering, member: Method, { type, prototype, home }: Open): void {
  if (member.kind === 'constructor' || member.value.body === null) return;
  const key = keyOf(js, member.key, member.computed);
  const kind: IrFunction['kind'] = member.kind === 'get' ? 'getter' : member.kind === 'set' ? 'setter' : member.static ? 'static' : 'method';
  const closure = functionValue(js, member.value, { name: titleOf(js, key), kind, home: { ...home, isStatic: member.static }, later: true });
  storeKey(js, { base: member.static ? type : prototype, key }, decorate(js, closure, member.decorators), member);
}

function addField(js: Lowering, member: Field, open: Open): void {
  const key = keyOf(js, member.key, member.computed);
  const { value: given } = member;
  const marked = member.decorators.length > 0;
  const lower = (): void => {
    const value = given === null ? js.unknown(member) : js.expression(given as Expression, titleOf(js, key));
    const decorated = decorate(js, js.typed(value, typeOf(js, member.typeAnnotation?.typeAnnotation), member), member.decorators);
    storeKey(js, { base: member.static ? open.type : selfOf(js, member), key }, decorated, member);
  };
  const type = typeOf(js, member.typeAnnotation?.typeAnnotation);
  if (given === null && !marked && (type === undefined || ['number', 'boolean', 'bigint'].includes(type))) return;
  if (member.static) initializer(js, member, { ...open, isStatic: true }, lower);
  else {
    const { scope } = js;
    open.fields.push(() => js.inside(js.frame, scope, () => initializer(js, member, { ...open, isStatic: false }, lower)));
  }
}

/** `this` of a constructor that may not be written down. */
function selfOf(js: Lowering, member: Member): Value {
  return js.build.emit(op.param, member, -1);
}

/** Fields and static blocks have a `this` of their own: an instance, or the class. */
function initializer(js: Lowering, node: Member, { type, home, isStatic }: Open & { isStatic: boolean }, lower: () => void): void {
  const scope = js.scopes.of.get(node) ?? js.scope;
  js.builders.set(scope, js.build);
  const frame = { ...newFrame(js.build, { ...home, isStatic }), later: js.frame.later, handlers: js.frame.handlers };
  js.inside(frame, scope, () => {
    const self = scope.own('this');
    if (self?.kind === 'implicit') js.build.write(js.variable(self), isStatic ? type : js.build.emit(op.param, node, -1), node);
    lower();
  });
}

function decorate(js: Lowering, value: Value, decorators: readonly Decorator[] | undefined): Value {
  let decorated = value;
  for (const one of (decorators ?? []).toReversed()) decorated = js.build.emit(op.decorate, one, decorated, js.expression(one.expression));
  return decorated;
}
