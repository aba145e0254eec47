import { op } from '#model/ir.ts';
import type { Value } from '../ir/module-builder.ts';
import type { ClassInfo, MethodInfo } from './class-info.ts';
import { foldStaticMethod, foldStringMethod } from './constant-calls.ts';
import { constantOf, type JavaConstant, literalOf } from './constants.ts';
import { containerCall } from './container-calls.ts';
import { Contents, flavourOf } from './contents.ts';
import type { Node } from '../syntax/tree-reader.ts';
import { booleanType, charType, intType, isString, type JavaType, onlyName, plainType, primitiveOf, stringType } from './java-type.ts';
import type { ExpressionRule, Lowering, StatementRule, Typed } from './lowering.ts';
import { typeNamed } from './names.ts';
import { part } from './operators.ts';

/** Methods whose name says what they give, whatever they are called on. */
const telling: ReadonlyMap<string, JavaType> = new Map([
  ...['toString', 'substring', 'toLowerCase', 'toUpperCase', 'trim', 'strip', 'replaceAll', 'replaceFirst', 'intern'].map((name) => [name, stringType] as const),
  ...['length', 'size', 'hashCode', 'indexOf', 'lastIndexOf', 'compareTo', 'intValue', 'ordinal'].map((name) => [name, intType] as const),
  ...['equals', 'isEmpty', 'contains', 'startsWith', 'endsWith', 'equalsIgnoreCase', 'matches', 'hasNext', 'containsKey'].map((name) => [name, booleanType] as const),
  ['charAt', charType],
]);

/** Methods that only a text has: what they are called on is one. */
const ofTexts: ReadonlySet<string> = new Set(`charAt toCharArray equalsIgnoreCase toLowerCase toUpperCase trim strip startsWith endsWith replaceAll replaceFirst compareToIgnoreCase intern
  regionMatches codePointAt getBytes concat split stripLeading stripTrailing`.split(/\s+/));

const invocation: ExpressionRule = (java, node) => {
  const { tree } = java;
  const name = tree.source(tree.field(node, 'name'));
  const object = tree.field(node, 'object');
  if (tree.has(node, 'super') || tree.kind(object) === 'super') return superCall(java, node, name);
  if (object < 0) return ownCall(java, node, name);
  const type = typeNamed(java, object);
  return type === undefined ? instanceCall(java, node, name, object) : staticCall(java, node, name, type);
};

export function argumentNodes(java: Lowering, node: Node): Node[] {
  return java.tree.children(java.tree.field(node, 'arguments'));
}

function lowerArguments(java: Lowering, node: Node, texts = false): Typed[] {
  return argumentNodes(java, node).map((one) => (texts ? part(java, one) : java.expression(one)));
}

const values = (args: readonly Typed[]): Value[] => args.map(({ value }) => value);

function constants(java: Lowering, args: readonly Typed[]): JavaConstant[] | undefined {
  const found: JavaConstant[] = [];
  for (const arg of args) {
    const constant = constantOf(java.module, arg);
    if (constant === undefined) return undefined;
    found.push(constant);
  }
  return found;
}

// Calls on a value

function instanceCall(java: Lowering, node: Node, name: string, object: Node): Typed {
  const receiver = java.held(object);
  const args = lowerArguments(java, node, receiver.holder?.flavour === 'text' || name === 'append');
  const folded = foldedMethod(java, receiver, name, args);
  if (folded !== undefined) return folded;
  const span = java.span(node);
  const known = receiver.type === undefined && receiver.holder === undefined && ofTexts.has(name) ? java.typed(receiver.value, stringType, object) : receiver.value;
  const called = java.build.invoke(known, name, values(args), span);
  const isBuilder = flavourOf(onlyName(receiver.type)) === 'text';
  const result = isBuilder ? textInHands(java, { receiver: known, name, args, called, node }) : called;
  if (receiver.holder !== undefined) {
    const found = containerCall({ java, contents: receiver.holder, name, args, receiver, result, span });
    if (found !== undefined) return withElementType(java, found, node);
  }
  if (isBuilder && chained.has(name)) return receiver;
  const info = methodOf(java.classOf(receiver.type), name, args.length);
  if (info !== undefined) return java.converted({ value: result, type: undefined }, info.returns, node);
  if (name === 'getResourceAsStream') return resourceStream(java, result, args);
  return withElementType(java, { value: result, type: resultType(receiver.type, name, args.length) }, node);
}

const writers: ReadonlySet<string> = new Set(['append', 'insert', 'replace', 'write']);

