import { type CodeTree, K, R } from '#model/code-tree.ts';
import { type Binding, type Environment, lookUp, sameBinding } from './bindings.ts';
import { candidates, placeIn } from './candidates.ts';
import { valueBefore } from './earlier-values.ts';
import { equivalent } from './equivalences.ts';
import type { Constant, TreeFacts } from './facts.ts';
import { matchImport } from './import-forms.ts';
import { matchArguments, matchOrdered, matchUnordered } from './lists.ts';
import { dottedPattern, importedPath, matchesDotted } from './names.ts';
import type { PatternNode, StringPattern } from './pattern-tree.ts';
import type { PatternOptions } from './rule.ts';
import { childBy, symbolOf } from './scopes.ts';
import { matchBlock } from './statements.ts';
import { isOfType } from './types.ts';

/** Called for every way in which a pattern matches. */
export type Found = (environment: Environment) => void;

/** A pattern took more comparisons than it may on one file. */
export class PatternOverBudget extends Error {
  override readonly name = 'PatternOverBudget';
}

/** Roles that a program may fill where the pattern says nothing. */
const optional = new Map<number, ReadonlySet<number>>(
  (
    [
      [K.If, [R.Else, R.Init]],
      [K.Try, [R.Finally, R.Else]],
      [K.Catch, [R.Type]],
      [K.Function, [R.Attributes, R.Type, R.TypeArgs, R.Object]],
      [K.Lambda, [R.Name, R.Attributes, R.Type, R.TypeArgs]],
      [K.Class, [R.Attributes, R.Super, R.TypeArgs]],
      [K.VarDef, [R.Attributes, R.Type, R.Init]],
      [K.Param, [R.Attributes, R.Type, R.Value]],
      [K.New, [R.Body, R.TypeArgs]],
      [K.Call, [R.TypeArgs, R.Body]],
      [K.Import, [R.Alias]],
      [K.Element, [R.Attributes, R.Items]],
      [K.While, [R.Else]],
      [K.ForEach, [R.Else, R.Type]],
      [K.Member, [R.TypeArgs]],
    ] as const
  ).map(([kind, roles]) => [kind, new Set<number>(roles)]),
);

/** Lists that need not be there to be empty; a literal of nothing is a value. */
const mayBeAbsent: ReadonlySet<number> = new Set([K.Args, K.Params, K.Attributes, K.List, K.ClassBody, K.Block]);

const symbolMatters: ReadonlySet<number> = new Set([K.Unary, K.Binary, K.AugAssign, K.Num, K.Bool, K.Null, K.Regexp, K.Name, K.ForEach, K.Import, K.Template]);
const unordered: ReadonlySet<number> = new Set([K.Object, K.ClassBody, K.Attributes, K.Set]);
const commutative: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or', '|', '&', '^']);

export class Matcher {
  readonly tree: CodeTree;
  readonly facts: TreeFacts;
  readonly options: PatternOptions;
  /** When the facts have counted so many steps, it is too many. */
  private readonly last: number;

  constructor(facts: TreeFacts, options: PatternOptions, steps: number) {
    this.tree = facts.tree;
    this.facts = facts;
    this.options = options;
    this.last = facts.steps + steps;
  }

  spend(): void {
    if (++this.facts.steps > this.last) throw new PatternOverBudget('too many comparisons');
  }

  /** Everything that stands in the pattern stands in the program at this node. */
  match(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    this.spend();
    switch (pattern.kind) {
      case K.Dots:
        return found(environment);
      case K.Metavariable:
        // What is passed by name is asked for by name.
        if (this.tree.kind[node] === K.Keyword && this.tree.kind[this.tree.parent[node] as number] === K.Args) return;
        if (this.options.symbolicPropagation === true) this.standsFor(pattern, node, environment, found);
        return this.bindNode(pattern.symbol, node, environment, found);
      case K.DotsMetavariable:
        return this.bind(pattern.symbol, { node, last: node }, environment, found);
      case K.Deep:
        return this.deep(pattern.children[0] as PatternNode, node, environment, found);
      case K.TypedMetavariable:
        if (isOfType(this.facts, node, pattern.type ?? '')) this.bindNode(pattern.symbol, node, environment, found);
        return;
      case K.Str:
        return this.text(pattern, node, environment, found);
      default:
        return this.plain(pattern, node, environment, found);
    }
  }

