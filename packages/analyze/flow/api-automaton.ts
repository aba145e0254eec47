import type { ApiStep } from '#model/library.ts';

/** A set of states of the automaton, by number. */
export type States = number;

/** Nothing is known of the module that it comes from. */
export const strange: States = 0;
/** It comes from a module that is known, and nothing is said about this part of it. */
export const unsaid: States = 1;

/** One step of a program through the world outside, as a key of a transition. */
export const step = {
  member: (name: string): string => `.${name}`,
  result: '()',
  instance: 'new',
  argument: (at: number): string => `a${at}`,
  keyword: (name: string): string => `k${name}`,
  parameter: (at: number): string => `p${at}`,
  this: 'this',
  element: '[]',
  await: 'await',
} as const;

interface State {
  readonly moves: Map<string, number>;
  /** States that one is in as well. */
  readonly also: number[];
  readonly accepts: number[];
}

const rests = new Map([['.', '.*'], ['a', 'a*'], ['p', 'p*']]);

/**
 * All API paths of the knowledge as one automaton: a program's value that comes from outside is the set of states that its way there leads to.
 * Sets are made as they are met.
 */
export class ApiAutomaton {
  private readonly states: State[] = [];
  private readonly roots = new Map<string, number>();
  private readonly pending: { readonly ends: readonly number[]; readonly other: readonly ApiStep[] }[] = [];
  private readonly sets: (readonly number[])[] = [[], []];
  private readonly setAt = new Map<string, States>();
  private readonly moves: Map<string, States>[] = [new Map(), new Map()];

  /** Adds a path; whoever arrives at its end is told `accept`. */
  add(path: readonly ApiStep[], accept: number): void {
    for (const end of this.ends(path)) (this.states[end] as State).accepts.push(accept);
  }

  /** Whoever is at the end of `path` is at the end of `other` as well. */
  same(path: readonly ApiStep[], other: readonly ApiStep[]): void {
    this.ends(other);
    this.pending.push({ ends: this.ends(path), other });
  }

  /** Once all paths are there: what is said of any member is said of the one that `other` names, too. */
  private settle(): void {
    for (const { ends, other } of this.pending.splice(0)) {
      const others = this.along(other);
      for (const end of ends) (this.states[end] as State).also.push(...others);
    }
  }

  private along(path: readonly ApiStep[]): number[] {
    const [first, ...steps] = path;
    let at = first === undefined ? [] : this.ends([first]);
    for (const one of steps) {
      const keys = keysOf(one).flatMap((key) => [key, rests.get(key[0] ?? '') ?? key]);
      at = [...new Set(at.flatMap((state) => keys.flatMap((key) => (this.states[state] as State).moves.get(key) ?? [])))];
    }
    return at;
  }

  private ends(path: readonly ApiStep[]): number[] {
    let at: number[] = [];
    path.forEach((one, index) => {
      at = index === 0 ? keysOf(one).map((name) => this.root(name.slice(1))) : at.flatMap((state) => keysOf(one).map((key) => this.next(state, key)));
    });
    return at;
  }

  private root(name: string): number {
    let state = this.roots.get(name);
    if (state === undefined) {
      state = this.state();
      this.roots.set(name, state);
    }
    return state;
  }

  private next(from: number, key: string): number {
    const { moves } = this.states[from] as State;
    let to = moves.get(key);
    if (to === undefined) {
      to = this.state();
      moves.set(key, to);
    }
    return to;
  }

  private state(): number {
    return this.states.push({ moves: new Map(), also: [], accepts: [] }) - 1;
  }

  /** The states of a module or a name by itself. */
  start(root: string): States {
    const state = this.roots.get(root);
    return state === undefined ? strange : this.set([state]);
  }

  /** The same for a dotted name whose beginning is a module: `os.path`, `express.Request`. */
  startOf(name: string): States {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const head = name.slice(0, end);
      if (!this.roots.has(head)) continue;
      const members = name.slice(end + 1);
      return members === '' ? this.start(head) : members.split('.').reduce((states, member) => this.move(states, step.member(member)), this.start(head));
    }
    return strange;
  }

  has(root: string): boolean {
    return this.roots.has(root);
  }

  move(from: States, key: string): States {
    if (from === strange || from === unsaid) return from;
    const moves = this.moves[from] as Map<string, States>;
    let to = moves.get(key);
    if (to === undefined) {
      to = this.target(from, key);
      moves.set(key, to);
    }
    return to;
  }

  private target(from: States, key: string): States {
    const rest = rests.get(key[0] ?? '');
    const found: number[] = [];
    for (const state of this.sets[from] as readonly number[]) {
      const { moves } = this.states[state] as State;
      for (const one of rest === undefined ? [key] : [key, rest]) {
        const to = moves.get(one);
        if (to !== undefined) found.push(to);
      }
    }
    return found.length === 0 ? unsaid : this.set(found);
  }

  /** False where nothing is said of it, nor of what comes after. */
  leads(states: States): boolean {
    return (this.sets[states] as readonly number[]).map((state) => this.states[state] as State).some(({ moves, accepts }) => moves.size > 0 || accepts.length > 0);
  }

  /** What is said about these states. */
  accepts(states: States): readonly number[] {
    return (this.sets[states] as readonly number[]).flatMap((state) => (this.states[state] as State).accepts);
  }

  union(a: States, b: States): States {
    if (a === b || b === strange || b === unsaid) return a;
    if (a === strange || a === unsaid) return b;
    return this.set([...(this.sets[a] as readonly number[]), ...(this.sets[b] as readonly number[])]);
  }

  private set(states: readonly number[]): States {
    this.settle();
    const all = new Set(states);
    for (const state of all) for (const other of (this.states[state] as State).also) all.add(other);
    const sorted = [...all].sort((one, other) => one - other);
    const key = sorted.join();
    let set = this.setAt.get(key);
    if (set === undefined) {
      set = this.sets.push(sorted) - 1;
      this.moves.push(new Map());
      this.setAt.set(key, set);
    }
    return set;
  }
}

/** Keys of the transitions that a step of a path stands for. */
function keysOf(one: ApiStep): string[] {
  switch (one.kind) {
    case 'root': return one.names.map((name) => `.${name}`);
    case 'member': return one.names.map((name) => `.${name}`);
    case 'any': return ['.*'];
    case 'result': return [step.result];
    case 'instance': return [step.instance];
    case 'argument': return [one.at === '*' ? 'a*' : typeof one.at === 'number' ? `a${one.at}` : `k${one.at.slice('keyword:'.length)}`];
    case 'parameter': return [one.at === '*' ? 'p*' : `p${one.at}`];
    case 'this': return [step.this];
    case 'element': return [step.element];
    case 'await': return [step.await];
  }
}
