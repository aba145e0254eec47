import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import { builtinRules } from './builtin-calls.ts';
import { generator } from './comprehensions.ts';
import type { Lowering } from './lowering.ts';
import { fieldsOf, asNumber, interleaved } from './percent-format.ts';
import type { Node } from '../syntax/tree-reader.ts';

/** What a call passes: by place, then by name. */
export interface Arguments {
  readonly values: readonly Value[];
  readonly keywords: readonly string[];
}

export function argumentsOf(py: Lowering, node: Node): Arguments {
  const { tree, build } = py;
  if (tree.kind(node) === 'generator_expression') return { values: [generator(py, node)], keywords: [] };
  const placed: Value[] = [];
  const named: Value[] = [];
  const keywords: string[] = [];
  for (const child of tree.children(node)) {
    const kind = tree.kind(child);
    if (kind === 'keyword_argument' || kind === 'dictionary_splat') {
      keywords.push(kind === 'keyword_argument' ? tree.source(tree.field(child, 'name')) : '**');
      named.push(py.expression(kind === 'keyword_argument' ? tree.field(child, 'value') : tree.child(child)));
    } else if (kind === 'list_splat') placed.push(build.emit(op.spread, py.span(child), py.expression(tree.child(child))));
    else placed.push(py.expression(child));
  }
  return { values: [...placed, ...named], keywords };
}

export function call(py: Lowering, node: Node): Value {
  const { tree, build } = py;
  const callee = tree.field(node, 'function');
  const args = tree.field(node, 'arguments');
  const kind = tree.kind(callee);
  if (kind === 'attribute') return methodCall(py, node, callee, args);
  if (kind === 'identifier') {
    const name = tree.source(callee);
    if (py.isBuiltin(name)) return builtinCall(py, node, name, args);
    if (passesReceiver(py, args) && isParameterOfOuter(py, name)) return withReceiver(py, node, py.expression(callee), args);
  }
  const value = py.expression(callee);
  const { values, keywords } = argumentsOf(py, args);
  return build.call(value, values, py.span(node), { keywords });
}

function builtinCall(py: Lowering, node: Node, name: string, args: Node): Value {
  const { values, keywords } = argumentsOf(py, args);
  const placed = values.slice(0, values.length - keywords.length);
  const named = keywords.map((keyword, at) => ({ name: keyword, value: values[placed.length + at] as Value }));
  const rule = placed.some((value) => py.module.opOf(value) === op.spread) ? undefined : builtinRules.get(name);
  const made = rule?.({ py, node, values: placed, keywords: named });
  return made ?? py.build.call(py.read(name, py.tree.field(node, 'function')), values, py.span(node), { keywords });
}

function methodCall(py: Lowering, node: Node, callee: Node, args: Node): Value {
  const { tree, build } = py;
  const object = tree.field(callee, 'object');
  const name = tree.source(tree.field(callee, 'attribute'));
  const above = superOf(py, object);
  if (above !== undefined) return superCall(py, node, { bases: above, name, args });
  if (namesClass(py, object) && passesReceiver(py, args)) return withReceiver(py, node, ofInstances(py, py.expression(object), name, callee), args);
  const receiver = py.expression(object);
  const passed = tree.children(args);
  if (passed.length === 0 && (name === 'items' || name === 'iteritems' || name === 'keys' || name === 'iterkeys')) return pairsOf(py, receiver, name.endsWith('items'), node);
  const { values, keywords } = argumentsOf(py, args);
  const text = textMethod(py, { receiver, name, args: { values, keywords }, node });
  return text ?? ofNumberType(py, args, build.invoke(receiver, name, values, py.span(node), { keywords }), node);
}

const numberTypes: ReadonlySet<string> = new Set(['int', 'float', 'bool']);

/** `request.args.get('page', type=int)` gives a number. */
function ofNumberType(py: Lowering, args: Node, made: Value, node: Node): Value {
  const { tree } = py;
  const type = tree.children(args).find((child) => tree.kind(child) === 'keyword_argument' && tree.source(tree.field(child, 'name')) === 'type');
  const name = type === undefined ? '' : tree.source(tree.field(type, 'value'));
  return numberTypes.has(name) && py.isBuiltin(name) ? py.build.emit(op.typed, py.span(node), made, py.module.text(name)) : made;
}

