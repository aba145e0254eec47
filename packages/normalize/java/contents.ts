import { op } from '#model/ir.ts';
import type { FunctionBuilder } from '../ir/function-builder.ts';
import type { ModuleBuilder, Span, Value, Variable } from '../ir/module-builder.ts';

const nowhere: Span = { start: 0, end: 0 };
/** Most elements that are known one by one. */
const mostSlots = 256;

export type Flavour = 'list' | 'deque' | 'stack' | 'map' | 'array' | 'text';

/**
 * What a local container holds, element by element, for as long as only this function has it in hands. Elements and length are variables of the
 * static single assignment like others, so that branches and loops join them; where the joined length is no constant, the elements are not known.
 */
export class Contents {
  readonly flavour: Flavour;
  /** A variable holds it: to hand it on is to have two names for one thing. */
  owned = false;
  private readonly build: FunctionBuilder;
  private readonly module: ModuleBuilder;
  /** The number of elements (a map, a text: any constant) while it is known. */
  private readonly state: Variable;
  private readonly slots = new Map<string, Variable>();

  constructor(flavour: Flavour, build: FunctionBuilder, module: ModuleBuilder) {
    this.flavour = flavour;
    this.build = build;
    this.module = module;
    this.state = this.variable();
  }

  private variable(): Variable {
    return this.module.variable(this.build, { shared: false, once: false });
  }

  private slot(key: string): Variable {
    let slot = this.slots.get(key);
    if (slot === undefined) {
      slot = this.variable();
      this.slots.set(key, slot);
    }
    return slot;
  }

  /** It is new, and holds nothing. */
  begin(): void {
    for (const slot of this.slots.values()) this.build.write(slot, this.unset());
    this.resize(0);
  }

  /** Someone else may change it from here on. */
  lose(): void {
    this.build.write(this.state, this.module.append(op.unknown, this.build.index, nowhere));
  }

  private unset(): Value {
    return this.module.literal('undefined', 'undefined');
  }

  get known(): boolean {
    return this.length !== undefined;
  }

  get length(): number | undefined {
    const constant = this.module.constantOf(this.build.read(this.state));
    return constant?.kind === 'number' ? Number(constant.text) : undefined;
  }

  resize(length: number): void {
    if (length > mostSlots) this.lose();
    else this.build.write(this.state, this.module.literal('number', String(length)));
  }

  /** What lies under a key; undefined when nothing was ever put there. */
  get(key: string): Value | undefined {
    const slot = this.slots.get(key);
    const value = slot === undefined ? undefined : this.build.read(slot);
    return value === undefined || this.module.constantOf(value)?.kind === 'undefined' ? undefined : value;
  }

  set(key: string, value: Value): void {
    if (this.slots.size < mostSlots || this.slots.has(key)) this.build.write(this.slot(key), value);
    else this.lose();
  }

  forget(key: string): void {
    if (this.slots.has(key)) this.build.write(this.slot(key), this.unset());
  }

  insert(at: number, value: Value): void {
    const length = this.length ?? 0;
    for (let index = length; index > at; index--) this.set(String(index), this.get(String(index - 1)) ?? this.unset());
    this.set(String(at), value);
    this.resize(length + 1);
  }

  remove(at: number): Value | undefined {
    const length = this.length ?? 0;
    const value = this.get(String(at));
    for (let index = at; index < length - 1; index++) this.set(String(index), this.get(String(index + 1)) ?? this.unset());
    this.forget(String(length - 1));
    this.resize(length - 1);
    return value;
  }
}

const flavours: ReadonlyMap<string, Flavour> = new Map<string, Flavour>([
  ['java.util.ArrayList', 'list'], ['java.util.Vector', 'list'], ['java.util.concurrent.CopyOnWriteArrayList', 'list'], ['java.util.LinkedList', 'deque'],
  ['java.util.ArrayDeque', 'deque'], ['java.util.Stack', 'stack'],
  ['java.util.HashMap', 'map'], ['java.util.LinkedHashMap', 'map'], ['java.util.TreeMap', 'map'], ['java.util.Hashtable', 'map'], ['java.util.concurrent.ConcurrentHashMap', 'map'],
  ['java.util.Properties', 'map'],
  ['java.lang.StringBuilder', 'text'], ['java.lang.StringBuffer', 'text'], ['java.io.StringWriter', 'text'],
]);

/** Containers of the language's own whose elements are not told apart. */
const sets: ReadonlySet<string> = new Set([
  'java.util.HashSet', 'java.util.LinkedHashSet', 'java.util.TreeSet', 'java.util.PriorityQueue', 'java.util.concurrent.ConcurrentLinkedQueue', 'java.util.concurrent.LinkedBlockingQueue',
  'java.util.concurrent.ConcurrentSkipListMap', 'java.util.concurrent.ConcurrentSkipListSet', 'java.util.IdentityHashMap', 'java.util.WeakHashMap', 'java.util.concurrent.ConcurrentLinkedDeque',
]);

/** A list, set, map or text builder of the language's own: an object that holds elements. */
export function isContainer(name: string | undefined): boolean {
  const flavour = flavourOf(name);
  return name !== undefined && (sets.has(name) || flavour !== undefined);
}

export const flavourOf = (name: string | undefined): Flavour | undefined => (name === undefined ? undefined : flavours.get(name));
