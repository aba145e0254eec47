import { dataChildren, dataKind, type DataTree } from '#model/data-tree.ts';
import { fromPcre } from '#formats/pcre.ts';
import { mostRanges } from '../finder.ts';

export interface DataBinding {
  readonly start: number;
  readonly end: number;
  /** What two places must agree on to be the same. */
  readonly same: string;
  readonly next?: DataBinding | undefined;
}

export interface DataMatch {
  readonly start: number;
  readonly end: number;
  readonly bindings: ReadonlyMap<string, DataBinding>;
}

export interface DataSearch {
  readonly matches: readonly DataMatch[];
  /** False when the search was stopped at its limit. */
  readonly complete: boolean;
}

interface Env {
  readonly name: string;
  readonly binding: DataBinding;
  readonly next: Env | undefined;
}

/** Called for each way in which something matches; true stops the search for more. */
type Then = (env: Env | undefined) => boolean;

/** Commands of a shell, and how they are joined. */
const commandLabels = new Set(['command', '&&', '||', '|', ';']);
const mostSteps = 3_000_000;

/** Finds a pattern at every place of a tree, in every way in which its metavariables can stand for something. */
export function searchData(pattern: DataTree, tree: DataTree, isDeep = true): DataSearch {
  const search = new Search(pattern, tree, isDeep);
  const whole = dataChildren(pattern, 0);
  if (whole.length === 0) return { matches: [], complete: true };
  if (whole.length > 1) search.everySequence(whole);
  else search.everyNode(whole[0] as number);
  return { matches: search.found, complete: !search.exhausted };
}

class Search {
  readonly found: DataMatch[] = [];
  exhausted = false;
  private steps = 0;
  private readonly seen = new Set<string>();
  private readonly regexps = new Map<string, RegExp>();
  private readonly p: DataTree;
  private readonly t: DataTree;

  /** Whether what is run may lie deeper than the pattern says. */
  private readonly isDeep: boolean;

  constructor(pattern: DataTree, tree: DataTree, isDeep: boolean) {
    this.p = pattern;
    this.t = tree;
    this.isDeep = isDeep;
  }

  everyNode(pattern: number): void {
    for (let node = 1; node < this.t.size && !this.exhausted; node++) {
      if (!this.mayMatch(pattern, node)) continue;
      this.match(pattern, node, undefined, (env) => this.report(node, node, env));
    }
  }

  /** Statements in order, beginning at any statement of any block. */
  everySequence(patterns: readonly number[]): void {
    for (let node = 0; node < this.t.size && !this.exhausted; node++) {
      const kind = this.t.kind[node] as number;
      if (kind !== dataKind.document && kind !== dataKind.block && kind !== dataKind.body) continue;
      const children = dataChildren(this.t, node);
      const opensWide = this.p.kind[patterns[0] as number] === dataKind.ellipsis;
      for (let first = 0; first < children.length && !this.exhausted; first++) {
        this.window(patterns, 0, children, first, first, undefined);
        if (opensWide) break;
      }
    }
  }

  private window(patterns: readonly number[], p: number, children: readonly number[], first: number, t: number, env: Env | undefined): boolean {
    if (this.isOver()) return true;
    if (p === patterns.length) return t > first ? this.report(children[first] as number, children[t - 1] as number, env) : false;
    const pattern = patterns[p] as number;
    if (this.p.kind[pattern] === dataKind.ellipsis) {
      if (p === patterns.length - 1) return this.window(patterns, p + 1, children, first, children.length, env);
      for (let skip = t; skip <= children.length; skip++) if (this.window(patterns, p + 1, children, first, skip, env)) return true;
      return false;
    }
    return t < children.length && this.match(pattern, children[t] as number, env, (next) => this.window(patterns, p + 1, children, first, t + 1, next));
  }

