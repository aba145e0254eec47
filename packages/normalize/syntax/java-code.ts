import { K, R } from '#model/code-tree.ts';
import { javaTypes } from './java-declarations.ts';
import { fields, leaf, type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

export const java: Lowerings = new Map<string, NodeLowering>([
  ['identifier', leaf(K.Name)],
  ['type_identifier', leaf(K.Name)],
  ['integral_type', leaf(K.Name)],
  ['floating_point_type', leaf(K.Name)],
  ['boolean_type', leaf(K.Name)],
  ['void_type', leaf(K.Name)],
  ['this', leaf(K.Name)],
  ['super', leaf(K.Name)],
  ...['decimal_integer', 'hex_integer', 'octal_integer', 'binary_integer', 'decimal_floating_point', 'hex_floating_point'].map((kind) => [`${kind}_literal`, leaf(K.Num)] as const),
  ['true', leaf(K.Bool)],
  ['false', leaf(K.Bool)],
  ['null_literal', leaf(K.Null)],
  ['string_literal', text],
  ['character_literal', leaf(K.Other)],
  ['scoped_identifier', fields(K.Member, { scope: R.Object, name: R.Name })],
  ['scoped_type_identifier', scopedType],
  ['field_access', fields(K.Member, { object: R.Object, field: R.Name })],
  ['method_reference', (into, node, role) => {
    const [object = -1, name = -1] = into.raw.named(node);
    into.record(K.Member, role, node, [[object, R.Object], [name, R.Name]], '::');
  }],
  ['array_access', fields(K.Index, { array: R.Object, index: R.Key })],
  ['method_invocation', invocation],
  ['explicit_constructor_invocation', (into, node, role) => into.record(K.Call, role, node, [[into.raw.by(node, 'constructor'), R.Callee], [into.raw.by(node, 'arguments'), R.Args]])],
  ['object_creation_expression', creation],
  ['array_creation_expression', (into, node, role) => {
    const { raw } = into;
    const value = raw.by(node, 'value');
    if (value !== -1) return into.list(K.Array, role, node, raw.named(value));
    into.list(K.Other, role, node, raw.named(node), 'array_creation_expression');
  }],
  ['argument_list', members(K.Args)],
  ['annotation_argument_list', members(K.Args)],
  ['element_value_pair', fields(K.Keyword, { key: R.Name, value: R.Value })],
  ['element_value_array_initializer', members(K.Array)],
  ['array_initializer', members(K.Array)],
  ['parenthesized_expression', through],
  ['binary_expression', fields(K.Binary, { left: R.Left, right: R.Right }, 'operator')],
  ['instanceof_expression', (into, node, role) => into.record(K.Binary, role, node, [[into.raw.by(node, 'left'), R.Left], [into.raw.by(node, 'right'), R.Right]], 'instanceof')],
  ['unary_expression', fields(K.Unary, { operand: R.Operand }, 'operator')],
  ['update_expression', (into, node, role) => into.record(K.Unary, role, node, [[into.raw.named(node)[0] ?? -1, R.Operand]], /^\+\+|\+\+$/.test(into.raw.text(node)) ? '++' : '--')],
  ['assignment_expression', (into, node, role) => {
    const { raw } = into;
    const sign = raw.text(raw.by(node, 'operator'));
    into.record(sign === '=' ? K.Assign : K.AugAssign, role, node, [[raw.by(node, 'left'), R.Left], [raw.by(node, 'right'), R.Right]], sign);
  }],
  ['ternary_expression', fields(K.Conditional, { condition: R.Condition, consequence: R.Then, alternative: R.Else })],
  ['cast_expression', fields(K.Cast, { type: R.Type, value: R.Operand })],
  ['lambda_expression', lambda],
  ['expression_statement', through],
  ['block', (into, node, role) => into.block(node, role)],
  ['constructor_body', (into, node, role) => into.list(K.Block, role, node, into.raw.named(node))],
  ['return_statement', one(K.Return, R.Value)],
  ['throw_statement', one(K.Throw, R.Value)],
  ['break_statement', one(K.Break, R.Value)],
  ['continue_statement', one(K.Continue, R.Value)],
  ['labeled_statement', (into, node, role) => into.put(into.raw.named(node).at(-1) ?? -1, role)],
  ['if_statement', (into, node, role) => {
    const { raw } = into;
    into.at(K.If, role, node);
    into.put(raw.by(node, 'condition'), R.Condition);
    into.block(raw.by(node, 'consequence'), R.Then);
    into.block(raw.by(node, 'alternative'), R.Else);
    into.close();
  }],
  ['while_statement', loop(K.While, { condition: R.Condition })],
  ['do_statement', loop(K.DoWhile, { condition: R.Condition })],
  ['for_statement', loop(K.For, { init: R.Init, condition: R.Condition, update: R.Update })],
  ['enhanced_for_statement', loop(K.ForEach, { type: R.Type, name: R.Target, value: R.Source }, 'in')],
  ['synchronized_statement', (into, node, role) => {
    const { raw } = into;
    into.at(K.With, role, node, 'synchronized');
    into.put(raw.ofKind(node, 'parenthesized_expression'), R.Items);
    into.block(raw.by(node, 'body'), R.Body);
    into.close();
  }],
  ['try_statement', tryStatement],
  ['try_with_resources_statement', tryStatement],
  ['resource', (into, node, role) => {
    const { raw } = into;
    if (raw.by(node, 'name') === -1) return through(into, node, role);
    into.record(K.VarDef, role, node, [[raw.by(node, 'type'), R.Type], [raw.by(node, 'name'), R.Target], [raw.by(node, 'value'), R.Init]]);
  }],
  ['switch_expression', switchStatement],
  ['switch_statement', switchStatement],
  ...javaTypes,
]);

/** Text in quotes; text blocks too. */
function text(into: TreeLowering, node: number, role: number): void {
  const whole = into.raw.text(node);
  const quote = whole.startsWith('"""') ? 3 : 1;
  into.leafAt(K.Str, role, node, whole.slice(quote, -quote));
}

function scopedType(into: TreeLowering, node: number, role: number): void {
  const [object = -1, name = -1] = into.raw.named(node);
  into.record(K.Member, role, node, [[object, R.Object], [name, R.Name]]);
}

function invocation(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const object = raw.by(node, 'object');
  const name = raw.by(node, 'name');
  into.at(K.Call, role, node);
  if (object === -1) into.put(name, R.Callee);
  else {
    into.open(K.Member, R.Callee, raw.start(object), raw.end(name));
    into.put(object, R.Object);
    into.put(name, R.Name);
    into.close();
  }
  into.put(raw.by(node, 'arguments'), R.Args);
  into.close();
}

function creation(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.New, role, node);
  into.put(raw.by(node, 'type'), R.Callee);
  into.put(raw.by(node, 'arguments'), R.Args);
  into.put(raw.ofKind(node, 'class_body'), R.Body);
  into.close();
}

