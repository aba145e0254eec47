import { op } from '#model/ir.ts';
import type { Block } from '../ir/function-builder.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

/** `match`: cases are tried one after the other. */
export function matchStatement(py: Lowering, node: Node): void {
  const { tree, build } = py;
  const subjects = tree.fieldNodes(node, 'subject');
  const [only = -1] = subjects;
  const value = subjects.length === 1 ? py.expression(only) : py.list(subjects.map((one) => py.expression(one)), node);
  const exit = build.block();
  for (const clause of tree.children(tree.field(node, 'body'))) {
    if (tree.kind(clause) !== 'case_clause') continue;
    const name = tree.kind(only) === 'identifier' && subjects.length === 1 ? tree.source(only) : undefined;
    const no = oneCase(py, clause, value, name);
    py.statements(tree.field(clause, 'consequence'));
    build.jump(exit);
    build.enter(no);
  }
  build.jump(exit);
  build.seal(exit);
  build.enter(exit);
}

/** No value: the pattern takes everything. */
const always = -1;

/** Enters the case; gives the block where it does not match. */
function oneCase(py: Lowering, clause: Node, subject: Value, name: string | undefined): Block {
  const { tree, build } = py;
  const patterns = tree.children(clause).filter((child) => tree.kind(child) === 'case_pattern');
  const { value, mentioned } = build.mentions(() => {
    const known = name === undefined ? subject : py.read(name, clause);
    return (patterns.length === 1 ? pattern(py, patterns[0] as Node, known) : elements(py, patterns, known)) ?? always;
  });
  const no = build.block();
  if (value !== always) take(py, build.branch(value, mentioned, py.span(clause)), no);
  const guard = tree.child(tree.field(clause, 'guard'));
  if (guard >= 0) take(py, py.condition(guard), no);
  build.seal(no);
  return no;
}

function take(py: Lowering, branches: { readonly yes: Block; readonly no: Block }, no: Block): void {
  py.build.enter(branches.no);
  py.build.jump(no);
  py.build.enter(branches.yes);
}

/** Gives names to what the pattern takes apart; the value says whether it matches, undefined: always. */
function pattern(py: Lowering, node: Node, value: Value): Value | undefined {
  return py.deeper(node, () => takeApart(py, node, value));
}

function takeApart(py: Lowering, node: Node, value: Value): Value | undefined {
  const { tree, build } = py;
  const kind = tree.kind(node);
  const children = tree.children(node);
  const span = py.span(node);
  switch (kind) {
    case 'case_pattern': return children.length === 0 ? undefined : signed(py, node, children, value);
    case 'as_pattern': {
      const test = pattern(py, children[0] ?? -1, value);
      py.write(tree.source(children[1] ?? -1), value, node);
      return test;
    }
    case 'dotted_name': return named(py, node, children, value);
    case 'union_pattern': {
      const tests = children.map((child) => pattern(py, child, value));
      return tests.some((test) => test === undefined) ? undefined : build.phi(tests as Value[], span);
    }
    case 'list_pattern':
    case 'tuple_pattern': return elements(py, children, value) ?? py.unknown(node);
    case 'dict_pattern': return mapping(py, node, value);
    case 'class_pattern': return ofClass(py, node, children, value);
    case 'splat_pattern': {
      const name = tree.child(node, 'identifier');
      if (name >= 0) py.write(tree.source(name), py.part(value, node), node);
      return undefined;
    }
    default: return build.test('===', value, py.expression(node), span);
  }
}

/** `-1` has its sign beside it. */
function signed(py: Lowering, node: Node, children: readonly Node[], value: Value): Value | undefined {
  const only = children[0] as Node;
  if (!py.tree.has(node, '-')) return pattern(py, only, value);
  return py.build.test('===', value, py.build.arithmetic('-', py.expression(only), undefined, py.span(node)), py.span(node));
}

/** A single name takes the value, `_` takes nothing, a dotted name is a constant to compare with. */
function named(py: Lowering, node: Node, parts: readonly Node[], value: Value): Value | undefined {
  const { tree, build } = py;
  const [first = -1, ...rest] = parts;
  if (rest.length > 0) return build.test('===', value, dotted(py, parts), py.span(node));
  if (tree.source(first) !== '_') py.write(tree.source(first), value, node);
  return undefined;
}

function dotted(py: Lowering, [first = -1, ...rest]: readonly Node[]): Value {
  return rest.reduce((base, part) => py.build.load(base, py.tree.source(part), py.span(part)), py.read(py.tree.source(first), first));
}

function elements(py: Lowering, patterns: readonly Node[], value: Value): Value | undefined {
  const { tree, build } = py;
  let starred = false;
  patterns.forEach((one, at) => {
    const star = tree.kind(tree.kind(one) === 'case_pattern' ? tree.child(one) : one) === 'splat_pattern';
    starred ||= star;
    pattern(py, one, star ? value : starred ? build.emit(op.element, py.span(one), value) : py.item(value, py.number(at), one));
  });
  return undefined;
}

function mapping(py: Lowering, node: Node, value: Value): Value {
  const { tree } = py;
  const keys = tree.fieldChildren(node, 'key');
  const values = tree.fieldChildren(node, 'value');
  keys.forEach((key, at) => {
    const held = values[at];
    if (held !== undefined) pattern(py, held, py.item(value, py.expression(key), key));
  });
  for (const child of tree.children(node)) if (tree.kind(child) === 'splat_pattern') pattern(py, child, value);
  return py.unknown(node);
}

/** `Point(x=0, y=name)`: members by name; those by place are not known to be one or another. */
function ofClass(py: Lowering, node: Node, [type = -1, ...inner]: readonly Node[], value: Value): Value {
  const { tree, build } = py;
  const test = build.test('instanceof', value, dotted(py, tree.children(type)), py.span(node));
  for (const one of inner) {
    const keyword = tree.child(one, 'keyword_pattern');
    const [name = -1, wanted = -1] = tree.children(keyword);
    if (keyword >= 0) pattern(py, wanted, build.load(value, tree.source(name), py.span(keyword)));
    else pattern(py, one, inner.length === 1 ? value : build.emit(op.element, py.span(one), value));
  }
  return test;
}
