import { K, R } from '#model/code-tree.ts';
import { body, cast, doLoop, forLoop, ifStatement, lambda, many, oneOf, switchOf, tryStatement, unary, whileLoop } from './alike-statements.ts';
import { fields, leaf, type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

/**
 * C, C++, C#, PHP, Ruby, Rust and Bash: their grammars call the same things alike, and each has a table of what it calls otherwise. What none of
 * them names is kept by its form.
 */
export const alike: Lowerings = new Map<string, NodeLowering>([
  ...many('identifier field_identifier type_identifier constant property_identifier namespace_identifier variable_name name simple_identifier predefined_type primitive_type instance_variable global_variable class_variable this self word simple_symbol hash_key_symbol', leaf(K.Name)),
  ...many('integer float integer_literal real_literal float_literal number_literal number', leaf(K.Num)),
  ...many('true false boolean boolean_literal', leaf(K.Bool)),
  ...many('null nil null_literal nullptr', leaf(K.Null)),
  ...many('string string_literal encapsed_string raw_string_literal verbatim_string_literal raw_string interpolated_string_expression', text),
  ...many('call_expression invocation_expression function_call_expression', call),
  ...many('member_call_expression nullsafe_member_call_expression scoped_call_expression', methodCall),
  ...many('argument_list arguments', members(K.Args)),
  ['argument', (into, node, role) => {
    const { raw } = into;
    const name = raw.by(node, 'name');
    const value = raw.named(node).at(-1) ?? -1;
    if (name === -1) into.put(value, role);
    else into.record(K.Keyword, role, node, [[name, R.Name], [value, R.Value]]);
  }],
  ...many('object_creation_expression new_expression', (into, node, role) => {
    const { raw } = into;
    const given = oneOf(into, node, ['arguments']) === -1 ? raw.ofKind(node, 'arguments', 'argument_list') : raw.by(node, 'arguments');
    const type = raw.by(node, 'type') === -1 ? (raw.named(node).find((child) => child !== given) ?? -1) : raw.by(node, 'type');
    into.record(K.New, role, node, [[type, R.Callee], [given, R.Args]]);
  }),
  ...many('field_expression member_access_expression nullsafe_member_access_expression scoped_property_access_expression class_constant_access_expression scope_resolution qualified_identifier scoped_identifier qualified_name', member),
  ...many('subscript_expression element_access_expression element_reference index_expression', (into, node, role) => {
    const [object = -1, key = -1] = into.raw.named(node);
    into.record(K.Index, role, node, [[object, R.Object], [key, R.Key]]);
  }),
  ...many('binary_expression binary', fields(K.Binary, { left: R.Left, right: R.Right }, 'operator')),
  ...many('assignment_expression assignment', (into, node, role) => {
    const { raw } = into;
    const sign = raw.by(node, 'operator') === -1 ? '=' : raw.text(raw.by(node, 'operator'));
    into.record(sign === '=' ? K.Assign : K.AugAssign, role, node, [[raw.by(node, 'left'), R.Left], [raw.by(node, 'right'), R.Right]], sign);
  }),
  ...many('augmented_assignment_expression operator_assignment compound_assignment_expr', fields(K.AugAssign, { left: R.Left, right: R.Right }, 'operator')),
  ['init_declarator', fields(K.VarDef, { declarator: R.Target, value: R.Init })],
  ['let_declaration', fields(K.VarDef, { pattern: R.Target, type: R.Type, value: R.Init })],
  ['variable_declarator', (into, node, role) => {
    const { raw } = into;
    const name = raw.by(node, 'name') === -1 ? (raw.named(node)[0] ?? -1) : raw.by(node, 'name');
    const value = raw.named(node).findLast((child) => child !== name) ?? -1;
    into.record(K.VarDef, role, node, [[name, R.Target], [value, R.Init]]);
  }],
  ...many('local_declaration_statement global_statement program_statement', through),
  ...many('parenthesized_expression parenthesized_statements expression_statement else_clause else', through),
  ...many('conditional_expression conditional', fields(K.Conditional, { condition: R.Condition, consequence: R.Then, alternative: R.Else })),
  ...many('return_statement return return_expression', one(K.Return, R.Value)),
  ...many('block compound_statement statement_block body_statement then do do_block declaration_list', (into, node, role) => into.list(K.Block, role, node, into.raw.named(node))),
  ...many('if_statement if_expression', ifStatement),
  ...many('while_statement while_expression loop_expression', whileLoop),
  ['do_statement', doLoop],
  ['for_statement', forLoop],
  ['switch_statement', switchOf((kind) => /^(?:case_statement|default_statement|switch_section)$/.test(kind))],
  ...many('match_expression', switchOf((kind) => kind.startsWith('match_'))),
  ['try_statement', tryStatement],
  ...many('break_statement break_expression break', leafed(K.Break)),
  ...many('continue_statement continue_expression next', leafed(K.Continue)),
  ...many('throw_statement throw_expression', one(K.Throw, R.Value)),
  ['await_expression', one(K.Await, R.Operand)],
  ...many('cast_expression as_expression type_cast_expression', cast),
  ...many('unary_expression unary_op_expression prefix_unary_expression postfix_unary_expression pointer_expression update_expression', unary),
  ...many('lambda_expression anonymous_method_expression anonymous_function anonymous_function_creation_expression arrow_function closure_expression', lambda),
  ...many('function_definition method_declaration method function_item local_function_statement constructor_declaration singleton_method', func),
  ...many('parameter_list parameters formal_parameters method_parameters', members(K.Params)),
  ...many('parameter simple_parameter parameter_declaration optional_parameter', (into, node, role) => {
    into.record(K.Param, role, node, [[oneOf(into, node, ['name', 'declarator', 'pattern']), R.Target], [into.raw.by(node, 'type'), R.Type], [oneOf(into, node, ['default_value', 'value']), R.Value]]);
  }),
  ...many('pair array_element_initializer', (into, node, role) => {
    const inner = into.raw.named(node);
    const [key = -1, value = -1] = inner;
    if (inner.length === 1) into.put(key, role);
    else into.record(K.Pair, role, node, [[key, R.Key], [value, R.Value]]);
  }),
  ['hash', members(K.Object)],
  ...many('array array_creation_expression array_expression', members(K.Array)),
]);

/** The whole of a statement that is one word, without its semicolon. */
function leafed(kind: number): NodeLowering {
  return (into, node, role) => into.leafAt(kind, role, node, '');
}

/** Text with code in it is a template: its texts and what is put between them. */
function text(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const holes = raw.named(node).filter((child) => /interpolation|expansion|variable_name|subscript|member_access|substitution/.test(raw.kind(child)));
  if (holes.length > 0) return template(into, node, role);
  const inside = /^[@$A-Za-z]*("""|["'`])([\s\S]*)\1$/.exec(raw.text(node));
  into.leafAt(K.Str, role, node, inside?.[2] ?? raw.text(node));
}

export function template(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Template, role, node);
  for (const part of raw.named(node)) {
    const kind = raw.kind(part);
    if (/^(?:string_content|interpolated_string_text|heredoc_content|escape_sequence)$/.test(kind)) into.leafAt(K.Str, R.None, part);
    else if (kind === 'interpolation') into.put(raw.named(part).find((child) => raw.kind(child) !== 'interpolation_brace') ?? -1, R.None);
    else if (!/^(?:interpolation_start|interpolation_quote|heredoc_end)$/.test(kind)) into.put(part, R.None);
  }
  into.close();
}

/** A command of the shell in backquotes. */
export function backquoted(into: TreeLowering, node: number, role: number): void {
  into.at(K.Other, role, node, into.raw.kind(node));
  template(into, node, R.None);
  into.close();
}

function call(into: TreeLowering, node: number, role: number): void {
  into.record(K.Call, role, node, [[into.raw.by(node, 'function'), R.Callee], [into.raw.by(node, 'arguments'), R.Args]]);
}

function methodCall(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const object = oneOf(into, node, ['object', 'scope']);
  dotted(into, node, role, object, raw.by(node, 'name'), raw.by(node, 'arguments'));
}

export function dotted(into: TreeLowering, node: number, role: number, object: number, name: number, given: number): void {
  const { raw } = into;
  into.at(K.Call, role, node);
  if (object === -1) into.put(name, R.Callee);
  else {
    into.open(K.Member, R.Callee, raw.start(object), name === -1 ? raw.end(object) : raw.end(name));
    into.put(object, R.Object);
    into.put(name, R.Name);
    into.close();
  }
  if (given === -1) into.leaf(K.Args, R.Args, raw.end(node), raw.end(node));
  else into.put(given, R.Args);
  into.close();
}

function member(into: TreeLowering, node: number, role: number): void {
  const inner = into.raw.named(node);
  into.record(K.Member, role, node, [[inner.length > 1 ? (inner[0] as number) : -1, R.Object], [inner.at(-1) ?? -1, R.Name]]);
}

export function func(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  // In C the name and parameters are in a declarator, which pointers may wrap.
  let owner = node;
  while (raw.by(owner, 'declarator') !== -1) owner = raw.by(owner, 'declarator');
  const holder = owner === node ? node : raw.tree.parent[owner] as number;
  into.at(K.Function, role, node);
  into.put(raw.by(node, 'name') === -1 ? (owner === node ? -1 : owner) : raw.by(node, 'name'), R.Name);
  const given = raw.by(node, 'parameters') === -1 ? raw.by(holder, 'parameters') : raw.by(node, 'parameters');
  if (given === -1) into.leaf(K.Params, R.Params, raw.start(node), raw.start(node));
  else into.put(given, R.Params);
  body(into, raw.by(node, 'body'), R.Body);
  into.close();
}
