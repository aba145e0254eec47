import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { keyOf } from './literals.ts';
import type { Lowering } from './lowering.ts';
import { calculate } from './operators.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { typed } from './types.ts';

const sequences: ReadonlySet<string> = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'tuple', 'list', 'expression_list']);
const wrappers: ReadonlySet<string> = new Set(['as_pattern_target', 'parenthesized_expression', 'type']);

/** Gives `value` to whatever `target` names. */
export function assign(py: Lowering, target: Node, value: Value): void {
  py.deeper(target, () => assignTo(py, target, value));
}

function assignTo(py: Lowering, target: Node, value: Value): void {
  const { tree, build } = py;
  let node = target;
  while (wrappers.has(tree.kind(node))) node = tree.child(node);
  const kind = tree.kind(node);
  if (kind === 'identifier') py.write(tree.source(node), value, node);
  else if (kind === 'attribute') build.store(py.expression(tree.field(node, 'object')), tree.source(tree.field(node, 'attribute')), value, py.span(node));
  else if (kind === 'subscript') element(py, node, value);
  else if (sequences.has(kind)) unpack(py, tree.children(node), value);
  else if (kind === 'list_splat_pattern' || kind === 'list_splat') assign(py, tree.child(node), py.part(value, node));
}

function element(py: Lowering, node: Node, value: Value): void {
  const { tree } = py;
  const base = py.expression(tree.field(node, 'value'));
  const [key = -1, ...more] = tree.fieldNodes(node, 'subscript');
  py.setItem(base, keyOf(py, key, more), value, node);
}

/** After a starred name places are counted from the end: any element may be there. */
function unpack(py: Lowering, targets: readonly Node[], value: Value): void {
  let starred = false;
  targets.forEach((target, at) => {
    const kind = py.tree.kind(target);
    const star = kind === 'list_splat_pattern' || kind === 'list_splat';
    starred ||= star;
    if (star) assign(py, target, value);
    else assign(py, target, starred ? py.build.emit(op.element, py.span(target), value) : py.item(value, py.number(at), target));
  });
}

/** `a = b = value`, `a: int = value`; values of tuples go to their names one by one. */
export function assignment(py: Lowering, node: Node): void {
  const { tree } = py;
  const targets: { readonly left: Node; readonly type: Node }[] = [];
  let right = node;
  for (; tree.kind(right) === 'assignment'; right = tree.field(right, 'right')) targets.push({ left: tree.field(right, 'left'), type: tree.field(right, 'type') });
  if (right < 0) return declaration(py, targets);
  const [only] = targets;
  if (targets.length === 1 && only !== undefined && pairwise(py, only.left, right)) return;
  const value = tree.kind(right) === 'augmented_assignment' ? augmented(py, right) : py.expression(right);
  for (const { left, type } of targets) assign(py, left, typed(py, value, type));
}

/** `a, b = b, a`: without going through a tuple. */
function pairwise(py: Lowering, left: Node, right: Node): boolean {
  const { tree } = py;
  if (!sequences.has(tree.kind(left)) || !sequences.has(tree.kind(right))) return false;
  const [targets, sources] = [tree.children(left), tree.children(right)];
  if (targets.length !== sources.length || [...targets, ...sources].some((one) => tree.kind(one).startsWith('list_splat'))) return false;
  const values = sources.map((one) => py.expression(one));
  targets.forEach((target, at) => assign(py, target, values[at] as Value));
  return true;
}

/** `name: Type` alone says what a member of the class, or of an object, is. */
function declaration(py: Lowering, targets: readonly { readonly left: Node; readonly type: Node }[]): void {
  const { tree, frame } = py;
  for (const { left, type } of targets) {
    if (frame.body === undefined || tree.kind(left) !== 'identifier') continue;
    const value = typed(py, py.unknown(left), type);
    if (py.module.opOf(value) === op.typed || py.module.opOf(value) === op.phi) py.build.store(frame.body.prototype, tree.source(left), value, py.span(left));
  }
}

/** `a += b` */
export function augmented(py: Lowering, node: Node): Value {
  const { tree, build } = py;
  const left = tree.field(node, 'left');
  const operator = tree.source(tree.field(node, 'operator')).slice(0, -1);
  const before = py.expression(left);
  const value = calculate(py, operator, before, py.expression(tree.field(node, 'right')), node);
  // A list that grows is the same list.
  assign(py, left, operator === '+' && py.module.opOf(value) === op.array ? build.phi([before, value], py.span(node)) : value);
  return value;
}

export function deleted(py: Lowering, node: Node): void {
  for (const one of py.tree.children(node)) if (py.tree.kind(one) !== 'identifier') py.expression(one);
}
