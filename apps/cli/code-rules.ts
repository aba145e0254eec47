import { apiPathText } from '#formats/api-path.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { CodeRule } from '#model/code-rule.ts';
import type { RuleVerdict } from './rule-cases.ts';

const mostPaths = 12;

/** The built-in rule about code of this id. */
export async function codeRule(id: string): Promise<CodeRule | undefined> {
  const { loadCodeContent } = await import('#engine/content.ts');
  return loadCodeContent().rules.find((rule) => rule.id === id);
}

/** What a rule about code looks for, in sentences. */
export function howCodeRuleFinds(rule: CodeRule): string[] {
  if ('flow' in rule) {
    const seen = rule.flow.sources.map(({ kind, persona }) => (persona === 'regular' ? kind : `${kind} (persona ${persona})`));
    return [`It follows input through the whole program, from where it comes in to calls that are dangerous with it. Input counts from: ${seen.join(', ')}.`];
  }
  const paths = [...new Set(rule.calls.map(({ language, path }) => `${visibleText(apiPathText(path))} (${language})`))];
  const more = paths.length > mostPaths ? [`and ${paths.length - mostPaths} more`] : [];
  const calls = paths.length === 0 ? [] : ['It looks at single calls, reads and assignments, and at the values that they get:', ...paths.slice(0, mostPaths), ...more];
  const formed = [...new Set(rule.forms.flatMap(({ languages }) => languages))];
  return [...calls, ...(formed.length === 0 ? [] : [`It knows forms of code that are wrong as they stand, in ${formed.join(', ')}.`])];
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
