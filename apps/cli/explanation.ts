import { visibleText } from '#formats/visible-text.ts';
import type { CodeRule } from '#model/code-rule.ts';
import type { RuleInfo, TextRule } from '#model/rule.ts';
import type { StreamUnit } from '#model/stream.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { codeRule, exampleOfCode, howCodeRuleFinds } from './code-rules.ts';

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** Lines that are not wrapped: code. */
  readonly verbatim?: true;
}

/** Everything about a rule in the order in which a reader asks. */
export async function explainEntry(entry: CatalogueEntry, now: Date): Promise<readonly Section[]> {
  const code = entry.rule === undefined && entry.id.startsWith('code/') ? await codeRule(entry.id) : undefined;
  const about = entry.info === undefined ? aboutEvents(entry) : aboutFiles(entry.info, entry.rule, code);
  const example = await exampleOf(entry);
  const sections = [...about, ...(example === undefined ? [] : [example]), ...(entry.info === undefined ? [] : [acceptance(entry.id, now)])];
  return sections.filter(({ lines }) => lines.length > 0);
}

function aboutFiles(info: RuleInfo, rule: TextRule | undefined, code: CodeRule | undefined): Section[] {
  return [
    { title: 'What an attacker gains', lines: [info.consequence] },
    { title: 'What to do', lines: [info.remediation] },
    { title: 'Weight', lines: [`severity ${info.severity}, confidence ${info.confidence}, shown from persona ${info.persona} on`, ...cwe(info.cwe)] },
    { title: 'How it finds', lines: code === undefined ? howItFinds(info, rule) : howCodeRuleFinds(code) },
    { title: 'When it can be wrong', lines: code === undefined ? whenWrong(info, rule) : whenCodeRuleWrong(code) },
    { title: 'References', lines: info.references },
  ];
}

function cwe(numbers: readonly number[]): string[] {
  return numbers.map((number) => `CWE-${number}: https://cwe.mitre.org/data/definitions/${number}.html`);
}

function howItFinds(info: RuleInfo, rule: TextRule | undefined): string[] {
  if (rule === undefined) return [info.kind === 'detector' ? 'A detector written in code.' : 'A rule.'];
  const { match } = rule;
  return [
    `Near one of ${match.keywords.map((keyword) => `"${keyword}"`).join(', ')} it looks for ${match.pattern}`,
    ...(match.entropy === undefined ? [] : [`The value must look random: at least ${match.entropy} bits of entropy for each character.`]),
    ...(match.proof === undefined ? [] : [`The structure of the value is proved (${match.proof}); what cannot be real is not reported.`]),
    ...(match.path === undefined ? [] : [`Only in files whose path matches ${match.path}`]),
  ];
}

function whenCodeRuleWrong(code: CodeRule): string[] {
  if ('calls' in code) return ['When nothing depends on what is called: a digest that is a cache key, a random number that is a delay.'];
  return ['When a check that the analysis does not know makes the input harmless on its way. Read the steps; each says where the value is.'];
}

function whenWrong(info: RuleInfo, rule: TextRule | undefined): string[] {
  const likely = {
    high: 'Seldom: the form is distinctive. The usual exception is a value that was revoked, or made up in that very form for a test.',
    medium: 'When a value of this form is something else: a sample in documentation, an identifier, a hash. Look at the line and at who uses it.',
    low: 'Often: it points to a place worth a look, no more.',
  }[info.confidence];
  const proof = rule?.match.proof === undefined ? [] : ['A proof says that the structure is right, not that the provider still accepts it.'];
  return [likely, ...proof, 'Placeholders (EXAMPLE, xxxx, <token>, ${NAME}) are left out; in tests and documentation the risk is lower, not zero.'];
}

function aboutStream({ confidence, consequence, references, remediation, severity }: StreamUnit): Section[] {
  return [
    { title: 'What an attacker gains', lines: [consequence] },
    { title: 'What to do', lines: [remediation] },
    { title: 'Weight', lines: [`severity ${severity}, confidence ${confidence}`] },
    { title: 'How it finds', lines: ['A detector on events, written in code; it remembers what it needs of earlier ones.'] },
    { title: 'References', lines: references },
  ];
}

function aboutEvents({ sigma, severity, stream }: CatalogueEntry): Section[] {
  if (stream !== undefined) return aboutStream(stream);
  const rule = sigma?.rule;
  if (rule === undefined) return [];
  return [
    { title: 'What it means', lines: [visibleText(rule.description)] },
    { title: 'Weight', lines: [`severity ${severity}`] },
    { title: 'How it finds', lines: [`A Sigma rule on ${Object.entries(rule.logsource).map(([key, value]) => `${key} ${value}`).join(', ')}; \`watchward rules show\` prints it.`] },
    { title: 'When it can be wrong', lines: rule.falsePositives.map(visibleText) },
    { title: 'ATT&CK', lines: rule.tags.filter((tag) => tag.startsWith('attack.')) },
    { title: 'References', lines: rule.references.map(visibleText) },
  ];
}

/** The first case that fires; its secret is made up from a seed. */
async function exampleOf({ id, info }: CatalogueEntry): Promise<Section | undefined> {
  if (info === undefined) return undefined;
  if ((await codeRule(id)) !== undefined) return codeExample(id);
  const [{ loadCases }, { readTextCases }, { proofs }] = await Promise.all([
    import('#engine/content.ts'), import('#engine/unit-cases.ts'), import('#generated/analysis.ts'),
  ]);
  const data = loadCases().get(id);
  if (data === undefined) return undefined;
  const first = readTextCases(id, data, new Map(proofs.map((proof) => [proof.id, proof]))).find((item) => item.fires);
  if (first === undefined) return undefined;
  const shown = first.text.split('\n').slice(0, 12).map((line) => visibleText(line.length > 160 ? `${line.slice(0, 160)}…` : line));
  return { title: `Example (made up), in ${first.path}`, lines: shown, verbatim: true };
}

async function codeExample(id: string): Promise<Section | undefined> {
  const example = await exampleOfCode(id);
  return example === undefined ? undefined : { title: `Example (made up), in ${example.path}`, lines: example.lines.map(visibleText), verbatim: true };
}

function acceptance(id: string, now: Date): Section {
  const until = new Date(now.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
  return {
    title: 'How to accept a finding',
    verbatim: true,
    lines: [
      'On the line, or on the line above, as a comment:',
      `  watchward:${'ignore'} ${id} until=${until} -- why it can stay`,
      'Or in watchward.yaml:',
      '  suppressions:',
      `    - rule: ${id}`,
      '      paths: [path/to/file]',
      '      reason: why it can stay',
      '      owner: who answers for it',
      `      until: ${until}`,
    ],
  };
}
