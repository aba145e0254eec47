import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { foldNumbers, foldOthers, foldUnary } from './constant-operators.ts';
import { constantOf, literalOf, numberOf, within } from './constants.ts';
import { textOf } from './container-calls.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { booleanType, isNumeric, isString, type JavaType, primitiveOf, promoted, sameType, stringType } from './java-type.ts';
import type { ConditionRule, ExpressionRule, Lowering, Typed } from './lowering.ts';
import type { Branches } from '../ir/function-builder.ts';
import { typeOf } from './type-nodes.ts';

const comparisons: ReadonlyMap<string, string> = new Map([
  ['==', '==='], ['!=', '!=='], ['<', '<'], ['<=', '<='], ['>', '>'], ['>=', '>='],
]);

/** What a part of a text is: a text builder gives its text, and stays with its owner. */
export function part(java: Lowering, node: Node): Typed {
  const { value, type, holder } = java.held(node);
  if (holder === undefined) return { value, type };
  if (holder.flavour === 'text' && holder.known) return { value: textOf(java, holder), type: stringType };
  if (java.build.reachable && holder.flavour === 'text') holder.lose();
  return { value, type };
}

/** `a op b`, for binary expressions and compound assignments. */
export function combine(java: Lowering, operator: string, [left, right]: readonly [Typed, Typed], node: Node): Typed {
  const span = java.span(node);
  if (operator === '+' && (java.isText(left) || java.isText(right))) return { value: java.build.concat([left.value, right.value], span), type: stringType };
  const [a, b] = [constantOf(java.module, left), constantOf(java.module, right)];
  if (a !== undefined && b !== undefined) {
    const folded = foldNumbers(operator, a, b) ?? foldOthers(operator, a, b);
    const literal = folded === undefined ? undefined : literalOf(java.module, folded, typeof folded === 'string' ? a.type : promoted(a.type, b.type));
    if (literal !== undefined) return literal;
  }
  const comparison = comparisons.get(operator);
  if (comparison !== undefined) return { value: java.build.emit(op.test, span, left.value, right.value, java.module.text(comparison)), type: booleanType };
  if (operator === '+' && !(isNumeric(left.type) && isNumeric(right.type))) return { value: java.build.sum(left.value, right.value, span), type: undefined };
  const truths = primitiveOf(left.type) === 'boolean' && '&|^'.includes(operator);
  if (truths) return { value: java.build.emit(op.test, span, left.value, right.value, java.module.text(operator)), type: booleanType };
  return { value: java.build.emit(op.arithmetic, span, left.value, right.value, java.module.text(operator)), type: promoted(left.type, right.type) };
}

const binary: ExpressionRule = (java, node) => {
  const operator = java.tree.source(java.tree.field(node, 'operator'));
  if (operator === '&&' || operator === '||') return shortCircuit(java, node, operator);
  if (operator === '+') return sum(java, node);
  const left = part(java, java.tree.field(node, 'left'));
  return combine(java, operator, [left, part(java, java.tree.field(node, 'right'))], node);
};

/** `a + b + c`: from the left; once one is a text, all that follow are put to it. */
function sum(java: Lowering, node: Node): Typed {
  const { tree } = java;
  const nodes: Node[] = [];
  let at = node;
  for (; tree.kind(at) === 'binary_expression' && tree.source(tree.field(at, 'operator')) === '+'; at = tree.field(at, 'left')) nodes.push(at);
  let left = part(java, at);
  let texts: Value[] | undefined;
  for (const one of nodes.reverse()) {
    const right = part(java, tree.field(one, 'right'));
    if (texts === undefined && !java.isText(left) && !java.isText(right)) left = combine(java, '+', [left, right], one);
    else (texts ??= [left.value]).push(right.value);
  }
  return texts === undefined ? left : { value: java.build.concat(texts, java.span(node)), type: stringType };
}

function shortCircuit(java: Lowering, node: Node, operator: '&&' | '||'): Typed {
  const { build } = java;
  const left = java.condition(java.tree.field(node, 'left'));
  const join = build.block();
  build.enter(operator === '&&' ? left.no : left.yes);
  const values: Value[] = build.reachable ? [java.truth(operator === '||')] : [];
  build.jump(join);
  build.enter(operator === '&&' ? left.yes : left.no);
  if (build.reachable) {
    const { value } = java.expression(java.tree.field(node, 'right'));
    if (build.reachable) values.push(value);
  }
  build.jump(join);
  build.seal(join);
  build.enter(join);
  return { value: build.phi(values, java.span(node)), type: booleanType };
}

const ternary: ExpressionRule = (java, node) => {
  const { build, tree } = java;
  const { yes, no } = java.condition(tree.field(node, 'condition'));
  const join = build.block();
  const found: Typed[] = [];
  for (const [block, side] of [[yes, 'consequence'], [no, 'alternative']] as const) {
    build.enter(block);
    if (build.reachable) {
      const one = java.expression(tree.field(node, side));
      if (build.reachable) found.push(one);
    }
    build.jump(join);
  }
  build.seal(join);
  build.enter(join);
  return { value: build.phi(found.map(({ value }) => value), java.span(node)), type: commonType(java, found) };
};

/** The type of what is one of several. */
function commonType(java: Lowering, found: readonly Typed[]): JavaType | undefined {
  const known = found.filter(({ value }) => java.module.constantOf(value)?.kind !== 'null');
  const [first, ...rest] = known;
  if (first === undefined) return undefined;
  if (rest.every(({ type }) => sameType(type, first.type))) return first.type;
  return rest.reduce<JavaType | undefined>((type, one) => promoted(type, one.type), first.type);
}

