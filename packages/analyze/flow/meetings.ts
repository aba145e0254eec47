import { type States, step, strange, unsaid } from './api-automaton.ts';
import type { Node, Obj } from './graph.ts';
import { callBack } from './effects.ts';
import { type Heap, type Site, wait, type WaitKind } from './heap.ts';
import { leak, leakNode, lend } from './escapes.ts';
import { isLambda, isOtherOverload, ofFunctions } from './java-calls.ts';
import { javaTypesOf } from './java-types.ts';
import { linkFunction, linkIndirect } from './linking.ts';
import { isLanguageGlobal } from './object-functions.ts';
import { type Name, objectKind } from './objects.ts';
import { mayBeInstance } from './program-classes.ts';

/** What happens when an object comes to a node at which something waits. */
export function meet(heap: Heap, kind: WaitKind, x: number, y: number, object: Obj): void {
  switch (kind) {
    case wait.load: return loadMember(heap, object, x, y);
    case wait.loadAny: return loadAny(heap, object, x);
    case wait.store: return storeMember(heap, object, x, y);
    case wait.storeAny: return storeAny(heap, object, x);
    case wait.call: return callObject(heap, object, heap.sites[x] as Site, x);
    case wait.invoke: return invokeOn(heap, object, heap.sites[x] as Site, x);
    case wait.construct: return constructObject(heap, object, heap.sites[x] as Site, x);
    case wait.leak: return leak(heap, object);
    case wait.lend: return lend(heap, object, x);
    case wait.method: return beMethod(heap, object, x);
    case wait.inherit: return heap.objects.inherit(x, object);
    case wait.extend: return heap.wait(x, wait.superclass, object);
    case wait.superclass: return extendClass(heap, x, object);
    case wait.mixin: return heap.wait(x, wait.mixed, object);
    case wait.mixed: return mix(heap, object, x);
    case wait.await: return awaitObject(heap, object, x);
    case wait.instance: return instanceOf(heap, object, x);
    case wait.indirect: return linkIndirect(heap, object, heap.sites[x] as Site, x);
    case wait.adopt: return adopt(heap, x, object);
    case wait.dress: return dress(heap, object, x, y);
    case wait.setter: return toSetter(heap, object, x, y);
    default: return meetElements(heap, kind, x, y, object);
  }
}

/** Where elements and members are told apart. */
function meetElements(heap: Heap, kind: WaitKind, x: number, y: number, object: Obj): void {
  switch (kind) {
    case wait.attribute: return void (!isContainer(heap, object) && loadMember(heap, object, x, y));
    case wait.setAttribute: return void (!isContainer(heap, object) && storeMember(heap, object, x, y));
    case wait.item: return item(heap, object, x, y);
    case wait.setItem: return storeMember(heap, object, hasItems(heap, object) ? x : keyOf(heap, x), y);
    case wait.merge: return isContainer(heap, object) ? heap.wait(x, wait.inherit, object) : undefined;
    case wait.containers: return isContainer(heap, object) || heap.objects.kinds[object] === external ? heap.graph.add(x, object) : undefined;
    case wait.instances: return mayBeInstance(heap, object) ? heap.graph.add(x, object) : undefined;
    case wait.declared: return javaTypesOf(heap).mayBe(object, heap.layout.names.text(x)) ? heap.graph.add(y, object) : undefined;
    case wait.take: return take(heap, object, x, y);
    // What is somebody else's has one field for all its members: what is put into a member is not in all of them.
    case wait.give: return void ((y !== 1 || heap.objects.kinds[object] !== outside) && isContainer(heap, object) && storeAny(heap, object, x));
    default: return;
  }
}

const { external, outside, prototype, instance } = objectKind;
const fn = objectKind.function;

/** Reads a named member of one object into a node. */
export function loadMember(heap: Heap, object: Obj, name: Name, into: Node): void {
  const { objects, graph } = heap;
  const kind = objects.kinds[object];
  if (kind === external) {
    const states = objects.of[object] as States;
    const text = heap.layout.names.text(name);
    const next = heap.automaton.move(states, step.member(text));
    if (next === unsaid && text === 'prototype') heap.addExternal(into, heap.automaton.move(states, step.instance));
    else heap.addExternal(into, next === unsaid && text === 'default' ? states : next);
    return;
  }
  if (kind === outside) {
    const text = heap.layout.names.text(name);
    if (isLanguageGlobal(text)) return heap.addExternal(into, heap.globalName(text));
    graph.add(into, object);
  }
  if (kind === fn && name === heap.layout.names.number('prototype')) graph.add(into, objects.object(prototype, object));
  if (!objects.load(object, name, into)) return;
  if (kind === instance) loadMember(heap, objects.object(prototype, objects.of[object] as Obj), name, into);
  for (const parent of objects.parentsOf(object)) loadMember(heap, parent, name, into);
}

