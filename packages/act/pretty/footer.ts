import type { Report } from '#model/report.ts';
import { visibleText } from '#formats/visible-text.ts';
import { count, diagnosticGroups, ledgerLines, plural, type DiagnosticGroup } from '../coverage.ts';
import { findingState, openFindings } from '../open-findings.ts';
import { verdictOf } from '../verdict.ts';
import { wrapTo } from './layout.ts';
import type { Pen } from './pen.ts';

const labelColumns = 11;
const groupsShown = 12;
/** What is wrong with a rule that the user brought is said in full: it is theirs to mend. */
const aboutRules: ReadonlySet<string> = new Set(['rule-invalid', 'rule-failed', 'config-ignored']);

const aboutSuppressions: ReadonlySet<string> = new Set(['suppression-expired', 'suppression-unused']);

/** What was read, what was not and why: the part of the report that says how far the rest can be believed. */
export function footer(report: Report, pen: Pen, width: number): readonly string[] {
  const verdict = verdictOf(report);
  const [files, ...figures] = ledgerLines(report);
  const paint = verdict.coverage === 'COMPLETE' ? pen.good : pen.alarm;
  const groups = diagnosticGroups(report.ledger);
  const line = (label: string, text: string): readonly string[] => row(label, text, pen, width);
  return [
    ...setAside(report).flatMap((text) => line('set aside', text)),
    ...line('coverage', `${verdict.coverage}. ${verdict.explanation}`).map((text) => text.replace(verdict.coverage, paint)),
    ...(files === undefined ? [] : line(files.label, files.text)),
    ...groups.slice(0, groupsShown).flatMap((group, index) => line(groupLabel(group, groups[index - 1]), groupText(group))),
    ...(groups.length > groupsShown ? line('', `and ${plural(groups.length - groupsShown, 'other reason')}: --format json`) : []),
    ...figures.flatMap(({ label, text }) => line(label, visibleText(text))),
    ...nextStep(report).flatMap((text) => ['', ...line('next', text)]),
  ];
}

function row(label: string, text: string, pen: Pen, width: number): readonly string[] {
  return wrapTo(text, width - labelColumns, 4)
    .map((part, index) => `${pen.dim((index === 0 ? label : '').padEnd(labelColumns))}${part}`);
}

/** Written once for a run of groups of the same kind. */
function groupLabel({ kind }: DiagnosticGroup, before: DiagnosticGroup | undefined): string {
  return before?.kind === kind ? '' : kind;
}

function groupText({ code, count: times, means, degraded, examples }: DiagnosticGroup): string {
  const said = examples.flatMap(({ rule, message, path }) => (rule === undefined || !aboutRules.has(code) ? [] : [visibleText(`${path === undefined ? '' : `${path.slice(path.lastIndexOf('/') + 1)}: `}${message}`)]));
  if (said.length > 0) return `${count(times)} × ${means} (${code}): ${said.join('; ')}${times > said.length ? '; …' : ''}`;
  // Whoever wrote a suppression has to find it; what is wrong elsewhere leaves a gap.
  const isNamed = degraded || aboutSuppressions.has(code);
  const paths = examples.flatMap(({ path, line, rule }) => (path !== undefined ? [visibleText(line === undefined ? path : `${path}:${line}`)] : aboutSuppressions.has(code) && rule !== undefined ? [visibleText(rule)] : []));
  const shown = isNamed && paths.length > 0 ? `: ${paths.join(', ')}${times > paths.length ? ', …' : ''}` : '';
  return `${count(times)} × ${means} (${code})${shown}`;
}

function setAside({ findings, run }: Report): readonly string[] {
  const states = findings.map((finding) => findingState(finding, run.threshold));
  const number = (state: string): number => states.filter((other) => other === state).length;
  const parts = [
    number('suppressed') === 0 ? '' : `${count(number('suppressed'))} suppressed`,
    number('existing') === 0 ? '' : `${count(number('existing'))} known from the baseline${run.baseline === undefined ? '' : ` ${visibleText(run.baseline)}`}`,
    number('below') === 0 ? '' : `${count(number('below'))} below the thresholds`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(', ')];
}

/** One command that helps now; left out when a name in it would have to be quoted. */
function nextStep(report: Report): readonly string[] {
  const plain = /^[\w./-]+$/;
  const first = openFindings(report)[0];
  if (first !== undefined) return plain.test(first.rule) ? [`watchward explain ${first.rule}`] : [];
  if (!plain.test(report.run.target) || report.run.target.startsWith('-')) return [];
  const flags = verdictOf(report).kind === 'unknown' ? '--format json' : '--persona pedantic';
  return [`watchward scan ${report.run.target} ${flags}`];
}
