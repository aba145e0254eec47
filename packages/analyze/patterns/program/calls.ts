import { K, R } from '#model/code-tree.ts';
import { childBy, symbolOf } from '../scopes.ts';
import type { ProgramFile } from './functions.ts';
import { type SharedPlaces, sharedPlaces } from './shared.ts';
import { type ProgramLinks, ProgramValues, type Value } from './values.ts';

/** A function of the program: a named one, a method, or one without a name. What stands outside of functions is one too: its node is 0. */
export interface Procedure {
  readonly file: ProgramFile;
  readonly node: number;
  readonly key: number;
}

/** A function that a call may reach, and what its receiver is: what stands before the dot, that of the caller, a new object, or nothing. */
export interface Callee {
  readonly procedure: Procedure;
  readonly receiver: 'object' | 'own' | 'new' | 'none';
}

/** Functions that call one another, or a single one. */
export interface Component {
  readonly members: readonly Procedure[];
  readonly cyclic: boolean;
}

const mostCallees = 6;
/** Calls within more functions than this inside of one another are not counted for the outer ones. */
const deepestNesting = 20;

/** The functions of some files and who calls whom; made once for all rules. */
export class CallGraph {
  readonly files: readonly ProgramFile[];
  private readonly values: ProgramValues;
  private readonly known = new Map<number, readonly Callee[]>();
  private readonly procedures = new Map<number, Procedure>();
  private readonly targeted = new Set<number>();
  private readonly edges = new Map<number, Set<Procedure>>();
  private components: readonly Component[] | undefined;
  private callers: ReadonlyMap<number, readonly Procedure[]> | undefined;
  private places: SharedPlaces | undefined;

  constructor(files: readonly ProgramFile[], links?: ProgramLinks) {
    this.files = files;
    this.values = new ProgramValues(files, links);
  }

  /** What a call or the making of an object reaches; nothing when that is not known. */
  callees(file: ProgramFile, call: number): readonly Callee[] {
    const key = keyOf(file, call);
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.find(file, call)));
    return found;
  }

  /** Whether some call reaches it. */
  isCalled(procedure: Procedure): boolean {
    return this.targeted.has(procedure.key);
  }

  /** What is called from within, lambdas included. */
  calledBy({ key }: Pick<Procedure, 'key'>): Iterable<Procedure> {
    this.order();
    return this.edges.get(key) ?? [];
  }

  /** The functions that call one. */
  callersOf(key: number): Iterable<Procedure> {
    this.callers ??= this.turned();
    return this.callers.get(key) ?? [];
  }

  /** What functions share besides calls. */
  get shared(): SharedPlaces {
    return (this.places ??= sharedPlaces(this));
  }

  /** The functions whose walk comes to a node: lambdas round it, and the first that has a name, or the file itself. */
  walkersOf(file: ProgramFile, node: number): Procedure[] {
    const { tree } = file;
    const found: Procedure[] = [];
    let at = node;
    for (; at !== 0; at = tree.parent[at] as number) {
      const kind = tree.kind[at];
      if ((kind === K.Lambda && found.length < deepestNesting) || kind === K.Function) found.push(this.procedure({ file, node: at }));
      if (kind === K.Function) return found;
    }
    found.push(this.procedure({ file, node: 0 }));
    return found;
  }

  /** What a name stands for, when it is a function. */
  functionNamed(file: ProgramFile, node: number): Procedure | undefined {
    const [only, ...more] = this.values.of(file, node);
    return only?.kind === 'function' && more.length === 0 ? this.procedure(only) : undefined;
  }

  /** All functions, those that are called before those that call them. */
  order(): readonly Component[] {
    return (this.components ??= this.arrange());
  }

  private turned(): ReadonlyMap<number, readonly Procedure[]> {
    const callers = new Map<number, Procedure[]>();
    for (const { members } of this.order()) {
      for (const one of members) {
        for (const { key } of this.calledBy(one)) {
          const known = callers.get(key);
          if (known === undefined) callers.set(key, [one]);
          else known.push(one);
        }
      }
    }
    return callers;
  }

  private find(file: ProgramFile, call: number): readonly Callee[] {
    const { tree } = file;
    const callee = childBy(tree, call, R.Callee);
    if (callee === -1) return [];
    const makes = tree.kind[call] === K.New;
    const values = this.values.of(file, callee).flatMap((value) => (value.kind === 'module' ? this.values.whole(value) : [value]));
    const args = argumentCount(file, call);
    const found = values.flatMap((value): Callee[] => {
      if (value.kind === 'class' && (makes || tree.language === 'python')) return this.constructorsOf(value).map((one) => ({ procedure: this.procedure(one), receiver: 'new' }));
      if (value.kind === 'instance') return superCall(file, callee) ? this.constructorsOf(value).map((one) => ({ procedure: this.procedure(one), receiver: 'own' })) : [];
      return value.kind !== 'function' || makes ? [] : [{ procedure: this.procedure(value), receiver: receiverOf(file, callee, value) }];
    });
    const fitting = found.filter(({ procedure }) => takes(procedure, args));
    const kept = (fitting.length > 0 ? fitting : found).slice(0, mostCallees);
    for (const { procedure } of kept) this.targeted.add(procedure.key);
    return kept;
  }

  private join(file: ProgramFile, call: number): void {
    const reached = [...this.callees(file, call).map(({ procedure }) => procedure), ...this.handedOver(file, call)];
    if (reached.length === 0) return;
    for (const { key } of this.walkersOf(file, call)) {
      const edges = this.edges.get(key) ?? new Set();
      this.edges.set(key, edges);
      for (const procedure of reached) edges.add(procedure);
    }
  }

  /** Functions that a call is given by their names: what is called may call them. */
  private handedOver(file: ProgramFile, call: number): Procedure[] {
    const { tree } = file;
    const args = childBy(tree, call, R.Args);
    const found: Procedure[] = [];
    if (args === -1) return found;
    for (let at = args + 1; at < (tree.next[args] as number); at = tree.next[at] as number) {
      const procedure = tree.kind[at] === K.Name ? this.functionNamed(file, at) : undefined;
      if (procedure === undefined) continue;
      this.targeted.add(procedure.key);
      found.push(procedure);
    }
    return found;
  }

  private constructorsOf({ file, node }: Value): readonly Value[] {
    const name = file.tree.language === 'java' ? file.nameOf(node) : file.tree.language === 'python' ? '__init__' : 'constructor';
    return this.values.method(file, node, name, 0);
  }

  private procedure({ file, node }: Pick<Value, 'file' | 'node'>): Procedure {
    const key = keyOf(file, node);
    let found = this.procedures.get(key);
    if (found === undefined) this.procedures.set(key, (found = { file, node, key }));
    return found;
  }

  private arrange(): readonly Component[] {
    for (const file of this.files) {
      for (const call of [...file.facts.index.byKind(K.Call), ...file.facts.index.byKind(K.New)]) this.join(file, call);
      for (const node of file.functions) this.procedure({ file, node });
    }
    const all = [...this.procedures.values()].sort((a, b) => a.key - b.key);
    return arranged(all, (one) => [...(this.edges.get(one.key) ?? [])]);
  }
}

