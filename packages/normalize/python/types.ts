import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { plainText } from './literals.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

const numbers: ReadonlySet<string> = new Set(['int', 'float', 'bool']);
/** Types that say what the first of their parameters is. */
const wrappers: ReadonlySet<string> = new Set(['Optional', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired', 'Awaitable', 'ReadOnly']);
const alternatives: ReadonlySet<string> = new Set(['Union', 'Optional']);
const most = 4;

/** `value` as a hint says that it is. */
export function typed(py: Lowering, value: Value, hint: Node): Value {
  if (hint < 0 || py.module.constantOf(value) !== undefined) return value;
  const names = typeNames(py, hint);
  if (names.length === 0) return value;
  const made = names.map((name) => py.build.emit(op.typed, py.span(hint), value, py.module.text(name)));
  return py.build.phi(made, py.span(hint));
}

/** Qualified names of the types that a hint allows; none where one of them is not known. */
export function typeNames(py: Lowering, hint: Node): readonly string[] {
  const found = new Set<string>();
  return collect(py, hint, found, 0) && found.size <= most ? [...found] : [];
}

/** False where the hint allows what has no qualified name. */
function collect(py: Lowering, node: Node, found: Set<string>, depth: number): boolean {
  const { tree } = py;
  if (node < 0 || depth > 20) return false;
  switch (tree.kind(node)) {
    case 'type':
    case 'parenthesized_expression': return collect(py, tree.child(node), found, depth + 1);
    case 'none': return true;
    case 'union_type': return tree.children(node).every((one) => collect(py, one, found, depth + 1));
    case 'binary_operator': return [tree.field(node, 'left'), tree.field(node, 'right')].every((one) => collect(py, one, found, depth + 1));
    case 'identifier':
    case 'attribute':
    case 'member_type': return add(found, qualified(py, node));
    case 'generic_type': return parameters(py, tree.child(node), tree.children(tree.child(node, 'type_parameter')), found, depth);
    case 'subscript': return parameters(py, tree.field(node, 'value'), tree.fieldChildren(node, 'subscript'), found, depth);
    case 'string': return quoted(py, node, found);
    default: return false;
  }
}

function add(found: Set<string>, name: string | undefined): boolean {
  if (name === undefined) return false;
  found.add(name);
  return true;
}

function parameters(py: Lowering, base: Node, inner: readonly Node[], found: Set<string>, depth: number): boolean {
  const name = py.tree.source(base).split('.').at(-1) ?? '';
  if (alternatives.has(name)) return inner.every((one) => collect(py, one, found, depth + 1));
  if (wrappers.has(name)) return collect(py, inner[0] ?? -1, found, depth + 1);
  return add(found, qualified(py, base));
}

/** A hint in quotes, when it is a name. */
function quoted(py: Lowering, node: Node, found: Set<string>): boolean {
  const text = plainText(py, node);
  return text !== undefined && /^[\w.]+$/.test(text) && add(found, byName(py, text.split('.')));
}

/** The qualified name that an expression like `models.User` means. */
export function qualified(py: Lowering, node: Node): string | undefined {
  const { tree } = py;
  const parts: string[] = [];
  let at = node;
  for (; tree.kind(at) === 'attribute' || tree.kind(at) === 'member_type'; at = tree.child(at)) parts.unshift(tree.source(tree.children(at).at(-1) ?? -1));
  while (tree.kind(at) === 'type') at = tree.child(at);
  return tree.kind(at) === 'identifier' ? byName(py, [tree.source(at), ...parts]) : undefined;
}

function byName(py: Lowering, [first = '', ...rest]: readonly string[]): string | undefined {
  const binding = py.frame.scope.resolve(first);
  if (binding === undefined) return numbers.has(first) && rest.length === 0 ? first : undefined;
  return binding.origin === undefined ? undefined : [binding.origin, ...rest].join('.');
}
