import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Value, Variable } from '../ir/module-builder.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { isString, primitiveOf } from './java-type.ts';
import type { ExpressionRule, Lowering, StatementRule, Typed } from './lowering.ts';
import { bind, bindRecord } from './operators.ts';
import { statements } from './statements.ts';
import { typeOf } from './type-nodes.ts';

interface Choice {
  readonly subject: Typed;
  readonly mentioned: readonly Variable[];
}

/** One arm: its labels lead to its block. */
interface Arm {
  readonly node: Node;
  readonly labels: readonly Node[];
  readonly block: Block;
}

function lowerSwitch(java: Lowering, node: Node): Block {
  const { build, tree } = java;
  let subject: Typed | undefined;
  const { value, mentioned } = build.mentions(() => {
    subject = java.expression(tree.field(node, 'condition'));
    return subject.value;
  });
  const after = build.block();
  java.frame.scoped(() => {
    const arms = tree.children(tree.field(node, 'body')).map((arm) => ({ node: arm, labels: tree.children(arm).filter((one) => tree.kind(one) === 'switch_label'), block: build.block() }));
    choose(java, arms, { subject: subject ?? { value, type: undefined }, mentioned }, after);
    java.frame.within({ kind: 'switch', label: undefined, after, next: undefined }, () => lowerArms(java, arms, after));
  });
  build.seal(after);
  return after;
}

/** Asks label after label; what none of them takes goes to `default`, or past the switch. */
function choose(java: Lowering, arms: readonly Arm[], choice: Choice, after: Block): void {
  const { build, tree } = java;
  let otherwise = after;
  for (const arm of arms) {
    for (const label of arm.labels) {
      if (tree.has(label, 'default')) otherwise = arm.block;
      lowerLabel(java, label, choice, arm.block);
    }
  }
  build.jump(otherwise);
}

function lowerLabel(java: Lowering, label: Node, choice: Choice, target: Block): void {
  const { build, tree } = java;
  const guard = tree.child(label, 'guard');
  for (const one of tree.children(label)) {
    if (one === guard || !build.reachable) continue;
    const asked = build.mentions(() => ask(java, one, choice.subject));
    const { yes, no } = build.branch(asked.value, [...new Set([...choice.mentioned, ...asked.mentioned])], java.span(one));
    build.enter(yes);
    if (guard < 0) {
      build.jump(target);
      build.enter(no);
      continue;
    }
    const inner = java.condition(tree.child(guard));
    const rest = build.block();
    build.enter(inner.yes);
    build.jump(target);
    for (const block of [inner.no, no]) {
      build.enter(block);
      build.jump(rest);
    }
    build.seal(rest);
    build.enter(rest);
  }
}

function ask(java: Lowering, label: Node, subject: Typed): Value {
  const { build, tree } = java;
  if (tree.kind(label) !== 'pattern') return build.test('===', subject.value, labelValue(java, label, subject), java.span(label));
  const pattern = tree.child(label);
  if (tree.kind(pattern) === 'record_pattern') return bindRecord(java, pattern, subject.value);
  const [stated = -1, name = -1] = tree.children(pattern);
  const type = typeOf(java, stated);
  bind(java, name, subject.value, type);
  const named = type === undefined ? build.emit(op.unknown, java.span(label)) : java.classValue(type);
  return build.emit(op.test, java.span(label), subject.value, named, java.module.text('instanceof'));
}

/** A bare name is one of an enum, unless a constant of that name is in sight. */
function labelValue(java: Lowering, label: Node, subject: Typed): Value {
  if (java.tree.kind(label) !== 'identifier') return java.value(label);
  const name = java.tree.source(label);
  const declared = java.findLocal(name) !== undefined || java.findField(name) !== undefined;
  return declared || isString(subject.type) || primitiveOf(subject.type) !== undefined ? java.value(label) : java.text(name);
}

function lowerArms(java: Lowering, arms: readonly Arm[], after: Block): void {
  const { build, tree } = java;
  arms.forEach(({ node, labels, block }, at) => {
    const rule = tree.kind(node) === 'switch_rule';
    build.seal(block);
    build.enter(block);
    const body = tree.children(node).filter((one) => !labels.includes(one));
    if (rule) for (const one of body) lowerRule(java, one);
    else statements(java, body);
    build.jump(rule ? after : (arms[at + 1]?.block ?? after));
  });
}

/** The expression after `->` is the value of the switch, where that has one. */
function lowerRule(java: Lowering, body: Node): void {
  const result = java.frame.results.at(-1);
  if (result === undefined || java.tree.kind(body) !== 'expression_statement' || !java.build.reachable) {
    java.statement(body);
    return;
  }
  const { value, type } = java.expression(java.tree.child(body));
  java.build.write(result.variable, value);
  result.type ??= type;
}

const statement: StatementRule = (java, node) => {
  java.frame.results.push(undefined);
  java.build.enter(lowerSwitch(java, node));
  java.frame.results.pop();
};

const expression: ExpressionRule = (java, node) => {
  const { build } = java;
  const join = build.block();
  const result = { variable: java.variable(), after: join, type: undefined };
  java.frame.results.push(result);
  const after = lowerSwitch(java, node);
  java.frame.results.pop();
  build.enter(after);
  build.jump(join);
  build.seal(join);
  build.enter(join);
  return { value: build.reachable ? build.read(result.variable) : java.unknown(node).value, type: result.type };
};

export const switchStatements: Readonly<Record<string, StatementRule>> = { switch_expression: statement };
export const switchRules: Readonly<Record<string, ExpressionRule>> = { switch_expression: expression };
