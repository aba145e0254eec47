import { annotationCommand, annotationsPerStep, type Annotation } from '#formats/workflow-command.ts';
import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import type { Finding } from '#model/finding.ts';
import type { Report, RunFacts } from '#model/report.ts';
import { defineReporter } from '#model/unit.ts';
import { severities, type Severity } from '#model/severity.ts';
import { plural } from '../coverage.ts';
import { openFindings } from '../open-findings.ts';
import { repositoryPath } from '../place.ts';
import { verdictOf } from '../verdict.ts';

const annotationLevels: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error', high: 'error', medium: 'warning', low: 'notice', informational: 'notice',
};

export default defineReporter({
  id: 'github',
  title: 'Annotations on the lines of a pull request, as GitHub Actions workflow commands',
  mediaType: 'text/plain',
  render(report) {
    const open = openFindings(report);
    const coverage = coverageAnnotations(report);
    const findings = chooseSeverest(open, coverage);
    const left = open.length - findings.length;
    const cut = left === 0 ? '' : ` ${plural(left, 'finding')} not annotated: GitHub shows ${annotationsPerStep} of each level for a step.`;
    const { headline, explanation } = verdictOf(report);
    const lines = [...coverage, ...findings.map((finding) => annotate(finding, report.run))].map(annotationCommand);
    return `${[...lines, `watchward: ${headline}. ${explanation}${cut}`].join('\n')}\n`;
  },
});

/** A run that says nothing about part of the tree says so first, as an error of its own. */
function coverageAnnotations(report: Report): readonly Annotation[] {
  const { coverage, explanation } = verdictOf(report);
  return coverage === 'COMPLETE' ? [] : [{ level: 'error', title: `watchward: ${coverage}`, message: explanation }];
}

function chooseSeverest(open: readonly Finding[], taken: readonly Annotation[]): readonly Finding[] {
  const room = new Map<string, number>();
  for (const { level } of taken) room.set(level, (room.get(level) ?? 0) + 1);
  const heaviest = [...open].sort((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const chosen = new Set(heaviest.filter(({ severity }) => {
    const used = room.get(annotationLevels[severity]) ?? 0;
    room.set(annotationLevels[severity], used + 1);
    return used < annotationsPerStep;
  }));
  return open.filter((finding) => chosen.has(finding));
}

function annotate(finding: Finding, run: RunFacts): Annotation {
  const { startLine, startColumn, endLine, endColumn } = finding.location.region;
  const oneLine = startLine === endLine;
  return {
    level: annotationLevels[finding.severity],
    file: repositoryPath(run, finding.location.path),
    line: startLine,
    endLine,
    // Columns are allowed only when the region is on one line.
    ...(oneLine ? { column: startColumn, endColumn } : {}),
    title: clip(visibleText(`${finding.severity}, risk ${Math.round(finding.risk.score)}: ${finding.title}`), 250),
    message: clip(visibleText(`${finding.message} ${finding.consequence} ${finding.remediation} (${finding.rule})`), 4_000),
  };
}
