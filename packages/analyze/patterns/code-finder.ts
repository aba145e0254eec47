import { blockKinds, type CodeTree, K, R, statementKinds } from '#model/code-tree.ts';
import { type Environment, sameCode, sameEnvironment, textOf } from './bindings.ts';
import { anyWithin, candidates, placeIn } from './candidates.ts';
import type { CompiledPattern, PatternCompiler } from './compile.ts';
import type { TreeFacts } from './facts.ts';
import { type Finder, mostRanges, type OpenText } from './finder.ts';
import type { Bound, PatternMatch } from './match.ts';
import { Matcher } from './matcher.ts';
import type { PatternOptions } from './rule.ts';
import type { PatternNode } from './pattern-tree.ts';
import { isCovered, type Span } from './spans.ts';
import { flatStatements, matchRun } from './statements.ts';
import { sameType, typeOf } from './types.ts';

/** Comparisons for one pattern in one file. */
const mostSteps = 5_000_000;

/** Finds patterns in the tree of one file. */
export class CodeFinder implements Finder {
  readonly facts: TreeFacts;
  private readonly compiler: PatternCompiler;
  private readonly options: PatternOptions;
  private readonly span: Span | undefined;
  /** Nodes by span, of those that were asked for. */
  private readonly nodes = new Map<number, number | undefined>();
  private readonly open: OpenText;
  /** Where the tree's text begins in the whole. */
  private readonly base: number;

  constructor(facts: TreeFacts, compiler: PatternCompiler, options: PatternOptions, open: OpenText, base = 0, span?: Span) {
    this.facts = facts;
    this.compiler = compiler;
    this.options = options;
    this.open = open;
    this.base = base;
    this.span = span;
  }

  get tree(): CodeTree {
    return this.facts.tree;
  }

  get text(): string {
    const { text } = this.facts.tree;
    return this.span === undefined ? text : text.slice(this.span.start, this.span.end);
  }

  get offset(): number {
    return this.base + (this.span?.start ?? 0);
  }

  find(pattern: string, among?: readonly Span[], about?: readonly Span[]): readonly PatternMatch[] {
    const compiled = this.compiler.compile(pattern);
    const own = (spans: readonly Span[] | undefined): readonly Span[] | undefined => (spans === undefined || this.base === 0 ? spans : spans.map(({ start, end }) => ({ start: start - this.base, end: end - this.base })));
    const matches = findPattern(this.facts, compiled, this.options, { span: this.span, among: own(among), about: own(about) });
    return this.base === 0 ? matches : matches.map((match) => shifted(match, this.base));
  }

  mayFind(pattern: string): boolean {
    return hasAll(this.facts, this.compiler.compile(pattern));
  }

  within({ start, end, text, constant }: Bound, language: string | undefined): Finder | undefined {
    const span = { start: start - this.base, end: end - this.base };
    if (language !== undefined) return this.open(language, constant === true ? text : this.facts.tree.text.slice(span.start, span.end), start);
    return new CodeFinder(this.facts, this.compiler, this.options, this.open, this.base, span);
  }

  same(a: Bound, b: Bound): boolean {
    if (a.declaration !== undefined && b.declaration !== undefined && a.declaration !== b.declaration) return false;
    if (a.text === b.text) return true;
    const [one, other] = [this.nodeAt(a), this.nodeAt(b)];
    return one !== undefined && other !== undefined && sameCode(this.facts.tree, one, other);
  }

  hasType(bound: Bound, types: readonly string[]): boolean {
    const node = this.nodeAt(bound);
    const type = node === undefined ? undefined : typeOf(this.facts, node);
    return type !== undefined && types.some((wanted) => sameType(type, wanted));
  }

  /** The outermost node of a span. */
  private nodeAt(bound: Span): number | undefined {
    const span = { start: bound.start - this.base, end: bound.end - this.base };
    const key = span.start * 2 ** 26 + span.end;
    if (!this.nodes.has(key)) this.nodes.set(key, nodeOfSpan(this.facts.tree, span));
    return this.nodes.get(key);
  }
}