/** A text builder that others hold as well is an object with what was written to it. */
function textInHands(java: Lowering, call: { receiver: Value; name: string; args: readonly Typed[]; called: Value; node: Node }): Value {
  const { receiver, name, args, called, node } = call;
  const span = java.span(node);
  if (writers.has(name)) {
    const parts = args.filter(({ value, type }) => java.module.constantOf(value) === undefined && primitiveOf(type) === undefined);
    for (const { value } of parts) java.build.emit(op.storeAt, span, receiver, java.unknown(node).value, value);
  }
  return name === 'toString' || name === 'substring' ? java.build.concat([java.build.emit(op.element, span, receiver), called], span) : called;
}

/** A file of properties that the program brings along is a module of the program. */
function resourceStream(java: Lowering, value: Value, [path]: readonly Typed[]): Typed {
  const name = path === undefined ? undefined : java.module.constantOf(path.value);
  if (name?.kind === 'string' && name.text.endsWith('.properties')) java.resources.set(value, java.importOf([`classpath:${name.text}`]));
  return { value, type: plainType('java.io.InputStream') };
}

const chained: ReadonlySet<string> = new Set(['append', 'insert', 'reverse', 'delete', 'deleteCharAt', 'replace']);

function foldedMethod(java: Lowering, receiver: Typed, name: string, args: readonly Typed[]): Typed | undefined {
  const self = receiver.holder === undefined ? constantOf(java.module, receiver) : undefined;
  const given = self === undefined ? undefined : constants(java, args);
  const found = self === undefined || given === undefined ? undefined : foldStringMethod(self, name, given);
  return found === undefined ? undefined : literalOf(java.module, found.plain, found.type);
}

const elements: ReadonlyMap<string, number> = new Map([
  ['java.util.Enumeration.nextElement', 0], ['java.util.Iterator.next', 0], ['java.util.ListIterator.next', 0], ['java.util.Map.get', 1], ['java.util.HashMap.get', 1],
  ['java.util.List.get', 0], ['java.util.ArrayList.get', 0], ['java.util.Map.Entry.getKey', 0], ['java.util.Map.Entry.getValue', 1], ['java.util.Optional.get', 0],
  ['java.util.Optional.orElse', 0], ['java.util.LinkedList.get', 0], ['java.util.Stack.pop', 0], ['java.util.Queue.poll', 0],
]);

function resultType(receiver: JavaType | undefined, name: string, count: number): JavaType | undefined {
  const owner = onlyName(receiver);
  if (owner !== undefined) {
    const at = elements.get(`${owner}.${name}`);
    if (at !== undefined) return receiver?.arguments[at];
    if (name === 'split' && isString(receiver)) return { ...stringType, dimensions: 1 };
    if (isString(receiver) && ['replace', 'concat', 'repeat', 'formatted'].includes(name)) return stringType;
  }
  return count === 0 || name !== 'toString' ? telling.get(name) : undefined;
}

/** What comes out of a container is of the type that its declaration says. */
function withElementType(java: Lowering, found: Typed, node: Node): Typed {
  if (found.type === undefined || primitiveOf(found.type) !== undefined || isString(found.type) || found.holder !== undefined) return found;
  return { value: java.typed(found.value, found.type, node), type: found.type };
}

// Calls by a class's name

function staticCall(java: Lowering, node: Node, name: string, type: JavaType): Typed {
  const owner = onlyName(type);
  const args = lowerArguments(java, node, owner === 'java.lang.String');
  const given = owner === undefined ? undefined : constants(java, args);
  const folded = owner === undefined || given === undefined ? undefined : foldStaticMethod(owner, name, given);
  const literal = folded === undefined ? undefined : literalOf(java.module, folded.plain, folded.type);
  if (literal !== undefined) return literal;
  const [first] = args;
  if (owner === 'java.lang.String' && name === 'valueOf' && args.length === 1 && first !== undefined && first.type?.dimensions !== 1) {
    return { value: java.build.concat([first.value], java.span(node)), type: stringType };
  }
  if (owner !== undefined && listMakers.has(`${owner}.${name}`)) return listOf(java, args, node);
  const value = java.build.invoke(java.classValue(type), name, values(args), java.span(node));
  const info = methodOf(java.classOf(type), name, args.length);
  if (info !== undefined) return java.converted({ value, type: undefined }, info.returns, node);
  return { value, type: staticResult(owner, name) };
}

function staticResult(owner: string | undefined, name: string): JavaType | undefined {
  if (owner === 'java.lang.String') return stringType;
  if (name === 'toString' || (owner === 'java.lang.System' && (name === 'getProperty' || name === 'getenv'))) return stringType;
  return owner === 'java.lang.Integer' && name === 'parseInt' ? intType : undefined;
}

const listMakers: ReadonlySet<string> = new Set(['java.util.Arrays.asList', 'java.util.List.of', 'java.util.Set.of', 'java.util.Collections.singletonList', 'java.util.Collections.singleton',
  'com.google.common.collect.Lists.newArrayList', 'com.google.common.collect.ImmutableList.of', 'com.google.common.collect.ImmutableSet.of', 'com.google.common.collect.Sets.newHashSet']);