function lambda(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const given = raw.by(node, 'parameters');
  const body = raw.by(node, 'body');
  into.at(K.Lambda, role, node);
  if (raw.kind(given) === 'formal_parameters') into.put(given, R.Params);
  else {
    into.at(K.Params, R.Params, given);
    for (const each of raw.kind(given) === 'identifier' ? [given] : raw.named(given)) into.record(K.Param, R.None, each, [[each, R.Target]]);
    into.close();
  }
  if (raw.kind(body) === 'block') into.block(body, R.Body);
  else if (body !== -1) {
    into.at(K.Block, R.Body, body);
    into.record(K.Return, R.None, body, [[body, R.Value]]);
    into.close();
  }
  into.close();
}

function loop(kind: number, parts: Readonly<Record<string, number>>, symbol = ''): NodeLowering {
  return (into, node, role) => {
    const { raw } = into;
    into.at(kind, role, node, symbol);
    for (const [field, partRole] of Object.entries(parts)) into.put(raw.by(node, field), partRole);
    into.block(raw.by(node, 'body'), R.Body);
    into.close();
  };
}

function tryStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const parts = raw.named(node);
  const catches = parts.filter((each) => raw.kind(each) === 'catch_clause');
  into.at(K.Try, role, node);
  const resources = raw.by(node, 'resources');
  if (resources !== -1) into.list(K.List, R.Items, resources, raw.named(resources));
  into.block(raw.by(node, 'body'), R.Body);
  const [first] = catches;
  if (first !== undefined) {
    into.open(K.List, R.Catches, raw.start(first), raw.end(catches.at(-1) as number));
    for (const each of catches) catchClause(into, each);
    into.close();
  }
  const last = parts.find((each) => raw.kind(each) === 'finally_clause');
  if (last !== undefined) into.block(raw.ofKind(last, 'block'), R.Finally);
  into.close();
}

function catchClause(into: TreeLowering, node: number): void {
  const { raw } = into;
  const parameter = raw.ofKind(node, 'catch_formal_parameter');
  into.at(K.Catch, R.None, node);
  if (parameter !== -1) {
    const types = raw.ofKind(parameter, 'catch_type');
    if (types !== -1) {
      const all = raw.named(types);
      if (all.length === 1) into.put(all[0] as number, R.Type);
      else into.list(K.List, R.Type, types, all);
    }
    into.put(raw.by(parameter, 'name'), R.Name);
  }
  into.block(raw.by(node, 'body'), R.Body);
  into.close();
}

function switchStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const body = raw.by(node, 'body');
  into.at(K.Switch, role, node);
  into.put(raw.by(node, 'condition'), R.Condition);
  if (body !== -1) {
    into.at(K.List, R.Items, body);
    for (const group of raw.named(body)) {
      const parts = raw.named(group);
      const label = parts.find((each) => raw.kind(each) === 'switch_label');
      into.at(K.Case, R.None, group);
      if (label !== undefined) into.put(raw.named(label)[0] ?? -1, R.Condition);
      into.list(K.Block, R.Body, group, parts.filter((each) => each !== label));
      into.close();
    }
    into.close();
  }
  into.close();
}
