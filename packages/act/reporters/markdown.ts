import type { Finding } from '#model/finding.ts';
import type { Report } from '#model/report.ts';
import { defineReporter } from '#model/unit.ts';
import { coverageSection, cutLine, detailSection, headSection, tableHead, tableRow } from '../markdown/sections.ts';
import { openFindings } from '../open-findings.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
const characterLimit = 60_000;
/** Of the limit, how much the table may take before the details get their turn. */
const tableLimit = 30_000;
const rowsShown = 50;

export default defineReporter({
  id: 'markdown',
  title: 'A comment on a pull request or a step summary',
  mediaType: 'text/markdown',
  render(report) {
    const open = openFindings(report);
    const head = headSection(report);
    const coverage = coverageSection(report);
    const rows = takeWithin(open.slice(0, rowsShown), tableLimit, (finding) => tableRow(finding, report.run));
    const table = rows.length === 0 ? [] : [`${tableHead}\n${rows.join('\n')}`];
    const cut = open.length > rows.length ? [cutLine(open.length - rows.length)] : [];
    const fixed = [head, ...table, ...cut, coverage].join('\n\n');
    return `${[head, ...table, ...cut, ...details(report, open.slice(0, rows.length), characterLimit - fixed.length), coverage].join('\n\n')}\n`;
  },
});

function details(report: Report, shown: readonly Finding[], room: number): readonly string[] {
  const open = '<details>\n<summary>Why, one by one</summary>\n';
  const sections = takeWithin(shown, room - open.length - 200, (finding) => detailSection(finding, report.run));
  if (sections.length === 0) return [];
  const left = shown.length - sections.length;
  return [[open, ...sections, ...(left === 0 ? [] : [`_${left} more left out here._`]), '</details>'].join('\n\n')];
}

/** Renders as many findings as the room allows, two line ends between them counted. */
function takeWithin(findings: readonly Finding[], room: number, render: (finding: Finding) => string): readonly string[] {
  const taken: string[] = [];
  let used = 0;
  for (const finding of findings) {
    const part = render(finding);
    used += part.length + 2;
    if (used > room) break;
    taken.push(part);
  }
  return taken;
}
