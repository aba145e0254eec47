import type { CodeFinder } from './code-finder.ts';
import { FormulaEvaluator } from './formula.ts';
import type { PatternMatch } from './match.ts';
import { CallGraph } from './program/calls.ts';
import { ProgramFile } from './program/functions.ts';
import type { PatternRule } from './rule.ts';
import { findMarks, findMarksApart, type TaintMarks } from './taint/marks.ts';
import { TaintRun } from './taint/run.ts';

/** All matches of one rule in one file of code, by place. Throws what its parts throw: a pattern that is none, a limit. */
export function runRule(rule: PatternRule, finder: CodeFinder): readonly PatternMatch[] {
  const { body } = rule;
  const evaluator = new FormulaEvaluator(finder);
  if (body.mode === 'search') return [...evaluator.evaluate(body.formula)].sort(byPlace);
  if (body.mode === 'unsupported') return [];
  const marks = findMarks(finder.tree, body.taint, evaluator);
  if (marks === undefined) return [];
  const graph = graphOf(finder);
  const [file] = graph.files as [ProgramFile];
  const run = new TaintRun(graph, body.taint, rule.options, () => marks);
  const most = run.steps;
  try {
    return [...(run.follow().get(file) ?? [])].sort(byPlace);
  } finally {
    finder.facts.steps += stepWeight * (most - run.steps);
  }
}

/** What a node costs through which data is followed, in comparisons. */
const stepWeight = 40;

const graphs = new WeakMap<object, CallGraph>();

/** The functions of a file and its calls of them, made once for all rules. */
function graphOf({ facts }: CodeFinder): CallGraph {
  let graph = graphs.get(facts);
  if (graph === undefined) graphs.set(facts, (graph = new CallGraph([new ProgramFile(0, '', facts)])));
  return graph;
}

/** Matches of a taint rule whose data comes from, or goes through, another file than that of the sink. `finderOf` gives what the rule is about. */
export function runRuleAcross(rule: PatternRule, graph: CallGraph, finderOf: (file: ProgramFile) => CodeFinder | undefined): readonly (readonly [path: string, match: PatternMatch])[] {
  const { body } = rule;
  if (body.mode !== 'taint') return [];
  const known = new Map<ProgramFile, TaintMarks | undefined>();
  const marksOf = (file: ProgramFile): TaintMarks | undefined => {
    if (!known.has(file)) {
      const finder = finderOf(file);
      known.set(file, finder === undefined ? undefined : findMarksApart(file.tree, body.taint, new FormulaEvaluator(finder)));
    }
    return known.get(file);
  };
  const found = new TaintRun(graph, body.taint, rule.options, marksOf).follow();
  return [...found].flatMap(([file, matches]) => [...matches].sort(byPlace).flatMap((match) => (match.trace?.some(({ path }) => path !== undefined) === true ? [[file.path, match] as const] : [])));
}

export function byPlace(a: PatternMatch, b: PatternMatch): number {
  return a.start - b.start || a.end - b.end;
}
