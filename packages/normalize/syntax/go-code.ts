import { K, R } from '#model/code-tree.ts';
import { fields, leaf, type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

export const go: Lowerings = new Map<string, NodeLowering>([
  ...['identifier', 'field_identifier', 'package_identifier', 'type_identifier', 'blank_identifier', 'dot'].map((kind) => [kind, leaf(K.Name)] as const),
  ['int_literal', leaf(K.Num)],
  ['float_literal', leaf(K.Num)],
  ['true', leaf(K.Bool)],
  ['false', leaf(K.Bool)],
  ['nil', leaf(K.Null)],
  ['interpreted_string_literal', (into, node, role) => into.leafAt(K.Str, role, node, into.raw.text(node).slice(1, -1))],
  ['raw_string_literal', (into, node, role) => into.leafAt(K.Str, role, node, into.raw.text(node).slice(1, -1))],
  ['selector_expression', fields(K.Member, { operand: R.Object, field: R.Name })],
  ['qualified_type', fields(K.Member, { package: R.Object, name: R.Name })],
  ['index_expression', fields(K.Index, { operand: R.Object, index: R.Key })],
  ['call_expression', fields(K.Call, { function: R.Callee, arguments: R.Args })],
  ['argument_list', members(K.Args)],
  ['variadic_argument', one(K.Spread, R.Operand)],
  ['composite_literal', (into, node, role) => into.record(K.New, role, node, [[into.raw.by(node, 'type'), R.Callee], [into.raw.by(node, 'body'), R.Args]])],
  ['literal_value', literalValue],
  ['literal_element', through],
  ['keyed_element', fields(K.Pair, { key: R.Key, value: R.Value })],
  ['parenthesized_expression', through],
  ['unary_expression', fields(K.Unary, { operand: R.Operand }, 'operator')],
  ['binary_expression', fields(K.Binary, { left: R.Left, right: R.Right }, 'operator')],
  ['type_assertion_expression', fields(K.Cast, { operand: R.Operand, type: R.Type })],
  ['func_literal', (into, node, role) => func(into, node, role, K.Lambda)],
  ['function_declaration', (into, node, role) => func(into, node, role, K.Function)],
  ['method_declaration', (into, node, role) => func(into, node, role, K.Function)],
  ['parameter_list', params],
  ['expression_list', listOf],
  ['expression_statement', through],
  ['short_var_declaration', (into, node, role) => into.record(K.Assign, role, node, [[into.raw.by(node, 'left'), R.Left], [into.raw.by(node, 'right'), R.Right]], '=')],
  ['assignment_statement', (into, node, role) => {
    const { raw } = into;
    const sign = raw.text(raw.by(node, 'operator'));
    into.record(sign === '=' ? K.Assign : K.AugAssign, role, node, [[raw.by(node, 'left'), R.Left], [raw.by(node, 'right'), R.Right]], sign);
  }],
  ['inc_statement', one(K.Unary, R.Operand, '++')],
  ['dec_statement', one(K.Unary, R.Operand, '--')],
  ['var_declaration', declarations],
  ['const_declaration', declarations],
  ['var_spec', (into, node, role) => variable(into, node, node, role)],
  ['const_spec', (into, node, role) => variable(into, node, node, role)],
  ['type_declaration', (into, node, role) => {
    for (const each of into.raw.named(node)) into.put(each, role);
  }],
  ['type_spec', typeSpec],
  ['field_declaration', (into, node, role) => into.record(K.VarDef, role, node, [[into.raw.by(node, 'name'), R.Target], [into.raw.by(node, 'type'), R.Type]])],
  ['block', (into, node, role) => into.list(K.Block, role, node, statementsOf(into, node))],
  ['return_statement', one(K.Return, R.Value)],
  ['break_statement', one(K.Break, R.Value)],
  ['continue_statement', one(K.Continue, R.Value)],
  ['if_statement', (into, node, role) => {
    const { raw } = into;
    into.at(K.If, role, node);
    into.put(raw.by(node, 'initializer'), R.Init);
    into.put(raw.by(node, 'condition'), R.Condition);
    into.put(raw.by(node, 'consequence'), R.Then);
    const other = raw.by(node, 'alternative');
    if (other !== -1) into.list(K.Block, R.Else, other, raw.kind(other) === 'block' ? statementsOf(into, other) : [other]);
    into.close();
  }],
  ['for_statement', forStatement],
  ['expression_switch_statement', switchStatement],
  ['type_switch_statement', switchStatement],
  ['select_statement', switchStatement],
  ['import_declaration', imports],
]);

/** Each import of a group begins at the word that they share. */
function imports(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const specs = raw.named(node).flatMap((each) => (raw.kind(each) === 'import_spec_list' ? raw.named(each) : [each]));
  for (const spec of specs) {
    if (raw.kind(spec) !== 'import_spec') continue;
    into.open(K.Import, role, raw.start(node), raw.end(spec), 'module');
    into.put(raw.by(spec, 'path'), R.Source);
    into.put(raw.by(spec, 'name'), R.Alias);
    into.close();
  }
}

function statementsOf({ raw }: TreeLowering, node: number): number[] {
  return raw.named(node).flatMap((child) => (raw.kind(child) === 'statement_list' ? raw.named(child) : [child]));
}

function listOf(into: TreeLowering, node: number, role: number): void {
  const inner = into.raw.named(node);
  const [only] = inner;
  if (inner.length === 1 && only !== undefined) into.put(only, role);
  else into.list(K.Tuple, role, node, inner);
}

/** With keys it is a set of fields, without a sequence. */
function literalValue(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const inner = raw.named(node);
  into.list(inner.some((each) => raw.kind(each) === 'keyed_element') ? K.Object : K.Args, role, node, inner);
}

function func(into: TreeLowering, node: number, role: number, kind: number): void {
  const { raw } = into;
  into.at(kind, role, node);
  into.put(raw.by(node, 'receiver'), R.Object);
  into.put(raw.by(node, 'name'), R.Name);
  into.put(raw.by(node, 'parameters'), R.Params);
  const result = raw.by(node, 'result');
  if (result !== -1) into.put(result, R.Type);
  into.put(raw.by(node, 'body'), R.Body);
  into.close();
}

/** `a, b string` are two. */
function params(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Params, role, node);
  for (const each of raw.named(node)) {
    const names = raw.allBy(each, 'name');
    const type = raw.by(each, 'type');
    if (names.length === 0) into.record(K.Param, R.None, each, [[type, R.Type]]);
    for (const name of names) into.record(K.Param, R.None, names.length === 1 ? each : name, [[name, R.Target], [type, R.Type]]);
  }
  into.close();
}