/** So many keys are those of one file. */
export const keysOfFile = 2 ** 26;

function keyOf(file: ProgramFile, node: number): number {
  return file.index * keysOfFile + node;
}

/** `super(...)`, and `this(...)` in Java. */
function superCall({ tree }: ProgramFile, callee: number): boolean {
  return tree.kind[callee] === K.Name && /^(?:super|this)$/.test(symbolOf(tree, callee));
}

function receiverOf(file: ProgramFile, callee: number, { file: home, node }: Value): Callee['receiver'] {
  if (home.classOf(node) === -1 || home.isStatic(node)) return 'none';
  return file.tree.kind[callee] === K.Member ? 'object' : 'own';
}

function argumentCount({ tree }: ProgramFile, call: number): number {
  const args = childBy(tree, call, R.Args);
  let count = 0;
  if (args !== -1) for (let at = args + 1; at < (tree.next[args] as number); at = tree.next[at] as number) count++;
  return count;
}

/** Whether a function may be called with so many arguments. Only Java tells methods of one name apart by that. */
function takes({ file, node }: Procedure, count: number): boolean {
  if (file.tree.language !== 'java') return true;
  const { list } = file.parameters(node);
  const last = list.at(-1);
  const open = last !== undefined && file.tree.text.slice(file.tree.start[last], file.tree.end[last]).includes('...');
  return open ? count >= list.length - 1 : count === list.length;
}

/** Strongly connected components, callees first (Tarjan 1972), without recursion. */
function arranged(all: readonly Procedure[], calledBy: (one: Procedure) => readonly Procedure[]): readonly Component[] {
  const state = new Map<number, { number: number; low: number; open: boolean }>();
  const stack: Procedure[] = [];
  const components: Component[] = [];
  let next = 0;
  for (const root of all) {
    if (state.has(root.key)) continue;
    const work: { readonly one: Procedure; readonly callees: readonly Procedure[]; at: number }[] = [];
    const enter = (one: Procedure): void => {
      state.set(one.key, { number: next, low: next++, open: true });
      stack.push(one);
      work.push({ one, callees: calledBy(one), at: 0 });
    };
    enter(root);
    while (work.length > 0) {
      const frame = work.at(-1) as (typeof work)[number];
      const own = state.get(frame.one.key) as { number: number; low: number; open: boolean };
      const callee = frame.callees[frame.at++];
      if (callee !== undefined) {
        const known = state.get(callee.key);
        if (known === undefined) enter(callee);
        else if (known.open) own.low = Math.min(own.low, known.number);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined) {
        const outer = state.get(above.one.key) as { low: number };
        outer.low = Math.min(outer.low, own.low);
      }
      if (own.low !== own.number) continue;
      const members = cutFrom(stack, frame.one);
      for (const { key } of members) (state.get(key) as { open: boolean }).open = false;
      components.push({ members, cyclic: members.length > 1 || frame.callees.some(({ key }) => key === frame.one.key) });
    }
  }
  return components;
}

function cutFrom(stack: Procedure[], first: Procedure): Procedure[] {
  const members: Procedure[] = [];
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    members.push(one);
    if (one === first) break;
  }
  return members.reverse();
}
