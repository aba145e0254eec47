import type { Value, Variable } from '../ir/module-builder.ts';
import { joinWays } from '../ir/join-ways.ts';
import type { Block, Branches } from '../ir/function-builder.ts';
import type { BodyStatement, Expression, NodeOf } from './estree.ts';
import { bodyOf } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { present } from './operators.ts';

type Logical = NodeOf<Expression, 'LogicalExpression'>;

/** `a && b && c`: all operands of one operator, which are nested to the left. */
function operandsOf(node: Logical): Expression[] {
  const operands: Expression[] = [];
  let at: Expression = node;
  while (at.type === 'LogicalExpression' && at.operator === node.operator) {
    operands.push(at.right);
    at = at.left;
  }
  operands.push(at);
  return operands.toReversed();
}

/** Conditions whose parts are conditions. */
export function condition(js: Lowering, node: Expression): Branches | undefined {
  if (node.type === 'LogicalExpression' && node.operator !== '??') return logicalCondition(js, node);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const { yes, no } = js.condition(node.argument);
    return { yes: no, no: yes };
  }
  return node.type === 'ParenthesizedExpression' ? js.condition(node.expression) : undefined;
}

function logicalCondition(js: Lowering, node: Logical): Branches {
  const { build } = js;
  const and = node.operator === '&&';
  const early = build.block();
  let goesOn: Block | undefined;
  for (const operand of operandsOf(node)) {
    if (goesOn !== undefined) build.enter(goesOn);
    const { yes, no } = js.condition(operand);
    build.enter(and ? no : yes);
    build.jump(early);
    goesOn = and ? yes : no;
  }
  build.seal(early);
  const late = goesOn ?? early;
  return and ? { yes: late, no: early } : { yes: early, no: late };
}

/** What is told of operands: of each that decides, where it does; and how the last one is read. */
export interface Operands {
  readonly decided: (value: Value) => void;
  readonly last: (node: Expression) => Value;
}

/** The first operand that decides, or the last. */
export function logical(js: Lowering, node: Logical, told?: Operands): Value {
  const { build } = js;
  const operands = operandsOf(node);
  const last = operands.pop() as Expression;
  const join = build.block();
  const values: Value[] = [];
  for (const operand of operands) {
    const { decided, goesOn, value } = decide(js, operand, node.operator);
    build.enter(decided);
    if (build.reachable) {
      const given = operand.type === 'Identifier' ? js.read(operand.name, operand) : value;
      values.push(given);
      told?.decided(given);
    }
    build.jump(join);
    build.enter(goesOn);
  }
  const reached = build.reachable;
  const value = told === undefined ? js.expression(last) : told.last(last);
  if (reached && build.reachable) values.push(value);
  build.jump(join);
  build.seal(join);
  build.enter(join);
  return values.length === 0 ? js.module.nothing() : build.phi(values, node);
}

function decide(js: Lowering, operand: Expression, operator: string): { decided: Block; goesOn: Block; value: Value } {
  let value = 0;
  const { yes, no } = js.branchOn(operand, () => {
    value = js.expression(operand);
    return operator === '??' ? present(js, value, operand) : value;
  });
  return operator === '&&' ? { decided: no, goesOn: yes, value } : { decided: yes, goesOn: no, value };
}

export function conditional(js: Lowering, node: NodeOf<Expression, 'ConditionalExpression'>, read = (one: Expression): Value => js.expression(one)): Value {
  const { yes, no } = js.condition(node.test);
  return joinWays(js.build, [[yes, () => read(node.consequent)], [no, () => read(node.alternate)]], node);
}

/** `else if` is nested, often by the hundred: it is read in a loop. */
export function ifStatement(js: Lowering, node: NodeOf<BodyStatement, 'IfStatement'>): void {
  const { build } = js;
  const after = build.block();
  let at: BodyStatement | null = node;
  while (at?.type === 'IfStatement') {
    const { yes, no } = js.condition(at.test);
    build.enter(yes);
    js.statement(at.consequent);
    build.jump(after);
    build.enter(no);
    at = at.alternate;
  }
  if (at !== null) js.statement(at);
  build.jump(after);
  build.seal(after);
  build.enter(after);
}

type Switch = NodeOf<BodyStatement, 'SwitchStatement'>;

export function switchStatement(js: Lowering, node: Switch): void {
  const { build } = js;
  const exit = build.block();
  js.frame.targets.push({ labels: js.labels, exit, next: undefined, plain: false });
  js.within(node, () => {
    const bodies = node.cases.map(() => build.block());
    chooseCase(js, node, { bodies, exit });
    node.cases.forEach((one, at) => {
      const body = bodies[at] as Block;
      build.seal(body);
      build.enter(body);
      bodyOf(js, one.consequent);
      build.jump(bodies[at + 1] ?? exit);
    });
  });
  js.frame.targets.pop();
  build.seal(exit);
  build.enter(exit);
}

/** Tests the cases in their order; then the default. */
function chooseCase(js: Lowering, node: Switch, { bodies, exit }: { bodies: readonly Block[]; exit: Block }): void {
  const { build } = js;
  const { value, mentioned } = build.mentions(() => js.expression(node.discriminant));
  const constant = js.module.constantOf(value);
  const byTruth = constant?.kind === 'boolean' && constant.text === 'true';
  node.cases.forEach(({ test }, at) => {
    if (test === null) return;
    const { yes, no } = byTruth ? js.condition(test) : caseBranches(js, test, { value, mentioned });
    build.enter(yes);
    build.jump(bodies[at] as Block);
    build.enter(no);
  });
  const fallback = node.cases.findIndex(({ test }) => test === null);
  build.jump(bodies[fallback] ?? exit);
}

function caseBranches(js: Lowering, test: Expression, { value, mentioned }: { value: Value; mentioned: readonly Variable[] }): Branches {
  const own = js.build.mentions(() => js.build.test('===', value, js.expression(test), test));
  return js.build.branch(own.value, [...new Set([...mentioned, ...own.mentioned])], test);
}
