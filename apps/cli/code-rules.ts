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
  return ['It looks at single calls, reads and assignments, and at the values that they get:', ...paths.slice(0, mostPaths), ...more];
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
  const [{ loadCases }, { loadAnalysis }, { readCodeCases }, { problemOf, runCodeCase }, { loadFrontEnds }] = await Promise.all([
    import('#engine/content.ts'), import('#engine/code/analysis.ts'), import('#engine/code/code-cases.ts'), import('#engine/code/case-run.ts'), import('#engine/code/front-ends.ts'),
  ]);
  const cases = readCodeCases({ unit: id, class: id.slice('code/'.length) }, loadCases().get(id));
  const frontEnds = await loadFrontEnds([...new Set(cases.map(({ language }) => language))]);
  const analysis = loadAnalysis();
  return { name: id, cases: cases.length, problems: cases.flatMap((item) => problemOf(item, runCodeCase(item, frontEnds, analysis)) ?? []) };
}
