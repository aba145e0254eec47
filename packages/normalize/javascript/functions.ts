import { type IrFunction, op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import { bind } from './bindings.ts';
import type { AnyFunction, BodyStatement, ParamPattern, PlainFunction } from './estree.ts';
import { endOfBody, nameParams } from './exits.ts';
import { type Home, type Lowering, mostInstructions, newFrame } from './lowering.ts';
import type { Scope } from './scope.ts';

export interface FunctionForm {
  readonly name: string;
  readonly kind?: IrFunction['kind'];
  readonly home?: Home | undefined;
  /** Its body is read after the body round it, when variables that are set once are known. */
  readonly later?: boolean;
}

/** The closure of a function. */
export function functionValue(js: Lowering, node: AnyFunction, form: FunctionForm): Value {
  const scope = js.scopes.of.get(node);
  if (!js.build.reachable || scope === undefined || node.body === null) return js.unknown(node);
  const build = js.module.function(headOf(node, form), js.build);
  const value = js.build.emit(op.closure, node, build.index);
  const lower = (): void => lowerBody(js, build, node, { scope, form });
  if (form.later === true) js.frame.later.push(lower);
  else lower();
  return value;
}

function headOf(node: AnyFunction, { name, kind }: FunctionForm): Omit<IrFunction, 'parent'> {
  const arrow = node.type === 'ArrowFunctionExpression';
  return {
    name,
    start: node.start,
    end: node.body?.start ?? node.end,
    params: node.params.length,
    paramNames: node.params.map(nameOfParam),
    kind: node.generator ? 'generator' : node.async ? 'async' : (kind ?? (arrow ? 'arrow' : 'plain')),
  };
}

function nameOfParam(param: ParamPattern): string {
  const inner = param.type === 'TSParameterProperty' ? param.parameter : param.type === 'RestElement' ? param.argument : param;
  const plain = inner.type === 'AssignmentPattern' ? inner.left : inner;
  return plain.type === 'Identifier' ? plain.name : '';
}

/** A function expression may call itself by its name, which stands in a scope round it. */
export function functionExpression(js: Lowering, node: PlainFunction, name = ''): Value {
  const value = functionValue(js, node, { name: node.id?.name ?? name, later: node.id !== null });
  const own = node.id === null ? undefined : js.scopes.of.get(node)?.parent?.own(node.id.name);
  if (own !== undefined) js.build.write(js.variable(own), value, node);
  return value;
}

interface Body {
  readonly scope: Scope;
  readonly form: FunctionForm;
}

function lowerBody(js: Lowering, build: FunctionBuilder, node: AnyFunction, { scope, form }: Body): void {
  if (js.module.size > mostInstructions) return js.module.gap({ reason: 'too-large', start: node.start, end: node.end });
  js.builders.set(scope, build);
  const inherited = scope.kind === 'arrow' ? js.frame.home : undefined;
  const frame = newFrame(build, form.home ?? inherited);
  js.deeper(node, () => js.inside(frame, scope, () => {
    implicit(js, scope, node);
    const [first] = node.params;
    const types = first === undefined ? undefined : js.docs.of(first.start);
    node.params.forEach((param, at) => parameter(js, param, { at, type: types?.get(nameOfParam(param)) }));
    if (form.kind === 'constructor') for (const field of form.home?.fields ?? []) field();
    nameParams(js, node, scope);
    const { body } = node;
    if (body?.type === 'BlockStatement') {
      bodyOf(js, body.body);
      endOfBody(js, node);
    } else if (body !== null) js.rules.returned(js, body, body);
    finishFrame(js);
  }));
}

/** `this` and `arguments`, where they are used. */
export function implicit(js: Lowering, scope: Scope, node: AnyFunction): void {
  for (const [name, index] of [['this', -1], ['arguments', -2]] as const) {
    const binding = scope.own(name);
    if (binding?.kind === 'implicit') js.build.write(js.variable(binding), js.build.emit(op.param, node, index), node);
  }
}

/** `type`: what a comment states. */
function parameter(js: Lowering, param: ParamPattern, { at, type }: { readonly at: number; readonly type: string | undefined }): void {
  const pattern = param.type === 'TSParameterProperty' ? param.parameter : param;
  const rest = pattern.type === 'RestElement';
  let value = js.typed(js.build.emit(op.param, pattern, at, rest ? 1 : -1), rest ? undefined : type, pattern);
  for (const decorator of param.decorators ?? []) value = js.build.emit(op.decorate, decorator, value, js.expression(decorator.expression));
  if (rest) bind(js, pattern.argument, value);
  else bind(js, pattern, value);
  if (param.type === 'TSParameterProperty') parameterProperty(js, nameOfParam(param), param);
}

function parameterProperty(js: Lowering, name: string, node: ParamPattern): void {
  js.build.store(js.read('this', node), name, js.read(name, node), node);
}

/** Statements of a body; function declarations are there from its start. */
export function bodyOf(js: Lowering, statements: readonly BodyStatement[]): void {
  hoist(js, statements);
  for (const statement of statements) js.statement(statement);
}

function hoist(js: Lowering, statements: readonly BodyStatement[]): void {
  for (const statement of statements) {
    const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
    if (exported?.type !== 'FunctionDeclaration' || exported.id === null) continue;
    js.write(exported.id.name, functionValue(js, exported, { name: exported.id.name, later: true }), exported);
  }
}

/** Reads the bodies that were put off. They may put off more. */
export function finishFrame(js: Lowering): void {
  const { later } = js.frame;
  for (let at = 0; at < later.length; at++) (later[at] as () => void)();
}

