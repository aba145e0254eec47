import { K, R } from '#model/code-tree.ts';
import type { NodeLowering, TreeLowering } from './tree-lowering.ts';

/** Lowerings of statements that most languages of curly brackets, and Ruby, have in one form or another. */

export const many = (kinds: string, lowering: NodeLowering): (readonly [string, NodeLowering])[] => kinds.split(' ').map((kind) => [kind, lowering] as const);

/** The first of several fields that a node has. */
export const oneOf = (into: TreeLowering, node: number, names: readonly string[]): number => names.map((name) => into.raw.by(node, name)).find((child) => child !== -1) ?? -1;

const blocks: ReadonlySet<string> = new Set(['block', 'compound_statement', 'statement_block', 'colon_block', 'body_statement', 'block_body', 'then', 'do', 'do_group', 'else', 'else_clause', 'ensure', 'finally_clause', 'declaration_list', 'switch_block', 'begin_block']);

/** Statements of a body; one that stands alone is a block of one. */
export function body(into: TreeLowering, node: number, role: number): void {
  if (node === -1) return;
  const { raw } = into;
  const inner = raw.named(node);
  const [only] = inner;
  const wraps = raw.kind(node) === 'else_clause' || raw.kind(node) === 'finally_clause';
  if (wraps && inner.length === 1 && only !== undefined && raw.kind(only) !== 'if_statement' && raw.kind(only) !== 'if_expression') return body(into, only, role);
  into.list(K.Block, role, node, blocks.has(raw.kind(node)) ? inner : [node]);
}

export const ifStatement: NodeLowering = (into, node, role) => {
  into.at(K.If, role, node);
  into.put(into.raw.by(node, 'condition'), R.Condition);
  body(into, oneOf(into, node, ['consequence', 'body']), R.Then);
  otherwise(into, into.raw.allBy(node, 'alternative'));
  into.close();
};

/** Conditions after one another that are nested into each other; the rest of a longer chain stands beside the last. */
const mostConditions = 200;

/** `elseif` is an `if` in what is done otherwise. */
function otherwise(into: TreeLowering, parts: readonly number[], depth = 0): void {
  const { raw } = into;
  const [first, ...rest] = parts;
  if (first === undefined) return;
  if (depth > mostConditions) return into.list(K.Block, R.Else, first, parts);
  if (!/^(?:else_if_clause|elsif)$/.test(raw.kind(first))) return body(into, first, R.Else);
  into.open(K.Block, R.Else, raw.start(first), raw.end(parts.at(-1) as number));
  into.open(K.If, R.None, raw.start(first), raw.end(parts.at(-1) as number));
  into.put(raw.by(first, 'condition'), R.Condition);
  body(into, oneOf(into, first, ['consequence', 'body']), R.Then);
  otherwise(into, [...raw.allBy(first, 'alternative'), ...rest], depth + 1);
  into.close();
  into.close();
}

export const whileLoop: NodeLowering = (into, node, role) => {
  into.at(K.While, role, node);
  into.put(into.raw.by(node, 'condition'), R.Condition);
  body(into, into.raw.by(node, 'body'), R.Body);
  into.close();
};

export const doLoop: NodeLowering = (into, node, role) => {
  into.at(K.DoWhile, role, node);
  body(into, into.raw.by(node, 'body'), R.Body);
  into.put(into.raw.by(node, 'condition'), R.Condition);
  into.close();
};

export const forLoop: NodeLowering = (into, node, role) => {
  const { raw } = into;
  into.at(K.For, role, node);
  into.put(oneOf(into, node, ['initializer', 'initialize']), R.Init);
  into.put(raw.by(node, 'condition'), R.Condition);
  into.put(raw.by(node, 'update'), R.Update);
  body(into, raw.by(node, 'body'), R.Body);
  into.close();
};

/** A loop over what a source holds, by the names of the fields of its parts. */
export const eachLoop =
  (target: string, source: string): NodeLowering =>
  (into, node, role) => {
    const { raw } = into;
    into.at(K.ForEach, role, node, 'in');
    into.put(raw.by(node, target), R.Target);
    into.put(raw.by(node, source), R.Source);
    body(into, raw.by(node, 'body'), R.Body);
    into.close();
  };

