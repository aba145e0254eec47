import type { CodeForm, CodeRule } from '#model/code-rule.ts';
import { readRule } from './load.ts';
import type { PatternRule } from './rule.ts';
import { RuleMistake } from './rule-reader.ts';

/** The forms of one of our own rules as rules of the matcher, in their order. Throws an `Error` that names the form with a mistake. */
export function patternsOfForms(rule: CodeRule): readonly PatternRule[] {
  return rule.forms.map((form, at) => patternOf(rule, form, at));
}

function patternOf(rule: CodeRule, form: CodeForm, at: number): PatternRule {
  const members = new Map<unknown, unknown>([
    ['id', rule.id],
    ['message', /[.!?]$/.test(rule.title) ? rule.title : `${rule.title}.`],
    ['severity', rule.severity === 'informational' ? 'inventory' : rule.severity],
    ['languages', form.languages],
    ['metadata', new Map([['cwe', rule.cwe.map((number) => `CWE-${number}`)]])],
    ...Object.entries(form.rule).map(([key, value]) => [key, withMaps(value)] as const),
  ]);
  try {
    return readRule(members, (message, path) => {
      throw new RuleMistake(path, message);
    });
  } catch (error) {
    if (!(error instanceof RuleMistake)) throw error;
    throw new Error(`forms[${at}]${error.path.map((step) => `.${step}`).join('')}: ${error.message}`, { cause: error });
  }
}

/** JSON has objects where the reader of rules expects maps. */
function withMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaps);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, withMaps(inner)]));
}
