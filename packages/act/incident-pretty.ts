import { clip } from '#formats/clip.ts';
import { deedsOf, oftenOf, oftenOfDeed, titlesOf } from '#formats/incident-deed.ts';
import type { IncidentDeed } from '#formats/incident-deed.ts';
import type { Incident, IncidentStep } from '#model/incident.ts';
import { severities } from '#model/severity.ts';
import { duration, entityWords, leadingEntities, moment, nextSteps, orderedStages, say, span, stageName, whyRanked } from './incident-words.ts';
import { columns, wrapTo } from './pretty/layout.ts';
import { makePen, type Pen } from './pretty/pen.ts';

export interface IncidentView {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** `short`: what a list needs, at most 25 lines. `long`: everything that is known. */
  readonly form: 'short' | 'long';
}

const labelColumns = 9;

/** One incident for a person at a terminal; every line ends. */
export function incidentBlock(incident: Incident, { color, form, width }: IncidentView): string {
  const pen = makePen(color);
  const room = Math.max(40, Math.min(width, 140));
  const lines = form === 'short' ? shortLines(incident, pen, room) : longLines(incident, pen, room);
  return `${lines.join('\n')}\n`;
}

function shortLines(incident: Incident, pen: Pen, width: number): readonly string[] {
  return [
    ...headLines(incident, pen, width, 2),
    ...row('who', leadingNames(incident, 5), pen, width, 2),
    ...shortDeeds(incident, pen, width),
    ...row('stages', stagesText(incident), pen, width, 2),
    ...row('why', whyRanked(incident.risk, 3), pen, width, 2),
    ...row('next', nextSteps(incident, 1)[0] ?? '', pen, width, 2),
  ];
}

function leadingNames(incident: Incident, most: number): string {
  const more = incident.entities.length - most;
  const names = leadingEntities(incident, most).map((entity) => entityWords(entity, 40)).join(', ');
  return more > 0 ? `${names}, and ${more} more` : names;
}

/** How it began, what was gravest, what came last. */
function shortDeeds({ omitted, steps }: Incident, pen: Pen, width: number): readonly string[] {
  const deeds = deedsOf(steps);
  const shown = deeds.length <= 3 ? deeds : [0, gravestBetween(deeds), deeds.length - 1].flatMap((at) => deeds[at] ?? []);
  const day = dayOf(steps);
  const between = ' '.repeat(labelColumns);
  const lines = shown.flatMap((deed, at) => {
    const skipped = at === 0 ? 0 : deeds.indexOf(deed) - deeds.indexOf(shown[at - 1] ?? deed) - 1;
    // The line that says what was left out takes the place of the last one's third.
    const most = omitted > 0 && at === shown.length - 1 ? 2 : 3;
    return [...(skipped > 0 ? [between + pen.dim(`… ${skipped} more`)] : []), ...deedLines(deed, day, { pen, width, most })];
  });
  return omitted === 0 ? lines : [...lines, between + pen.dim(`and ${omitted} more that were left out`)];
}

function gravestBetween(deeds: readonly IncidentDeed[]): number {
  const gravity = ({ steps }: IncidentDeed): number => Math.max(...steps.map(({ severity }) => severities.indexOf(severity)));
  const inner = deeds.slice(1, -1).map((deed, at) => ({ at: at + 1, gravity: gravity(deed) }));
  return inner.reduce((worst, one) => (one.gravity > worst.gravity ? one : worst), { at: 1, gravity: -1 }).at;
}

function deedLines(deed: IncidentDeed, day: string, { pen, width, most }: { readonly pen: Pen; readonly width: number; readonly most: number }): readonly string[] {
  const { clause, steps } = deed;
  const titles = titlesOf(deed);
  const [first, last] = [Math.min(...steps.map((step) => step.first)), Math.max(...steps.map((step) => step.last))];
  const text = titles.length === 0 ? say(clause, 600) : `${say(titles.slice(0, 4).join('; '), 300)}${titles.length > 4 ? ` and ${titles.length - 4} more rules` : ''}: ${say(clause, 600)}`;
  return timedLines(text + oftenText(oftenOfDeed(deed), last - first), { lead: ' '.repeat(labelColumns - 1), time: clock(first, day) }, pen, width, most);
}

