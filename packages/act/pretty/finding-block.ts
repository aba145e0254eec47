import type { Finding } from '#model/finding.ts';
import type { RunFacts } from '#model/report.ts';
import { clip } from '#formats/clip.ts';
import { visibleText } from '#formats/visible-text.ts';
import { shownPlace } from '../place.ts';
import { count } from '../coverage.ts';
import { flowLines } from './flow-lines.ts';
import { columns, wrapTo } from './layout.ts';
import type { Pen } from './pen.ts';
import type { ShownFinding } from './rest.ts';

const scoreColumns = 5;
const textLimit = 1_000;
const linesNamed = 6;
const severityColumns = 'informational'.length;

const say = (text: string): string => visibleText(clip(text, textLimit));

/**
 * One finding: risk, severity and place; what it is and what it gives away, unless the one before said so; whether a fix is there
 * and why it is believed. What to do in full is for `watchward explain`.
 */
export function findingBlock({ finding, alike }: ShownFinding, before: Finding | undefined, run: RunFacts, pen: Pen, width: number, widest: number): readonly string[] {
  const narrow = width < 60;
  const indent = ' '.repeat(narrow ? 2 : scoreColumns + 2);
  const room = width - indent.length;
  // A title with gaps is filled by what was found.
  const told = finding.title.includes('…') ? finding.message : undefined;
  const what = told === undefined ? sentences(say(finding.title), say(finding.consequence)) : say(told);
  const isTold = before?.rule === finding.rule && (told === undefined || before.message === told);
  return [
    ...headLines(finding, run, pen, width, widest, indent),
    ...(isTold ? [] : wrapTo(what, room, narrow ? 4 : 3).map((line) => indent + line)),
    ...wrapTo(alikeText(finding, alike), room, 2).map((line) => indent + line),
    ...flowLines(finding, run, pen, room).map((line) => indent + line),
    ...wrapTo(`fix ${fixOf(finding)}; why: ${whyOf(finding)}`, room, 3).map((line) => indent + pen.dim(line)),
  ];
}

function headLines(finding: Finding, run: RunFacts, pen: Pen, width: number, widest: number, indent: string): readonly string[] {
  const { severity } = finding;
  const score = pen.score[severity](` ${String(Math.round(finding.risk.score)).padStart(3)} `);
  const word = pen.severity[severity](severity.padEnd(widest));
  const place = visibleText(shownPlace(run, finding.location));
  const rule = visibleText(finding.rule);
  const left = scoreColumns + 4 + widest;
  const lead = `${score}  ${word}  `;
  const used = left + columns(place) + 2 + columns(rule);
  if (used <= width) return [`${lead}${pen.place(place)}${' '.repeat(width - used + 2)}${pen.dim(rule)}`];
  // A place is never shortened: a click or a copy must find the file.
  if (left + columns(place) <= width) return [lead + pen.place(place), indent + pen.dim(rule)];
  return left + columns(rule) <= width ? [lead + pen.dim(rule), indent + pen.place(place)] : [lead.trimEnd(), indent + pen.place(place), indent + pen.dim(rule)];
}

/** Where the others of the same kind in the same file are; empty when there are none. */
function alikeText(finding: Finding, alike: readonly Finding[]): string {
  if (alike.length === 0) return '';
  const all = [...new Set(alike.map(({ location }) => location.region.startLine))].sort((a, b) => a - b);
  const lines = all.slice(0, linesNamed).join(', ');
  const where = all.length > linesNamed ? `lines ${lines}, …` : all.length > 1 ? `lines ${lines}` : all[0] === finding.location.region.startLine ? 'the same line' : `line ${lines}`;
  return `And ${count(alike.length)} more of this kind in the file, on ${where}`;
}

function whyOf(finding: Finding): string {
  const details = finding.evidence.slice(0, 8).map((evidence) => say(evidence.detail));
  return details.length === 0 ? `${finding.confidence} confidence` : details.join('; ');
}

function fixOf({ fix }: Finding): string {
  if (fix === undefined) return 'by hand';
  return `${fix.disposition === 'safe' ? 'safe' : 'unsafe, look before applying'}${fix.verified ? ', verified' : ''}: ${say(fix.title)}`;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`)).join(' ');
}

/** Columns for the severity words of the findings shown. */
export function widestSeverity(findings: readonly Finding[]): number {
  return Math.min(severityColumns, Math.max(0, ...findings.map((finding) => finding.severity.length)));
}
