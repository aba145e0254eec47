import type { Node, Obj, ValueGraph } from './graph.ts';

/** What an abstract object is. */
export const objectKind = {
  /** Made by an `object`, `array`, `copy` or like instruction. `of`: the value. */
  site: 0,
  /** `of`: the function. */
  function: 1,
  /** What instances of a class or constructor inherit. `of`: the class's object. */
  prototype: 2,
  /** All instances of a class. `of`: the class's object. */
  instance: 3,
  /** A thing of the world outside. `of`: its set of states in the automaton of API paths. */
  external: 4,
  /** What somebody outside hands in: its members are as much theirs as it is. `of`: parameter node. */
  outside: 5,
  /** A module (`module` in CommonJS). `of`: the module. */
  module: 6,
  /** What a module gives. `of`: the module. */
  exports: 7,
  /** The global object. */
  global: 8,
  /** A function that settles a promise. `of`: the promise's value. */
  resolver: 9,
} as const;

export type ObjectKind = (typeof objectKind)[keyof typeof objectKind];
/** A name of a member, by number. */
export type Name = number;

/** Numbers of nodes stay below this. */
const nodeRoom = 2 ** 28;

/** A load takes the memory of several facts. Classes that inherit in a long chain or a circle have as many loads as their number squared. */
const factsOfLoad = 8;

interface Load {
  readonly name: Name;
  readonly into: Node;
}

/** The abstract objects of a program and their fields. A field is a node; `star` holds what was stored under a name that is not known. */
export class ObjectTable {
  readonly kinds: ObjectKind[] = [];
  readonly of: number[] = [];
  private readonly graph: ValueGraph;
  private readonly reload: (parent: Obj, name: Name, into: Node) => void;
  private readonly fields: (Map<Name, Node> | undefined)[] = [];
  private readonly stars: Node[] = [];
  private readonly alls: Node[] = [];
  private readonly parents: (Obj[] | undefined)[] = [];
  private readonly loads: (Load[] | undefined)[] = [];
  private readonly loadKeys: (Set<number> | undefined)[] = [];
  private readonly known = new Map<string, Obj>();
  /** Nodes that are no value of one function: fields and variables that functions share. */
  readonly shared: Node[] = [];
  private readonly hooks = new Map<Obj, ((name: Name, node: Node) => void)[]>();

  constructor(graph: ValueGraph, reload: (parent: Obj, name: Name, into: Node) => void) {
    this.graph = graph;
    this.reload = reload;
  }

  /** Names of methods that the language gives: what is stored under a name that is not known is taken to be none of them. */
  readonly builtins = new Set<Name>();

  object(kind: ObjectKind, of: number): Obj {
    const key = `${kind}:${of}`;
    let object = this.known.get(key);
    if (object === undefined) {
      object = this.kinds.push(kind) - 1;
      this.of.push(of);
      this.fields.push(undefined);
      this.stars.push(-1);
      this.alls.push(-1);
      this.parents.push(undefined);
      this.loads.push(undefined);
      this.loadKeys.push(undefined);
      this.known.set(key, object);
    }
    return object;
  }

  find(kind: ObjectKind, of: number): Obj | undefined {
    return this.known.get(`${kind}:${of}`);
  }

  field(object: Obj, name: Name): Node {
    let own = this.fields[object];
    if (own === undefined) {
      own = new Map();
      this.fields[object] = own;
    }
    let node = own.get(name);
    if (node === undefined) {
      node = this.sharedNode();
      own.set(name, node);
      const all = this.alls[object] as Node;
      if (all >= 0) this.graph.copy(node, all);
      const hooks = this.hooks.get(object);
      if (hooks !== undefined) for (const hook of hooks) hook(name, node);
    }
    return node;
  }

  /** `hook` is called for each field that there is and that comes. */
  eachField(object: Obj, hook: (name: Name, node: Node) => void): void {
    const hooks = this.hooks.get(object);
    if (hooks === undefined) this.hooks.set(object, [hook]);
    else hooks.push(hook);
    for (const [name, node] of Array.from(this.fields[object] ?? [])) hook(name, node);
  }

