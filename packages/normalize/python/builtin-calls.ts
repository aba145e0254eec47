import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { Lowering } from './lowering.ts';
import type { Node } from '../syntax/tree-reader.ts';

export interface BuiltinCall {
  readonly py: Lowering;
  readonly node: Node;
  /** What is passed by place. */
  readonly values: readonly Value[];
  readonly keywords: readonly { readonly name: string; readonly value: Value }[];
}

/** Gives undefined where the call is one like any other. */
type Rule = (call: BuiltinCall) => Value | undefined;

const text: Rule = ({ py, node, values: [first] }) => (first === undefined ? py.text('') : py.build.concat([first], py.span(node)));
const elementOf = ({ py, node }: BuiltinCall, of: Value): Value => py.build.emit(op.element, py.span(node), of);

/** A list whose every element is `value`. */
function listOf({ py, node }: BuiltinCall, value: Value): Value {
  const list = py.list([], node);
  py.addTo(list, value, node);
  return list;
}

const copied: Rule = (call) => {
  const [first] = call.values;
  return first === undefined ? call.py.list([], call.node) : listOf(call, elementOf(call, first));
};

const dictionary: Rule = ({ py, node, values: [first], keywords }) => {
  const more = keywords.filter(({ name }) => name === '**').map(({ value }) => value);
  const from = [...(first === undefined ? [] : [first]), ...more];
  const made = from.length === 0 ? py.build.emit(op.object, py.span(node)) : py.build.emit(op.copy, py.span(node), py.build.phi(from, py.span(node)));
  for (const { name, value } of keywords) if (name !== '**') py.setItem(made, py.text(name), value, node);
  return made;
};

const getter: Rule = ({ py, node, values: [object, name, fallback] }) => {
  if (object === undefined || name === undefined) return undefined;
  const value = py.build.loadAt(object, name, py.span(node));
  return fallback === undefined ? value : py.build.phi([value, fallback], py.span(node));
};

const setter: Rule = ({ py, node, values: [object, name, value] }) =>
  object === undefined || name === undefined || value === undefined ? undefined : py.build.storeAt(object, name, value, py.span(node));

const next: Rule = (call) => {
  const [from, fallback] = call.values;
  if (from === undefined) return undefined;
  const value = elementOf(call, from);
  return fallback === undefined ? value : call.py.build.phi([value, fallback], call.py.span(call.node));
};

const mapped: Rule = (call) => {
  const [fn, ...lists] = call.values;
  return fn === undefined ? undefined : listOf(call, call.py.build.call(fn, lists.map((list) => elementOf(call, list)), call.py.span(call.node)));
};

const filtered: Rule = ({ py, node, values: [fn, list] }) => {
  if (fn === undefined || list === undefined) return undefined;
  const span = py.span(node);
  if (py.module.constantOf(fn) === undefined) py.build.call(fn, [py.build.emit(op.element, span, list)], span);
  return py.part(list, node);
};

const zipped: Rule = (call) => listOf(call, call.py.list(call.values.map((list) => elementOf(call, list)), call.node));
const enumerated: Rule = (call) => {
  const [list] = call.values;
  return list === undefined ? undefined : listOf(call, call.py.list([call.py.unknown(call.node), elementOf(call, list)], call.node));
};

const isInstance: Rule = ({ py, node, values: [value, type] }) => (value === undefined || type === undefined ? undefined : py.build.test('instanceof', value, type, py.span(node)));

/** Functions of the language that hand on what they get, in terms of the normal form. */
export const builtinRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['list', copied], ['tuple', copied], ['set', copied], ['frozenset', copied], ['sorted', copied], ['reversed', copied], ['iter', copied], ['aiter', copied],
  ['str', text], ['unicode', text], ['format', text],
  ['dict', dictionary], ['getattr', getter], ['setattr', setter], ['next', next], ['anext', next],
  ['map', mapped], ['filter', filtered], ['zip', zipped], ['enumerate', enumerated], ['isinstance', isInstance],
]);
