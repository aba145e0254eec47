import { blockKinds, type CodeTree, K } from '#model/code-tree.ts';
import type { FormulaEvaluator } from '../formula.ts';
import type { Bound } from '../match.ts';
import type { Span } from '../spans.ts';
import type { TaintParts, TaintPropagator, TaintSanitizer, TaintSink, TaintSource } from '../rule.ts';

/** A range that a part of a rule matched. */
export interface Mark<T> {
  readonly part: T;
  readonly start: number;
  readonly end: number;
  readonly bindings: ReadonlyMap<string, Bound>;
}

/** Where the parts of a taint rule lie, by node. */
export interface TaintMarks {
  readonly sources: ReadonlyMap<number, readonly Mark<TaintSource>[]>;
  readonly sinks: ReadonlyMap<number, readonly Mark<TaintSink>[]>;
  readonly sanitizers: ReadonlyMap<number, readonly Mark<TaintSanitizer>[]>;
  /** By the node that data goes from; the mark's span is where it goes to. */
  readonly propagators: ReadonlyMap<number, readonly Mark<TaintPropagator>[]>;
}

const marksByNode = new WeakMap<TaintMarks, ReadonlySet<number>>();

/** The nodes of which any part of the rule says something. */
export function markedNodes(marks: TaintMarks): ReadonlySet<number> {
  let nodes = marksByNode.get(marks);
  if (nodes === undefined) marksByNode.set(marks, (nodes = new Set([...marks.sinks.keys(), ...marks.sources.keys(), ...marks.sanitizers.keys(), ...marks.propagators.keys()])));
  return nodes;
}

export const noMarks: TaintMarks = { sources: new Map(), sinks: new Map(), sanitizers: new Map(), propagators: new Map() };

/** Undefined when the file has no source or no sink, so that nothing can flow in it. */
export function findMarks(tree: CodeTree, parts: TaintParts, evaluator: FormulaEvaluator): TaintMarks | undefined {
  const marks = findMarksApart(tree, parts, evaluator);
  return marks.sinks.size === 0 || marks.sources.size === 0 ? undefined : marks;
}

/** The same for a file that data may come into or leave by calls: each part is looked for when it is first asked for. */
export function findMarksApart(tree: CodeTree, parts: TaintParts, evaluator: FormulaEvaluator): TaintMarks {
  return new LazyMarks(tree, parts, evaluator);
}

class LazyMarks implements TaintMarks {
  private readonly tree: CodeTree;
  private readonly parts: TaintParts;
  private readonly evaluator: FormulaEvaluator;
  private readonly found: { -readonly [part in keyof TaintMarks]?: TaintMarks[part] } = {};

  constructor(tree: CodeTree, parts: TaintParts, evaluator: FormulaEvaluator) {
    this.tree = tree;
    this.parts = parts;
    this.evaluator = evaluator;
  }

  get sources(): TaintMarks['sources'] {
    return (this.found.sources ??= marked(this.tree, this.parts.sources, this.evaluator, (source) => source.exact));
  }

  get sinks(): TaintMarks['sinks'] {
    return (this.found.sinks ??= marked(this.tree, this.parts.sinks, this.evaluator, (sink) => sink.exact));
  }

  get sanitizers(): TaintMarks['sanitizers'] {
    return (this.found.sanitizers ??= this.findSanitizers());
  }

  /** One that says it is not to conflict is none where it is a source or a sink. */
  private findSanitizers(): TaintMarks['sanitizers'] {
    const marks = marked(this.tree, this.parts.sanitizers, this.evaluator, (sanitizer) => sanitizer.exact, true);
    if (!this.parts.sanitizers.some(({ notConflicting }) => notConflicting)) return marks;
    const spanOf = ({ start, end }: Span): string => `${start}-${end}`;
    const taken = new Set([...this.sources.values(), ...this.sinks.values()].flatMap((all) => (all as readonly Span[]).map(spanOf)));
    return new Map([...marks].map(([node, own]) => [node, own.filter((mark) => !mark.part.notConflicting || !taken.has(spanOf(mark)))] as const).filter(([, own]) => own.length > 0));
  }

  get propagators(): TaintMarks['propagators'] {
    return (this.found.propagators ??= findPropagators(this.tree, this.parts.propagators, this.evaluator));
  }
}

function marked<T extends TaintSource | TaintSink | TaintSanitizer>(tree: CodeTree, parts: readonly T[], evaluator: FormulaEvaluator, isExact: (part: T) => boolean, inBlocks = false): Map<number, Mark<T>[]> {
  const marks = new Map<number, Mark<T>[]>();
  for (const part of parts) {
    for (const { start, end, bindings } of evaluator.evaluate(part.formula)) {
      const mark: Mark<T> = { part, start, end, bindings };
      for (const node of spanned(tree, start, end, !isExact(part), inBlocks)) add(marks, node, mark);
    }
  }
  return marks;
}

function findPropagators(tree: CodeTree, parts: readonly TaintPropagator[], evaluator: FormulaEvaluator): Map<number, Mark<TaintPropagator>[]> {
  const marks = new Map<number, Mark<TaintPropagator>[]>();
  for (const part of parts) {
    for (const { bindings } of evaluator.evaluate(part.formula)) {
      const [from, to] = [bindings.get(part.from), bindings.get(part.to)];
      if (from === undefined || to === undefined) continue;
      for (const node of spanned(tree, from.start, from.end, false)) add(marks, node, { part, start: to.start, end: to.end, bindings });
    }
  }
  return marks;
}

function add<T>(marks: Map<number, Mark<T>[]>, node: number, mark: Mark<T>): void {
  const known = marks.get(node);
  if (known === undefined) marks.set(node, [mark]);
  else known.push(mark);
}

/**
 * The nodes of a span: those that are it, or, where it is a run of siblings, the siblings. With `all`, those inside too, in blocks only with `inBlocks`.
 * Never descends where nothing of the span lies.
 */
export function spanned(tree: CodeTree, start: number, end: number, all: boolean, inBlocks = false): number[] {
  const found: number[] = [];
  for (let node = 0; node < tree.size; ) {
    const [from, to] = [tree.start[node] as number, tree.end[node] as number];
    const after = tree.next[node] as number;
    if (to < start || from > end || (to === start && from < start)) node = after;
    else if (from >= start && to <= end && node !== 0 && tree.kind[node] !== K.Args) {
      found.push(node);
      const sameBelow = node + 1 < after && tree.start[node + 1] === from && tree.end[node + 1] === to;
      node = (all && (inBlocks || !blockKinds.has(tree.kind[node] as number))) || sameBelow ? node + 1 : after;
    } else node++;
  }
  return found;
}
