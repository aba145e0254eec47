import { op } from '#model/ir.ts';
import type { Program, ProgramContext } from '#model/program.ts';
import { type ApiAutomaton, type States, step, strange, unsaid } from './api-automaton.ts';
import { type Node, type Obj, ValueGraph } from './graph.ts';
import { Layout } from './layout.ts';
import { addEdge } from './masked-edges.ts';
import { type Name, objectKind, ObjectTable } from './objects.ts';
import { IntList } from './packed-lists.ts';

/** What waits for objects at a node. `x` and `y` are told at each. */
export const wait = {
  /** x: name, y: into. */
  load: 0,
  /** x: into. Any field. */
  loadAny: 1,
  /** x: name, y: value. */
  store: 2,
  /** x: value. */
  storeAny: 3,
  /** x: site. The object is called. */
  call: 4,
  /** x: site. A method of the object is called. */
  invoke: 5,
  /** x: site. The object is made an instance of. */
  construct: 6,
  /** The object is given to the world outside. */
  leak: 7,
  /** x: states. The object is given to a library, which does with it what is said there. */
  lend: 8,
  /** x: object. The function that comes is a method of it. */
  method: 9,
  /** x: object that has what the one that comes has. */
  inherit: 10,
  /** x: node of the class that the one that comes inherits from. */
  extend: 11,
  /** x: into. What waiting for it gives. */
  await: 12,
  /** x: into. An instance of the class that comes. */
  instance: 13,
  /** x: site. `call`, `apply`, `bind` of the function that comes. */
  indirect: 14,
  /** x: object of the class whose methods those of the one that comes are. */
  adopt: 15,
  /** x: object of the class that inherits from the one that comes. */
  superclass: 16,
  /** x: node of what gets the members of the one that comes. */
  mixin: 17,
  /** x: object whose members the one that comes gets. */
  mixed: 18,
  /** x: name (-1: any), y: into. A container gives what it holds. */
  take: 19,
  /** x: value, y: 1 where the container is a member of something. It gets an element. */
  give: 20,
  /** x: name, y: into. A member that is no element. */
  attribute: 21,
  /** x: name, y: value. */
  setAttribute: 22,
  /** x: name, y: into. An element under a name. */
  item: 23,
  /** x: name, y: value. */
  setItem: 24,
  /** x: node. The container gets what the one there holds, under the same names. */
  merge: 25,
  /** x: into. Only what may be an instance of a class goes on. */
  instances: 26,
  /** x: into. Only what may be a container goes on. */
  containers: 27,
  /** x: name, y: node. What a library gave there gets a member of the program's. */
  dress: 28,
  /** x: name, y: node of a setter's parameter. It gets what is stored in the object under the name. */
  setter: 29,
  /** x: type, y: into. Only what may be of that type goes on (Java). */
  declared: 30,
} as const;

export type WaitKind = (typeof wait)[keyof typeof wait];

/** A place where something is called. */
export interface Site {
  /** The value that the call gives (a node of its own for calls that a library makes). */
  readonly value: Node;
  readonly module: number;
  readonly args: readonly Node[];
  /** From this argument on they are elements of lists of unknown length; -1: none. */
  readonly spreadFrom: number;
  readonly receiver: Node;
  /** Name of the method; -1 for a plain call. */
  readonly name: Name;
  readonly kind: 'call' | 'invoke' | 'construct' | 'internal';
  /** Functions of the program that it may call. */
  readonly targets: number[];
  /** What it may call outside. */
  readonly externals: States[];
  /** Where an `invoke` finds its method. */
  callee: Node;
  /** Arguments that are passed by name. */
  readonly keywords?: ReadonlyMap<string, Node>;
  /** True when a dictionary of unknown names is passed as well. */
  readonly openKeywords?: boolean;
  /** A decorator or annotation of a parameter: what is said about its argument is said about the parameter's value (L3). */
  readonly marks?: boolean;
}

/** More targets than this at one call say nothing any more. */
const mostTargets = 24;

/** Which objects each node holds, which functions each call reaches: all state of the solver. */
export class Heap {
  readonly layout: Layout;
  readonly graph: ValueGraph;
  readonly objects: ObjectTable;
  readonly automaton: ApiAutomaton;
  readonly sites: Site[] = [];
  /** Numbers of sites by the value they give. */
  private readonly siteOf = new Map<number, number>();
  /** Edges that only taint takes: triples of from, to, mask. */
  readonly taint = new IntList();
  /** Names of members that some library gives in a form that is harmless: what they carry is told when all objects are known. */
  lateMembers: ReadonlySet<string> = new Set();
  /** Reads of such members: pairs of base and value. */
  readonly lateLoads = new IntList();
  /** Functions that the world outside may call, in the order found. */
  readonly leaked = new Set<number>();
  readonly leakedNodes = new Set<Node>();
  /** Objects that were leaked (below 0) or lent under some states: once is enough. */
  readonly met = new Set<number>();
  private readonly kinds = new IntList();
  private readonly x = new IntList();
  private readonly y = new IntList();
  private readonly params = new Map<number, Node>();
  readonly returns: Int32Array;
  private readonly paramKeys: { readonly fn: number; readonly at: number }[] = [];
  /** Functions that collect the rest of their arguments: from which on, and into what. */
  readonly rests = new Map<number, { readonly from: number; readonly into: Node }[]>();
  /** Calls of what somebody outside handed in. */
  readonly outsiders = new Set<number>();
  /** What instances that are called give as their method, by the site. */
  readonly callables = new Map<number, Node>();
  /** What collects arguments that are passed by other names. */
  readonly dictionaries = new Map<number, Obj>();
  private readonly cellNodes: (Node[] | undefined)[];
  onMeet: (kind: WaitKind, x: number, y: number, object: Obj) => void = () => undefined;
  /** Told of each call of something outside, and of each store into something outside. */
  onOutside: (site: Site, states: States) => void = () => undefined;
  /** Functions that libraries call, and as what. */
  readonly lent = new Map<string, { readonly fn: number; readonly states: States }>();
  readonly outsideStores: { readonly states: States; readonly value: Node }[] = [];
  onReload: (parent: Obj, name: Name, into: Node) => void = () => undefined;

