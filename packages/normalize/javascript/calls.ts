import { op } from '#model/ir.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import { amdDefinition } from './amd.ts';
import type { Expression, NodeOf } from './estree.ts';
import { keyOf } from './keys.ts';
import type { Lowering } from './lowering.ts';
import { superObject } from './references.ts';
import { elementsInto } from './literals.ts';
import { modulePattern } from './module-patterns.ts';

type Call = NodeOf<Expression, 'CallExpression'>;

export function call(js: Lowering, node: Call): Value {
  const value = anyCall(js, node);
  js.mayThrow();
  return value;
}

function anyCall(js: Lowering, node: Call): Value {
  const callee = bare(node.callee);
  switch (callee.type) {
    case 'Super': return superCall(js, node);
    case 'MemberExpression': return methodCall(js, node, callee);
    case 'Identifier': {
      if (callee.name === 'require') return required(js, node, callee);
      if (callee.name === 'define' && (js.bringsDefine || js.scope.resolve('define') === undefined)) return amdDefinition(js, node);
      break;
    }
    default:
  }
  const target = js.expression(callee);
  return js.build.call(target, args(js, node.arguments), node);
}

/** A callee without what only concerns types. */
function bare(callee: Expression): Expression {
  let at = callee;
  while (at.type === 'TSNonNullExpression' || at.type === 'TSAsExpression' || at.type === 'TSInstantiationExpression' || at.type === 'ParenthesizedExpression' || at.type === 'TSTypeAssertion') at = at.expression;
  return at;
}

export function args(js: Lowering, nodes: Call['arguments']): Value[] {
  return nodes.map((node) => (node.type === 'SpreadElement' ? js.build.emit(op.spread, node, js.expression(node.argument)) : js.expression(node)));
}

function superCall(js: Lowering, node: Call): Value {
  const self = js.read('this', node.callee);
  const given = args(js, node.arguments);
  const parent = js.frame.home?.parent ?? js.unknown(node.callee);
  js.build.call(parent, given, node, { receiver: self });
  return self;
}

function methodCall(js: Lowering, node: Call, callee: NodeOf<Expression, 'MemberExpression'>): Value {
  if (callee.object.type === 'Super') {
    const base = superObject(js, callee.object);
    const key = keyOf(js, callee.property, callee.computed);
    const method = typeof key === 'string' ? js.build.load(base, key, callee) : js.build.loadAt(base, key.value, callee);
    return js.build.call(method, args(js, node.arguments), node, { receiver: js.read('this', callee.object) });
  }
  const receiver = js.expression(callee.object);
  const key = keyOf(js, callee.property, callee.computed);
  if (typeof key === 'string') return js.build.invoke(receiver, key, args(js, node.arguments), node);
  const constant = js.module.constantOf(key.value);
  if (constant?.kind === 'string') return js.build.invoke(receiver, constant.text, args(js, node.arguments), node);
  const method = js.build.loadAt(receiver, key.value, callee);
  return js.build.call(method, args(js, node.arguments), node, { receiver });
}

/** `require` of the wrapper round a module, of Node.js or of AMD, with a name that is known. */
function required(js: Lowering, node: Call, callee: NodeOf<Expression, 'Identifier'>): Value {
  const binding = js.scope.resolve('require');
  const given = args(js, node.arguments);
  const name = given[0] === undefined ? undefined : js.module.constantOf(given[0]);
  if ((binding === undefined || binding.kind === 'parameter') && name?.kind === 'string') {
    js.bringsDefine ||= name.text === 'amdefine';
    return js.import(name.text, node);
  }
  return withPattern(js, js.build.call(js.read('require', callee), given, node), binding === undefined || binding.kind === 'parameter' ? given[0] : undefined, node);
}

export function construct(js: Lowering, node: NodeOf<Expression, 'NewExpression'>): Value {
  const target = js.expression(bare(node.callee));
  const value = js.build.construct(target, args(js, node.arguments), node);
  js.mayThrow();
  return value;
}

/** The module that is loaded is what waiting for the promise gives. */
export function dynamicImport(js: Lowering, node: NodeOf<Expression, 'ImportExpression'>): Value {
  const source = js.expression(node.source);
  const name = js.module.constantOf(source);
  if (name?.kind === 'string') return js.import(name.text, node);
  return withPattern(js, js.build.call(js.global('import', node), [source], node), source, node);
}

/** What a call gives that loads a module by a name of which only a part is known: one of the modules that may be meant. */
function withPattern(js: Lowering, loaded: Value, name: Value | undefined, node: Span): Value {
  const pattern = name === undefined ? undefined : modulePattern(js, name);
  return pattern === undefined ? loaded : js.build.emit(op.phi, node, -1, -1, -1, [loaded, js.import(pattern, node)]);
}

/** The tag gets the fixed parts as a list, then the others. */
export function taggedTemplate(js: Lowering, node: NodeOf<Expression, 'TaggedTemplateExpression'>): Value {
  const tag = bare(node.tag);
  const receiver = tag.type === 'MemberExpression' && !tag.computed && tag.object.type !== 'Super' ? js.expression(tag.object) : undefined;
  const target = receiver === undefined ? js.expression(tag) : undefined;
  const fixed = js.build.emit(op.array, node.quasi);
  elementsInto(js, fixed, node.quasi.quasis.map(({ value }) => js.text(value.cooked ?? value.raw)), node.quasi);
  const given = [fixed, ...node.quasi.expressions.map((one) => js.expression(one))];
  if (receiver !== undefined && tag.type === 'MemberExpression') return js.build.invoke(receiver, String(keyOf(js, tag.property, false)), given, node);
  return js.build.call(target ?? js.unknown(node), given, node);
}