/** `switch` and `match`: cases are what `isCase` says, below the body. */
export const switchOf =
  (isCase: (kind: string) => boolean): NodeLowering =>
  (into, node, role) => {
    const { raw } = into;
    const held = raw.by(node, 'body');
    const cases = raw.named(held === -1 ? node : held).filter((each) => isCase(raw.kind(each)));
    into.at(K.Switch, role, node);
    into.put(oneOf(into, node, ['condition', 'value']), R.Condition);
    into.at(K.List, R.Items, held === -1 ? node : held);
    for (const each of cases) caseOf(into, each);
    into.close();
    into.close();
  };

function caseOf(into: TreeLowering, node: number): void {
  const { raw } = into;
  const condition = raw.kind(node) === 'switch_section' ? (raw.named(node).find((child) => /pattern|label/.test(raw.kind(child))) ?? -1) : oneOf(into, node, ['value', 'pattern', 'conditional_expressions']);
  into.at(K.Case, R.None, node);
  if (raw.kind(node) !== 'match_arm') into.put(condition, R.Condition);
  const inner = raw.kind(node) === 'match_arm' ? [raw.by(node, 'value')].filter((value) => value !== -1) : raw.named(node).filter((child) => child !== condition && raw.field(child) !== 'pattern');
  into.list(K.Block, R.Body, node, inner.flatMap((child) => (blocks.has(raw.kind(child)) ? raw.named(child) : [child])));
  into.close();
}

/** `try` with its parts as children: the body, what catches, what comes last. */
export const tryStatement: NodeLowering = (into, node, role) => {
  const { raw } = into;
  into.at(K.Try, role, node);
  body(into, raw.by(node, 'body'), R.Body);
  catches(into, node, raw.named(node).filter((child) => raw.kind(child) === 'catch_clause'));
  body(into, raw.ofKind(node, 'finally_clause'), R.Finally);
  into.close();
};

function catches(into: TreeLowering, node: number, clauses: readonly number[]): void {
  if (clauses.length === 0) return;
  const { raw } = into;
  into.at(K.List, R.Catches, node);
  for (const each of clauses) {
    const declared = raw.ofKind(each, 'catch_declaration');
    const holder = declared === -1 ? each : declared;
    into.at(K.Catch, R.None, each);
    into.put(raw.by(holder, 'type'), R.Type);
    into.put(raw.by(holder, 'name'), R.Name);
    body(into, raw.by(each, 'body'), R.Body);
    into.close();
  }
  into.close();
}

/** A function without a name. */
export const lambda: NodeLowering = (into, node, role) => {
  const { raw } = into;
  const held = raw.by(node, 'body') === -1 ? (raw.named(node).at(-1) ?? -1) : raw.by(node, 'body');
  const given = raw.by(node, 'parameters');
  into.at(K.Lambda, role, node);
  if (given === -1) into.leaf(K.Params, R.Params, raw.start(node), raw.start(node));
  else if (raw.named(given).length === 0 && raw.text(given).startsWith('(') === false) into.list(K.Params, R.Params, given, [given]);
  else into.list(K.Params, R.Params, given, raw.named(given));
  if (held !== -1 && blocks.has(raw.kind(held))) body(into, held, R.Body);
  else into.put(held, R.Body);
  into.close();
};

/** The operator is the text that has no name of its own. */
export const unary: NodeLowering = (into, node, role) => {
  const { raw } = into;
  const sign = raw.all(node).find((child) => !raw.isNamed(child));
  into.record(K.Unary, role, node, [[raw.named(node).at(-1) ?? -1, R.Operand]], sign === undefined ? '' : raw.text(sign));
};

export const cast: NodeLowering = (into, node, role) => into.record(K.Cast, role, node, [[oneOf(into, node, ['type', 'right']), R.Type], [oneOf(into, node, ['value', 'left']), R.Operand]]);
