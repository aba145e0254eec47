import type { Span, Value } from '../ir/module-builder.ts';
import { constantOf } from './constants.ts';
import type { Contents } from './contents.ts';
import { booleanType, intType, onlyName, stringType } from './java-type.ts';
import type { Lowering, Typed } from './lowering.ts';

/** A call of a method on a container whose contents are known. */
export interface ContainerCall {
  readonly java: Lowering;
  readonly contents: Contents;
  readonly name: string;
  readonly args: readonly Typed[];
  /** The container itself, and what the call gives as far as the library's description knows. */
  readonly receiver: Typed;
  readonly result: Value;
  readonly span: Span;
}

type Effect = (call: ContainerCall) => Typed | undefined;

/** Methods that change nothing and whose result hides nothing that could. */
const harmless: ReadonlySet<string> = new Set(`size isEmpty contains containsKey containsValue containsAll indexOf lastIndexOf toString hashCode equals stream forEach toArray
  length charAt capacity ensureCapacity codePointAt getChars substring keySet get getProperty getOrDefault elementAt peek getFirst getLast firstElement lastElement trimToSize flush close`.split(/\s+/));

/** What the call gives, when the contents tell; they are followed in any case. */
export function containerCall(call: ContainerCall): Typed | undefined {
  const { contents, name, java } = call;
  if (!contents.known) return contents.flavour === 'text' ? textCall(call) : undefined;
  const effects = contents.flavour === 'map' ? mapEffects : contents.flavour === 'text' ? textEffects : listEffects;
  const effect = effects.get(name);
  if (effect !== undefined) return effect(call);
  if (!harmless.has(name) && java.build.reachable) contents.lose();
  return undefined;
}

// Lists

const end = ({ contents }: ContainerCall): number => contents.length ?? 0;
const element = ({ receiver, java }: ContainerCall, value: Value | undefined, at = 0): Typed => ({ value: value ?? java.nothing(), type: receiver.type?.arguments[at] });
const same = (call: ContainerCall): Typed => ({ value: call.result, type: undefined });

function index(call: ContainerCall, at: number, most: number): number | undefined {
  const arg = call.args[at];
  const found = arg === undefined ? undefined : constantOf(call.java.module, arg);
  return typeof found?.plain === 'number' && Number.isInteger(found.plain) && found.plain >= 0 && found.plain < most ? found.plain : undefined;
}

function lost(call: ContainerCall): undefined {
  call.contents.lose();
}

function insertAt(call: ContainerCall, at: number | undefined, value: Typed | undefined): Typed | undefined {
  if (at === undefined || value === undefined) return lost(call);
  call.contents.insert(at, value.value);
  return same(call);
}

const add: Effect = (call) =>
  (call.args.length === 2 ? insertAt(call, index(call, 0, end(call) + 1), call.args[1]) : insertAt(call, end(call), call.args.length === 1 ? call.args[0] : undefined));

function takeAt(call: ContainerCall, at: number | undefined): Typed | undefined {
  return at === undefined || at < 0 || at >= end(call) ? lost(call) : element(call, call.contents.remove(at));
}

function readAt(call: ContainerCall, at: number | undefined): Typed | undefined {
  return at === undefined || at < 0 || at >= end(call) ? undefined : element(call, call.contents.get(String(at)));
}

const removed: Effect = (call) => {
  const [arg] = call.args;
  if (arg === undefined) return takeAt(call, 0);
  return onlyName(arg.type) === 'int' ? takeAt(call, index(call, 0, end(call))) : lost(call);
};

const replaced: Effect = (call) => {
  const at = index(call, 0, end(call));
  const [, fresh] = call.args;
  if (at === undefined || fresh === undefined) return lost(call);
  const old = call.contents.get(String(at));
  call.contents.set(String(at), fresh.value);
  return element(call, old);
};

const counted: Effect = (call) => ({ value: call.java.module.literal('number', String(end(call))), type: intType });
const top = (call: ContainerCall): number => (call.contents.flavour === 'stack' ? end(call) - 1 : 0);
const cleared: Effect = (call) => {
  call.contents.begin();
  return same(call);
};

const listEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['add', add], ['addElement', add], ['addLast', add], ['offer', add], ['offerLast', add],
  ['addFirst', (call) => insertAt(call, 0, call.args[0])],
  ['offerFirst', (call) => insertAt(call, 0, call.args[0])],
  ['push', (call) => insertAt(call, call.contents.flavour === 'stack' ? end(call) : 0, call.args[0])],
  ['get', (call) => readAt(call, index(call, 0, end(call)))],
  ['elementAt', (call) => readAt(call, index(call, 0, end(call)))],
  ['set', replaced],
  ['remove', removed],
  ['removeFirst', (call) => takeAt(call, 0)], ['poll', (call) => takeAt(call, 0)], ['pollFirst', (call) => takeAt(call, 0)],
  ['pop', (call) => takeAt(call, top(call))],
  ['removeLast', (call) => takeAt(call, end(call) - 1)], ['pollLast', (call) => takeAt(call, end(call) - 1)],
  ['peek', (call) => readAt(call, top(call))], ['getFirst', (call) => readAt(call, 0)], ['peekFirst', (call) => readAt(call, 0)], ['firstElement', (call) => readAt(call, 0)],
  ['element', (call) => readAt(call, 0)],
  ['getLast', (call) => readAt(call, end(call) - 1)], ['peekLast', (call) => readAt(call, end(call) - 1)], ['lastElement', (call) => readAt(call, end(call) - 1)],
  ['clear', cleared], ['removeAllElements', cleared],
  ['size', counted],
  ['isEmpty', (call) => ({ value: call.java.truth(end(call) === 0), type: booleanType })],
]);

