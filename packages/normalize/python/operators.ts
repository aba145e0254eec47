import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { joinWays } from '../ir/join-ways.ts';
import type { Lowering } from './lowering.ts';
import type { Branches } from '../ir/function-builder.ts';
import { percentFormat } from './percent-format.ts';
import type { Node } from '../syntax/tree-reader.ts';

const words: ReadonlyMap<string, string> = new Map([['==', '==='], ['!=', '!=='], ['<>', '!=='], ['is', '==='], ['is not', '!=='], ['<', '<'], ['<=', '<='], ['>', '>'], ['>=', '>='], ['in', 'in']]);

/** Chains of operators lean to the left, one level an operand; they are walked, not descended. */
export function binary(py: Lowering, node: Node): Value {
  const chain: Node[] = [];
  let first = node;
  for (; py.tree.kind(first) === 'binary_operator'; first = py.tree.field(first, 'left')) chain.push(first);
  let sum: Value[] = [py.expression(first)];
  let last = first;
  for (const one of chain.reverse()) {
    const operator = py.tree.source(py.tree.field(one, 'operator'));
    const right = py.tree.field(one, 'right');
    if (operator === '+') sum.push(py.expression(right));
    else if (operator === '%') sum = [modulo(py, plus(py, sum, last), right, one)];
    else sum = [calculate(py, operator, plus(py, sum, last), py.expression(right), one)];
    last = one;
  }
  return plus(py, sum, node);
}

/** Numbers add, texts are put together, lists are joined; nothing else goes with one of its kind only. */
export function plus(py: Lowering, parts: readonly Value[], node: Node): Value {
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return first ?? py.module.nothing();
  const span = py.span(node);
  if (parts.some((part) => isNumber(py, part))) return rest.reduce((left, right) => py.build.arithmetic('+', left, right, span), first);
  if (!parts.some((part) => py.module.opOf(part) === op.array)) return py.build.concat(parts, span);
  const list = py.build.emit(op.array, span);
  for (const part of parts) py.addTo(list, py.build.emit(op.element, span, part), node);
  return list;
}

function modulo(py: Lowering, left: Value, right: Node, node: Node): Value {
  const text = py.module.constantOf(left);
  if (text?.kind === 'string') return percentFormat(py, text.text, right, node);
  if (isNumber(py, left)) return calculate(py, '%', left, py.expression(right), node);
  if (py.tree.kind(right) === 'tuple') return py.build.concat([left, ...py.tree.children(right).map((one) => py.expression(one))], py.span(node));
  const value = py.expression(right);
  return isNumber(py, value) ? calculate(py, '%', left, value, node) : py.build.concat([left, value], py.span(node));
}

function isNumber(py: Lowering, value: Value): boolean {
  return py.module.opOf(value) === op.arithmetic || py.module.constantOf(value)?.kind === 'number';
}

export function calculate(py: Lowering, operator: string, left: Value, right: Value, node: Node): Value {
  const span = py.span(node);
  if (operator === '+') return plus(py, [left, right], node);
  // `'-' * 20`, `[0] * n`: what is repeated stays what it is.
  const known = py.module.constantOf(left);
  if (operator === '*' && (known?.kind === 'string' || py.module.opOf(left) === op.array || py.module.opOf(left) === op.concat)) return py.part(left, node);
  // Paths are put together by `/`, sets and dictionaries by `|`.
  if (operator === '/' && !isNumber(py, left) && !isNumber(py, right)) return py.build.concat([left, right], span);
  if (operator === '|' && !isNumber(py, left) && !isNumber(py, right)) return py.build.phi([left, right], span);
  return py.build.arithmetic(operator, left, right, span);
}

export function unary(py: Lowering, node: Node): Value {
  return py.build.arithmetic(py.tree.source(py.tree.field(node, 'operator')), py.expression(py.tree.field(node, 'argument')), undefined, py.span(node));
}

export function not(py: Lowering, node: Node): Value {
  return py.build.test('!', py.expression(py.tree.field(node, 'argument')), undefined, py.span(node));
}

