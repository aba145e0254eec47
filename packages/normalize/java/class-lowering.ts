import { type IrFunction, op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { decorate, decorateAsMember, isFilled } from './annotations.ts';
import { endOfBody, nameParams } from './exits.ts';
import { assign, declareLocal, initialValue } from './assignments.ts';
import { argumentNodes, callSuperConstructor, constructorName } from './calls.ts';
import type { ClassInfo, FieldInfo, MethodInfo, ParameterInfo } from './class-info.ts';
import { parametersOf, scanClass, scanMembers } from './class-scan.ts';
import { Frame } from './frame.ts';
import { addLogger, lowerMadeMethods, madeParameters } from './lombok.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { type JavaType, onlyName, plainType } from './java-type.ts';
import type { Lowering } from './lowering.ts';

/** Classes of these packages do nothing in their constructors that a flow could go through. */
const outside = /^(?:java|javax|jakarta)\./;

/** Makes the value that stands for a class, and for each within it; then all members are scanned, since they may name each other. */
export function declareClasses(java: Lowering, infos: readonly ClassInfo[]): ClassInfo[] {
  const all = infos.flatMap((info) => withMembers(info));
  for (const info of all) {
    java.inside(memberFrame(java, info), () => {
      scanMembers(java, info);
      addLogger(java, info);
    });
  }
  for (const info of all) declareClass(java, info);
  for (const info of all) joinClass(java, info);
  return all;
}

function withMembers(info: ClassInfo): ClassInfo[] {
  return [info, ...[...info.members.values()].flatMap(withMembers)];
}

const memberFrame = (java: Lowering, info: ClassInfo): Frame => new Frame({ builder: java.build, owner: info });

const constructors = new WeakMap<ClassInfo, FunctionBuilder>();

function declareClass(java: Lowering, info: ClassInfo): void {
  const parameters = constructorParameters(java, info);
  const builder = openFunction(java, { name: info.name, kind: 'constructor', node: info.node, parameters });
  constructors.set(info, builder);
  info.value = java.build.emit(op.closure, java.span(info.node), builder.index);
  info.prototype = java.build.load(info.value, 'prototype', java.span(info.node));
}

function constructorParameters(java: Lowering, info: ClassInfo): readonly ParameterInfo[] {
  const longest = info.constructors.reduce<MethodInfo | undefined>((best, one) => (best === undefined || one.parameters.length > best.parameters.length ? one : best), undefined);
  if (longest !== undefined) return longest.parameters;
  if (info.kind === 'record') return parametersOf(java, java.tree.field(info.node, 'parameters'));
  if (info.frame === undefined || info.name !== '') return madeParameters(java, info);
  return argumentNodes(java, info.node).map((node, at) => ({ name: `a${at}`, type: undefined, node, collects: false }));
}

function openFunction(java: Lowering, parts: { name: string; kind: IrFunction['kind']; node: Node; parameters: readonly ParameterInfo[] }): FunctionBuilder {
  const { name, kind, node, parameters } = parts;
  const { tree } = java;
  const body = tree.field(node, 'body') >= 0 ? tree.field(node, 'body') : tree.child(node, 'class_body');
  const end = body >= 0 ? tree.start(body) : tree.end(node);
  return java.module.function({ name, start: tree.start(node), end, params: parameters.length, paramNames: parameters.map((one) => one.name), kind }, java.build);
}

/** What the class is to others: its supertypes, its place in the class or file round it, its annotations. */
function joinClass(java: Lowering, info: ClassInfo): void {
  const { build, module, tree } = java;
  const span = java.span(info.node);
  const hidden = tree.has(tree.child(info.node, 'modifiers'), 'private');
  for (const type of info.superTypes) build.emit(op.inherit, span, info.value, java.classValue(type));
  if (info.frame !== undefined) return;
  if (info.outer !== undefined) build.store(info.outer.value, info.name, info.value, span);
  if (!hidden) build.emit(op.export, span, module.text(info.path), info.value);
}

/** Lowers initializers, constructors and methods. */
export function lowerClasses(java: Lowering, all: readonly ClassInfo[]): void {
  for (const info of all) {
    java.inside(memberFrame(java, info), () => initialize(java, info, { isStatic: true, self: info.value }));
    java.revive();
  }
  for (const info of all) {
    decorate(java, info.node, info.value);
    lowerConstructors(java, info);
  }
  for (const info of all) for (const methods of info.methods.values()) for (const method of methods) lowerMethod(java, info, method);
  for (const info of all) {
    if (info.kind === 'record') lowerAccessors(java, info);
    java.inside(memberFrame(java, info), () => lowerMadeMethods(java, info));
  }
}

/** Runs initializers of fields and blocks in their order; a final field that begins with a constant is that constant. */
function initialize(java: Lowering, info: ClassInfo, { isStatic, self }: { isStatic: boolean; self: Value }): void {
  if (isStatic && info.kind === 'enum') enumConstants(java, info);
  if (!isStatic && info.kind === 'class') for (const field of info.fields.values()) if (!field.isStatic && isFilled(java, field.declaration)) fillField(java, field, self);
  for (const one of info.initializers) {
    if (one.isStatic !== isStatic) continue;
    if (one.field === undefined) java.statement(one.block);
    else if (one.field.initial >= 0) initializeField(java, one.field, self);
    java.revive();
  }
}

/** A framework puts something there. */
function fillField(java: Lowering, field: FieldInfo, self: Value): void {
  const given = java.unknown(field.node).value;
  java.build.store(self, field.name, given, java.span(field.node));
  decorate(java, field.declaration, given);
}

function initializeField(java: Lowering, field: FieldInfo, self: Value): void {
  const held = initialValue(java, field.initial, field.type);
  held.holder?.lose();
  const given = java.converted({ value: held.value, type: held.type }, field.type, field.node);
  java.build.store(self, field.name, given.value, java.span(field.node));
  const constant = java.module.constantOf(given.value);
  if (field.isFinal && constant !== undefined && constant.kind !== 'null') field.constant = given.value;
}

/** Constants are made; `values` gives them all, `valueOf` one of them, whatever text it is asked for. */
function enumConstants(java: Lowering, info: ClassInfo): void {
  const span = java.span(info.node);
  const all = java.build.emit(op.array, span);
  info.enumConstants.forEach((node, at) => java.build.store(all, String(at), enumConstant(java, info, node), span));
  for (const [name, params] of [['values', 0], ['valueOf', 1]] as const) {
    const builder = java.module.function({ name, ...span, params, paramNames: [], kind: 'static' }, java.build);
    java.build.store(info.value, name, java.build.emit(op.closure, span, builder.index), span);
    builder.return(name === 'values' ? all : builder.emit(op.element, span, all), span);
  }
}

function enumConstant(java: Lowering, info: ClassInfo, node: Node): Value {
  const { tree, build } = java;
  const args = argumentNodes(java, node).map((one) => java.value(one));
  const body = tree.child(node, 'class_body');
  const made = body < 0 ? info.value : localClass(java, node, plainType(info.qualified)).value;
  const constant = build.construct(made, args, java.span(node));
  build.store(info.value, tree.source(tree.field(node, 'name')), constant, java.span(node));
  return constant;
}

function lowerConstructors(java: Lowering, info: ClassInfo): void {
  const builder = constructors.get(info);
  if (builder === undefined) return;
  const frame = frameOf(java, info, builder, info.node);
  const [only, ...more] = info.constructors;
  if (more.length === 0) {
    java.inside(frame, () => constructorBody(java, info, only));
    return;
  }
  for (const one of info.constructors) {
    const own = openFunction(java, { name: info.name, kind: 'method', node: one.node, parameters: one.parameters });
    const closure = java.build.emit(op.closure, java.span(one.node), own.index);
    java.build.store(info.prototype, constructorName(one.parameters.length), closure, java.span(one.node));
    java.inside(frameOf(java, info, own, one.node), () => constructorBody(java, info, one));
  }
  java.inside(frame, () => delegate(java, info));
}

/** Which constructor is meant depends on the arguments, which the class itself does not see: each gets those that it takes. */
function delegate(java: Lowering, info: ClassInfo): void {
  const { build } = java;
  const span = java.span(info.node);
  const self = java.frame.thisValue;
  if (self === undefined) return;
  for (const count of new Set(info.constructors.map(({ parameters }) => parameters.length))) {
    const args = Array.from({ length: count }, (_, at) => build.emit(op.param, span, at));
    build.invoke(self, constructorName(count), args, span);
  }
}

function frameOf(java: Lowering, info: ClassInfo, builder: FunctionBuilder, node: Node, isStatic = false): Frame {
  const self = isStatic ? undefined : builder.emit(op.param, java.span(node), -1);
  const thisValue = self === undefined ? undefined : builder.emit(op.typed, java.span(node), self, java.module.text(info.qualified));
  return new Frame({ builder, owner: info, thisValue });
}

function bindParameters(java: Lowering, parameters: readonly ParameterInfo[]): void {
  parameters.forEach((one, at) => {
    const value = java.build.emit(op.param, java.span(one.node), at, one.collects ? 1 : -1);
    assign(java, declareLocal(java, one.name, one.type), { value, type: undefined }, one.node);
    decorate(java, one.node, value);
  });
}

function constructorBody(java: Lowering, info: ClassInfo, constructor: MethodInfo | undefined): void {
  const { tree } = java;
  const self = java.frame.thisValue;
  if (self === undefined) return;
  const parameters = constructor?.parameters ?? constructorParameters(java, info);
  bindParameters(java, parameters);
  const body = constructor?.body ?? -1;
  const [first = -1, ...rest] = tree.children(body);
  const explicit = tree.kind(first) === 'explicit_constructor_invocation';
  const chained = explicit && tree.kind(tree.field(first, 'constructor')) === 'this';
  if (explicit) java.statement(first);
  else implicitSuper(java, info, parameters);
  if (!chained) initialize(java, info, { isStatic: false, self });
  for (const one of explicit || first < 0 ? rest : [first, ...rest]) java.statement(one);
  const stores = constructor === undefined ? info.kind === 'record' || info.name !== '' : tree.kind(constructor.node) === 'compact_constructor_declaration';
  if (stores) storeComponents(java, parameters, self);
}

function implicitSuper(java: Lowering, info: ClassInfo, parameters: readonly ParameterInfo[]): void {
  if (info.superClass === undefined || outside.test(onlyName(info.superClass) ?? '')) return;
  const anonymous = info.name === '';
  const args = anonymous ? parameters.map(({ name, type, node }) => ({ value: java.frame.local(name) === undefined ? java.unknown(node).value : readLocal(java, name, node), type })) : [];
  callSuperConstructor(java, info, args, info.node);
}

function readLocal(java: Lowering, name: string, node: Node): Value {
  const local = java.frame.local(name);
  return local === undefined ? java.unknown(node).value : java.read(local, node);
}

function storeComponents(java: Lowering, parameters: readonly ParameterInfo[], self: Value): void {
  for (const { name, node } of parameters) java.build.store(self, name, readLocal(java, name, node), java.span(node));
}

function lowerMethod(java: Lowering, info: ClassInfo, method: MethodInfo): void {
  if (method.body < 0) return;
  const { name, isStatic, parameters, node } = method;
  const span = java.span(node);
  const builder = openFunction(java, { name, kind: isStatic ? 'static' : 'method', node, parameters });
  const closure = java.build.emit(op.closure, span, builder.index);
  java.build.store(isStatic ? info.value : info.prototype, name, closure, span);
  decorate(java, node, closure);
  decorateAsMember(java, info.node, closure);
  java.inside(frameOf(java, info, builder, node, isStatic), () => {
    bindParameters(java, parameters);
    nameParams(java, method);
    java.statement(method.body);
    endOfBody(java, span);
  });
}

function lowerAccessors(java: Lowering, info: ClassInfo): void {
  for (const field of info.fields.values()) {
    if (field.isStatic || info.methods.has(field.name)) continue;
    const span = java.span(field.node);
    const builder = java.module.function({ name: field.name, ...span, params: 0, paramNames: [], kind: 'method' }, java.build);
    const closure = java.build.emit(op.closure, span, builder.index);
    java.build.store(info.prototype, field.name, closure, span);
    const self = builder.emit(op.param, span, -1);
    builder.return(builder.load(self, field.name, span), span);
  }
}

/** A class inside of a method: it sees what the method has in hands at this place. */
export function localClass(java: Lowering, node: Node, superType: JavaType | undefined): ClassInfo {
  const name = superType === undefined ? java.tree.source(java.tree.field(node, 'name')) : '';
  const info = scanClass(java, node, { outer: undefined, frame: java.frame, name, superType });
  if (name !== '') java.frame.declareClass(info);
  const all = declareClasses(java, [info]);
  lowerClasses(java, all);
  return info;
}