  private plain(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const { tree } = this;
    const kind = tree.kind[node] as number;
    if (pattern.kind === kind) this.same(pattern, node, environment, found);
    else equivalent(this, pattern, node, environment, found);
    if (pattern.kind === K.Import) matchImport(this, pattern, node, environment, found);
    if (pattern.kind === K.Member) this.receivers(pattern, node, environment, found);
    if (kind === K.Name || kind === K.Member) this.behind(pattern, node, environment, found);
  }

  /** The other things that a name may stand for: what it was imported as, its constant, the expression it was made with. */
  private behind(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const { facts, options } = this;
    if (pattern.kind === K.Name || pattern.kind === K.Member) {
      const dotted = dottedPattern(pattern);
      if (dotted !== undefined && matchesDotted(facts, dotted, node)) return found(environment);
      if (dotted === undefined && pattern.kind === K.Member) this.importedMember(pattern, node, environment, found);
    }
    if (pattern.kind === K.Regexp && options.constantPropagation !== false) {
      const variable = facts.variable(node);
      const value = variable === undefined ? -1 : valueBefore(this.tree, variable, node);
      if (value !== -1 && this.tree.kind[value] === K.Regexp) this.same(pattern, value, environment, found);
    }
    if ((pattern.kind === K.Num || pattern.kind === K.Bool) && options.constantPropagation !== false) {
      const constant = facts.constant(node);
      if (constant?.kind === pattern.kind && constant.text === pattern.symbol) found(environment);
    }
    if (options.symbolicPropagation === true && pattern.kind !== K.Name && pattern.kind !== K.Member) {
      const variable = facts.variable(node);
      if (variable !== undefined && variable.assignments === 1 && variable.init > -1 && variable.init !== node && this.tree.kind[variable.init] !== K.Name) this.match(pattern, variable.init, environment, found);
    }
  }

  /** A variable that got another one, once, is that one too. */
  private standsFor(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const variable = this.tree.kind[node] === K.Name ? this.facts.variable(node) : undefined;
    if (variable === undefined || variable.assignments !== 1 || variable.init === -1 || variable.init === node || this.tree.kind[variable.init] !== K.Name) return;
    this.spend();
    this.bindNode(pattern.symbol, variable.init, environment, found);
  }

  /** `$X.exec` and `child_process.$F` against a name that was imported as `child_process.exec`. */
  private importedMember(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const path = importedPath(this.facts, node);
    if (path === undefined || path.length < 2) return;
    this.path(pattern, node, path, environment, found);
  }

  private path(pattern: PatternNode, node: number, path: readonly string[], environment: Environment, found: Found): void {
    const { tree } = this;
    if (pattern.kind === K.Metavariable) {
      return this.bind(pattern.symbol, { node: -1, last: -1, start: tree.start[node] as number, end: tree.end[node] as number, text: path.join('.') }, environment, found);
    }
    const [only] = path;
    if (pattern.kind === K.Name && path.length === 1 && (pattern.symbol === only || only?.endsWith(`/${pattern.symbol}`) === true)) return found(environment);
    const object = pattern.children.find((child) => child.role === R.Object);
    const name = pattern.children.find((child) => child.role === R.Name);
    if (pattern.kind !== K.Member || object === undefined || name === undefined || path.length < 2) return;
    this.path(name, node, path.slice(-1), environment, (next) => this.path(object, node, path.slice(0, -1), next, found));
  }

  private same(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const { tree } = this;
    const { kind } = pattern;
    if (kind === K.Name) {
      if (pattern.symbol === symbolOf(tree, node)) found(environment);
      return;
    }
    if (kind === K.Regexp && pattern.text !== undefined) return this.regexp(pattern.text, node, environment, found);
    if (kind === K.VarDef && pattern.symbol !== '' && pattern.symbol !== 'var' && pattern.symbol !== symbolOf(tree, node)) return;
    if (kind === K.Other && pattern.symbol !== symbolOf(tree, node)) return;
    // `import 'm'` is any import of it.
    const bareImport = kind === K.Import && pattern.children.length === 1 && tree.language === 'javascript';
    if (symbolMatters.has(kind) && !bareImport && pattern.symbol !== symbolOf(tree, node)) return;
    if (pattern.list) return this.list(pattern, node, environment, found);
    if (kind === K.Binary && commutative.has(pattern.symbol) && this.options.acMatching !== false) return this.anyOrder(pattern, node, environment, found);
    this.roles(pattern, node, 0, environment, found);
  }

