import { K, R } from '#model/code-tree.ts';
import { fields, leaf, type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

const splat =
  (sign: string): NodeLowering =>
  (into, node, role) =>
    into.record(K.Spread, role, node, into.raw.named(node).map((child) => [child, R.Operand] as const), sign);

const namedCall =
  (name: string): NodeLowering =>
  (into, node, role) => {
    const { raw } = into;
    into.at(K.Call, role, node);
    into.leaf(K.Name, R.Callee, raw.start(node), raw.start(node) + name.length, name);
    into.list(K.Args, R.Args, node, raw.named(node));
    into.close();
  };

export const python: Lowerings = new Map<string, NodeLowering>([
  ['identifier', leaf(K.Name)],
  ['integer', leaf(K.Num)],
  ['float', leaf(K.Num)],
  ['true', leaf(K.Bool)],
  ['false', leaf(K.Bool)],
  ['none', leaf(K.Null)],
  ['string', text],
  ['concatenated_string', (into, node, role) => into.list(K.Template, role, node, into.raw.named(node), 'adjacent')],
  ['interpolation', (into, node, role) => into.put(into.raw.by(node, 'expression'), role)],
  ['dotted_name', (into, node, role) => into.leafAt(K.Name, role, node)],
  ['call', call],
  ['argument_list', members(K.Args)],
  ['keyword_argument', fields(K.Keyword, { name: R.Name, value: R.Value })],
  ['list_splat', splat('*')],
  ['list_splat_pattern', splat('*')],
  ['dictionary_splat', splat('**')],
  ['dictionary_splat_pattern', splat('**')],
  ['attribute', fields(K.Member, { object: R.Object, attribute: R.Name })],
  ['subscript', subscript],
  ['parenthesized_expression', through],
  ['type', through],
  ['expression_statement', (into, node, role) => tupled(into, node, role)],
  ['as_pattern_target', through],
  ['tuple', members(K.Tuple)],
  ['tuple_pattern', members(K.Tuple)],
  ['pattern_list', members(K.Tuple)],
  ['expression_list', members(K.Tuple)],
  ['list', members(K.Array)],
  ['list_pattern', members(K.Array)],
  ['set', members(K.Set)],
  ['dictionary', members(K.Object)],
  ['pair', fields(K.Pair, { key: R.Key, value: R.Value })],
  ['await', one(K.Await, R.Operand)],
  ['yield', one(K.Yield, R.Operand)],
  ['binary_operator', fields(K.Binary, { left: R.Left, right: R.Right }, 'operator')],
  ['boolean_operator', fields(K.Binary, { left: R.Left, right: R.Right }, 'operator')],
  ['unary_operator', fields(K.Unary, { argument: R.Operand }, 'operator')],
  ['not_operator', (into, node, role) => into.record(K.Unary, role, node, [[into.raw.by(node, 'argument'), R.Operand]], 'not')],
  ['comparison_operator', comparison],
  ['conditional_expression', conditional],
  ['named_expression', (into, node, role) => into.record(K.Assign, role, node, [[into.raw.by(node, 'name'), R.Left], [into.raw.by(node, 'value'), R.Right]], '=')],
  ['lambda', lambda],
  ['assignment', assignment],
  ['augmented_assignment', fields(K.AugAssign, { left: R.Left, right: R.Right }, 'operator')],
  ['return_statement', (into, node, role) => into.record(K.Return, role, node, into.raw.named(node).map((child) => [child, R.Value] as const))],
  ['raise_statement', (into, node, role) => into.record(K.Throw, role, node, into.raw.named(node).slice(0, 1).map((child) => [child, R.Value] as const))],
  ['break_statement', (into, node, role) => into.leafAt(K.Break, role, node, '')],
  ['continue_statement', (into, node, role) => into.leafAt(K.Continue, role, node, '')],
  ['print_statement', namedCall('print')],
  ['exec_statement', namedCall('exec')],
  ['block', (into, node, role) => into.block(node, role)],
  ['if_statement', ifStatement],
  ['while_statement', loop(K.While, { condition: R.Condition })],
  ['for_statement', loop(K.ForEach, { left: R.Target, right: R.Source }, 'in')],
  ['try_statement', tryStatement],
  ['with_statement', withStatement],
  ['decorated_definition', decorated],
  ['function_definition', (into, node, role) => func(into, node, role, [], node)],
  ['class_definition', (into, node, role) => classLike(into, node, role, [], node)],
  ['decorator', through],
  ['default_parameter', fields(K.Param, { name: R.Target, value: R.Value })],
  ['typed_default_parameter', fields(K.Param, { name: R.Target, type: R.Type, value: R.Value })],
  ['typed_parameter', (into, node, role) => into.record(K.Param, role, node, [[into.raw.named(node)[0] ?? -1, R.Target], [into.raw.by(node, 'type'), R.Type]])],
  ['import_statement', imports],
  ['import_from_statement', importFrom],
  ['future_import_statement', importFrom],
]);

function text(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const parts = raw.all(node);
  const from = raw.end(parts[0] ?? node);
  const to = raw.start(parts.at(-1) ?? node);
  const holes = parts.filter((part) => raw.kind(part) === 'interpolation');
  const formatted = /f/i.test(raw.text(parts[0] ?? node));
  if (holes.length === 0 && !formatted) return into.leafAt(K.Str, role, node, into.text.slice(from, Math.max(from, to)));
  into.at(K.Template, role, node);
  let at = from;
  for (const hole of [...holes, -1]) {
    const end = hole === -1 ? to : raw.start(hole);
    if (end > at) into.leaf(K.Str, R.None, at, end, into.text.slice(at, end));
    if (hole === -1) break;
    into.put(hole, R.None);
    at = raw.end(hole);
  }
  into.close();
}

function call(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const given = raw.by(node, 'arguments');
  into.at(K.Call, role, node);
  into.put(raw.by(node, 'function'), R.Callee);
  if (raw.kind(given) === 'argument_list') into.put(given, R.Args);
  else if (given !== -1) into.list(K.Args, R.Args, given, [given]);
  into.close();
}

function subscript(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const keys = raw.allBy(node, 'subscript').filter((key) => raw.isNamed(key));
  into.at(K.Index, role, node);
  into.put(raw.by(node, 'value'), R.Object);
  const [key] = keys;
  if (keys.length === 1 && key !== undefined) into.put(key, R.Key);
  else if (key !== undefined) {
    into.open(K.Tuple, R.Key, raw.start(key), raw.end(keys.at(-1) as number));
    for (const each of keys) into.put(each, R.None);
    into.close();
  }
  into.close();
}

function tupled(into: TreeLowering, node: number, role: number): void {
  const inner = into.raw.named(node);
  if (inner.length === 1) into.put(inner[0] as number, role);
  else into.list(K.Tuple, role, node, inner);
}

/** `a < b < c` groups to the left. */
function comparison(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const operands = raw.named(node);
  const signs = raw.allBy(node, 'operators').map((sign) => raw.text(sign).replace(/\s+/g, ' '));
  const build = (count: number, partRole: number): void => {
    if (count === 1) return into.put(operands[0] as number, partRole);
    const last = operands[count - 1] as number;
    into.open(K.Binary, partRole, raw.start(node), raw.end(last), signs[count - 2] ?? '');
    build(count - 1, R.Left);
    into.put(last, R.Right);
    into.close();
  };
  build(Math.min(operands.length, 100), role);
}

function conditional(into: TreeLowering, node: number, role: number): void {
  const [then = -1, condition = -1, otherwise = -1] = into.raw.named(node);
  into.record(K.Conditional, role, node, [[then, R.Then], [condition, R.Condition], [otherwise, R.Else]]);
}

function lambda(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Lambda, role, node);
  params(into, raw.by(node, 'parameters'), node);
  const body = raw.by(node, 'body');
  if (body !== -1) {
    into.at(K.Block, R.Body, body);
    into.record(K.Return, R.None, body, [[body, R.Value]]);
    into.close();
  }
  into.close();
}