function declarations(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const specs = raw.named(node).flatMap((each) => (raw.kind(each).endsWith('_spec_list') ? raw.named(each) : [each]));
  for (const each of specs) variable(into, each, specs.length === 1 ? node : each, role);
}

function variable(into: TreeLowering, node: number, whole: number, role: number): void {
  const { raw } = into;
  const names = raw.allBy(node, 'name').filter((name) => raw.isNamed(name));
  const value = raw.by(node, 'value');
  const values = value === -1 ? [] : raw.named(value);
  names.forEach((name, at) => {
    into.open(K.VarDef, role, names.length === 1 ? raw.start(whole) : raw.start(name), raw.end(whole));
    into.put(name, R.Target);
    into.put(raw.by(node, 'type'), R.Type);
    into.put(values.length === names.length ? (values[at] as number) : value, R.Init);
    into.close();
  });
}

function typeSpec(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const type = raw.by(node, 'type');
  const body = type === -1 ? -1 : raw.ofKind(type, 'field_declaration_list');
  into.at(K.Class, role, node);
  into.put(raw.by(node, 'name'), R.Name);
  if (body === -1) into.put(type, R.Type);
  else into.list(K.ClassBody, R.Body, body, raw.named(body));
  into.close();
}

function forStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const body = raw.by(node, 'body');
  const head = raw.named(node).find((child) => child !== body) ?? -1;
  const kind = head === -1 ? '' : raw.kind(head);
  if (kind === 'range_clause') {
    into.record(K.ForEach, role, node, [[raw.by(head, 'left'), R.Target], [raw.by(head, 'right'), R.Source], [body, R.Body]], 'in');
  } else if (kind === 'for_clause') {
    into.record(K.For, role, node, [[raw.by(head, 'initializer'), R.Init], [raw.by(head, 'condition'), R.Condition], [raw.by(head, 'update'), R.Update], [body, R.Body]]);
  } else if (head === -1) into.record(K.For, role, node, [[body, R.Body]]);
  else into.record(K.While, role, node, [[head, R.Condition], [body, R.Body]]);
}

function switchStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const cases = raw.named(node).filter((each) => raw.kind(each).endsWith('_case'));
  into.at(K.Switch, role, node);
  into.put(raw.by(node, 'value'), R.Condition);
  into.at(K.List, R.Items, node);
  for (const each of cases) {
    const value = [raw.by(each, 'value'), raw.by(each, 'type'), raw.by(each, 'communication')].find((child) => child !== -1) ?? -1;
    into.at(K.Case, R.None, each);
    into.put(value, R.Condition);
    into.list(K.Block, R.Body, each, raw.named(each).filter((child) => child !== value && raw.field(child) === '').flatMap((child) => (raw.kind(child) === 'statement_list' ? raw.named(child) : [child])));
    into.close();
  }
  into.close();
  into.close();
}