/** `{...}.items()` and `.keys()`: pairs that keep keys and values apart. */
function pairsOf(py: Lowering, receiver: Value, both: boolean, node: Node): Value {
  const span = py.span(node);
  const list = py.build.emit(op.array, span);
  const key = py.build.emit(op.key, span, receiver);
  py.addTo(list, both ? py.list([key, py.build.emit(op.element, span, receiver)], node) : key, node);
  return list;
}

interface TextCall {
  readonly receiver: Value;
  readonly name: string;
  readonly args: Arguments;
  readonly node: Node;
}

/** Methods of texts that put others together. */
function textMethod(py: Lowering, { receiver, name, args, node }: TextCall): Value | undefined {
  const known = py.module.constantOf(receiver);
  const isText = known?.kind === 'string' || py.module.opOf(receiver) === op.concat;
  const { values, keywords } = args;
  const [first] = values;
  if (!isText) return undefined;
  if (name === 'format') return known === undefined ? py.build.concat([receiver, ...values], py.span(node)) : format(py, known.text, args, node);
  if (name === 'join' && first !== undefined && keywords.length === 0) {
    const element = py.build.emit(op.element, py.span(node), first);
    return py.build.concat([element, receiver, element], py.span(node));
  }
  return undefined;
}

function format(py: Lowering, text: string, { values, keywords }: Arguments, node: Node): Value {
  const read = fieldsOf(text);
  const placed = values.slice(0, values.length - keywords.length);
  if (read === undefined || keywords.includes('**') || placed.some((value) => py.module.opOf(value) === op.spread)) return py.build.concat([py.text(text), ...values], py.span(node));
  let next = 0;
  const shown = read.fields.map(({ first, members, number }) => {
    const at = /^\d+$/.test(first) ? Number(first) : first === '' ? next++ : placed.length + keywords.indexOf(first);
    const base = values[at] ?? py.module.nothing();
    const value = members.reduce((from, { name, element }) => (element ? py.item(from, py.text(name), node) : py.build.load(from, name, py.span(node))), base);
    return number ? asNumber(py, value, node) : value;
  });
  return interleaved(py, read.texts, shown, node);
}

// Receivers that are passed by hand

/** The bases of the class whose method this is, where `super()` stands for them. */
function superOf(py: Lowering, object: Node): readonly Value[] | undefined {
  const { tree, frame } = py;
  if (tree.kind(object) !== 'call' || tree.source(tree.field(object, 'function')) !== 'super' || frame.receiver === undefined) return undefined;
  return frame.method?.bases;
}

function superCall(py: Lowering, node: Node, { bases, name, args }: { bases: readonly Value[]; name: string; args: Node }): Value {
  const { values, keywords } = argumentsOf(py, args);
  const span = py.span(node);
  if (bases.length === 0) return py.unknown(node);
  const methods = bases.map((base) => ofInstances(py, base, name, node));
  return py.build.call(py.build.phi(methods, span), values, span, { receiver: py.frame.receiver?.value ?? -1, keywords });
}

/** What a class gives its instances under a name; its constructor is the class itself. */
function ofInstances(py: Lowering, type: Value, name: string, node: Node): Value {
  if (name === '__init__') return type;
  return py.build.load(py.build.load(type, 'prototype', py.span(node)), name, py.span(node));
}

/** `Base` in `Base.__init__(self, ...)`, by the way classes are named. */
function namesClass({ tree }: Lowering, object: Node): boolean {
  const last = tree.kind(object) === 'attribute' ? tree.field(object, 'attribute') : object;
  return tree.kind(last) === 'identifier' && /^_*[A-Z]/.test(tree.source(last));
}

function passesReceiver({ tree, frame }: Lowering, args: Node): boolean {
  const first = tree.child(args);
  return frame.receiver !== undefined && tree.kind(first) === 'identifier' && tree.source(first) === frame.receiver.name;
}

function isParameterOfOuter(py: Lowering, name: string): boolean {
  const scope = py.frame.scope.resolve(name)?.scope;
  return scope !== undefined && scope.kind === 'function' && scope !== py.frame.scope.runsIn;
}

function withReceiver(py: Lowering, node: Node, callee: Value, args: Node): Value {
  const { values: [receiver = -1, ...values], keywords } = argumentsOf(py, args);
  return py.build.call(callee, values, py.span(node), { receiver, keywords });
}