const unary: ExpressionRule = (java, node) => {
  const operator = java.tree.source(java.tree.field(node, 'operator'));
  const operand = java.expression(java.tree.field(node, 'operand'));
  const constant = constantOf(java.module, operand);
  const folded = constant === undefined ? undefined : foldUnary(operator, constant);
  const literal = folded === undefined ? undefined : literalOf(java.module, folded, promoted(constant?.type, constant?.type));
  if (literal !== undefined) return literal;
  if (operator === '!') return { value: java.build.test('!', operand.value, undefined, java.span(node)), type: booleanType };
  return { value: java.build.emit(op.arithmetic, java.span(node), operand.value, -1, java.module.text(operator)), type: promoted(operand.type, operand.type) };
};

const instanceOf: ExpressionRule = (java, node) => {
  const { tree, build } = java;
  const left = java.held(tree.field(node, 'left'));
  const pattern = tree.field(node, 'pattern');
  if (pattern >= 0) return { value: bindRecord(java, pattern, left.value), type: booleanType };
  const type = typeOf(java, tree.field(node, 'right'));
  const name = tree.field(node, 'name');
  if (name >= 0) bind(java, name, left.value, type);
  const named = type === undefined ? build.emit(op.unknown, java.span(node)) : java.classValue(type);
  return { value: build.emit(op.test, java.span(node), left.value, named, java.module.text('instanceof')), type: booleanType };
};

/** Declares what a pattern binds. */
export function bind(java: Lowering, name: Node, value: Value, type: JavaType | undefined): void {
  if (name < 0 || !java.build.reachable) return;
  const variable = java.variable();
  java.build.write(variable, java.typed(value, type, name));
  java.frame.declare({ name: java.tree.source(name), variable, type, frame: java.frame, contents: undefined });
}

/** `R(int a, var b)`: components by position, which the file knows for its own records. */
export function bindRecord(java: Lowering, pattern: Node, value: Value, depth = 0): Value {
  const { tree, build } = java;
  const type = typeOf(java, tree.child(pattern, 'identifier', 'generic_type', 'type_identifier', 'scoped_type_identifier'));
  const fields = [...(java.classOf(type)?.fields.values() ?? [])].filter(({ isStatic }) => !isStatic);
  tree.children(tree.child(pattern, 'record_pattern_body')).forEach((component, at) => {
    const field = fields[at];
    const part1 = field === undefined ? build.emit(op.element, java.span(component), value) : build.load(value, field.name, java.span(component));
    if (tree.kind(component) === 'record_pattern') {
      if (depth < 20) bindRecord(java, component, part1, depth + 1);
      return;
    }
    const [stated = -1, name = -1] = tree.children(component);
    bind(java, name, part1, typeOf(java, stated) ?? field?.type);
  });
  const named = type === undefined ? build.emit(op.unknown, java.span(pattern)) : java.classValue(type);
  return build.emit(op.test, java.span(pattern), value, named, java.module.text('instanceof'));
}

const cast: ExpressionRule = (java, node) => {
  const { tree } = java;
  const [stated = -1] = tree.fieldNodes(node, 'type');
  const type = typeOf(java, stated);
  const operand = java.held(tree.field(node, 'value'));
  const name = primitiveOf(type);
  const constant = constantOf(java.module, operand);
  const number = constant === undefined ? undefined : numberOf(constant);
  if (name !== undefined && name !== 'boolean' && number !== undefined) {
    const literal = literalOf(java.module, within(number, name), type);
    if (literal !== undefined) return literal;
  }
  const known = java.converted(operand, type ?? operand.type, node);
  return operand.holder === undefined ? known : { ...known, type: isString(type) ? type : (operand.type ?? type), holder: operand.holder };
};

// Conditions

const bothSides: ConditionRule = (java, node) => {
  const { build, tree } = java;
  const operator = tree.source(tree.field(node, 'operator'));
  if (operator !== '&&' && operator !== '||') return plain(java, node);
  const left = java.condition(tree.field(node, 'left'));
  const and = operator === '&&';
  build.enter(and ? left.yes : left.no);
  if (!build.reachable) return left;
  const right = java.condition(tree.field(node, 'right'));
  const join = build.block();
  for (const block of and ? [left.no, right.no] : [left.yes, right.yes]) {
    build.enter(block);
    build.jump(join);
  }
  build.seal(join);
  return and ? { yes: right.yes, no: join } : { yes: join, no: right.no };
};

function plain(java: Lowering, node: Node): Branches {
  const { value, mentioned } = java.build.mentions(() => java.value(node));
  return java.build.branch(value, mentioned, java.span(node));
}

const negation: ConditionRule = (java, node) => {
  if (java.tree.source(java.tree.field(node, 'operator')) !== '!') return plain(java, node);
  const { yes, no } = java.condition(java.tree.field(node, 'operand'));
  return { yes: no, no: yes };
};

export const operatorRules: Readonly<Record<string, ExpressionRule>> = {
  binary_expression: binary,
  unary_expression: unary,
  ternary_expression: ternary,
  instanceof_expression: instanceOf,
  cast_expression: cast,
};

export const conditionRules: Readonly<Record<string, ConditionRule>> = {
  binary_expression: bothSides,
  unary_expression: negation,
  parenthesized_expression: (java, node) => java.condition(java.tree.child(node)),
};
