import { K, R } from '#model/code-tree.ts';
import { alike, backquoted, template } from './alike-code.ts';
import { body, ifStatement, many, oneOf, switchOf, whileLoop } from './alike-statements.ts';
import { fields, type Lowerings, members, type NodeLowering, through, type TreeLowering } from './tree-lowering.ts';

/** What Ruby calls otherwise than its relatives. */
export const ruby: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['call', call],
  ['argument_list', (into, node, role) => args(into, node, role)],
  ['assignment', assignment],
  ...many('left_assignment_list right_assignment_list destructured_left_assignment', members(K.Tuple)),
  ...many('if elsif', ifStatement),
  ...many('unless unless_modifier', (into, node, role) => condition(into, node, role, true)),
  ['if_modifier', (into, node, role) => condition(into, node, role, false)],
  ...many('while until while_modifier until_modifier', whileLoop),
  ['for', forEach],
  ['case', switchOf((kind) => kind === 'when' || kind === 'else')],
  ['case_match', switchOf((kind) => kind === 'in_clause' || kind === 'else')],
  ...many('begin body_statement do_block_body', begun),
  ...many('return break next', (into, node, role) => {
    const [given = -1] = into.raw.named(node);
    const inner = given === -1 ? [] : into.raw.named(given);
    const kind = into.raw.kind(node) === 'return' ? K.Return : into.raw.kind(node) === 'break' ? K.Break : K.Continue;
    into.record(kind, role, node, kind === K.Return ? [[inner.length === 1 ? (inner[0] as number) : given, R.Value]] : []);
  }),
  ['lambda', block],
  ['block', block],
  ['do_block', block],
  ['block_argument', through],
  ['unary', fields(K.Unary, { operand: R.Operand }, 'operator')],
  ['pair', pair],
  ['subshell', backquoted],
  ['heredoc_beginning', heredoc],
  ['heredoc_body', () => undefined],
  ...many('class module singleton_class', (into, node, role) => {
    const { raw } = into;
    const base = raw.by(node, 'superclass');
    const held = raw.by(node, 'body');
    into.at(K.Class, role, node);
    into.put(oneOf(into, node, ['name', 'value']), R.Name);
    if (base !== -1) into.list(K.List, R.Super, base, raw.named(base));
    if (held !== -1) into.list(K.ClassBody, R.Body, held, raw.named(held));
    into.close();
  }),
  ...many('splat_argument splat_parameter hash_splat_argument hash_splat_parameter', (into, node, role) => into.record(K.Spread, role, node, into.raw.named(node).map((child) => [child, R.Operand] as const))),
  ['keyword_parameter', fields(K.Param, { name: R.Target, value: R.Value })],
  ['chained_string', members(K.Template)],
]);

function call(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const [receiver, name, given] = [raw.by(node, 'receiver'), raw.by(node, 'method'), raw.by(node, 'arguments')];
  into.at(K.Call, role, node);
  if (receiver === -1) into.put(name, R.Callee);
  else {
    into.open(K.Member, R.Callee, raw.start(receiver), name === -1 ? raw.end(receiver) : raw.end(name));
    into.put(receiver, R.Object);
    into.put(name, R.Name);
    into.close();
  }
  if (given === -1) into.leaf(K.Args, R.Args, raw.end(node), raw.end(node));
  else into.put(given, R.Args);
  into.put(raw.by(node, 'block'), R.Body);
  into.close();
}

/** Arguments by name are pairs whose key is a symbol, in either way to write them. */
function args(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  into.at(K.Args, role, node);
  for (const each of raw.named(node)) {
    const key = raw.kind(each) === 'pair' ? raw.by(each, 'key') : -1;
    if (key === -1 || !isSymbol(raw.kind(key))) into.put(each, R.None);
    else {
      into.at(K.Keyword, R.None, each);
      symbol(into, key, R.Name);
      into.put(raw.by(each, 'value'), R.Value);
      into.close();
    }
  }
  into.close();
}

const isSymbol = (kind: string): boolean => kind === 'hash_key_symbol' || kind === 'simple_symbol';

