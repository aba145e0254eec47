import type { Formula, PatternRule } from './rule.ts';

/** The languages that a rule is for, and those as which it reads what its metavariables stand for; as written. */
export function languagesOfRule(rule: PatternRule): ReadonlySet<string> {
  const languages = new Set(rule.languages);
  const { body } = rule;
  if (body.mode === 'search') collect(body.formula, languages);
  if (body.mode === 'taint') for (const part of [...body.taint.sources, ...body.taint.sinks, ...body.taint.sanitizers, ...body.taint.propagators]) collect(part.formula, languages);
  return languages;
}

function collect(formula: Formula, languages: Set<string>): void {
  if (formula.kind === 'not' || formula.kind === 'inside' || formula.kind === 'not-inside') collect(formula.of, languages);
  if (formula.kind === 'any' || formula.kind === 'all') for (const part of formula.parts) collect(part, languages);
  if (formula.kind !== 'all') return;
  for (const condition of formula.conditions) {
    if (condition.kind !== 'pattern') continue;
    if (condition.language !== undefined) languages.add(condition.language);
    collect(condition.formula, languages);
  }
}