function loadAny(heap: Heap, object: Obj, into: Node): void {
  const kind = heap.objects.kinds[object];
  if (kind === external) return heap.addExternal(into, heap.automaton.move(heap.objects.of[object] as States, step.element));
  if (kind === outside) heap.graph.add(into, object);
  // In Python members of an instance are no elements of it.
  const elements = kind === objectKind.site || heap.layout.program.language !== 'python' ? heap.objects.all(object) : heap.objects.star(object);
  heap.graph.copy(elements, into);
}

/** Methods of lists and dictionaries say nothing of instances and modules that have methods of the same names, nor, where these are no dictionaries, of objects that are spelled out. */
function isContainer(heap: Heap, object: Obj): boolean {
  const { objects, layout } = heap;
  const kind = objects.kinds[object];
  if (layout.program.language === 'python') return kind === objectKind.site;
  if (kind === objectKind.instance) return objects.parentsOf(object).some((parent) => objects.kinds[parent] === external);
  return kind === outside || kind === fn || heap.isList(object);
}

/** Containers, and things outside, which may be some. */
function hasItems(heap: Heap, object: Obj): boolean {
  return isContainer(heap, object) || heap.objects.kinds[object] === external;
}

/** What lies under a key of an instance is no member of it. */
function keyOf(heap: Heap, name: Name): Name {
  return heap.layout.names.number(`[${heap.layout.names.text(name)}]`);
}

function item(heap: Heap, object: Obj, name: Name, into: Node): void {
  if (!hasItems(heap, object)) {
    loadMember(heap, object, keyOf(heap, name), into);
    return loadAny(heap, object, into);
  }
  loadMember(heap, object, name, into);
  if (heap.objects.kinds[object] === external) loadAny(heap, object, into);
}

function take(heap: Heap, object: Obj, name: Name, into: Node): void {
  const isStranger = heap.objects.kinds[object] === external && heap.layout.program.language !== 'python';
  if (!isStranger && !isContainer(heap, object)) return;
  if (name < 0) loadAny(heap, object, into);
  else loadMember(heap, object, name, into);
}

function storeMember(heap: Heap, object: Obj, name: Name, value: Node): void {
  const kind = heap.objects.kinds[object];
  if (kind === external) return storeOutside(heap, object, name, value);
  heap.storeIn(heap.objects.field(object, name), value);
  // Whoever handed the object in can call what is put into it.
  if (kind === outside) leakNode(heap, heap.objects.field(object, name));
  if (kind === fn && name === heap.layout.names.number('prototype')) {
    heap.wait(value, wait.inherit, heap.objects.object(prototype, object));
    heap.wait(value, wait.adopt, object);
  }
  const owner = kind === prototype ? heap.objects.object(instance, heap.objects.of[object] as Obj) : object;
  heap.wait(value, wait.method, owner);
}

/** What is stored under the name of a setter is its parameter. */
function toSetter(heap: Heap, object: Obj, name: Name, param: Node): void {
  const { objects } = heap;
  const kind = objects.kinds[object];
  if (kind === external || kind === outside) return;
  heap.graph.copy(objects.field(kind === prototype ? objects.object(instance, objects.of[object] as Obj) : object, name), param);
}

/** A library's object that the program adds a member to, of which nothing is known: from then on it is the program's as well. */
function dress(heap: Heap, object: Obj, name: Name, node: Node): void {
  if (heap.objects.kinds[object] !== external) return;
  const states = heap.automaton.move(heap.objects.of[object] as States, step.member(heap.layout.names.text(name)));
  if (states === strange || states === unsaid) heap.graph.add(node, heap.objects.object(objectKind.site, node));
}