function symbol(into: TreeLowering, node: number, role: number): void {
  into.leafAt(K.Name, role, node, into.raw.text(node).replace(/^:/, ''));
}

function pair(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const key = raw.by(node, 'key');
  into.at(K.Pair, role, node);
  if (key !== -1 && isSymbol(raw.kind(key))) symbol(into, key, R.Key);
  else into.put(key, R.Key);
  into.put(raw.by(node, 'value'), R.Value);
  into.close();
}

/** A method without arguments on the left is a member that is set. */
function assignment(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const left = raw.by(node, 'left');
  const setter = left !== -1 && raw.kind(left) === 'call' && raw.by(left, 'arguments') === -1 && raw.by(left, 'receiver') !== -1;
  into.at(K.Assign, role, node, '=');
  if (setter) into.record(K.Member, R.Left, left, [[raw.by(left, 'receiver'), R.Object], [raw.by(left, 'method'), R.Name]]);
  else into.put(left, R.Left);
  into.put(raw.by(node, 'right'), R.Right);
  into.close();
}

function condition(into: TreeLowering, node: number, role: number, negated: boolean): void {
  const { raw } = into;
  const held = raw.by(node, 'condition');
  into.at(K.If, role, node);
  if (negated && held !== -1) into.record(K.Unary, R.Condition, held, [[held, R.Operand]], '!');
  else into.put(held, R.Condition);
  body(into, oneOf(into, node, ['consequence', 'body']), R.Then);
  body(into, raw.by(node, 'alternative'), R.Else);
  into.close();
}

function forEach(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const source = raw.by(node, 'value');
  into.at(K.ForEach, role, node, 'in');
  into.put(raw.by(node, 'pattern'), R.Target);
  into.put(source === -1 ? -1 : (raw.named(source)[0] ?? -1), R.Source);
  body(into, raw.by(node, 'body'), R.Body);
  into.close();
}

/** Statements, and what is done when one of them fails. */
function begun(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const inner = raw.named(node);
  const isClause = (child: number): boolean => /^(?:rescue|ensure|else)$/.test(raw.kind(child));
  const rescues = inner.filter((child) => raw.kind(child) === 'rescue');
  if (!inner.some(isClause)) return into.list(K.Block, role, node, inner);
  into.at(K.Try, role, node);
  into.list(K.Block, R.Body, node, inner.filter((child) => !isClause(child)));
  if (rescues.length > 0) {
    into.at(K.List, R.Catches, node);
    for (const each of rescues) {
      into.at(K.Catch, R.None, each);
      into.put(raw.by(each, 'exceptions'), R.Type);
      const variable = raw.by(each, 'variable');
      if (variable !== -1) into.put(raw.named(variable)[0] ?? -1, R.Name);
      body(into, raw.by(each, 'body'), R.Body);
      into.close();
    }
    into.close();
  }
  body(into, raw.ofKind(node, 'ensure'), R.Finally);
  into.close();
}

/** `{ |x| ... }`, `do |x| ... end` and `->(x) { ... }`. */
function block(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const given = raw.by(node, 'parameters');
  const outer = raw.by(node, 'body');
  const held = outer !== -1 && /^(?:block|do_block)$/.test(raw.kind(outer)) ? raw.by(outer, 'body') : outer;
  into.at(K.Lambda, role, node);
  if (given === -1) into.leaf(K.Params, R.Params, raw.start(node), raw.start(node));
  else into.list(K.Params, R.Params, given, raw.named(given));
  if (held === -1) into.leaf(K.Block, R.Body, raw.end(node), raw.end(node));
  else if (raw.named(held).some((child) => /^(?:rescue|ensure)$/.test(raw.kind(child)))) {
    into.at(K.Block, R.Body, held);
    begun(into, held, R.None);
    into.close();
  } else body(into, held, R.Body);
  into.close();
}

/** Nodes between the mark of a text and the text itself that are looked through. */
const farthest = 400;

/** The text stands below the line of its mark. */
function heredoc(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const { size } = raw.tree;
  for (let at = node + 1; at < Math.min(size, node + farthest); at++) if (raw.kind(at) === 'heredoc_body') return template(into, at, role);
  into.leafAt(K.Str, role, node, '');
}