  private report(first: number, last: number, env: Env | undefined): boolean {
    const bindings = new Map<string, DataBinding>();
    for (let one = env; one !== undefined; one = one.next) bindings.set(one.name, one.binding);
    const start = this.t.start[first] as number;
    const end = this.t.end[last] as number;
    const key = `${start} ${end} ${[...bindings].map(([name, { start: from, end: to }]) => `${name} ${from} ${to}`).sort().join()}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    this.found.push({ start, end, bindings });
    if (this.found.length > mostRanges) this.exhausted = true;
    return this.exhausted;
  }

  private isOver(): boolean {
    if (this.steps++ > mostSteps) this.exhausted = true;
    return this.exhausted;
  }

  /** Tells most nodes apart by their kind alone. */
  private mayMatch(p: number, t: number): boolean {
    const kind = this.p.kind[p] as number;
    return kind === dataKind.name || kind === dataKind.ellipsis || kind === this.t.kind[t] || kind === dataKind.map || kind === dataKind.body || (kind === dataKind.form && this.p.value[p] === 'deep');
  }

  private match(p: number, t: number, env: Env | undefined, then: Then): boolean {
    if (this.isOver()) return true;
    const kind = this.p.kind[p] as number;
    const value = this.p.value[p] as string;
    if (kind === dataKind.ellipsis) return then(env);
    if (kind === dataKind.name && isMetavariable(value)) return this.t.kind[t] !== dataKind.option && this.bindNode(value, t, env, then);
    if (kind === dataKind.string) return this.text(value, t, env, then);
    if (kind === dataKind.form && value === 'deep') return this.deep(p + 1, t, env, then);
    const other = this.t.kind[t] as number;
    if ((kind === dataKind.map || kind === dataKind.body) && (other === dataKind.map || other === dataKind.body)) return this.members(p, t, env, then);
    if (kind !== other) return false;
    if (kind === dataKind.pair || kind === dataKind.list || kind === dataKind.block) return this.inOrder(dataChildren(this.p, p), 0, dataChildren(this.t, t), 0, env, then);
    if (kind === dataKind.form || kind === dataKind.option) return this.form(p, t, env, then);
    return value === this.t.value[t] && then(env);
  }

  /** `<... x ...>`: somewhere in it. */
  private deep(p: number, t: number, env: Env | undefined, then: Then): boolean {
    for (let node = t; node < (this.t.next[t] as number); node++) if (this.match(p, node, env, then)) return true;
    return false;
  }

  private form(p: number, t: number, env: Env | undefined, then: Then): boolean {
    if (this.p.value[p] !== this.t.value[t]) return false;
    const isOption = (tree: DataTree) => (node: number): boolean => tree.kind[node] === dataKind.option;
    const parts = dataChildren(this.p, p);
    const others = dataChildren(this.t, t);
    const options = parts.filter(isOption(this.p));
    const free = others.filter(isOption(this.t));
    const rest = (next: Env | undefined): boolean =>
      this.inOrder(parts.filter((node) => !isOption(this.p)(node)), 0, others.filter((node) => !isOption(this.t)(node)), 0, next, then);
    return options.length === 0 ? rest(env) : this.anyOrder(options, 0, free, new Set(), env, rest);
  }

  /** Members stand in any order. In a map all must be told unless there is an ellipsis; a body may always have more. */
  private members(p: number, t: number, env: Env | undefined, then: Then): boolean {
    const patterns = dataChildren(this.p, p);
    const wanted = patterns.filter((node) => this.p.kind[node] !== dataKind.ellipsis);
    const children = dataChildren(this.t, t);
    const isOpen = wanted.length < patterns.length || this.p.kind[p] === dataKind.body;
    if (wanted.length > children.length || (!isOpen && wanted.length < children.length)) return false;
    return this.anyOrder(wanted, 0, children, new Set(), env, then);
  }

  private anyOrder(patterns: readonly number[], at: number, children: readonly number[], used: Set<number>, env: Env | undefined, then: Then): boolean {
    if (at === patterns.length) return then(env);
    const pattern = patterns[at] as number;
    for (const child of children) {
      if (used.has(child) || !this.mayMatch(pattern, child)) continue;
      used.add(child);
      const rest: Then = (next) => this.anyOrder(patterns, at + 1, children, used, next, then);
      const stop = this.isBlock(this.p, pattern) ? this.block(pattern, child, env, rest) : this.match(pattern, child, env, rest);
      used.delete(child);
      if (stop) return true;
    }
    return false;
  }

  private isBlock(tree: DataTree, node: number): boolean {
    return tree.kind[node] === dataKind.form && tree.value[node] === 'block';
  }

  /** A block that a pattern wants in a body may lie deeper in it, in other blocks. */
  private block(pattern: number, child: number, env: Env | undefined, then: Then): boolean {
    for (let node = child; node < (this.t.next[child] as number); node++) if (this.isBlock(this.t, node) && this.match(pattern, node, env, then)) return true;
    return false;
  }

  private inOrder(patterns: readonly number[], p: number, children: readonly number[], t: number, env: Env | undefined, then: Then): boolean {
    if (this.isOver()) return true;
    if (p === patterns.length) return t === children.length && then(env);
    const pattern = patterns[p] as number;
    const name = this.p.kind[pattern] === dataKind.name ? (this.p.value[pattern] as string) : '';
    if (this.p.kind[pattern] === dataKind.ellipsis || name.startsWith('$...')) return this.several(patterns, p, children, t, env, then);
    if (t >= children.length) return false;
    const rest: Then = (next) => this.inOrder(patterns, p + 1, children, t + 1, next, then);
    return this.isCommand(pattern) ? this.command(pattern, children[t] as number, env, rest) : this.match(pattern, children[t] as number, env, rest);
  }

  private isCommand(pattern: number): boolean {
    return this.isDeep && this.p.kind[pattern] === dataKind.form && commandLabels.has(this.p.value[pattern] as string);
  }

  /** A command that an instruction of a pattern runs may be any of those that are run there. */
  private command(pattern: number, child: number, env: Env | undefined, then: Then): boolean {
    for (let node = child; node < (this.t.next[child] as number); node++) if (this.match(pattern, node, env, then)) return true;
    return false;
  }

  private several(patterns: readonly number[], p: number, children: readonly number[], t: number, env: Env | undefined, then: Then): boolean {
    const name = this.p.value[patterns[p] as number] as string;
    const isLast = p === patterns.length - 1;
    for (let until = isLast ? children.length : t; until <= children.length; until++) {
      const next = name === '' ? env : this.bindRun(name, children.slice(t, until), env);
      if (next !== false && this.inOrder(patterns, p + 1, children, until, next, then)) return true;
    }
    return false;
  }

  private bindRun(name: string, nodes: readonly number[], env: Env | undefined): Env | undefined | false {
    const first = nodes[0];
    if (first === undefined) return this.bind(name, { start: 0, end: 0, same: '' }, env);
    return this.bind(name, { start: this.t.start[first] as number, end: this.t.end[nodes.at(-1) as number] as number, same: nodes.map((node) => sameness(this.t, node)).join('\0') }, env);
  }

  private bindNode(name: string, t: number, env: Env | undefined, then: Then): boolean {
    if (name === '$_') return then(env);
    const next = this.bind(name, { start: this.t.start[t] as number, end: this.t.end[t] as number, same: sameness(this.t, t) }, env);
    return next !== false && then(next);
  }

  private bind(name: string, binding: DataBinding, env: Env | undefined): Env | undefined | false {
    for (let one = env; one !== undefined; one = one.next) if (one.name === name) return one.binding.same === binding.same ? env : false;
    return { name, binding, next: env };
  }

  /** Text in quotes: `...` is any, a metavariable stands for what is inside, `=~/x/` is an expression, anything else itself. */
  private text(value: string, t: number, env: Env | undefined, then: Then): boolean {
    if (this.t.kind[t] !== dataKind.string) return false;
    const own = this.t.value[t] as string;
    if (value === '...') return then(env);
    if (isMetavariable(value)) {
      const start = this.t.start[t] as number;
      const quoted = /["']/.test(this.t.text[start] ?? '') ? 1 : 0;
      const next = this.bind(value, { start: start + quoted, end: (this.t.end[t] as number) - quoted, same: own }, env);
      return next !== false && then(next);
    }
    const expression = /^=~\/(.*)\/([a-z]*)$/s.exec(value);
    return (expression === null ? own === value : this.expression(value, expression).test(own)) && then(env);
  }

  private expression(key: string, [, source = '', flags = '']: RegExpExecArray): RegExp {
    let regexp = this.regexps.get(key);
    if (regexp === undefined) {
      const translated = fromPcre(flags.includes('i') ? `(?i)${source}` : source, false);
      regexp = new RegExp(translated.source, translated.flags);
      this.regexps.set(key, regexp);
    }
    return regexp;
  }
}

function isMetavariable(value: string): boolean {
  return /^\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*$/.test(value);
}

/** Nodes that say the same have the same sameness, whatever their layout. */
function sameness(tree: DataTree, node: number): string {
  if (tree.next[node] === node + 1) return tree.value[node] as string;
  const parts: string[] = [];
  for (let at = node; at < (tree.next[node] as number); at++) parts.push(`${tree.kind[at]}:${tree.value[at]}:${(tree.next[at] as number) - at}`);
  return parts.join('\0');
}