  /** A regular expression that a metavariable stands for, without its slashes. */
  private regexp(wanted: StringPattern, node: number, environment: Environment, found: Found): void {
    if (wanted.kind !== 'metavariable') return found(environment);
    const { tree } = this;
    const symbol = symbolOf(tree, node);
    const end = symbol.lastIndexOf('/');
    const start = tree.start[node] as number;
    this.bind(wanted.name, { node, last: node, start: start + 1, end: start + end, text: symbol.slice(1, end) }, environment, found);
  }

  /** Children by role, one after the other. */
  roles(pattern: PatternNode, node: number, at: number, environment: Environment, found: Found, besides = 0): void {
    if (at === 0 && !this.mayLack(pattern, node, besides)) return;
    const part = pattern.children[at];
    if (part === undefined) return found(environment);
    const own = childBy(this.tree, node, part.role);
    const next = (bound: Environment): void => this.roles(pattern, node, at + 1, bound, found, -1);
    if (own !== -1) return this.match(part, own, environment, next);
    const anyName = part.role === R.Name && part.kind === K.Metavariable && pattern.kind === K.Lambda;
    const isNothing = mayBeAbsent.has(part.kind) && (part.children.length === 0 || (part.hasDots && part.children.length === 1));
    if (anyName || part.kind === K.Dots || isNothing) next(environment);
  }

