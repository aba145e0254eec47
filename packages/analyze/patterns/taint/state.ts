import { memberTaints, type Taints, union } from './taint.ts';

/** What each variable, or part of one (`x.y`), holds. One that was made clean is there with nothing. A copy shares what it holds until either changes. */
export class TaintState {
  private entries: Map<string, Taints>;
  private isShared = false;
  /** Variables of which parts are, or were, held apart. */
  private parted: ReadonlySet<string>;

  constructor(entries: Map<string, Taints> = new Map(), parted: ReadonlySet<string> = new Set()) {
    this.entries = entries;
    this.parted = parted;
  }

  copy(): TaintState {
    this.isShared = true;
    const copy = new TaintState(this.entries, this.parted);
    copy.isShared = true;
    return copy;
  }

  get(path: string): Taints | undefined {
    return this.entries.get(path);
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  set(path: string, taints: Taints): void {
    if (this.entries.get(path) === taints) return;
    this.own();
    const dot = path.indexOf('.');
    if (dot !== -1 && !this.parted.has(path.slice(0, dot))) this.parted = new Set([...this.parted, path.slice(0, dot)]);
    this.entries.set(path, taints);
  }

  /** Puts something into a whole, of which no part is held apart any longer. */
  setWhole(path: string, taints: Taints): void {
    const dot = path.indexOf('.');
    if (this.parted.has(dot === -1 ? path : path.slice(0, dot))) {
      const prefix = `${path}.`;
      for (const other of this.entries.keys()) {
        if (!other.startsWith(prefix)) continue;
        this.own();
        this.entries.delete(other);
      }
    }
    this.set(path, taints);
  }

  /** What a place holds, also where only the whole is known that it is part of; undefined where nothing is said of that either. */
  known(path: string): Taints | undefined {
    const own = this.entries.get(path);
    if (own !== undefined || !this.speaksOf(path)) return own;
    for (let dot = path.lastIndexOf('.'); dot !== -1; dot = path.lastIndexOf('.', dot - 1)) {
      const whole = this.entries.get(path.slice(0, dot));
      if (whole !== undefined) return memberTaints(whole, path.slice(dot));
    }
    return undefined;
  }

  /** Whether anything is held of the variable that a path begins with. */
  private speaksOf(path: string): boolean {
    const dot = path.indexOf('.');
    if (dot === -1) return false;
    const root = path.slice(0, dot);
    return this.entries.has(root) || this.parted.has(root);
  }

  [Symbol.iterator](): IterableIterator<[string, Taints]> {
    return this.entries.entries();
  }

  /** What holds when this or another path was taken. */
  or(other: TaintState): TaintState {
    if (other.entries === this.entries) return this.copy();
    const out = new Map(this.entries);
    for (const [path, taints] of other.entries) {
      const own = out.get(path);
      if (own !== taints) out.set(path, union(own ?? this.known(path) ?? [], taints));
    }
    for (const [path, taints] of this.entries) if (!other.entries.has(path)) out.set(path, union(taints, other.known(path) ?? []));
    return new TaintState(out, this.parted === other.parted ? this.parted : new Set([...this.parted, ...other.parted]));
  }

  private own(): void {
    if (!this.isShared) return;
    this.entries = new Map(this.entries);
    this.isShared = false;
  }
}

/** What holds when either path was taken; undefined is a path that ended. */
export function either(a: TaintState | undefined, b: TaintState | undefined): TaintState | undefined {
  return a === undefined || b === undefined || a === b ? (a ?? b) : a.or(b);
}
