import type { Value } from '../ir/module-builder.ts';
import type { Expression, NodeOf } from './estree.ts';
import type { Lowering } from './lowering.ts';

type Call = NodeOf<Expression, 'CallExpression'>;

const given = ['require', 'exports', 'module'];

/** `define(name?, dependencies?, factory)` of AMD: the factory is called with the modules, and what it gives is what the module gives. */
export function amdDefinition(js: Lowering, node: Call): Value {
  const last = node.arguments.at(-1);
  if (last === undefined || last.type === 'SpreadElement') return js.undefined();
  const list = node.arguments.find((one) => one.type === 'ArrayExpression');
  const names = list?.type === 'ArrayExpression' && list !== last ? list.elements.map((one) => (one?.type === 'Literal' && typeof one.value === 'string' ? one.value : '')) : given;
  const factory = js.expression(last);
  const isFunction = last.type === 'FunctionExpression' || last.type === 'ArrowFunctionExpression' || last.type === 'Identifier';
  const value = isFunction ? js.build.call(factory, names.map((name) => dependency(js, name, node)), node) : factory;
  const replaces = last.type !== 'FunctionExpression' && last.type !== 'ArrowFunctionExpression' ? true : last.body?.type !== 'BlockStatement' || last.params.length === 0 || !names.includes('exports');
  if (replaces) js.build.store(js.global('module', node), 'exports', value, node);
  return js.undefined();
}

function dependency(js: Lowering, name: string, node: Call): Value {
  if (name === '') return js.unknown(node);
  return given.includes(name) ? js.global(name, node) : js.import(name, node);
}
