import { apiPathText } from '#formats/api-path.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { CallFact, CodeForm, CodeRule, FlowRule } from '#model/code-rule.ts';
import type { RuleVerdict } from './rule-cases.ts';

const mostPaths = 12;

/** The built-in rule about code of this id. */
export async function codeRule(id: string): Promise<CodeRule | undefined> {
  const { loadCodeContent } = await import('#engine/content.ts');
  return loadCodeContent().rules.find((rule) => rule.id === id);
}

/** What a rule about code looks for, in sentences. */
export function howCodeRuleFinds(rule: CodeRule): string[] {
  return [...('flow' in rule ? [howFlowIsFound(rule.flow)] : howCallsAreFound(rule.calls)), ...howFormsAreFound(rule.forms)];
}

function howFlowIsFound({ sources }: FlowRule): string {
  const seen = sources.map(({ kind, persona }) => (persona === 'regular' ? kind : `${kind} (persona ${persona})`));
  return `It follows input through the whole program, from where it comes in to calls that are dangerous with it. Input counts from: ${seen.join(', ')}.`;
}

function howCallsAreFound(calls: readonly CallFact[]): string[] {
  const paths = [...new Set(calls.map(({ language, path }) => `${visibleText(apiPathText(path))} (${language})`))];
  const more = paths.length > mostPaths ? [`and ${paths.length - mostPaths} more`] : [];
  return paths.length === 0 ? [] : ['It looks at single calls, reads and assignments, and at the values that they get:', ...paths.slice(0, mostPaths), ...more];
}

function howFormsAreFound(forms: readonly CodeForm[]): string[] {
  const flows = (form: CodeForm): boolean => form.rule.mode === 'taint';
  const inLanguages = (some: readonly CodeForm[]): string => [...new Set(some.flatMap(({ languages }) => languages))].join(', ');
  const [followed, still] = [forms.filter(flows), forms.filter((form) => !flows(form))];
  return [
    ...(still.length === 0 ? [] : [`It knows forms of code that are wrong as they stand, in ${inLanguages(still)}.`]),
    ...(followed.length === 0 ? [] : [`It follows input from requests within single functions, in ${inLanguages(followed)}.`]),
  ];
}

/** The first program in which the rule fires. */
export async function exampleOfCode(id: string): Promise<{ readonly path: string; readonly lines: readonly string[] } | undefined> {
  const [{ loadCases }, { readCodeCases }] = await Promise.all([import('#engine/content.ts'), import('#engine/code/code-cases.ts')]);
  const first = readCodeCases({ unit: id, class: id.slice('code/'.length) }, loadCases().get(id)).find(({ line }) => line !== undefined);
  const [file] = first?.files ?? [];
  return file === undefined ? undefined : { path: file[0], lines: file[1].trimEnd().split('\n') };
}

/** Runs the cases of a rule about code as a scan would. */
export async function testCodeRule(id: string): Promise<RuleVerdict> {
  const [{ loadCases }, { readCodeCases }, { loadCaseTools, problemOf, runCodeCase }] = await Promise.all([
    import('#engine/content.ts'), import('#engine/code/code-cases.ts'), import('#engine/code/case-run.ts'),
  ]);
  const cases = readCodeCases({ unit: id, class: id.slice('code/'.length) }, loadCases().get(id));
  const tools = await loadCaseTools([...new Set(cases.map(({ language }) => language))]);
  return { name: id, cases: cases.length, problems: cases.flatMap((item) => problemOf(item, runCodeCase(item, tools)) ?? []) };
}