/** A program's value becomes a member of a library's object: an event handler, a setting. */
function storeOutside(heap: Heap, object: Obj, name: Name, value: Node): void {
  const states = heap.automaton.move(heap.objects.of[object] as States, step.member(heap.layout.names.text(name)));
  if (states === strange || states === unsaid) return;
  heap.outsideStores.push({ states, value });
  heap.wait(value, wait.lend, states);
}

function storeAny(heap: Heap, object: Obj, value: Node): void {
  if (heap.objects.kinds[object] === external) return;
  heap.storeIn(heap.objects.star(object), value);
  heap.wait(value, wait.method, object);
}

function beMethod(heap: Heap, object: Obj, owner: Obj): void {
  if (heap.objects.kinds[object] === fn) heap.graph.add(heap.param(heap.objects.of[object] as number, -1), owner);
}

/** `C.prototype = object`: its methods are those of instances of C. */
function adopt(heap: Heap, type: Obj, object: Obj): void {
  if (heap.objects.kinds[object] === external) return;
  const owner = heap.objects.object(instance, type);
  heap.objects.eachField(object, (_, node) => heap.wait(node, wait.method, owner));
}

/** `object` gets the members of `from`. */
function mix(heap: Heap, object: Obj, from: Obj): void {
  const { objects } = heap;
  if (objects.kinds[object] === external || objects.kinds[from] === external) return;
  objects.inherit(object, from);
  if (objects.kinds[object] === prototype) adopt(heap, objects.of[object] as Obj, from);
}

function extendClass(heap: Heap, type: Obj, above: Obj): void {
  const { objects, automaton } = heap;
  if (objects.kinds[above] === external) {
    const states = automaton.move(objects.of[above] as States, step.instance);
    if (objects.of[above] !== strange && objects.kinds[type] === fn && isJava(heap, type)) objects.inherit(type, above);
    if (states !== strange && states !== unsaid) {
      objects.inherit(objects.object(instance, type), heap.external(states));
      if (isJava(heap, type)) objects.inherit(objects.object(prototype, type), heap.external(states));
      lend(heap, objects.object(prototype, type), states);
    }
    return;
  }
  if (objects.kinds[type] !== fn || objects.kinds[above] !== fn) return;
  objects.inherit(type, above);
  objects.inherit(objects.object(prototype, type), objects.object(prototype, above));
  objects.inherit(objects.object(instance, type), objects.object(instance, above));
  heap.graph.copy(kindred(heap, type), kindred(heap, above));
}

const kin = new WeakMap<Heap, Map<Obj, Node>>();

/** Holds the instances of a class and of all that inherit from it: what a declared type may be. */
function kindred(heap: Heap, type: Obj): Node {
  let nodes = kin.get(heap);
  if (nodes === undefined) {
    nodes = new Map();
    kin.set(heap, nodes);
  }
  let node = nodes.get(type);
  if (node === undefined) {
    node = heap.graph.node();
    nodes.set(type, node);
    heap.graph.add(node, heap.objects.object(instance, type));
  }
  return node;
}

function isJava(heap: Heap, type: Obj): boolean {
  return heap.layout.modules[heap.layout.moduleOfFunction(heap.objects.of[type] as number)]?.language === 'java';
}

function callObject(heap: Heap, object: Obj, site: Site, at: number): void {
  const { objects } = heap;
  const kind = objects.kinds[object];
  if (kind === external) return callExternal(heap, site, objects.of[object] as States);
  if (kind === outside) return callOutsider(heap, object, site, at);
  if (kind === objectKind.resolver && site.args[0] !== undefined) return heap.graph.copy(site.args[0], objects.of[object] as Node);
  if (kind === instance) return callInstance(heap, object, at);
  if (kind !== fn) return;
  const target = objects.of[object] as number;
  if (isConstructor(heap, target)) return constructObject(heap, object, site, at);
  if (isOtherOverload(heap, site, target)) return;
  linkFunction(heap, site, at, target);
}

/** Names of functions that call what they are given for each part of something. */
const visitors = /^_?(?:each|for|map|flatMap|filter|reject|reduce|some|every|find|walk|visit|traverse|transform)(?![a-z])|^forEach/;

/** Somebody else's function: by its name it may call what it is given. */
function callOutsider(heap: Heap, object: Obj, site: Site, at: number): void {
  heap.graph.add(site.value, object);
  if (heap.layout.program.language !== 'javascript' || site.kind !== 'invoke' || heap.outsiders.has(at) || !visitors.test(heap.layout.names.text(site.name))) return;
  heap.outsiders.add(at);
  callBack(heap, site);
}

