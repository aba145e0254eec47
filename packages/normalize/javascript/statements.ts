import { classValue } from './classes.ts';
import type { Variable } from '../ir/module-builder.ts';
import { bind } from './bindings.ts';
import type { BodyStatement, Expression, NodeOf, VariableDeclaration } from './estree.ts';
import { bodyOf, functionValue } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { nameOfTarget } from './naming.ts';

export function variables(js: Lowering, node: VariableDeclaration): void {
  if (node.declare === true) return;
  for (const { id, init } of node.declarations) {
    if (init !== null) bind(js, id, isAnswer(init) ? js.build.answer(() => js.expression(init)) : js.expression(init, nameOfTarget(id)));
    else if (node.kind === 'let' && id.type === 'Identifier') startsEmpty(js, id.name, id);
  }
}

/** What a call or a comparison gives may be a condition later on: `const ok = isSafe(x)`. */
function isAnswer(init: Expression): boolean {
  return init.type === 'CallExpression' || init.type === 'BinaryExpression' || (init.type === 'UnaryExpression' && init.operator === '!');
}

/** `let` without a value holds nothing, also in the next round of a loop. */
function startsEmpty(js: Lowering, name: string, span: { readonly start: number; readonly end: number }): void {
  if (js.scope.resolve(name)?.shared === false) js.write(name, js.undefined(), span);
}

/** A function that nobody can call is read when all that it sees is there: so stands what a component shows. */
export function expressionStatement(js: Lowering, { expression: one }: NodeOf<BodyStatement, 'ExpressionStatement'>): void {
  if (one.type === 'ArrowFunctionExpression') return void functionValue(js, one, { name: '', later: true });
  const value = js.expression(one);
  const call = one.type === 'AwaitExpression' ? one.argument : one;
  const asked = call.type === 'CallExpression' && mayRefuse(js, call) ? askedOf(js, call) : [];
  if (asked.length > 0) js.build.cameBack(value, asked, one);
}

type Call = NodeOf<Expression, 'CallExpression'>;

/** It calls something of the program's own, or of a module, by its name. */
function mayRefuse(js: Lowering, { callee }: Call): boolean {
  if (callee.type === 'Identifier') return js.scope.resolve(callee.name) !== undefined;
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  if (callee.object.type === 'ThisExpression') return true;
  const binding = callee.object.type === 'Identifier' ? js.scope.resolve(callee.object.name) : undefined;
  return binding?.scope.kind === 'module';
}

/** Variables that stand in the arguments of a call, by themselves or in what is asked there. */
function askedOf(js: Lowering, call: Call): Variable[] {
  const found = new Set<Variable>();
  const open: { readonly node: Call['arguments'][number]; readonly depth: number }[] = call.arguments.map((node) => ({ node, depth: 0 }));
  for (const { node, depth } of open) {
    if (depth > deepestAsked || found.size >= mostAsked) break;
    const more = (...nodes: readonly (Call['arguments'][number] | { readonly type: 'PrivateIdentifier' })[]): void => {
      for (const one of nodes) if (one.type !== 'PrivateIdentifier') open.push({ node: one, depth: depth + 1 });
    };
    if (node.type === 'Identifier') {
      const binding = js.scope.resolve(node.name);
      if (binding !== undefined && binding.kind !== 'function' && binding.kind !== 'import') found.add(js.variable(binding));
    } else if (node.type === 'UnaryExpression') more(node.argument);
    else if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') more(node.left, node.right);
    else if (node.type === 'CallExpression') more(...node.arguments, ...(node.callee.type === 'MemberExpression' ? [node.callee.object] : []));
    else if (node.type === 'MemberExpression') more(node.object);
  }
  return [...found];
}

/** Parts of arguments within one another that are looked at, and variables that one call is taken to speak of. */
const deepestAsked = 3;
const mostAsked = 4;

export function blockStatement(js: Lowering, node: NodeOf<BodyStatement, 'BlockStatement'>): void {
  js.within(node, () => bodyOf(js, node.body));
}

/** Names in the body may be members of the object: those that the body does not bind are taken for globals. */
export function withStatement(js: Lowering, node: NodeOf<BodyStatement, 'WithStatement'>): void {
  js.expression(node.object);
  js.within(node, () => js.statement(node.body));
}

export function classDeclaration(js: Lowering, node: NodeOf<BodyStatement, 'ClassDeclaration'>): void {
  if (node.declare !== true) classValue(js, node);
}