// Maps

function keyOf(call: ContainerCall): string | undefined {
  const [arg] = call.args;
  const found = arg === undefined ? undefined : constantOf(call.java.module, arg);
  return found === undefined || found.plain === null ? undefined : `${typeof found.plain}:${String(found.plain)}`;
}

const put: Effect = (call) => {
  const key = keyOf(call);
  const [, value] = call.args;
  if (key === undefined || value === undefined) return lost(call);
  call.contents.set(key, value.value);
  return same(call);
};

const got: Effect = (call) => {
  const key = keyOf(call);
  if (key === undefined) return undefined;
  const [name, otherwise] = call.args;
  const own = call.contents.get(key);
  const resource = own === undefined && name !== undefined ? call.contents.get(resourceKey) : undefined;
  const text = resource === undefined || name === undefined ? undefined : call.java.module.constantOf(name.value)?.text;
  if (resource === undefined || text === undefined) return element(call, own ?? otherwise?.value, 1);
  return { value: call.java.build.invoke(resource, text, otherwise === undefined ? [] : [otherwise.value], call.span), type: stringType };
};

/** `load` of a resource of the program: what was put before is written over, and what is not in the file is not known. */
const loaded: Effect = (call) => {
  const resource = call.args.length === 1 && call.args[0] !== undefined ? call.java.resources.get(call.args[0].value) : undefined;
  if (resource === undefined) return lost(call);
  call.contents.begin();
  call.contents.set(resourceKey, resource);
  return same(call);
};

/** The key under which properties keep the module that they were read from. */
const resourceKey = 'resource';

const dropped: Effect = (call) => {
  const key = keyOf(call);
  if (key === undefined || call.args.length !== 1) return lost(call);
  const old = call.contents.get(key);
  call.contents.forget(key);
  return element(call, old, 1);
};

const mapEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['put', put], ['setProperty', put], ['get', got], ['getProperty', got], ['getOrDefault', got], ['remove', dropped], ['load', loaded],
  ['clear', cleared],
]);

// Texts

/** The key under which a text builder keeps its text. */
export const textKey = 'text';

export function textOf(java: Lowering, contents: Contents): Value {
  return contents.get(textKey) ?? java.text('');
}

function become(call: ContainerCall, operands: readonly Value[]): Typed {
  const { java, contents, receiver, span } = call;
  contents.set(textKey, java.build.concat(operands, span));
  return { ...receiver, holder: contents };
}

const current = ({ java, contents }: ContainerCall): Value => textOf(java, contents);
const appended: Effect = (call) => become(call, call.args[0] === undefined ? [current(call)] : [current(call), call.args[0].value]);

const inserted: Effect = (call) => {
  const [, value] = call.args;
  if (value === undefined) return lost(call);
  return become(call, index(call, 0, 1) === 0 ? [value.value, current(call)] : [current(call), value.value]);
};

/** What is cut, turned or written over still holds parts of what was there. */
const changed: Effect = (call) => {
  const rest = call.args.slice(call.name === 'replace' ? 2 : call.args.length).map(({ value }) => value);
  const before = current(call);
  const kept = call.java.module.constantOf(before) === undefined ? before : call.java.unknown(-1).value;
  return become(call, [kept, ...rest]);
};

const reversed: Effect = (call) => {
  const constant = call.java.module.constantOf(current(call));
  return constant?.kind === 'string' ? become(call, [call.java.text([...constant.text].reverse().join(''))]) : changed(call);
};

const shortened: Effect = (call) => {
  if (index(call, 0, 1) !== 0) return changed(call);
  call.contents.set(textKey, call.java.text(''));
  return same(call);
};

const told: Effect = (call) => ({ value: current(call), type: stringType });

const textEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['append', appended], ['write', appended], ['insert', inserted], ['reverse', reversed],
  ['toString', told], ['delete', changed], ['deleteCharAt', changed], ['setCharAt', changed], ['replace', changed], ['setLength', shortened],
  ['substring', (call) => ({ value: call.java.build.invoke(current(call), 'substring', call.args.map(({ value }) => value), call.span), type: stringType })],
]);

/** A text builder that others may have written to: what was seen here, and what the library's description knows. */
function textCall(call: ContainerCall): Typed | undefined {
  const { java, contents, name, result, span } = call;
  if (name === 'toString') return { value: java.build.concat([textOf(java, contents), result], span), type: stringType };
  const effect = textEffects.get(name);
  return effect === undefined || name === 'substring' ? undefined : effect(call);
}