function params(into: TreeLowering, node: number, owner: number): void {
  const { raw } = into;
  if (node === -1) return into.leaf(K.Params, R.Params, raw.start(owner), raw.start(owner));
  into.at(K.Params, R.Params, node);
  for (const each of raw.named(node)) {
    if (raw.kind(each) === 'identifier' || raw.kind(each) === 'tuple_pattern') into.record(K.Param, R.None, each, [[each, R.Target]]);
    else into.put(each, R.None);
  }
  into.close();
}

function assignment(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const type = raw.by(node, 'type');
  const [left, right] = [raw.by(node, 'left'), raw.by(node, 'right')];
  if (type === -1) into.record(K.Assign, role, node, [[left, R.Left], [right, R.Right]], '=');
  else into.record(K.VarDef, role, node, [[left, R.Target], [type, R.Type], [right, R.Init]]);
}

function ifStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const others = raw.allBy(node, 'alternative');
  const build = (own: number, at: number, ownRole: number): void => {
    into.open(K.If, ownRole, raw.start(own), raw.end(node));
    into.put(raw.by(own, 'condition'), R.Condition);
    into.block(raw.by(own, 'consequence'), R.Then);
    const other = others[at];
    if (other !== undefined && raw.kind(other) === 'else_clause') into.block(raw.by(other, 'body'), R.Else);
    else if (other !== undefined && !into.tooDeep(R.Else, raw.start(other), raw.end(other))) {
      into.open(K.Block, R.Else, raw.start(other), raw.end(node));
      build(other, at + 1, R.None);
      into.close();
    }
    into.close();
  };
  build(node, 0, role);
}