function shifted(match: PatternMatch, by: number): PatternMatch {
  const bindings = new Map([...match.bindings].map(([name, bound]) => [name, { ...bound, start: bound.start + by, end: bound.end + by }]));
  return { ...match, start: match.start + by, end: match.end + by, bindings };
}

/** Nodes are in the order of their starts, but for few. */
function nodeOfSpan(tree: CodeTree, { start, end }: Span): number | undefined {
  let node = 0;
  for (;;) {
    if (tree.start[node] === start && tree.end[node] === end && node !== 0) return node;
    let inner = -1;
    for (let child = node + 1; child < (tree.next[node] as number); child = tree.next[child] as number) {
      if ((tree.start[child] as number) <= start && (tree.end[child] as number) >= end) {
        inner = child;
        break;
      }
    }
    if (inner === -1) return undefined;
    node = inner;
  }
}

/** Where matches are wanted. */
interface Wanted {
  readonly span: Span | undefined;
  readonly among: readonly Span[] | undefined;
  readonly about: readonly Span[] | undefined;
}

/** Every match of a pattern, in every way in which its metavariables can stand for something. */
function findPattern(facts: TreeFacts, compiled: CompiledPattern, options: PatternOptions, wanted: Wanted): PatternMatch[] {
  const { parts } = compiled;
  if (!hasAll(facts, compiled)) return [];
  const search = new Search(facts, options, wanted);
  if (parts.length === 1) search.node(parts[0] as PatternNode, compiled.isStatement);
  else search.run(compiled);
  return search.matches;
}

/** The names and texts without which a pattern matches nothing. */
function hasAll(facts: TreeFacts, { needs, texts, modules }: CompiledPattern): boolean {
  return modules.every((name) => facts.imports(name)) && needs.every((name) => facts.index.has(name)) && texts.every((text) => facts.texts.values.has(text));
}

class Search {
  readonly matches: PatternMatch[] = [];
  /** What was found at each span. */
  private readonly seen = new Map<number, Environment[]>();
  private readonly facts: TreeFacts;
  private readonly tree: CodeTree;
  private readonly matcher: Matcher;
  private readonly wanted: Wanted;
  /** The nodes that may lie in the span. */
  private readonly first: number;
  private readonly after: number;

  constructor(facts: TreeFacts, options: PatternOptions, wanted: Wanted) {
    const { span } = wanted;
    this.facts = facts;
    this.tree = facts.tree;
    this.matcher = new Matcher(facts, options, mostSteps);
    this.wanted = wanted;
    const whole = span === undefined ? undefined : nodeOfSpan(facts.tree, span);
    this.first = whole ?? 1;
    this.after = whole === undefined ? facts.tree.size : (facts.tree.next[whole] as number);
  }

  node(part: PatternNode, isStatement: boolean): void {
    const found = candidates(this.facts, part);
    if (found === undefined) for (let node = this.first; node < this.after; node++) if (this.isWhole(node)) this.at(part, node, isStatement);
    if (found !== undefined) for (let at = placeIn(found, this.first); at < found.length && (found[at] as number) < this.after; at++) this.at(part, found[at] as number, isStatement);
  }

  private at(part: PatternNode, node: number, isStatement: boolean): void {
    const { tree } = this;
    const told = isStatement ? statementOf(tree, node) : node;
    const [start, end] = [tree.start[told] as number, tree.end[told] as number];
    if (!this.isInside(start, end) || (part.kind === K.Name && !this.isWhole(node)) || isImplicit(tree, node)) return;
    this.matcher.match(part, node, undefined, (environment) => this.report(start, end, environment));
  }

  run({ parts, needs }: CompiledPattern): void {
    const { tree, facts } = this;
    const [first] = parts;
    if (first === undefined) return;
    const may = candidates(facts, first);
    const names = needs.flatMap((name) => facts.placesOfName(name) ?? []);
    for (const kind of blockKinds) {
      for (const block of facts.index.byKind(kind)) {
        // What the span is may be a statement of its own.
        if ((block < this.first && block !== tree.parent[this.first]) || block >= this.after) continue;
        const after = tree.next[block] as number;
        const mayBegin = (node: number): boolean => names.every((places) => anyWithin(places, node, after)) && this.isAbout(tree.start[node] as number, tree.end[block] as number);
        if (mayBegin(block)) this.runIn(block, parts, may, mayBegin);
      }
    }
  }

