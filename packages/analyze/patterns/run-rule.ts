import type { CodeFinder } from './code-finder.ts';
import { FormulaEvaluator } from './formula.ts';
import type { PatternMatch } from './match.ts';
import type { PatternRule } from './rule.ts';
import { followTaint, type TaintSummaries } from './taint/flow.ts';
import { findMarks } from './taint/marks.ts';

/** All matches of one rule in one file of code, by place. Throws what its parts throw: a pattern that is none, a limit. */
export function runRule(rule: PatternRule, finder: CodeFinder, summaries?: TaintSummaries): PatternMatch[] {
  const { body } = rule;
  const evaluator = new FormulaEvaluator(finder);
  if (body.mode === 'search') return [...evaluator.evaluate(body.formula)].sort(byPlace);
  if (body.mode === 'unsupported') return [];
  const marks = findMarks(finder.tree, body.taint, evaluator);
  return marks === undefined ? [] : followTaint(finder.tree, marks, rule.options, summaries).sort(byPlace);
}

function byPlace(a: PatternMatch, b: PatternMatch): number {
  return a.start - b.start || a.end - b.end;
}
