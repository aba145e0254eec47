import { K, R } from '#model/code-tree.ts';
import { child, children, type EsNode, isNode, word } from './es-node.ts';
import type { Lowering, ScriptLowering } from './script-code.ts';

const through =
  (property: string): Lowering =>
  (into, node, role) =>
    into.put(child(node, property), role);

const list =
  (kind: number, property: string): Lowering =>
  (into, node, role) =>
    into.list(kind, role, children(node, property), node.start, node.end);

const operand =
  (kind: number, symbol: (node: EsNode) => string = () => ''): Lowering =>
  (into, node, role) =>
    into.record(kind, role, node, [[child(node, 'argument'), R.Operand]], symbol(node));

const twoSided =
  (kind: number): Lowering =>
  (into, node, role) =>
    into.record(kind, role, node, [[child(node, 'left'), R.Left], [child(node, 'right'), R.Right]], word(node, 'operator'));

const keyword =
  (name: string): Lowering =>
  (into, node, role) =>
    into.name(node, role, name);

export const expressions: Record<string, Lowering> = {
  // In TypeScript the span of a parameter's name goes on over its type.
  Identifier: (into, node, role) => into.leaf(K.Name, role, node.start, isNode(node['typeAnnotation']) || node['optional'] === true ? node.start + word(node, 'name').length : node.end, word(node, 'name')),
  PrivateIdentifier: (into, node, role) => into.name(node, role, `#${word(node, 'name')}`),
  Literal: literal,
  TemplateLiteral: template,
  TaggedTemplateExpression: (into, node, role) => {
    into.open(K.Call, role, node.start, node.end);
    into.put(child(node, 'tag'), R.Callee);
    const quasi = child(node, 'quasi');
    if (quasi !== undefined) into.list(K.Args, R.Args, [quasi], quasi.start, quasi.end);
    into.close();
  },
  CallExpression: (into, node, role) => call(into, node, role, K.Call),
  NewExpression: (into, node, role) => call(into, node, role, K.New),
  ImportExpression: (into, node, role) => {
    into.open(K.Call, role, node.start, node.end);
    into.leaf(K.Name, R.Callee, node.start, node.start + 6, 'import');
    const source = child(node, 'source');
    if (source !== undefined) into.list(K.Args, R.Args, [source], source.start, source.end);
    into.close();
  },
  MemberExpression: (into, node, role) => {
    const computed = node['computed'] === true;
    into.record(computed ? K.Index : K.Member, role, node, [[child(node, 'object'), R.Object], [child(node, 'property'), computed ? R.Key : R.Name]]);
  },
  ChainExpression: through('expression'),
  ParenthesizedExpression: through('expression'),
  TSNonNullExpression: through('expression'),
  TSInstantiationExpression: through('expression'),
  TSAsExpression: cast,
  TSSatisfiesExpression: cast,
  TSTypeAssertion: cast,
  UnaryExpression: operand(K.Unary, (node) => word(node, 'operator')),
  UpdateExpression: operand(K.Unary, (node) => (node['prefix'] === true ? word(node, 'operator') : `x${word(node, 'operator')}`)),
  AwaitExpression: operand(K.Await),
  YieldExpression: operand(K.Yield),
  SpreadElement: operand(K.Spread),
  RestElement: operand(K.Spread),
  BinaryExpression: twoSided(K.Binary),
  LogicalExpression: twoSided(K.Binary),
  AssignmentExpression: (into, node, role) => twoSided(word(node, 'operator') === '=' ? K.Assign : K.AugAssign)(into, node, role),
  AssignmentPattern: (into, node, role) => into.record(K.Assign, role, node, [[child(node, 'left'), R.Left], [child(node, 'right'), R.Right]], '='),
  ConditionalExpression: (into, node, role) =>
    into.record(K.Conditional, role, node, [[child(node, 'test'), R.Condition], [child(node, 'consequent'), R.Then], [child(node, 'alternate'), R.Else]]),
  SequenceExpression: list(K.Sequence, 'expressions'),
  ArrayExpression: list(K.Array, 'elements'),
  ArrayPattern: list(K.Array, 'elements'),
  ObjectExpression: list(K.Object, 'properties'),
  ObjectPattern: (into, node, role) => into.list(K.Object, role, children(node, 'properties'), node.start, child(node, 'typeAnnotation')?.start ?? node.end),
  Property: pair,
  ThisExpression: keyword('this'),
  Super: keyword('super'),
};

/** The inside of a string as it is written, quotes off. */
function inside(into: ScriptLowering, node: EsNode): string {
  return into.text.slice(node.start + 1, node.end - 1);
}

function literal(into: ScriptLowering, node: EsNode, role: number): void {
  const { value } = node;
  const pattern = node['regex'];
  if (typeof value === 'string') into.leaf(K.Str, role, node.start, node.end, inside(into, node));
  else if (typeof value === 'boolean') into.leaf(K.Bool, role, node.start, node.end, String(value));
  else if (typeof pattern === 'object' && pattern !== null) into.leaf(K.Regexp, role, node.start, node.end, into.text.slice(node.start, node.end));
  else if (value === null && into.text[node.start] === 'n') into.leaf(K.Null, role, node.start, node.end, 'null');
  else into.leaf(K.Num, role, node.start, node.end, into.text.slice(node.start, node.end));
}

function template(into: ScriptLowering, node: EsNode, role: number): void {
  const values = children(node, 'expressions');
  const texts = children(node, 'quasis');
  if (values.length === 0) return into.leaf(K.Str, role, node.start, node.end, inside(into, node));
  into.open(K.Template, role, node.start, node.end);
  // Parsers differ in whether the spans of texts hold the delimiters round them.
  const wide = texts[0]?.start === node.start;
  texts.forEach((text, at) => {
    const start = wide ? text.start + 1 : text.start;
    const end = wide ? text.end - (at === texts.length - 1 ? 1 : 2) : text.end;
    const raw = rawOf(text);
    if (raw !== '') into.leaf(K.Str, R.None, start, end, raw);
    into.put(values[at], R.None);
  });
  into.close();
}

function rawOf(quasi: EsNode): string {
  const { value } = quasi;
  const raw = typeof value === 'object' && value !== null ? (value as { raw?: unknown }).raw : undefined;
  return typeof raw === 'string' ? raw : '';
}

function call(into: ScriptLowering, node: EsNode, role: number, kind: number): void {
  into.open(kind, role, node.start, node.end);
  const callee = child(node, 'callee');
  into.put(callee, R.Callee);
  into.list(K.Args, R.Args, children(node, 'arguments'), callee?.end ?? node.start, node.end);
  into.close();
}

function cast(into: ScriptLowering, node: EsNode, role: number): void {
  into.record(K.Cast, role, node, [[child(node, 'expression'), R.Operand], [child(node, 'typeAnnotation'), R.Type]]);
}

function pair(into: ScriptLowering, node: EsNode, role: number): void {
  into.open(K.Pair, role, node.start, node.end);
  putKey(into, node, R.Key);
  const { value } = node;
  if (isNode(value)) into.put(value, R.Value);
  into.close();
}

/** A key that is a string is a name: `{ 'a': 1 }` is `{ a: 1 }`. */
export function putKey(into: ScriptLowering, node: EsNode, role: number): void {
  const key = child(node, 'key');
  if (key === undefined) return;
  if (node['computed'] !== true && key.type === 'Literal' && typeof key['value'] === 'string') into.name(key, role, inside(into, key));
  else into.put(key, role);
}