/** A list of the arguments; a single one that may be an array is the list itself. */
function listOf(java: Lowering, args: readonly Typed[], node: Node): Typed {
  const type = { names: ['java.util.List'], dimensions: 0, arguments: [] };
  const span = java.span(node);
  const [first] = args;
  if (first !== undefined && args.length === 1 && (first.type?.dimensions ?? 1) > 0) return { value: java.typed(first.value, type, node), type };
  const made = java.build.emit(op.array, span);
  args.forEach((arg, at) => java.build.store(made, String(at), arg.value, span));
  const value = java.typed(made, type, node);
  if (!java.build.reachable) return { value, type };
  const holder = new Contents('list', java.build, java.module);
  holder.begin();
  for (const arg of args) holder.insert(holder.length ?? 0, arg.value);
  return { value, type, holder };
}

// Calls of own methods

function ownCall(java: Lowering, node: Node, name: string): Typed {
  const args = lowerArguments(java, node);
  const span = java.span(node);
  const owner = declaring(java, name);
  if (owner === undefined) return inheritedCall(java, node, name, args);
  const info = methodOf(owner, name, args.length) ?? owner.methods.get(name)?.[0];
  const self = info?.isStatic === true ? undefined : java.thisOf(owner, node);
  const value = java.build.invoke(self ?? owner.value, name, values(args), span);
  return java.converted({ value, type: undefined }, info?.returns, node);
}

/** The innermost class round the code that declares a method of that name. */
function declaring(java: Lowering, name: string): ClassInfo | undefined {
  for (let owner = java.frame.owner; owner !== undefined; owner = owner.outer ?? owner.frame?.owner) if (owner.methods.has(name)) return owner;
  return undefined;
}

function inheritedCall(java: Lowering, node: Node, name: string, args: readonly Typed[]): Typed {
  const span = java.span(node);
  const { owner, thisValue } = java.frame;
  const classes = java.imports.staticOwners(name);
  if (java.imports.isStaticImport(name) || (classes.length > 0 && (owner?.superTypes.length ?? 0) === 0)) {
    return { value: java.build.invoke(java.importOf(classes), name, values(args), span), type: telling.get(name) };
  }
  let heir = owner;
  while (heir !== undefined && heir.superTypes.length === 0) heir = heir.outer ?? heir.frame?.owner;
  const self = heir === undefined ? thisValue : java.thisOf(heir, node);
  const base = self ?? heir?.value ?? owner?.value;
  const value = base === undefined ? java.unknown(node).value : java.build.invoke(base, name, values(args), span);
  return { value, type: telling.get(name) };
}

/** The method of that name with that many parameters; the first one takes it where they differ only in types. */
export function methodOf(owner: ClassInfo | undefined, name: string, count: number): MethodInfo | undefined {
  const all = owner?.methods.get(name);
  return all?.find(({ parameters }) => parameters.length === count) ?? all?.find(({ parameters }) => parameters.at(-1)?.collects === true && count >= parameters.length - 1);
}

/** The inherited method itself, on this instance: an own one of the same name is not meant. */
function superCall(java: Lowering, node: Node, name: string): Typed {
  const args = values(lowerArguments(java, node));
  const { thisValue, owner } = java.frame;
  if (thisValue === undefined || owner === undefined || owner.superTypes.length === 0) return java.unknown(node);
  const span = java.span(node);
  const results = owner.superTypes.map((type) => {
    const inherited = java.build.load(java.build.load(java.classValue(type), 'prototype', span), name, span);
    return java.build.call(inherited, args, span, { receiver: thisValue });
  });
  return { value: java.build.phi(results, span), type: telling.get(name) };
}

const constructorCall: StatementRule = (java, node) => {
  const args = lowerArguments(java, node);
  const { thisValue, owner } = java.frame;
  if (thisValue === undefined || owner === undefined) return;
  if (java.tree.kind(java.tree.field(node, 'constructor')) === 'this') java.build.invoke(thisValue, constructorName(args.length), values(args), java.span(node));
  else callSuperConstructor(java, owner, args, node);
};

/** Where a class has several constructors, each lies on its prototype under a name that no method can have. */
export const constructorName = (count: number): string => `<init>/${count}`;

export function callSuperConstructor(java: Lowering, owner: ClassInfo, args: readonly Typed[], node: Node): void {
  const { thisValue } = java.frame;
  if (thisValue === undefined || owner.superClass === undefined) return;
  java.build.call(java.classValue(owner.superClass), values(args), java.span(node), { receiver: thisValue });
}

export const callRules: Readonly<Record<string, ExpressionRule>> = {
  method_invocation: invocation,
};

export const callStatements: Readonly<Record<string, StatementRule>> = {
  explicit_constructor_invocation: constructorCall,
};

