import { K, R } from '#model/code-tree.ts';
import { child, children, type EsNode } from './es-node.ts';
import type { Lowering, ScriptLowering } from './script-code.ts';

const through =
  (property: string): Lowering =>
  (into, node, role) =>
    into.put(child(node, property), role);

const one =
  (kind: number, property: string): Lowering =>
  (into, node, role) =>
    into.record(kind, role, node, [[child(node, property), R.Value]]);

export const statements: Record<string, Lowering> = {
  ExpressionStatement: through('expression'),
  BlockStatement: (into, node, role) => into.block(node, role),
  FunctionBody: (into, node, role) => into.block(node, role),
  StaticBlock: (into, node, role) => into.list(K.Block, role, children(node, 'body'), node.start, node.end),
  EmptyStatement: () => undefined,
  LabeledStatement: through('body'),
  ReturnStatement: one(K.Return, 'argument'),
  ThrowStatement: one(K.Throw, 'argument'),
  BreakStatement: one(K.Break, 'label'),
  ContinueStatement: one(K.Continue, 'label'),
  IfStatement: (into, node, role) => {
    into.open(K.If, role, node.start, node.end);
    into.put(child(node, 'test'), R.Condition);
    into.block(child(node, 'consequent'), R.Then);
    into.block(child(node, 'alternate'), R.Else);
    into.close();
  },
  WhileStatement: (into, node, role) => loop(into, node, role, K.While, [['test', R.Condition]]),
  DoWhileStatement: (into, node, role) => loop(into, node, role, K.DoWhile, [['test', R.Condition]]),
  ForStatement: (into, node, role) => loop(into, node, role, K.For, [['init', R.Init], ['test', R.Condition], ['update', R.Update]]),
  ForInStatement: (into, node, role) => loop(into, node, role, K.ForEach, [['left', R.Target], ['right', R.Source]], 'in'),
  ForOfStatement: (into, node, role) => loop(into, node, role, K.ForEach, [['left', R.Target], ['right', R.Source]], 'of'),
  WithStatement: (into, node, role) => loop(into, node, role, K.With, [['object', R.Items]]),
  TryStatement: tryStatement,
  SwitchStatement: (into, node, role) => {
    into.open(K.Switch, role, node.start, node.end);
    into.put(child(node, 'discriminant'), R.Condition);
    into.list(K.List, R.Items, children(node, 'cases'), node.start, node.end);
    into.close();
  },
  SwitchCase: (into, node, role) => {
    into.open(K.Case, role, node.start, node.end);
    into.put(child(node, 'test'), R.Condition);
    into.list(K.Block, R.Body, children(node, 'consequent'), node.start, node.end);
    into.close();
  },
};

function loop(into: ScriptLowering, node: EsNode, role: number, kind: number, parts: readonly (readonly [string, number])[], symbol = ''): void {
  into.open(kind, role, node.start, node.end, symbol);
  for (const [property, partRole] of parts) into.put(child(node, property), partRole);
  into.block(child(node, 'body'), R.Body);
  into.close();
}

function tryStatement(into: ScriptLowering, node: EsNode, role: number): void {
  into.open(K.Try, role, node.start, node.end);
  into.block(child(node, 'block'), R.Body);
  const handler = child(node, 'handler');
  if (handler !== undefined) {
    into.open(K.List, R.Catches, handler.start, handler.end);
    into.open(K.Catch, R.None, handler.start, handler.end);
    into.put(child(handler, 'param'), R.Name);
    into.block(child(handler, 'body'), R.Body);
    into.close();
    into.close();
  }
  into.block(child(node, 'finalizer'), R.Finally);
  into.close();
}