  /** What the program has and the pattern does not is nothing that changes the meaning. */
  private mayLack(pattern: PatternNode, node: number, besides: number): boolean {
    if (besides === -1) return true;
    const { tree } = this;
    const allowed = optional.get(pattern.kind);
    const forAll = pattern.kind === K.For && pattern.children.some((child) => child.role === R.Init && child.kind === K.Dots) && pattern.children.length === 2;
    const bareImport = pattern.kind === K.Import && pattern.children.length === 1 && tree.language === 'javascript';
    for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) {
      const role = tree.role[child] as number;
      if (role === besides || forAll || bareImport || allowed?.has(role) === true) continue;
      if (!pattern.children.some((part) => part.role === role)) return false;
    }
    return true;
  }

  private list(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const nodes = this.childrenOf(node);
    if (pattern.kind === K.Block || pattern.kind === K.Program) return matchBlock(this, pattern.children, node, environment, (next) => found(next));
    if (pattern.kind === K.Args) return matchArguments(this, pattern.children, nodes, environment, found);
    if (unordered.has(pattern.kind)) return matchUnordered(this, pattern.children, nodes, pattern.hasDots || pattern.kind !== K.Set && (pattern.kind !== K.Object || this.tree.language === 'javascript'), environment, found);
    if (pattern.kind === K.Template) return matchOrdered(this, pattern.children, nodes, environment, found, (part, own) => part.kind === K.Str || this.tree.language === 'php' || !isPiece(this.tree, own));
    matchOrdered(this, pattern.children, nodes, environment, found);
  }

  childrenOf(node: number): number[] {
    const { tree } = this;
    const nodes: number[] = [];
    for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) nodes.push(child);
    return nodes;
  }

  /** `$A && $B` in any order and grouping. */
  private anyOrder(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const wanted = flattened(pattern);
    const own: number[] = [];
    this.operands(node, pattern.symbol, own);
    if (wanted.length > own.length) return;
    if (wanted.length === own.length || wanted.some((part) => part.kind === K.Dots)) matchUnordered(this, wanted, own, wanted.some((part) => part.kind === K.Dots), environment, found);
    else this.roles(pattern, node, 0, environment, found);
  }

  private operands(node: number, operator: string, into: number[]): void {
    const { tree } = this;
    if (tree.kind[node] !== K.Binary || symbolOf(tree, node) !== operator || into.length > 50) {
      into.push(node);
      return;
    }
    this.operands(childBy(tree, node, R.Left), operator, into);
    this.operands(childBy(tree, node, R.Right), operator, into);
  }

  /** `a. ... .b`: an ellipsis for any part of a chain. */
  private receivers(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const name = pattern.children.find((child) => child.role === R.Name);
    const object = pattern.children.find((child) => child.role === R.Object);
    if (name?.kind !== K.Dots || object === undefined) return;
    const { tree } = this;
    let at = node;
    for (let links = 0; at !== -1 && links < 200; links++) {
      if (links > 0) this.match(object, at, environment, found);
      const kind = tree.kind[at];
      if (links === 0 && kind !== K.Member) this.match(object, at, environment, found);
      at = kind === K.Member || kind === K.Index ? childBy(tree, at, R.Object) : kind === K.Call ? childBy(tree, at, R.Callee) : -1;
    }
  }

  private deep(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const end = this.tree.next[node] as number;
    const may = candidates(this.facts, pattern);
    const first = may === undefined ? node : placeIn(may, node);
    let certain = false;
    for (let place = first; !certain; place++) {
      const at = may === undefined ? place : may[place];
      if (at === undefined || at >= end) return;
      this.match(pattern, at, environment, (next) => {
        if (certain) return;
        if (next === environment) certain = true;
        found(next);
      });
    }
  }

  private text(pattern: PatternNode, node: number, environment: Environment, found: Found): void {
    const { tree, facts, options } = this;
    const wanted = pattern.text;
    if (wanted === undefined) return;
    const kind = tree.kind[node];
    const constant: Constant | undefined = kind === K.Str || options.constantPropagation !== false ? facts.constant(node) : undefined;
    if (constant?.kind !== K.Str) return;
    if (wanted.kind === 'any') return found(environment);
    if (wanted.kind === 'exact' ? constant.text === wanted.text : wanted.kind === 'regex' && wanted.regex.test(constant.text)) return found(environment);
    if (wanted.kind !== 'metavariable') return;
    const [start, end] = [tree.start[node] as number, tree.end[node] as number];
    const [opening, closing] = kind === K.Str && end - start > constant.text.length ? quotesOf(tree.text, start) : [0, 0];
    const inside = { node, last: node, start: start + opening, end: end - closing, text: constant.text };
    this.bind(wanted.name, kind === K.Str ? inside : { ...inside, constant: true }, environment, found);
  }

  /** Two names are one only where the same thing is meant: not the parameters of two functions. */
  private sameName(a: Binding, b: Binding): boolean {
    if (a.node === -1 || b.node === -1 || a.text !== undefined || b.text !== undefined || a.node !== a.last || b.node !== b.last) return true;
    const [one, other] = [this.facts.declarationOf(a.node), this.facts.declarationOf(b.node)];
    return one === undefined || other === undefined || one === other;
  }

  bindNode(name: string, node: number, environment: Environment, found: Found): void {
    this.bind(name, { node, last: node }, environment, found);
  }

  bind(name: string, what: Pick<Binding, 'node' | 'last'> & Partial<Pick<Binding, 'start' | 'end' | 'text' | 'constant'>>, environment: Environment, found: Found): void {
    if (name === '$_' || name === '$..._') return found(environment);
    const { tree } = this;
    const start = what.start ?? (tree.start[what.node] as number);
    const end = what.end ?? (tree.end[what.last] as number);
    const binding: Binding = { ...what, name, start, end, text: what.text, next: environment };
    const known = lookUp(environment, name);
    if (known === undefined) found(binding);
    else if (sameBinding(tree, known, binding) && this.sameName(known, binding)) found(environment);
  }
}

/** How many characters open and close the text that begins at a place: three quotes, or one, behind what says of which kind it is. */
function quotesOf(text: string, start: number): readonly [opening: number, closing: number] {
  const [whole = '', , quotes = ''] = /^([A-Za-z]{0,3})("{3}|'{3}|["'`])/.exec(text.slice(start, start + 6)) ?? [];
  return whole === '' ? [1, 1] : [whole.length, quotes.length];
}

/** A part of a template's own text, where others are values in it. */
function isPiece(tree: CodeTree, node: number): boolean {
  return tree.kind[node] === K.Str && (tree.end[node] as number) - (tree.start[node] as number) === symbolOf(tree, node).length;
}

function flattened(pattern: PatternNode): PatternNode[] {
  const operands: PatternNode[] = [];
  const visit = (part: PatternNode, operator: string): void => {
    if (part.kind !== K.Binary || part.symbol !== operator) operands.push(part);
    else for (const child of part.children) visit(child, operator);
  };
  visit(pattern, pattern.symbol);
  return operands;
}
