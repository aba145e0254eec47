import type { Variable } from '../ir/module-builder.ts';

/** What a name stands for within a scope. */
export interface Binding {
  readonly name: string;
  /** The scope that owns it. */
  readonly scope: Scope;
  /** How many places give it a value. */
  writes: number;
  /** A function other than its own reads or writes it. */
  shared: boolean;
  /** The qualified name of what it means, where it is an import or a class; with a dot before it, a name of this module. */
  origin: string | undefined;
  /** Once lowering has come to its function. */
  variable: Variable | undefined;
}

/** Where names live. Classes and comprehensions are lowered within the function round them. */
export class Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | undefined;
  readonly bindings = new Map<string, Binding>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  readonly uses = new Set<string>();
  /** Classes: the name, with the classes round it. */
  readonly title: string;
  /** The scope of the function in which code of this one runs. */
  readonly runsIn: Scope;
  readonly module: Scope;

  constructor(kind: Scope['kind'], parent: Scope | undefined, title = '') {
    this.kind = kind;
    this.parent = parent;
    this.title = title;
    this.runsIn = kind === 'class' || kind === 'comprehension' ? (parent?.runsIn ?? this) : this;
    this.module = parent?.module ?? this;
  }

  /** Notes that the scope gives a name a value. */
  bind(name: string): Binding {
    const owner = this.ownerOf(name);
    let binding = owner.bindings.get(name);
    if (binding === undefined) {
      binding = { name, scope: owner, writes: 0, shared: false, origin: undefined, variable: undefined };
      owner.bindings.set(name, binding);
    }
    binding.writes++;
    if (owner.runsIn !== this.runsIn) binding.shared = true;
    return binding;
  }

  private ownerOf(name: string): Scope {
    if (this.globals.has(name)) return this.module;
    if (!this.nonlocals.has(name)) return this;
    for (let parent = this.parent; parent !== undefined; parent = parent.parent) if (parent.kind === 'function' && parent.bindings.has(name)) return parent;
    return this;
  }

  /** What a name means to code in this scope; undefined: nothing in the module binds it. */
  resolve(name: string): Binding | undefined {
    if (this.globals.has(name)) return this.module.bindings.get(name);
    const own = this.bindings.get(name);
    if (own !== undefined) return own;
    let passed = this.kind === 'function';
    for (let parent = this.parent; parent !== undefined; parent = parent.parent) {
      // What a class binds is seen by the class's own code only, not by its methods.
      const found = parent.kind === 'class' && passed ? undefined : parent.bindings.get(name);
      if (found !== undefined) return found;
      passed ||= parent.kind === 'function';
    }
    return undefined;
  }
}
