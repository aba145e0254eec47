import { K, R } from '#model/code-tree.ts';
import { alike } from './alike-code.ts';
import { body, eachLoop, many, oneOf } from './alike-statements.ts';
import { fields, type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

/** What C# calls otherwise than its relatives. */
export const csharp: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['conditional_access_expression', (into, node, role) => {
    const [object = -1, bound = -1] = into.raw.named(node);
    if (bound === -1 || into.raw.kind(bound) !== 'member_binding_expression') return into.list(K.Other, role, node, into.raw.named(node), 'conditional_access_expression');
    into.record(K.Member, role, node, [[object, R.Object], [into.raw.by(bound, 'name'), R.Name]]);
  }],
  ['generic_name', (into, node, role) => into.put(into.raw.named(node)[0] ?? -1, role)],
  ['bracketed_argument_list', through],
  ['element_access_expression', fields(K.Index, { expression: R.Object, subscript: R.Key })],
  ['is_pattern_expression', fields(K.Binary, { expression: R.Left, pattern: R.Right })],
  ['constant_pattern', through],
  ['declaration_expression', fields(K.VarDef, { type: R.Type, name: R.Target })],
  ['initializer_expression', members(K.Array)],
  ...many('object_creation_expression implicit_object_creation_expression', creation),
  ['anonymous_object_creation_expression', members(K.Object)],
  ['variable_declaration', (into, node, role) => variables(into, node, role, [])],
  ...many('field_declaration event_field_declaration', (into, node, role) => variables(into, into.raw.ofKind(node, 'variable_declaration'), role, attributesOf(into, node))),
  ['property_declaration', property],
  ...many('method_declaration constructor_declaration local_function_statement', method),
  ['parameter', (into, node, role) => {
    const { raw } = into;
    into.at(K.Param, role, node);
    into.words(attributesOf(into, node));
    into.put(raw.by(node, 'type'), R.Type);
    into.put(raw.by(node, 'name'), R.Target);
    into.close();
  }],
  ['attribute', (into, node, role) => {
    const given = into.raw.ofKind(node, 'attribute_argument_list');
    into.at(K.Attribute, role, node);
    into.put(into.raw.by(node, 'name'), R.Name);
    if (given !== -1) into.list(K.Args, R.Args, given, into.raw.named(given));
    into.close();
  }],
  ['attribute_argument', (into, node, role) => {
    const inner = into.raw.named(node);
    const [name = -1, value = -1] = inner;
    if (inner.length === 1) into.put(name, role);
    else into.record(K.Keyword, role, node, [[name, R.Name], [value, R.Value]]);
  }],
  ...many('class_declaration struct_declaration record_declaration interface_declaration', classLike),
  ['foreach_statement', eachLoop('left', 'right')],
  ['using_statement', (into, node, role) => {
    const { raw } = into;
    const held = raw.by(node, 'body');
    into.at(K.With, role, node);
    into.list(K.List, R.Items, node, raw.named(node).filter((child) => child !== held));
    body(into, held, R.Body);
    into.close();
  }],
  ['arrow_expression_clause', one(K.Return, R.Value)],
]);

/** Attributes and modifiers, each by itself. */
function attributesOf({ raw }: TreeLowering, node: number): number[] {
  return raw.named(node).flatMap((child) => (raw.kind(child) === 'attribute_list' ? raw.named(child) : raw.kind(child) === 'modifier' ? [child] : []));
}

/** `new A(x) { B = c }`: what is set stands beside the arguments, of which there may be none. */
function creation(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const given = raw.by(node, 'arguments');
  const set = raw.by(node, 'initializer');
  into.at(K.New, role, node);
  into.put(raw.by(node, 'type'), R.Callee);
  if (given === -1) into.leaf(K.Args, R.Args, raw.end(node), raw.end(node));
  else into.put(given, R.Args);
  if (set !== -1) initializer(into, set);
  into.close();
}

function initializer(into: TreeLowering, node: number): void {
  const { raw } = into;
  const isPair = (child: number): boolean => raw.kind(child) === 'assignment_expression';
  const inner = raw.named(node);
  into.at(inner.some(isPair) ? K.Object : K.Array, R.Body, node);
  for (const each of inner) {
    if (isPair(each)) into.record(K.Pair, R.None, each, [[raw.by(each, 'left'), R.Key], [raw.by(each, 'right'), R.Value]]);
    else into.put(each, R.None);
  }
  into.close();
}

function variables(into: TreeLowering, node: number, role: number, words: readonly number[]): void {
  if (node === -1) return;
  const { raw } = into;
  const type = raw.by(node, 'type');
  const inferred = type !== -1 && raw.kind(type) === 'implicit_type';
  for (const each of raw.named(node).filter((child) => raw.kind(child) === 'variable_declarator')) {
    const name = raw.by(each, 'name');
    into.at(K.VarDef, role, each);
    into.words(words);
    if (!inferred) into.put(type, R.Type);
    into.put(name, R.Target);
    into.put(raw.named(each).findLast((child) => child !== name) ?? -1, R.Init);
    into.close();
  }
}

/** A property is a variable of its class; what its accessors do are functions beside it. */
function property(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const value = raw.by(node, 'value');
  const arrow = value !== -1 && raw.kind(value) === 'arrow_expression_clause';
  into.at(K.VarDef, role, node);
  into.words(attributesOf(into, node));
  into.put(raw.by(node, 'type'), R.Type);
  into.put(raw.by(node, 'name'), R.Target);
  if (!arrow) into.put(value, R.Init);
  into.close();
  const accessors = raw.by(node, 'accessors');
  const withBody = [...(arrow ? [node] : []), ...(accessors === -1 ? [] : raw.named(accessors).filter((each) => raw.by(each, 'body') !== -1))];
  for (const each of withBody) {
    into.at(K.Function, role, each);
    into.put(raw.by(each, 'name'), R.Name);
    into.leaf(K.Params, R.Params, raw.end(each), raw.end(each));
    functionBody(into, each === node ? value : raw.by(each, 'body'));
    into.close();
  }
}

function functionBody(into: TreeLowering, held: number): void {
  if (held !== -1) body(into, held, R.Body);
}

function method(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Function, role, node);
  into.words(attributesOf(into, node));
  into.put(oneOf(into, node, ['returns', 'type']), R.Type);
  into.put(raw.by(node, 'name'), R.Name);
  into.put(raw.by(node, 'parameters'), R.Params);
  const held = raw.by(node, 'body');
  functionBody(into, held === -1 ? raw.ofKind(node, 'arrow_expression_clause') : held);
  into.close();
}

function classLike(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const bases = raw.ofKind(node, 'base_list');
  const held = raw.by(node, 'body');
  into.at(K.Class, role, node);
  into.words(attributesOf(into, node));
  into.put(raw.by(node, 'name'), R.Name);
  if (bases !== -1) into.list(K.List, R.Super, bases, raw.named(bases));
  if (held !== -1) into.list(K.ClassBody, R.Body, held, raw.named(held));
  into.close();
}
