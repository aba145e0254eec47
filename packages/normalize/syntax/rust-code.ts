import { K, R } from '#model/code-tree.ts';
import { alike } from './alike-code.ts';
import { body, eachLoop, many } from './alike-statements.ts';
import { type Lowerings, members, type NodeLowering, one, through, type TreeLowering } from './tree-lowering.ts';

/** What Rust calls otherwise than its relatives. */
export const rust: Lowerings = new Map<string, NodeLowering>([
  ...alike,
  ['try_expression', through],
  ['await_expression', one(K.Await, R.Operand)],
  // Whether a thing is borrowed does not change what it is.
  ['reference_expression', (into, node, role) => into.put(into.raw.by(node, 'value'), role)],
  ['mutable_specifier', () => undefined],
  ['generic_function', (into, node, role) => into.put(into.raw.by(node, 'function'), role)],
  ['macro_invocation', macro],
  ['for_expression', eachLoop('pattern', 'value')],
  ['unsafe_block', (into, node, role) => into.list(K.Other, role, node, into.raw.named(node), 'unsafe')],
  ['struct_expression', (into, node, role) => {
    const { raw } = into;
    const held = raw.by(node, 'body');
    into.at(K.New, role, node);
    into.put(raw.by(node, 'name'), R.Callee);
    if (held !== -1) into.list(K.Object, R.Args, held, raw.named(held));
    into.close();
  }],
  ['field_initializer', (into, node, role) => {
    const [name = -1, value = -1] = into.raw.named(node);
    into.record(K.Pair, role, node, [[name, R.Key], [value, R.Value]]);
  }],
  ...many('match_pattern last_match_arm', through),
  ['tuple_expression', members(K.Tuple)],
  ['let_condition', (into, node, role) => into.record(K.Assign, role, node, [[into.raw.by(node, 'pattern'), R.Left], [into.raw.by(node, 'value'), R.Right]], '=')],
  ['else_clause', (into, node, role) => body(into, node, role)],
]);

/** A macro is a call of its name with the mark; its arguments are what stands between commas. */
function macro(into: TreeLowering, node: number, role: number): void {
  const { raw } = into;
  const name = raw.by(node, 'macro');
  const tokens = raw.ofKind(node, 'token_tree');
  into.at(K.Call, role, node);
  if (name !== -1) into.leaf(K.Name, R.Callee, raw.start(name), raw.end(name) + 1, `${raw.text(name)}!`);
  into.at(K.Args, R.Args, tokens === -1 ? node : tokens);
  for (const group of tokens === -1 ? [] : grouped(into, tokens)) argument(into, group);
  into.close();
  into.close();
}

function grouped({ raw }: TreeLowering, tokens: number): number[][] {
  const groups: number[][] = [[]];
  for (const each of raw.all(tokens)) {
    if (raw.isNamed(each)) groups.at(-1)?.push(each);
    else if (raw.text(each) === ',') groups.push([]);
  }
  return groups.filter((group) => group.length > 0);
}

function argument(into: TreeLowering, group: readonly number[]): void {
  const [first = -1] = group;
  if (group.length === 1) return into.put(first, R.None);
  into.open(K.Other, R.None, into.raw.start(first), into.raw.end(group.at(-1) as number), 'tokens');
  for (const each of group) into.put(each, R.None);
  into.close();
}
