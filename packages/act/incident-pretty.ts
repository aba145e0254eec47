import { clip } from '#formats/clip.ts';
import type { Incident, IncidentStep } from '#model/incident.ts';
import { duration, entityWords, leadingEntities, moment, nextSteps, orderedStages, say, span, stageName, whyRanked } from './incident-words.ts';
import { columns, fit, wrapTo } from './pretty/layout.ts';
import { makePen, type Pen } from './pretty/pen.ts';

export interface IncidentView {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** `short`: at most ten lines. `long`: everything that is known. */
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
  const who = leadingEntities(incident, 5).map((entity) => entityWords(entity, 40)).join(', ');
  return [
    ...headLines(incident, pen, width, 1),
    ...row('who', who, pen, width, 1),
    ...shortSteps(incident, pen, width),
    ...row('stages', stagesText(incident), pen, width, 1),
    ...row('why', whyRanked(incident.risk, 3), pen, width, 1),
    ...row('next', nextSteps(incident, 1)[0] ?? '', pen, width, 1),
  ];
}

/** Three lines at most: how it began, what came last. */
function shortSteps({ omitted, steps }: Incident, pen: Pen, width: number): readonly string[] {
  const day = dayOf(steps);
  const line = (at: number): readonly string[] => {
    const step = steps[at];
    return step === undefined ? [] : stepLines(step, at, day, pen, width, 1);
  };
  const between = steps.length - 2 + omitted;
  if (steps.length <= 3) return steps.flatMap((_, at) => line(at));
  return [...line(0), ' '.repeat(labelColumns) + pen.dim(`… ${between} more between`), ...line(steps.length - 1)];
}

function longLines(incident: Incident, pen: Pen, width: number): readonly string[] {
  const day = dayOf(incident.steps);
  const kinds = Map.groupBy(leadingEntities(incident, 200), ({ kind }) => kind);
  return [
    ...headLines(incident, pen, width, 3),
    '',
    ...wrapTo(say(incident.story, 4_000), width, 40),
    '',
    pen.bold('What happened'),
    ...incident.steps.flatMap((step, at) => [...stepLines(step, at, day, pen, width, 6), ...stepFacts(step, pen, width)]),
    ...(incident.omitted === 0 ? [] : [pen.dim(`and ${incident.omitted} more that were left out`)]),
    '',
    pen.bold('Who and what'),
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
  const when = `${span(incident.first, incident.last)}, ${incident.signals} ${incident.signals === 1 ? 'signal' : 'signals'}, ${incident.confidence} confidence`;
  const id = say(clip(incident.id, 40));
  const facts = columns(when) + columns(id) + 2 + labelColumns <= width ? `${when}${' '.repeat(width - labelColumns - columns(when) - columns(id))}${id}` : fit(when, width - labelColumns);
  return [
    lead + pen.bold(first) + gap + (incident.state === 'ongoing' ? pen.dim(state) : pen.alarm(state)),
    ...rest.map((line) => ' '.repeat(used) + pen.bold(line)),
    ' '.repeat(labelColumns) + pen.dim(facts),
  ];
}

/** Times without their day when all are of one day. */
function stepLines(step: IncidentStep, at: number, day: string, pen: Pen, width: number, limit: number): readonly string[] {
  const time = moment(step.first);
  const shown = time.startsWith(day) && day !== '' ? time.slice(11) : time;
  const lead = `${String(at + 1).padStart(labelColumns - 3)}. ${shown}  `;
  const often = step.count === 1 ? '' : ` (${step.count} times${step.last > step.first ? ` in ${duration(step.last - step.first)}` : ''})`;
  const lines = wrapTo(say(step.message, 600) + often, width - columns(lead) - 1, limit);
  return lines.map((line, index) => (index === 0 ? ` ${pen.dim(lead)}${line}` : ' '.repeat(columns(lead) + 1) + line));
}

function stepFacts(step: IncidentStep, pen: Pen, width: number): readonly string[] {
  const stages = orderedStages(step.stages).map(stageName).join(', ');
  const facts = [step.severity, stages, step.techniques.slice(0, 6).map((id) => say(id, 20)).join(' '), say(step.rule, 100)].filter((part) => part !== '').join(' · ');
  const joined = step.joinedBy === '' ? [] : [`belongs here by ${say(step.joinedBy, 200)}`];
  return [facts, ...joined].map((text) => ' '.repeat(labelColumns + 2) + pen.dim(fit(text, width - labelColumns - 2)));
}

function row(label: string, text: string, pen: Pen, width: number, limit: number, indent = labelColumns): readonly string[] {
  if (text === '') return [];
  return wrapTo(text, width - indent, limit).map((line, at) => pen.dim((at === 0 ? label : '').padEnd(indent)) + line);
}

function stagesText(incident: Incident): string {
  return orderedStages(incident.stages).map(stageName).join(' → ');
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