/** `a < b` as a value; a chain gives what its last part gives. */
export function comparison(py: Lowering, node: Node): Value {
  const { tree } = py;
  const operators = tree.fieldChildren(node, 'operators').map((one) => tree.source(one).replaceAll(/\s+/g, ' '));
  const [first, ...rest] = tree.children(node).filter((child) => !tree.fieldChildren(node, 'operators').includes(child));
  let left = py.expression(first ?? -1);
  let result = left;
  rest.forEach((one, at) => {
    const right = py.expression(one);
    result = compare(py, operators[at] ?? '==', left, right, node);
    left = right;
  });
  return result;
}

function compare(py: Lowering, operator: string, left: Value, right: Value, node: Node): Value {
  if (operator === 'not in') return py.build.test('!', py.build.test('in', left, right, py.span(node)), undefined, py.span(node));
  return py.build.test(words.get(operator) ?? '===', left, right, py.span(node));
}

/** `a and b and c`, without descending for each. */
function operandsOf(py: Lowering, node: Node): { readonly operator: string; readonly operands: Node[] } {
  const operator = py.tree.source(py.tree.field(node, 'operator'));
  const operands: Node[] = [];
  let first = node;
  for (; py.tree.kind(first) === 'boolean_operator' && py.tree.source(py.tree.field(first, 'operator')) === operator; first = py.tree.field(first, 'left')) {
    operands.push(py.tree.field(first, 'right'));
  }
  operands.push(first);
  return { operator, operands: operands.reverse() };
}

export function boolean(py: Lowering, node: Node): Value {
  const { operator, operands } = operandsOf(py, node);
  const span = py.span(node);
  const join = py.build.block();
  const values: Value[] = [];
  operands.forEach((operand, at) => {
    const { value, mentioned } = py.build.mentions(() => py.expression(operand));
    if (at === operands.length - 1) {
      if (py.build.reachable) values.push(value);
      py.build.jump(join);
      return;
    }
    const { yes, no } = py.build.branch(value, mentioned, py.span(operand));
    const [end, next] = operator === 'or' ? [yes, no] : [no, yes];
    py.build.enter(end);
    // What was tested is known better now.
    if (py.build.reachable) values.push(py.tree.kind(operand) === 'identifier' ? py.expression(operand) : value);
    py.build.jump(join);
    py.build.enter(next);
  });
  py.build.seal(join);
  py.build.enter(join);
  return values.length === 0 ? py.module.nothing() : py.build.phi(values, span);
}

export function booleanCondition(py: Lowering, node: Node): Branches {
  const { operator, operands } = operandsOf(py, node);
  const end = py.build.block();
  let last: Branches | undefined;
  operands.forEach((operand, at) => {
    const branches = py.condition(operand);
    const [left, next] = operator === 'or' ? [branches.yes, branches.no] : [branches.no, branches.yes];
    py.build.enter(left);
    py.build.jump(end);
    if (at < operands.length - 1) py.build.enter(next);
    else last = { yes: next, no: next };
  });
  py.build.seal(end);
  const next = last?.yes ?? end;
  return operator === 'or' ? { yes: end, no: next } : { yes: next, no: end };
}

export function notCondition(py: Lowering, node: Node): Branches {
  const { yes, no } = py.condition(py.tree.field(node, 'argument'));
  return { yes: no, no: yes };
}

/** `a < b < c` holds where both do. */
export function comparisonCondition(py: Lowering, node: Node): Branches {
  const operators = py.tree.fieldChildren(node, 'operators');
  const [only] = operators;
  if (operators.length === 1 && only !== undefined && py.tree.source(only).startsWith('not')) {
    const [left, right] = py.tree.children(node).filter((child) => child !== only);
    const { yes, no } = py.branchOn(node, () => py.build.test('in', py.expression(left ?? -1), py.expression(right ?? -1), py.span(node)));
    return { yes: no, no: yes };
  }
  return py.branchOn(node, () => comparison(py, node));
}

export function conditional(py: Lowering, node: Node): Value {
  const [value, condition, other] = py.tree.children(node);
  const { yes, no } = py.condition(condition ?? -1);
  return joinWays(py.build, [[yes, () => py.expression(value ?? -1)], [no, () => py.expression(other ?? -1)]], py.span(node));
}

export function walrus(py: Lowering, node: Node): Value {
  const name = py.tree.source(py.tree.field(node, 'name'));
  py.write(name, py.expression(py.tree.field(node, 'value')), node);
  return py.read(name, node);
}
