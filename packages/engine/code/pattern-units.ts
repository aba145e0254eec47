import { basename } from 'node:path';
import { weaknessesOf } from '#analyze/patterns/telling.ts';
import { patternsOfForms } from '#analyze/patterns/own-forms.ts';
import type { PatternRule } from '#analyze/patterns/rule.ts';
import { languagesOfRule } from '#analyze/patterns/rule-languages.ts';
import type { CodeRule } from '#model/code-rule.ts';
import type { RuleHead } from '#model/rule.ts';
import { confidences } from '#model/severity.ts';
import { languageOf } from './pattern-languages.ts';

/** A rule in Semgrep's syntax as a unit of a scan. */
export interface PatternUnit extends RuleHead {
  readonly pattern: PatternRule;
  /** The file that the user brought it in. */
  readonly file?: string;
}

const mostTitle = 120;

/** `name` tells it from ours and from others of the same id. */
export function patternUnit(pattern: PatternRule, name: string, path: string): PatternUnit {
  const file = basename(path);
  const confidence = confidences.find((one) => one === String(pattern.metadata.get('confidence')).toLowerCase());
  const message = pattern.message.replace(/\s+/g, ' ').trim().replace(/value\(\$[A-Z_0-9]+\)|\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\d+/g, '…');
  const title = titleOf(pattern.id, message);
  const references = pattern.metadata.get('references');
  return {
    id: name,
    title,
    surface: 'code',
    severity: pattern.severity,
    confidence: confidence ?? 'medium',
    persona: 'regular',
    cwe: weaknessesOf(pattern),
    consequence: message.startsWith(title) ? message.slice(title.length).trim() : message,
    remediation: pattern.fix === undefined && pattern.fixRegex === undefined ? `Do what the message says; the rule stands in ${file}.` : `The rule brings a fix; it stands in ${file}.`,
    references: (Array.isArray(references) ? references : [references]).filter((one): one is string => typeof one === 'string' && /^https?:\/\//.test(one)).slice(0, 20),
    pattern,
    file: path,
  };
}

/** An id of the user's with only what an id may hold. */
export function unitName(id: string): string {
  return `code/own.${id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 200)}`;
}

function titleOf(id: string, message: string): string {
  const sentence = /^.*?[.!?](?=\s|$)/.exec(message)?.[0] ?? message;
  return sentence.length > 0 && sentence.length <= mostTitle ? sentence : id;
}

/** What our own rules say in forms of code: a unit for each form, under the rule's id. */
export function unitsOfForms(rules: readonly CodeRule[]): PatternUnit[] {
  return rules.flatMap((rule) => {
    const { id, title, surface, severity, confidence, persona, cwe, consequence, remediation, references } = rule;
    return patternsOfForms(rule).map((pattern) => ({ id, title, surface, severity, confidence, persona, cwe, consequence, remediation, references, pattern }));
  });
}

/** The forms that files of these languages may show: most trees are of few languages, and reading every form costs each start. */
export function formsOfLanguages(rules: readonly CodeRule[], present: ReadonlySet<string>): PatternUnit[] {
  return unitsOfForms(rules.map((rule) => ({ ...rule, forms: rule.forms.filter(({ languages }) => languages.some((language) => present.has(languageOf(language)))) })));
}

/** Languages that these rules read where there are files of these languages. */
export function patternLanguages(units: readonly PatternUnit[], present: ReadonlySet<string>): string[] {
  const due = units.filter(({ pattern }) => pattern.languages.some((language) => present.has(languageOf(language))));
  return [...new Set(due.flatMap(({ pattern }) => [...languagesOfRule(pattern)].map(languageOf).filter((language) => present.has(language) || !pattern.languages.some((one) => languageOf(one) === language))))];
}