  fieldNames(object: Obj): readonly Name[] {
    return [...(this.fields[object]?.keys() ?? [])];
  }

  ownField(object: Obj, name: Name): Node | undefined {
    return this.fields[object]?.get(name);
  }

  /** Holds what was stored under names that are not known. */
  star(object: Obj): Node {
    let node = this.stars[object] as Node;
    if (node < 0) {
      node = this.sharedNode();
      this.stars[object] = node;
      const all = this.alls[object] as Node;
      if (all >= 0) this.graph.copy(node, all);
      for (const load of this.loads[object] ?? []) if (this.mayBeUnder(object, load.name)) this.graph.copy(node, load.into);
    }
    return node;
  }

  /** What was stored under a name that is not known may be what is read under this one; what a page's window is asked for by name is its own. */
  private mayBeUnder(object: Obj, name: Name): boolean {
    return this.kinds[object] !== objectKind.global && !this.builtins.has(name);
  }

  /** Holds what any field holds. */
  all(object: Obj): Node {
    let node = this.alls[object] as Node;
    if (node < 0) {
      node = this.sharedNode();
      this.alls[object] = node;
      for (const field of this.fields[object]?.values() ?? []) this.graph.copy(field, node);
      if ((this.stars[object] as Node) >= 0) this.graph.copy(this.stars[object] as Node, node);
      for (const parent of this.parents[object] ?? []) this.graph.copy(this.all(parent), node);
    }
    return node;
  }

  /** Reads a field of the object's own, and remembers to read what it will inherit. False when that has been done. */
  load(object: Obj, name: Name, into: Node): boolean {
    const key = name * nodeRoom + into;
    const known = this.loadKeys[object];
    if (known === undefined) this.loadKeys[object] = new Set([key]);
    else if (known.has(key)) return false;
    else known.add(key);
    if (!this.graph.charge(factsOfLoad)) return false;
    this.graph.copy(this.field(object, name), into);
    if ((this.stars[object] as Node) >= 0 && this.mayBeUnder(object, name)) this.graph.copy(this.stars[object] as Node, into);
    const load = { name, into };
    const loads = this.loads[object];
    if (loads === undefined) this.loads[object] = [load];
    else loads.push(load);
    return true;
  }

  /** `object` has what `parent` has. */
  inherit(object: Obj, parent: Obj): void {
    if (object === parent) return;
    const parents = this.parents[object];
    if (parents === undefined) this.parents[object] = [parent];
    else if (parents.includes(parent)) return;
    else parents.push(parent);
    for (const load of this.loads[object]?.slice() ?? []) this.reload(parent, load.name, load.into);
    if ((this.alls[object] as Node) >= 0) this.graph.copy(this.all(parent), this.alls[object] as Node);
  }

  parentsOf(object: Obj): readonly Obj[] {
    return this.parents[object] ?? [];
  }

  sharedNode(): Node {
    const node = this.graph.node();
    this.shared.push(node);
    return node;
  }

  /** Fields of `wanted` objects with a name that is no number: what an object is made of, unlike elements of a list. */
  namedFields(isNumber: (name: Name) => boolean, wanted: (object: Obj) => boolean): Set<Node> {
    const found = new Set<Node>();
    this.fields.forEach((own, object) => {
      if (own !== undefined && wanted(object)) for (const [name, node] of own) if (!isNumber(name)) found.add(node);
    });
    return found;
  }

  /** Objects that some other object or a variable of several functions holds. */
  kept(): ReadonlySet<Obj> {
    const found = new Set<Obj>();
    for (const node of this.shared) for (const object of this.graph.held(node)) found.add(object);
    return found;
  }

  /** What was stored under unknown names in objects that `wanted` takes. */
  starsOf(wanted: (object: Obj) => boolean): Node[] {
    return this.stars.filter((star, object) => star >= 0 && wanted(object));
  }

  get count(): number {
    return this.kinds.length;
  }
}
