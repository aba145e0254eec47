import type { Severity } from '#model/severity.ts';
import { defineReporter } from '#model/unit.ts';
import type { Report } from '#model/report.ts';
import { visibleText } from '#formats/visible-text.ts';
import { count } from '../coverage.ts';
import { countBySeverity, openFindings } from '../open-findings.ts';
import { findingBlock, widestSeverity } from '../pretty/finding-block.ts';
import { footer } from '../pretty/footer.ts';
import { wrap, wrapTo } from '../pretty/layout.ts';
import { makePen, type Pen } from '../pretty/pen.ts';
import { chosen, restLines } from '../pretty/rest.ts';
import { verdictOf } from '../verdict.ts';

const findingsShown = 10;

export default defineReporter({
  id: 'pretty',
  title: 'For a terminal: the worst ten, no more than three of one rule and many of one in a file as one, then what was read and what was not',
  mediaType: 'text/plain',
  render(report, options) {
    const pen = makePen(options.color);
    const width = Math.min(120, Math.max(40, options.width));
    const open = openFindings(report);
    const shown = chosen(open, findingsShown);
    const widest = widestSeverity(shown.map(({ finding }) => finding));
    const rest = restLines(open, shown, pen, width);
    const lines = [
      ...header(report, pen, width),
      '',
      ...shown.flatMap((one, at) => [...findingBlock(one, shown[at - 1]?.finding, report.run, pen, width, widest), '']),
      ...(rest.length > 0 ? [...rest, ''] : []),
      pen.dim('─'.repeat(width)),
      ...footer(report, pen, width),
    ];
    return `${lines.join('\n')}\n`;
  },
});

function header(report: Report, pen: Pen, width: number): readonly string[] {
  const verdict = verdictOf(report);
  const counts = countBySeverity(openFindings(report)).map(({ severity, count: number }) => `${count(number)} ${severity}`).join(', ');
  const paint = { clean: pen.good, unknown: pen.alarm, findings: pen.bold }[verdict.kind];
  const title = wrapTo(`watchward ${visibleText(report.tool.version)}  ${visibleText(report.run.target)}`, width, 2);
  const oneLine = verdict.headline.length + 2 + counts.length <= width;
  const painted = wrap(counts, width).map((line) => line.replace(/\S+ ([a-z]+)/g, (text, word: Severity) => pen.severity[word](text)));
  if (counts === '') return [...title.map(pen.dim), paint(verdict.headline)];
  return [...title.map(pen.dim), ...(oneLine ? [`${paint(verdict.headline)}: ${painted.join('')}`] : [paint(verdict.headline), ...painted])];
}
