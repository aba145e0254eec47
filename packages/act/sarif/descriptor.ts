import { clip } from '#formats/clip.ts';
import { markdownText } from '#formats/markdown-text.ts';
import { sarifText, sarifUploadLimits, type SarifDescriptor } from '#formats/sarif.ts';
import { isWebUrl } from '#formats/uri.ts';
import { diagnosticCodes } from '#model/diagnostic.ts';
import type { Finding } from '#model/finding.ts';
import type { RuleInfo } from '#model/rule.ts';
import { lengths, levels, precisions, problemSeverities, securitySeverities } from './scale.ts';

type Described = Omit<RuleInfo, 'id' | 'kind'>;

/** The rules behind `findings`, each once, sorted by id; what the report says of a rule goes before what a finding repeats of it. */
export function ruleDescriptors(findings: readonly Finding[], rules: readonly RuleInfo[]): readonly SarifDescriptor[] {
  const known = new Map<string, Described>(rules.map((rule) => [rule.id, rule]));
  const used = new Map<string, Described>();
  for (const finding of findings) {
    const id = finding.rule.toWellFormed();
    if (!used.has(id)) used.set(id, known.get(finding.rule) ?? finding);
  }
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, rule]) => descriptor(id, rule));
}

function descriptor(id: string, rule: Described): SarifDescriptor {
  const urls = rule.references.filter(isWebUrl);
  const severity = securitySeverities[rule.severity];
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: text(rule.title, lengths.short) || id },
    fullDescription: { text: text(rule.consequence, lengths.short) || id },
    help: {
      text: [rule.consequence, rule.remediation, ...urls].map((part) => text(part, lengths.long)).join('\n\n'),
      markdown: helpMarkdown(rule, urls),
    },
    ...(urls[0] === undefined ? {} : { helpUri: urls[0] }),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      tags: tagsOf(rule),
      precision: precisions[rule.confidence],
      'problem.severity': problemSeverities[rule.severity],
      ...(severity === undefined ? {} : { 'security-severity': severity }),
    },
  };
}

function helpMarkdown(rule: Described, urls: readonly string[]): string {
  return [
    markdownText(clip(rule.consequence, lengths.long)),
    `**What to do:** ${markdownText(clip(rule.remediation, lengths.long))}`,
    ...urls.map((url) => `- <${url}>`),
  ].join('\n\n');
}

function tagsOf(rule: Described): readonly string[] {
  const weaknesses = rule.cwe.map((number) => `external/cwe/cwe-${String(number).padStart(3, '0')}`);
  return [...new Set(['security', rule.surface, ...weaknesses])].slice(0, sarifUploadLimits.tags);
}

function text(value: string, limit: number): string {
  return sarifText(clip(value, limit));
}

function pascalCase(id: string): string {
  const words = id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') || 'Rule';
}

/** What each code of the coverage ledger means. */
export const notificationDescriptors: readonly SarifDescriptor[] = Object.entries(diagnosticCodes).map(([id, { means, degraded }]) => ({
  id,
  shortDescription: { text: means },
  defaultConfiguration: { level: degraded ? 'error' as const : 'note' as const },
}));