  private runIn(block: number, parts: readonly PatternNode[], may: readonly number[] | undefined, mayBegin: (node: number) => boolean): void {
    const { tree } = this;
    const { nodes, after } = flatStatements(tree, block);
    for (let from = 0; from < nodes.length; from = after[from] as number) {
      const node = nodes[from] as number;
      if (may !== undefined && !anyWithin(may, node, tree.next[node] as number)) continue;
      // What comes later lies in less of the block.
      if (!mayBegin(node)) return;
      matchRun(this.matcher, parts, block, from, (environment, begin, last) => this.report(tree.start[begin] as number, tree.end[last] as number, environment));
      if (parts[0]?.kind === K.Dots) return;
    }
  }

  /** Whether one of the places that it is to be about lies between two. */
  private isAbout(start: number, end: number): boolean {
    const { about } = this.wanted;
    return about === undefined || about.some((span) => span.start >= start && span.end <= end);
  }

  /** What a metavariable stands for is whole, whatever it is part of. */
  private isWhole(node: number): boolean {
    const { tree, wanted: { span } } = this;
    return (tree.start[node] === span?.start && tree.end[node] === span?.end) || isWhole(tree, node);
  }

  private isInside(start: number, end: number): boolean {
    const { span, among } = this.wanted;
    return (span === undefined || (start >= span.start && end <= span.end)) && (among === undefined || isCovered(among, { start, end }));
  }

  private report(start: number, end: number, environment: Environment): void {
    if (!this.isInside(start, end) || this.matches.length > mostRanges) return;
    const key = start * 2 ** 26 + end;
    const known = this.seen.get(key);
    if (known === undefined) this.seen.set(key, [environment]);
    else if (known.some((other) => sameEnvironment(other, environment))) return;
    else known.push(environment);
    this.matches.push({ start, end, bindings: bindingsOf(this.facts, environment) });
  }
}

/** The statement in which an expression stands, where it is no more than expressions; else the expression itself. */
function statementOf(tree: CodeTree, node: number): number {
  let at = node;
  for (;;) {
    const above = tree.parent[at] as number;
    const kind = tree.kind[above] as number;
    if (blockKinds.has(kind)) return at;
    if (functions.has(kind) || (statementKinds.has(kind) && !simple.has(kind)) || above === 0) return node;
    at = above;
  }
}

const functions: ReadonlySet<number> = new Set([K.Function, K.Lambda, K.Class]);
const simple: ReadonlySet<number> = new Set([K.VarDef, K.Return, K.Throw]);

/** In Python, what a resource is called is no assignment. */
function isImplicit(tree: CodeTree, node: number): boolean {
  return tree.language === 'python' && tree.kind[node] === K.Assign && tree.role[tree.parent[node] as number] === R.Items;
}

/** Names that are parts of something else (keys, members, what is declared) are nothing that stands for itself. */
function isWhole(tree: CodeTree, node: number): boolean {
  const role = tree.role[node];
  const kind = tree.kind[node];
  if (kind === K.Args || kind === K.Params || kind === K.List || kind === K.Attributes || kind === K.ClassBody) return false;
  // The name of an annotation stands for it.
  const annotates = role === R.Name && tree.kind[tree.parent[node] as number] === K.Attribute && tree.kind[tree.parent[tree.parent[node] as number] as number] === K.Attributes;
  return annotates || !(kind === K.Name && (role === R.Name || role === R.Alias || (role === R.Key && tree.kind[tree.parent[node] as number] === K.Pair)));
}

function bindingsOf(facts: TreeFacts, environment: Environment): ReadonlyMap<string, Bound> {
  const { tree } = facts;
  const bindings = new Map<string, Bound>();
  for (let at = environment; at !== undefined; at = at.next) {
    const declaration = at.text === undefined && at.node !== -1 && at.node === at.last ? facts.declarationOf(at.node) : undefined;
    bindings.set(at.name, { start: at.start, end: at.end, text: textOf(tree, at), ...(at.constant === true ? { constant: true } : {}), ...(declaration === undefined ? {} : { declaration }) });
  }
  return bindings;
}
