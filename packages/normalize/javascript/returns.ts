import type { Span, Value } from '../ir/module-builder.ts';
import { conditional, logical } from './control.ts';
import type { BodyStatement, Expression, NodeOf } from './estree.ts';
import { leave } from './exits.ts';
import { passFinals } from './loops.ts';
import type { Lowering } from './lowering.ts';
import { notOf } from './operators.ts';

/** What is given back, with what is known of the parameters on each way that leads there: functions that check what they get are guards for whoever asks them. */
export function returned(js: Lowering, node: Expression, span: Span): void {
  const several = isSeveral(node);
  const value = several && js.frame.params.length > 0 ? ways(js, node, false) : js.expression(node);
  const told = (several && js.frame.params.length > 0) || leave(js, value, undefined, span);
  passFinals(js);
  js.build.return(value, span, told);
}

export function returnStatement(js: Lowering, node: NodeOf<BodyStatement, 'ReturnStatement'>): void {
  if (node.argument !== null) return returned(js, node.argument, node);
  const value = js.undefined();
  const told = leave(js, value, undefined, node);
  passFinals(js);
  js.build.return(value, node, told);
}

function isSeveral(node: Expression): boolean {
  if (node.type === 'ParenthesizedExpression') return isSeveral(node.expression);
  if (node.type === 'UnaryExpression' && node.operator === '!') return isSeveral(node.argument);
  return node.type === 'ConditionalExpression' || (node.type === 'LogicalExpression' && node.operator !== '??');
}

/** `not`: what is given back is the opposite. */
function ways(js: Lowering, node: Expression, not: boolean): Value {
  if (node.type === 'ParenthesizedExpression') return ways(js, node.expression, not);
  if (node.type === 'UnaryExpression' && node.operator === '!') return notOf(js, ways(js, node.argument, !not), node);
  if (node.type === 'ConditionalExpression') return conditional(js, node, (one) => ways(js, one, not));
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const decided = node.operator === '||';
    return logical(js, node, { decided: (value) => void leave(js, value, decided !== not, node, not), last: (one) => ways(js, one, not) });
  }
  const value = js.expression(node);
  leave(js, value, undefined, node, not);
  return value;
}
