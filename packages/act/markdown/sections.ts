import { clip } from '#formats/clip.ts';
import { markdownCode, markdownText } from '#formats/markdown-text.ts';
import type { Finding } from '#model/finding.ts';
import type { Report, RunFacts } from '#model/report.ts';
import { count, diagnosticGroups, ledgerLines, plural } from '../coverage.ts';
import { countBySeverity, openFindings } from '../open-findings.ts';
import { shownPlace } from '../place.ts';
import { verdictOf } from '../verdict.ts';

/** The mark by which a bot finds its own comment again, to edit it in place. */
export const commentMarker = '<!-- watchward -->';

const textLimit = 400;
const text = (value: string): string => markdownText(clip(value, textLimit));
const code = (value: string): string => markdownCode(clip(value, textLimit));

export function headSection(report: Report): string {
  const { coverage, explanation, headline, kind } = verdictOf(report);
  const severities = countBySeverity(openFindings(report)).map(({ severity, count: number }) => `${count(number)} ${severity}`).join(', ');
  const icon = { clean: '✅', unknown: '⚠️', findings: '❌' }[kind];
  const warning = coverage === 'COMPLETE' ? [] : ['', '> [!WARNING]', `> **${coverage}.** ${explanation}`];
  return [commentMarker, `## ${icon} Watchward: ${headline}`, ...(severities === '' ? [] : ['', severities]), ...warning].join('\n');
}

export const tableHead = ['| risk | severity | what | where | fix |', '|---:|---|---|---|---|'].join('\n');

export function tableRow(finding: Finding, run: RunFacts): string {
  const fix = finding.fix === undefined ? 'by hand' : finding.fix.disposition;
  const what = `**${text(finding.title)}**<br>${text(finding.consequence)}<br>${code(finding.rule)}`;
  return `| ${finding.risk.score.toFixed(1)} | ${finding.severity} | ${what} | ${code(shownPlace(run, finding.location))} | ${fix} |`;
}

/** Why one finding is believed and what its risk is made of, folded away. */
export function detailSection(finding: Finding, run: RunFacts): string {
  const factors = finding.risk.factors.map(({ detail, name, on, weight }) => (
    `| ${text(detail)} | ${code(name)} | ${on} | ${on === 'impact' ? `× ${weight}` : `${weight < 0 ? '−' : '+'}${Math.abs(weight)}`} |`
  ));
  return [
    '<details>',
    `<summary>${finding.severity}, risk ${finding.risk.score.toFixed(1)}: ${code(shownPlace(run, finding.location))}</summary>`,
    '',
    text(finding.message),
    '',
    ...finding.evidence.map(({ detail }) => `- ${text(detail)}`),
    '',
    `**What to do:** ${text(finding.fix?.title ?? finding.remediation)}`,
    ...(factors.length === 0 ? [] : ['', '| factor | name | on | weight |', '|---|---|---|---:|', ...factors]),
    '',
    '</details>',
  ].join('\n');
}

export function coverageSection(report: Report): string {
  const groups = diagnosticGroups(report.ledger).map(({ code: id, count: times, kind, means }) => (
    `| ${kind} | ${count(times)} × ${means} (${code(id)}) |`
  ));
  const { coverage, explanation } = verdictOf(report);
  return [
    `<details${coverage === 'COMPLETE' ? '' : ' open'}>`,
    `<summary>What was read: ${coverage}</summary>`,
    '',
    explanation,
    '',
    '| | |',
    '|---|---|',
    ...ledgerLines(report).map((line) => `| ${line.label} | ${text(line.text)} |`),
    ...groups,
    '',
    '</details>',
  ].join('\n');
}

export function cutLine(left: number): string {
  return `_${plural(left, 'more finding')} left out here to keep this short: the JSON and SARIF reports have them all._`;
}
