import { classValue } from './classes.ts';
import { bind } from './bindings.ts';
import type { BodyStatement, Expression, NodeOf, VariableDeclaration } from './estree.ts';
import { bodyOf } from './functions.ts';
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