/** In Python instances of a class that says how can be called. */
function callInstance(heap: Heap, object: Obj, at: number): void {
  if (heap.layout.program.language !== 'python') return;
  let method = heap.callables.get(at);
  if (method === undefined) {
    method = heap.graph.node();
    heap.callables.set(at, method);
    heap.wait(method, wait.call, at);
  }
  loadMember(heap, heap.objects.object(prototype, heap.objects.of[object] as Obj), heap.layout.names.number('__call__'), method);
}

function isConstructor(heap: Heap, target: number): boolean {
  return heap.layout.program.language !== 'javascript' && heap.layout.functionInfo(target).kind === 'constructor';
}

/** In Python calling a class makes an instance (L1). */
function callExternal(heap: Heap, site: Site, states: States): void {
  callOutside(heap, site, states, heap.automaton.move(states, step.result));
  if (states === strange || heap.layout.program.language !== 'python') return;
  const made = heap.automaton.move(states, step.instance);
  if (made !== unsaid) callOutside(heap, site, made, made);
}

/** Something of the world outside is called: callbacks are lent to it, and it gives what `result` describes. */
function callOutside(heap: Heap, site: Site, states: States, result: States): void {
  if (!site.externals.includes(states)) {
    site.externals.push(states);
    heap.onOutside(site, states);
  }
  heap.addExternal(site.value, result);
  if (states === strange || states === unsaid) return;
  site.args.forEach((arg, index) => {
    const lent = heap.automaton.move(states, step.argument(index));
    if (lent === unsaid) return;
    heap.wait(arg, wait.lend, lent);
    if (site.marks === true) heap.addExternal(arg, lent);
  });
  for (const [name, arg] of site.keywords ?? []) {
    const lent = heap.automaton.move(states, step.keyword(name));
    if (lent !== unsaid) heap.wait(arg, wait.lend, lent);
  }
}

function invokeOn(heap: Heap, object: Obj, site: Site, at: number): void {
  const { objects } = heap;
  if (objects.kinds[object] === external) {
    const name = heap.layout.names.text(site.name);
    return callExternal(heap, site, heap.automaton.move(objects.of[object] as States, step.member(name)));
  }
  // What a dictionary holds is no method of it.
  if (isContainer(heap, object) && heap.layout.program.language === 'python') return;
  if (isLambda(heap, object)) {
    if (!ofFunctions.has(heap.layout.names.text(site.name))) linkFunction(heap, site, at, objects.of[object] as number);
    return;
  }
  if (site.callee < 0) {
    site.callee = heap.graph.node();
    heap.wait(site.callee, wait.call, at);
  }
  // In Java a field and a method of the same name are two things.
  const isMethodOnly = objects.kinds[object] === instance && heap.layout.program.language === 'java';
  loadMember(heap, isMethodOnly ? objects.object(prototype, objects.of[object] as Obj) : object, site.name, site.callee);
}

function constructObject(heap: Heap, object: Obj, site: Site, at: number): void {
  const { objects, graph } = heap;
  const kind = objects.kinds[object];
  if (kind === external) {
    const states = heap.automaton.move(objects.of[object] as States, step.instance);
    return callOutside(heap, site, states, states);
  }
  if (kind === outside) return graph.add(site.value, object);
  if (kind !== fn) return;
  const made = objects.object(instance, object);
  const target = objects.of[object] as number;
  graph.add(heap.param(target, -1), made);
  graph.add(site.value, made);
  linkFunction(heap, site, at, target);
}

function awaitObject(heap: Heap, object: Obj, into: Node): void {
  if (heap.objects.kinds[object] !== external) return;
  heap.addExternal(into, heap.automaton.move(heap.objects.of[object] as States, step.await));
}

function instanceOf(heap: Heap, object: Obj, into: Node): void {
  const { objects, graph } = heap;
  if (objects.kinds[object] === fn && isJava(heap, object)) graph.copy(kindred(heap, object), into);
  else if (objects.kinds[object] === fn) graph.add(into, objects.object(instance, object));
  if (objects.kinds[object] === external) heap.addExternal(into, heap.automaton.move(objects.of[object] as States, step.instance));
}
