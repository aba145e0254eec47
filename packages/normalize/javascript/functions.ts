import { type IrFunction, op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { boundNames, child, type EsNode, flag, nodes } from './estree.ts';
import type { At, FunctionState, Lowering } from './lowering.ts';
import { nameOf, span } from './lowering.ts';
import { assign } from './patterns.ts';

export interface FunctionForm {
  readonly kind?: IrFunction['kind'];
  /** For a function that has no name of its own. */
  readonly name?: string;
  /** Runs before the body: what a constructor does by itself. */
  readonly before?: (at: At) => void;
}

/** Marks a class, function or parameter. */
export function decorate(l: Lowering, at: At, value: Value, decorator: EsNode): void {
  const called = child(decorator, 'expression');
  if (called !== undefined) at.state.builder.emit(op.decorate, span(decorator), value, l.expression(at, called));
}

/** A function declaration: the closure is there from the start of its block, its body is read when what surrounds it is known. */
export function declareFunction(l: Lowering, at: At, node: EsNode): void {
  const id = child(node, 'id');
  const { value, body } = open(l, at, node, {});
  at.state.later.push(body);
  if (id !== undefined) l.write(at, nameOf(id), value, id);
}

/** A function as a value; its body is read here, where what it sees of its surroundings is refined by the conditions round it. */
export function functionValue(l: Lowering, at: At, node: EsNode, form: FunctionForm = {}): Value {
  const { value, body } = open(l, at, node, form);
  body();
  return value;
}

function open(l: Lowering, at: At, node: EsNode, form: FunctionForm): { readonly value: Value; readonly body: () => void } {
  const params = nodes(node, 'params').filter((one) => nameOf(one) !== 'this');
  const builder = l.module.function(
    {
      name: nameOf(child(node, 'id')) || (form.name ?? ''),
      start: node.start,
      end: child(node, 'body')?.start ?? node.end,
      params: params.length,
      paramNames: params.map((one) => nameOf(boundNames(one.type === 'ObjectPattern' ? undefined : one)[0])),
      kind: kindOf(node, form.kind),
    },
    at.state.builder,
  );
  const state = l.state(node, builder);
  const value = at.state.builder.emit(op.closure, span(node), builder.index);
  return { value, body: () => void l.deeper(at, node, () => lowerBody(l, { state, node, params, form })) };
}

function kindOf(node: EsNode, kind: IrFunction['kind'] | undefined): IrFunction['kind'] {
  if (kind !== undefined && kind !== 'plain') return kind;
  if (flag(node, 'generator')) return 'generator';
  if (flag(node, 'async')) return 'async';
  return node.type === 'ArrowFunctionExpression' ? 'arrow' : 'plain';
}

interface Body {
  readonly state: FunctionState;
  readonly node: EsNode;
  readonly params: readonly EsNode[];
  readonly form: FunctionForm;
}

function lowerBody(l: Lowering, { state, node, params, form }: Body): Value {
  const scope = l.scopes.of(node);
  const { builder } = state;
  if (scope === undefined) return l.undefined();
  const at: At = { state, scope };
  if (node.type !== 'ArrowFunctionExpression') {
    l.write(at, 'this', builder.emit(op.param, span(node), -1), node);
    if (/\barguments\b/.test(l.source.slice(node.start, node.end))) l.write(at, 'arguments', builder.emit(op.param, span(node), -2), node);
  }
  const id = child(node, 'id');
  if (node.type === 'FunctionExpression' && id !== undefined && scope.own(nameOf(id))?.owner === node) l.write(at, nameOf(id), builder.emit(op.closure, span(node), builder.index), id);
  params.forEach((param, index) => {
    const value = builder.emit(op.param, span(param), index, param.type === 'RestElement' ? 1 : -1);
    assign(l, at, param, value);
    for (const decorator of nodes(param, 'decorators')) decorate(l, at, value, decorator);
  });
  form.before?.(at);
  const body = child(node, 'body');
  if (body?.type === 'BlockStatement') {
    l.statements(at, nodes(body, 'body'));
    if (builder.reachable) builder.return(l.undefined(), { start: node.end - 1, end: node.end });
  } else if (body !== undefined) builder.return(l.expression(at, body), span(body));
  for (let one = 0; one < state.later.length; one++) state.later[one]?.();
  return l.undefined();
}