  constructor(program: Program, automaton: ApiAutomaton, context: ProgramContext) {
    this.layout = new Layout(program);
    this.automaton = automaton;
    this.graph = new ValueGraph(this.layout.values, context.mostFacts, (constraint, object) => {
      this.onMeet(this.kinds.get(constraint) as WaitKind, this.x.get(constraint), this.y.get(constraint), object);
    });
    // The graph counts constraints from 1 on.
    for (const column of [this.kinds, this.x, this.y]) column.push(-1);
    this.objects = new ObjectTable(this.graph, (parent, name, into) => this.onReload(parent, name, into));
    this.returns = new Int32Array(this.layout.functions).fill(-1);
    this.cellNodes = this.layout.modules.map(() => undefined);
  }

  wait(node: Node, kind: WaitKind, x: number, y = -1): void {
    if (node < 0) return;
    this.kinds.push(kind);
    this.x.push(x);
    this.y.push(y);
    this.graph.wait(node);
  }

  /** What a function gets as parameter `at` (-1: receiver, -2: all of them as a list). */
  param(fn: number, at: number): Node {
    const key = fn * 64 + Math.min(at, 60) + 2;
    let node = this.params.get(key);
    if (node === undefined) {
      node = this.graph.node();
      this.params.set(key, node);
      this.paramKeys.push({ fn, at });
      this.paramAt.set(node, this.paramKeys.length - 1);
    }
    return node;
  }

  private readonly paramAt = new Map<Node, number>();

  paramOf(node: Node): { readonly fn: number; readonly at: number } | undefined {
    const at = this.paramAt.get(node);
    return at === undefined ? undefined : this.paramKeys[at];
  }

  result(fn: number): Node {
    let node = this.returns[fn] as Node;
    if (node < 0) {
      node = this.graph.node();
      this.returns[fn] = node;
      this.resultFn.set(node, fn);
    }
    return node;
  }

  private readonly resultFn = new Map<Node, number>();

  functionOfResult(node: Node): number | undefined {
    return this.resultFn.get(node);
  }

  cell(module: number, cell: number): Node {
    const nodes = (this.cellNodes[module] ??= []);
    return (nodes[cell] ??= this.objects.sharedNode());
  }

  /** Taint goes from one to the other; classes whose bits are not in `mask` do not. */
  taints(from: Node, to: Node, mask = -1): void {
    if (from >= 0 && to >= 0 && from !== to) addEdge(this.taint, from, to, mask);
  }

  private readonly storedIn = new Map<Node, Set<Node>>();

  /** A value is stored in a field. */
  storeIn(field: Node, value: Node): void {
    const stored = this.storedIn.get(field);
    if (stored === undefined) this.storedIn.set(field, new Set([value]));
    else if (stored.has(value)) return;
    else stored.add(value);
    this.graph.copy(value, field);
  }

  stored(field: Node): Node[] {
    return [...(this.storedIn.get(field) ?? [])];
  }

  external(states: States): Obj {
    return this.objects.object(objectKind.external, states);
  }

  addExternal(node: Node, states: States): void {
    if (states === unsaid) return;
    const object = this.external(states);
    this.graph.add(node, object);
    if (states !== strange) this.origins.push(node, object);
  }

  /** Where things of the world outside come in: pairs of node and object. From there on they are only handed on. */
  readonly origins: number[] = [];

  /** States of a module, function or class by the name under which programs import it. */
  root(name: string): States {
    return this.automaton.startOf(name);
  }

  /** An instance of a type of a module. */
  type(module: string, name: string): States {
    const states = this.automaton.move(this.automaton.move(this.automaton.start(module), step.member(name)), step.instance);
    return states === strange ? unsaid : states;
  }

  globalName(name: string): States {
    const states = this.automaton.move(this.automaton.start('global'), step.member(name));
    return states === strange ? unsaid : states;
  }

  site(site: Site): number {
    const at = this.sites.push(site) - 1;
    this.siteOf.set(site.value, at);
    return at;
  }

  /** The call that gives a value. */
  siteAt(value: Node): Site | undefined {
    const at = this.siteOf.get(value);
    return at === undefined ? undefined : this.sites[at];
  }

  /** A call that no place of the program spells out: a library or a method of the language calls what it was given. Gives the node of its result. */
  callWithin(site: Site, callee: Node, args: readonly Node[]): Node {
    const value = this.graph.node();
    const made = this.site({ value, module: site.module, args, spreadFrom: -1, receiver: -1, name: -1, kind: 'internal', targets: [], externals: [], callee });
    this.wait(callee, wait.call, made);
    return value;
  }

  /** Made by the program, and not spelled out as an object: a list, a map, a set. */
  isList(object: Obj): boolean {
    const of = this.objects.of[object] as Node;
    return this.objects.kinds[object] === objectKind.site && !(of < this.layout.values && this.layout.at(of).op === op.object);
  }

  /** Adds a target; false when it is there already or there are too many. */
  target(site: Site, fn: number): boolean {
    if (site.targets.length >= mostTargets || site.targets.includes(fn)) return false;
    site.targets.push(fn);
    return true;
  }
}