function longLines(incident: Incident, pen: Pen, width: number): readonly string[] {
  const day = dayOf(incident.steps);
  const kinds = Map.groupBy(leadingEntities(incident, 200), ({ kind }) => kind);
  return [
    ...headLines(incident, pen, width, 3),
    '',
    pen.bold('What happened'),
    ...incident.steps.flatMap((step, at) => [...stepLines(step, at, day, pen, width, 6), ...stepFacts(step, pen, width)]),
    ...(incident.omitted === 0 ? [] : [pen.dim(`and ${incident.omitted} more that were left out`)]),
    ...(kinds.size === 0 ? [] : ['', pen.bold('Who and what')]),
    ...[...kinds].flatMap(([kind, entities]) => row(kind, entities.map(({ name, signals }) => `${say(name, 120)}${signals > 1 ? ` (${signals})` : ''}`).join(', '), pen, width, 8, 12)),
    '',
    pen.bold('Stages'),
    ...row('', stagesText(incident), pen, width, 4, 2),
    ...row('', incident.techniques.slice(0, 60).map((id) => say(id, 20)).join(' '), pen, width, 4, 2),
    '',
    pen.bold(`Why it is ranked ${score(incident)}`),
    ...incident.risk.factors.flatMap(({ detail, name, on, weight }) => row('', `${weight} on ${on}: ${say(detail === '' ? name : detail, 200)}`, pen, width, 3, 2)),
    ...(incident.findings.length === 0 ? [] : row('', `findings of a scan on the same code: ${incident.findings.slice(0, 10).map((id) => say(id, 16)).join(', ')}`, pen, width, 4, 2)),
    '',
    pen.bold('What to do next'),
    ...nextSteps(incident, 5).flatMap((text, at) => row(`${at + 1}.`, text, pen, width, 4, 5)),
  ];
}

function headLines(incident: Incident, pen: Pen, width: number, titleLines: number): readonly string[] {
  const { severity } = incident;
  const lead = `${pen.score[severity](` ${score(incident).padStart(3)} `)}  ${pen.severity[severity](severity)}  `;
  const used = 5 + 2 + severity.length + 2;
  const state = incident.state.toUpperCase();
  const [first = '', ...rest] = wrapTo(say(incident.title, 300), width - used - state.length - 2, titleLines);
  const gap = ' '.repeat(Math.max(2, width - used - columns(first) - state.length));
  const id = say(clip(incident.id, 40), 40);
  const [when, much] = [span(incident.first, incident.last), `${incident.signals} ${incident.signals === 1 ? 'signal' : 'signals'}, ${incident.confidence} confidence`];
  const room = width - labelColumns;
  const onOne = `${id}  ${when}, ${much}`;
  const facts = columns(onOne) <= room ? [onOne] : [...wrapTo(`${id}  ${much}`, room, 2), ...wrapTo(when, room, 2)];
  return [
    lead + pen.bold(first) + gap + (incident.state === 'ongoing' ? pen.dim(state) : pen.alarm(state)),
    ...rest.map((line) => ' '.repeat(used) + pen.bold(line)),
    ...facts.map((line) => ' '.repeat(labelColumns) + pen.dim(line)),
  ];
}

function stepLines(step: IncidentStep, at: number, day: string, pen: Pen, width: number, limit: number): readonly string[] {
  return timedLines(say(step.message, 600) + oftenText(oftenOf(step), step.last - step.first), { lead: `${String(at + 1).padStart(labelColumns - 3)}. `, time: clock(step.first, day) }, pen, width, limit);
}

/** Text behind its time, wrapped in a column of its own. */
function timedLines(text: string, { lead, time }: { readonly lead: string; readonly time: string }, pen: Pen, width: number, limit: number): readonly string[] {
  const before = `${lead}${time}  `;
  const lines = wrapTo(text, width - columns(before) - 1, limit);
  return lines.map((line, index) => (index === 0 ? ` ${pen.dim(before)}${line}` : ' '.repeat(columns(before) + 1) + line));
}

/** Without its day when all are of one day; a line where nobody knows. */
function clock(time: number, day: string): string {
  if (time === 0) return '-';
  const shown = moment(time);
  return day !== '' && shown.startsWith(day) ? shown.slice(11) : shown;
}

function oftenText(often: string, milliseconds: number): string {
  return often === '' ? '' : ` (${often}${milliseconds > 0 ? ` in ${duration(milliseconds)}` : ''})`;
}

function stepFacts(step: IncidentStep, pen: Pen, width: number): readonly string[] {
  const stages = orderedStages(step.stages).map(stageName).join(', ');
  const facts = [step.severity, stages, step.techniques.slice(0, 6).map((id) => say(id, 20)).join(' '), say(step.rule, 100)].filter((part) => part !== '').join(' · ');
  const joined = step.joinedBy === '' ? [] : [`belongs here by ${say(step.joinedBy, 200)}`];
  return [facts, ...joined].flatMap((text) => wrapTo(text, width - labelColumns - 2, 3)).map((line) => ' '.repeat(labelColumns + 2) + pen.dim(line));
}

function row(label: string, text: string, pen: Pen, width: number, limit: number, indent = labelColumns): readonly string[] {
  if (text === '') return [];
  return wrapTo(text, width - indent, limit).map((line, at) => pen.dim((at === 0 ? label : '').padEnd(indent)) + line);
}

function stagesText(incident: Incident): string {
  // One deed of which rules say several things goes nowhere.
  return orderedStages(incident.stages).map(stageName).join(deedsOf(incident.steps).length > 1 ? ' → ' : ', ');
}

function score({ risk }: Incident): string {
  return String(Math.round(risk.score));
}

/** The day that all steps share, empty when there are several. */
function dayOf(steps: readonly IncidentStep[]): string {
  const days = new Set(steps.map((step) => moment(step.first).slice(0, 10)));
  const [day = ''] = days;
  return days.size === 1 ? day : '';
}