function loop(kind: number, parts: Readonly<Record<string, number>>, symbol = ''): NodeLowering {
  return (into, node, role) => {
    const { raw } = into;
    into.at(kind, role, node, symbol);
    for (const [field, partRole] of Object.entries(parts)) into.put(raw.by(node, field), partRole);
    into.block(raw.by(node, 'body'), R.Body);
    const otherwise = raw.by(node, 'alternative');
    if (otherwise !== -1) into.block(raw.by(otherwise, 'body'), R.Else);
    into.close();
  };
}

function tryStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const clauses = raw.named(node);
  const catches = clauses.filter((each) => raw.kind(each).startsWith('except'));
  into.at(K.Try, role, node);
  into.block(raw.by(node, 'body'), R.Body);
  const [first] = catches;
  if (first !== undefined) {
    into.open(K.List, R.Catches, raw.start(first), raw.end(catches.at(-1) as number));
    for (const each of catches) catchClause(into, each);
    into.close();
  }
  for (const each of clauses) {
    if (raw.kind(each) === 'else_clause') into.block(raw.by(each, 'body'), R.Else);
    else if (raw.kind(each) === 'finally_clause') into.block(raw.ofKind(each, 'block'), R.Finally);
  }
  into.close();
}

function catchClause(into: TreeLowering, node: number): void {
  const { raw } = into;
  into.at(K.Catch, R.None, node);
  const value = raw.named(node).find((child) => raw.kind(child) !== 'block') ?? -1;
  if (value !== -1 && raw.kind(value) === 'as_pattern') {
    into.put(raw.named(value)[0] ?? -1, R.Type);
    into.put(raw.by(value, 'alias'), R.Name);
  } else into.put(value, R.Type);
  into.block(raw.ofKind(node, 'block'), R.Body);
  into.close();
}

function withStatement(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const clause = raw.ofKind(node, 'with_clause');
  into.at(K.With, role, node);
  if (clause !== -1) {
    into.at(K.List, R.Items, clause);
    for (const item of raw.named(clause)) {
      const value = raw.by(item, 'value');
      const alias = raw.kind(value) === 'as_pattern' ? raw.by(value, 'alias') : -1;
      if (alias === -1) into.put(value, R.None);
      else into.record(K.Assign, R.None, item, [[raw.named(value)[0] ?? -1, R.Right], [alias, R.Left]], '=');
    }
    into.close();
  }
  into.block(raw.by(node, 'body'), R.Body);
  into.close();
}

function decorated(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const definition = raw.by(node, 'definition');
  const decorators = raw.named(node).filter((child) => raw.kind(child) === 'decorator');
  if (raw.kind(definition) === 'class_definition') classLike(into, definition, role, decorators, node);
  else func(into, definition, role, decorators, node);
}

function func(into: TreeLowering, node: number, role: number, decorators: readonly number[], whole: number): void {
  const { raw } = into;
  into.open(K.Function, role, raw.start(whole), raw.end(whole));
  attributes(into, node, decorators);
  into.put(raw.by(node, 'name'), R.Name);
  params(into, raw.by(node, 'parameters'), node);
  into.put(raw.by(node, 'return_type'), R.Type);
  into.block(raw.by(node, 'body'), R.Body);
  into.close();
}

/** Decorators and the word `async`. */
function attributes(into: TreeLowering, node: number, decorators: readonly number[]): void {
  const { raw } = into;
  const word = raw.ofKind(node, 'async');
  if (word === -1) return into.words(decorators);
  into.open(K.Attributes, R.Attributes, raw.start(decorators[0] ?? word), raw.end(word));
  for (const decorator of decorators) into.put(decorator, R.None);
  into.leafAt(K.Other, R.None, word);
  into.close();
}

function classLike(into: TreeLowering, node: number, role: number, decorators: readonly number[], whole: number): void {
  const { raw } = into;
  into.open(K.Class, role, raw.start(whole), raw.end(whole));
  into.words(decorators);
  into.put(raw.by(node, 'name'), R.Name);
  const above = raw.by(node, 'superclasses');
  if (above !== -1) into.list(K.List, R.Super, above, raw.named(above));
  const body = raw.by(node, 'body');
  if (body !== -1) into.list(K.ClassBody, R.Body, body, raw.named(body));
  into.close();
}

function imports(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  for (const each of raw.named(node)) {
    into.at(K.Import, role, node, 'module');
    if (raw.kind(each) === 'aliased_import') {
      into.put(raw.by(each, 'name'), R.Source);
      into.put(raw.by(each, 'alias'), R.Alias);
    } else into.put(each, R.Source);
    into.close();
  }
}

function importFrom(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const source = raw.by(node, 'module_name');
  const names = raw.named(node).filter((child) => child !== source);
  for (const each of names) {
    into.at(K.Import, role, node, 'from');
    if (source !== -1) into.leafAt(K.Name, R.Source, source);
    if (raw.kind(each) === 'aliased_import') {
      into.put(raw.by(each, 'name'), R.Name);
      into.put(raw.by(each, 'alias'), R.Alias);
    } else if (raw.kind(each) === 'wildcard_import') into.leafAt(K.Name, R.Name, each, '*');
    else into.put(each, R.Name);
    into.close();
  }
}
