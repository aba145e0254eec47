import type { Variable } from '../ir/module-builder.ts';

export type BindingKind = 'variable' | 'function' | 'class' | 'parameter' | 'import' | 'implicit';

/** A name that the program binds, with how it is used. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** How many places give it a value. */
  writes: number;
  /** A function other than the one that declares it uses it; gives it a value. */
  shared: boolean;
  givenWithin: boolean;
  /** Its number, once the function that declares it is being lowered. */
  variable: Variable | undefined;
  /** What it stands for in types: module and exported name, joined by a dot. */
  type: string | undefined;
}

/** Uses of a name within a scope that have not found their binding yet. */
interface Use {
  writes: number;
  /** From a function further in; one that gives it a value. */
  inner: boolean;
  givenWithin: boolean;
}

/**
 * `function`: a body of its own, with `this` and `arguments`. `arrow`: without these. `initializer`: of a field or static block, which has a `this` of its own
 * and runs within another function. `with`: names in it may be members of an object.
 */
export type ScopeKind = 'module' | 'function' | 'arrow' | 'initializer' | 'block' | 'with';

/** Where names are looked up; made by one walk over the tree before anything is lowered. */
export class Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | undefined;
  /** The scope that takes what `var` declares. */
  readonly hoist: Scope;
  private readonly bindings = new Map<string, Binding>();
  private readonly uses = new Map<string, Use>();
  private readonly found = new Map<string, Binding | undefined>();

  constructor(kind: ScopeKind, parent: Scope | undefined) {
    this.kind = kind;
    this.parent = parent;
    this.hoist = parent === undefined || (kind !== 'block' && kind !== 'with') ? this : parent.hoist;
  }

  declare(name: string, kind: BindingKind, writes: number): Binding {
    const known = this.bindings.get(name);
    if (known !== undefined) {
      known.writes += writes;
      return known;
    }
    const binding: Binding = { name, kind, scope: this, writes, shared: false, givenWithin: false, variable: undefined, type: undefined };
    this.bindings.set(name, binding);
    return binding;
  }

  names(): string[] {
    return [...this.bindings.keys()];
  }

  own(name: string): Binding | undefined {
    return this.bindings.get(name);
  }

  use(name: string, writes: number): void {
    const use = this.uses.get(name);
    if (use === undefined) this.uses.set(name, { writes, inner: false, givenWithin: false });
    else use.writes += writes;
  }

  /** All that stands in the scope has been seen: uses find their bindings here or go on outwards. */
  close(): void {
    for (const [name, use] of this.uses) {
      const binding = this.bindings.get(name) ?? this.implicit(name);
      if (binding === undefined) this.parent?.takeOver(name, use, this.kind);
      else {
        binding.writes += use.writes;
        if (use.inner) binding.shared = true;
        if (use.givenWithin) binding.givenWithin = true;
      }
    }
    this.uses.clear();
  }

  private takeOver(name: string, { writes, inner, givenWithin }: Use, from: ScopeKind): void {
    const crosses = from !== 'block' && from !== 'with';
    const given = givenWithin || (crosses && writes > 0);
    const use = this.uses.get(name);
    if (use === undefined) this.uses.set(name, { writes, inner: inner || crosses, givenWithin: given });
    else {
      use.writes += writes;
      use.inner ||= inner || crosses;
      use.givenWithin ||= given;
    }
  }

  /** `this` and `arguments` are bound where they are used. */
  private implicit(name: string): Binding | undefined {
    const binds = (name === 'this' && (this.kind === 'function' || this.kind === 'initializer')) || (name === 'arguments' && this.kind === 'function');
    return binds ? this.declare(name, 'implicit', 1) : undefined;
  }

  /** The binding of a name that is used here; undefined when nothing in the module binds it. */
  resolve(name: string): Binding | undefined {
    if (this.found.has(name)) return this.found.get(name);
    const binding = this.bindings.get(name) ?? (this.kind === 'with' ? undefined : this.parent?.resolve(name));
    this.found.set(name, binding);
    return binding;
  }
}
