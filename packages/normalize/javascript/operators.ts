import type { Value } from '../ir/module-builder.ts';
import { child, type EsNode, flag, nodes, text, unwrapped } from './estree.ts';
import { type At, type Lowering, nameOf, span } from './lowering.ts';
import { assign, storeMember } from './patterns.ts';

const tests: ReadonlySet<string> = new Set(['===', '==', '!==', '!=', '<', '>', '<=', '>=', 'in', 'instanceof']);
const truths: ReadonlySet<string> = new Set(['!', 'typeof', 'delete']);

export function assignment(l: Lowering, at: At, node: EsNode): Value {
  const [target, right] = [child(node, 'left'), child(node, 'right')];
  if (target === undefined || right === undefined) return l.unknown(at, node);
  const left = unwrapped(target);
  const operator = text(node, 'operator');
  if (operator === '=') {
    if (left.type === 'MemberExpression') return storeMember(l, at, left, () => l.expression(at, right, nameOf(child(left, 'property'))), node);
    const value = l.expression(at, right, nameOf(left));
    assign(l, at, left, value);
    return value;
  }
  const before = l.expression(at, left);
  const value = combined(l, at, { node, operator: operator.slice(0, -1), before, after: l.expression(at, right) });
  if (left.type === 'MemberExpression') storeMember(l, at, left, () => value, node);
  else assign(l, at, left, value);
  return value;
}

interface Combination {
  readonly node: EsNode;
  readonly operator: string;
  readonly before: Value;
  readonly after: Value;
}

function combined(_: Lowering, at: At, { node, operator, before, after }: Combination): Value {
  const { builder } = at.state;
  if (operator === '||' || operator === '&&' || operator === '??') return builder.phi([before, after], span(node));
  return operator === '+' ? builder.sum(before, after, span(node)) : builder.arithmetic(operator, before, after, span(node));
}

/** The right side is read only where the left one asks for it, refined by what it proves. */
export function logical(l: Lowering, at: At, node: EsNode): Value {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  if (left === undefined || right === undefined) return l.unknown(at, node);
  const { builder } = at.state;
  const { value, mentioned } = builder.mentions(() => l.expression(at, left));
  const operator = text(node, 'operator');
  const branch = operator === '??' ? builder.branch(l.unknown(at, node), [], span(left)) : builder.branch(value, mentioned, span(left));
  const [goes, skips] = operator === '&&' ? [branch.yes, branch.no] : [branch.no, branch.yes];
  const join = builder.block();
  builder.enter(skips);
  const skipped = builder.reachable;
  builder.jump(join);
  builder.enter(goes);
  const gone = builder.reachable;
  const other = gone ? l.expression(at, right) : value;
  builder.jump(join);
  builder.seal(join);
  builder.enter(join);
  if (!gone) return value;
  return skipped ? builder.phi([value, other], span(node)) : other;
}

/** Long sums are read from left to right without going deep. */
export function binary(l: Lowering, at: At, node: EsNode): Value {
  const { builder } = at.state;
  const terms: EsNode[] = [];
  let first: EsNode | undefined = node;
  while (first?.type === 'BinaryExpression') {
    terms.push(first);
    first = child(first, 'left');
  }
  let value = first === undefined || first.type === 'PrivateIdentifier' ? l.undefined() : l.expression(at, first);
  for (const term of terms.reverse()) {
    const right = child(term, 'right');
    const operator = text(term, 'operator');
    const other = right === undefined ? l.undefined() : l.expression(at, right);
    if (operator === '+') value = builder.sum(value, other, span(term));
    else value = tests.has(operator) ? builder.test(operator, value, other, span(term)) : builder.arithmetic(operator, value, other, span(term));
  }
  return value;
}

export function unary(l: Lowering, at: At, node: EsNode): Value {
  const argument = child(node, 'argument');
  const operator = text(node, 'operator');
  const value = argument === undefined ? l.undefined() : l.expression(at, argument);
  if (operator === 'void') return l.undefined();
  return truths.has(operator) ? at.state.builder.test(operator, value, undefined, span(node)) : at.state.builder.arithmetic(operator, value, undefined, span(node));
}

export function update(l: Lowering, at: At, node: EsNode): Value {
  const target = child(node, 'argument');
  if (target === undefined) return l.unknown(at, node);
  const { builder } = at.state;
  const before = builder.arithmetic('+', l.expression(at, target), undefined, span(node));
  const after = builder.arithmetic(text(node, 'operator').slice(0, 1), before, l.module.literal('number', '1'), span(node));
  assign(l, at, target, after);
  return flag(node, 'prefix') ? after : before;
}

export function argumentValues(l: Lowering, at: At, node: EsNode, spread: (one: EsNode) => Value): Value[] {
  return nodes(node, 'arguments').map((one) => (one.type === 'SpreadElement' ? spread(one) : l.expression(at, one)));
}
