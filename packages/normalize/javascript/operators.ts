import { op } from '#model/ir.ts';
import type { Span, Value } from '../ir/module-builder.ts';
import { joinWays } from '../ir/join-ways.ts';
import { bind } from './bindings.ts';
import type { Expression, NodeOf } from './estree.ts';
import type { Lowering } from './lowering.ts';
import { nameOfTarget } from './naming.ts';
import { type Reference, referenceTo } from './references.ts';

const tests = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof']);
type Binary = NodeOf<Expression, 'BinaryExpression'>;

/** Sums and the like are nested to the left, often by the thousand: they are read in a loop. */
export function binary(js: Lowering, node: Binary): Value {
  const spine: Binary[] = [node];
  let left: Binary['left'] = node.left;
  while (left.type === 'BinaryExpression') {
    spine.push(left);
    left = left.left;
  }
  let value = left.type === 'PrivateIdentifier' ? js.text(`#${left.name}`) : js.expression(left);
  for (let at = spine.length - 1; at >= 0; at--) {
    const one = spine[at] as Binary;
    if (one.operator !== '+') {
      value = combine(js, { operator: one.operator, left: value, right: js.expression(one.right) }, one);
      continue;
    }
    const sum = new Sum(js, value);
    let last: Binary = one;
    for (; at >= 0 && spine[at]?.operator === '+'; at--) {
      last = spine[at] as Binary;
      sum.add(js.expression(last.right), last);
    }
    at++;
    value = sum.value(last);
  }
  return value;
}

/** Text that is put together of many parts is one instruction. */
class Sum {
  private readonly js: Lowering;
  private first: Value;
  private readonly parts: Value[] = [];

  constructor(js: Lowering, first: Value) {
    this.js = js;
    this.first = first;
  }

  add(value: Value, span: Span): void {
    const { build, module } = this.js;
    if (this.parts.length === 0) {
      const sum = build.sumOfNumbers(this.first, value, span);
      if (sum === undefined) this.parts.push(this.first, value);
      else this.first = sum;
      return;
    }
    const last = this.parts.at(-1) as Value;
    const joined = this.isText(last) && this.isText(value) ? module.foldText([last, value]) : undefined;
    if (joined === undefined) this.parts.push(value);
    else this.parts[this.parts.length - 1] = joined;
  }

  private isText(value: Value): boolean {
    return this.js.module.constantOf(value)?.kind === 'string';
  }

  value(span: Span): Value {
    return this.parts.length === 0 ? this.first : this.js.build.concat(this.parts, span);
  }
}

function combine(js: Lowering, { operator, left, right }: { operator: string; left: Value; right: Value }, span: Span): Value {
  if (operator === '+') return js.build.sum(left, right, span);
  return tests.has(operator) ? js.build.test(operator, left, right, span) : js.build.arithmetic(operator, left, right, span);
}

export function unary(js: Lowering, node: NodeOf<Expression, 'UnaryExpression'>): Value {
  if (node.operator === 'delete') return remove(js, node);
  const value = js.expression(node.argument);
  if (node.operator === 'void') return js.undefined();
  if (node.operator === '!' || node.operator === 'typeof') return js.build.test(node.operator, value, undefined, node);
  return js.build.arithmetic(node.operator, value, undefined, node);
}

export function notOf(js: Lowering, value: Value, span: Span): Value {
  return js.build.test('!', value, undefined, span);
}

/** `delete base[key]`: a test of base and key. */
function remove(js: Lowering, node: NodeOf<Expression, 'UnaryExpression'>): Value {
  const { argument } = node;
  const target = argument.type === 'ChainExpression' ? argument.expression : argument;
  if (target.type !== 'MemberExpression' || target.object.type === 'Super') return js.build.test('delete', js.expression(argument), undefined, node);
  const base = js.expression(target.object);
  const key = target.computed ? js.expression(target.property) : js.text(target.property.name);
  return js.build.test('delete', base, key, node);
}

export function update(js: Lowering, node: NodeOf<Expression, 'UpdateExpression'>): Value {
  const reference = referenceTo(js, node.argument);
  const before = reference.get();
  const after = js.build.arithmetic(node.operator === '++' ? '+' : '-', before, js.module.literal('number', '1'), node);
  reference.set(after);
  // What was there is a number by then as well (ECMAScript 13.4.2.1: `ToNumeric` of the old value).
  return node.prefix ? after : js.build.arithmetic('+', before, undefined, node);
}

export function assignment(js: Lowering, node: NodeOf<Expression, 'AssignmentExpression'>): Value {
  const { left, right, operator } = node;
  if (operator === '=') {
    if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
      const value = js.expression(right);
      bind(js, left, value);
      return value;
    }
    const reference = referenceTo(js, left);
    const value = js.expression(right, nameOfTarget(left));
    reference.set(value);
    return value;
  }
  const reference = referenceTo(js, left as Expression);
  const short = operator.slice(0, -1);
  if (short === '&&' || short === '||' || short === '??') return logicalAssignment(js, node, { reference, operator: short });
  const value = combine(js, { operator: short, left: reference.get(), right: js.expression(right) }, node);
  reference.set(value);
  return value;
}

function logicalAssignment(js: Lowering, node: NodeOf<Expression, 'AssignmentExpression'>, { reference, operator }: { reference: Reference; operator: string }): Value {
  let before = 0;
  const { yes, no } = js.branchOn(node.left, () => {
    before = reference.get();
    return operator === '??' ? present(js, before, node.left) : before;
  });
  const assigned = (): Value => {
    const value = js.expression(node.right, nameOfTarget(node.left));
    reference.set(value);
    return value;
  };
  const kept = (): Value => (node.left.type === 'Identifier' ? reference.get() : before);
  return joinWays(js.build, operator === '&&' ? [[yes, assigned], [no, kept]] : [[yes, kept], [no, assigned]], node);
}

/** Neither `null` nor `undefined`. */
export function present(js: Lowering, value: Value, span: Span): Value {
  const constant = js.module.constantOf(value);
  if (constant !== undefined) return js.module.literal('boolean', String(constant.kind !== 'null' && constant.kind !== 'undefined'));
  return js.build.test('!=', value, js.module.literal('null', 'null'), span);
}

export function sequence(js: Lowering, node: NodeOf<Expression, 'SequenceExpression'>): Value {
  let value = js.undefined();
  for (const one of node.expressions) value = js.expression(one);
  return value;
}

export function awaited(js: Lowering, node: NodeOf<Expression, 'AwaitExpression'>): Value {
  const value = js.build.emit(op.await, node, js.expression(node.argument));
  js.mayThrow();
  return value;
}

/** What comes back is taken to be what was handed out, waited for: so drivers of generators (`co`) use it. */
export function yielded(js: Lowering, node: NodeOf<Expression, 'YieldExpression'>): Value {
  if (node.argument === null) {
    js.build.emit(op.yield, node, js.undefined());
    return js.unknown(node);
  }
  const value = js.expression(node.argument);
  js.build.emit(op.yield, node, node.delegate ? js.build.emit(op.element, node, value) : value);
  return js.build.emit(op.await, node, value);
}
