import type { Condition, Formula, PatternRule } from './rule.ts';

/** A pattern as a rule has it. */
export interface PatternText {
  readonly text: string;
  /** Where a metavariable is read as another language than the rule's. */
  readonly language?: string;
}

/** All patterns of a rule, those behind negations and conditions included. */
export function patternsIn({ body }: PatternRule): PatternText[] {
  if (body.mode === 'unsupported') return [];
  if (body.mode === 'search') return inFormula(body.formula, undefined);
  const { sources, sinks, sanitizers, propagators } = body.taint;
  return [...sources, ...sinks, ...sanitizers, ...propagators].flatMap(({ formula }) => inFormula(formula, undefined));
}

function inFormula(formula: Formula, language: string | undefined): PatternText[] {
  switch (formula.kind) {
    case 'pattern':
      return [{ text: formula.text, ...(language === undefined ? {} : { language }) }];
    case 'all':
      return [...formula.parts.flatMap((part) => inFormula(part, language)), ...formula.conditions.flatMap((condition) => inCondition(condition, language))];
    case 'any':
      return formula.parts.flatMap((part) => inFormula(part, language));
    case 'not':
    case 'inside':
    case 'not-inside':
      return inFormula(formula.of, language);
    case 'regex':
    case 'not-regex':
      return [];
  }
}

function inCondition(condition: Condition, language: string | undefined): PatternText[] {
  return condition.kind === 'pattern' ? inFormula(condition.formula, condition.language ?? language) : [];
}
