import type { Incident, IncidentStep, Stage } from '#model/incident.ts';
import type { Severity } from '#model/severity.ts';
import { isoTime } from '#formats/iso-time.ts';
import { say, stageName } from '../incident-words.ts';
import { lanesOf, leadingStage } from '../lanes.ts';
import type { Lane } from '../lanes.ts';
import { columns, fit } from '../pretty/layout.ts';
import { makePen } from '../pretty/pen.ts';
import type { Pen } from '../pretty/pen.ts';

const size = { label: 30, step: 8, lanesMost: 20 } as const;
const marks: Readonly<Record<Severity, string>> = { critical: '◆', high: '◆', medium: '●', low: '○', informational: '·' };

/** As people in the field shorten them, for columns in which the whole name finds no room. */
const shortNames: Readonly<Record<Stage, string>> = {
  reconnaissance: 'Recon', 'resource-development': 'Prepare', 'initial-access': 'Access', execution: 'Exec', persistence: 'Persist', 'privilege-escalation': 'PrivEsc', stealth: 'Stealth', 'defense-impairment': 'Impair',
  'credential-access': 'Creds', discovery: 'Discov', 'lateral-movement': 'Lateral', collection: 'Collect', 'command-and-control': 'C2', exfiltration: 'Exfil', impact: 'Impact',
};

/** Who did what, when, in lanes: one column a step, ATT&CK stages above, an entity a line. */
export function incidentLanes({ steps }: Incident, { color, width }: { readonly color: boolean; readonly width: number }): string {
  const pen = makePen(color);
  const most = Math.max(3, Math.min(24, Math.floor((Math.min(width, 200) - size.label) / size.step)));
  const panels: string[] = [];
  for (let from = 0; from < steps.length; from += most) panels.push(panel(steps.slice(from, from + most), from, pen));
  return `${panels.join('\n')}${pen.dim('◆ high or critical  ● medium  ○ low  · informational; times are UTC')}\n`;
}

function panel(steps: readonly IncidentStep[], from: number, pen: Pen): string {
  const lanes = lanesOf(steps);
  const indent = ' '.repeat(size.label);
  const cells = (text: (step: IncidentStep, at: number) => string): string => steps.map((step, at) => centred(text(step, at))).join('');
  const lines = [
    ...stageLines(steps, indent, pen),
    indent + cells((_, at) => String(from + at + 1)),
    indent + pen.dim(cells((step, at) => dayOf(step, steps[at - 1]))),
    indent + pen.dim(cells(({ first }) => isoTime(first).slice(11, 16))),
    ...lanes.slice(0, size.lanesMost).map((lane) => laneLine(lane, steps, pen)),
    ...(lanes.length > size.lanesMost ? [pen.dim(`${lanes.length - size.lanesMost} more take part`)] : []),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** The name of each stage above the steps that reached it, with a line under them; it breaks where it is long. */
function stageLines(steps: readonly IncidentStep[], indent: string, pen: Pen): string[] {
  const bands: { readonly stage: Stage | undefined; readonly room: number }[] = [];
  for (let start = 0; start < steps.length; ) {
    const stage = leadingStage(steps[start] as IncidentStep);
    let end = start + 1;
    while (end < steps.length && leadingStage(steps[end] as IncidentStep) === stage) end++;
    bands.push({ stage, room: (end - start) * size.step });
    start = end;
  }
  const words = bands.map(({ room, stage }) => (stage === undefined ? [] : broken(stage, room - 1)));
  const height = words.reduce((most, lines) => Math.max(most, lines.length), 0);
  const rows = Array.from({ length: height }, (_, at) => indent + bands.map(({ room }, band) => (words[band]?.[at - height + (words[band]?.length ?? 0)] ?? '').padEnd(room)).join(''));
  return [...rows.map(pen.bold), indent + pen.dim(bands.map(({ room, stage }) => (stage === undefined ? ' '.repeat(room) : `┌${'─'.repeat(room - 3)}┐ `)).join(''))];
}

/** On one line, else a word a line, else short. */
function broken(stage: Stage, room: number): readonly string[] {
  const name = stageName(stage);
  if (name.length <= room) return [name];
  const words = name.split(' ');
  return words.every((word) => word.length <= room) ? words : [fit(shortNames[stage], room)];
}

function laneLine({ at, entity }: Lane, steps: readonly IncidentStep[], pen: Pen): string {
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  const middle = Math.floor(size.step / 2);
  const cells = steps.map((step, column) => {
    const inside = column >= first && column <= last;
    const [left, right] = [inside && column > first ? '─' : ' ', inside && column < last ? '─' : ' '];
    const mark = at.includes(column) ? pen.severity[step.severity](marks[step.severity]) : inside ? '─' : ' ';
    return left.repeat(middle) + mark + right.repeat(size.step - middle - 1);
  });
  const name = fit(say(entity.name, 200), size.label - entity.kind.length - 3);
  return `${pen.dim(entity.kind)} ${pen.bold(name)}${' '.repeat(Math.max(1, size.label - entity.kind.length - 1 - columns(name)))}${cells.join('')}`;
}

/** Told where it is another day than that of the step before. */
function dayOf(step: IncidentStep, before: IncidentStep | undefined): string {
  const day = isoTime(step.first).slice(5, 10);
  return before !== undefined && isoTime(before.first).slice(5, 10) === day ? '' : day;
}

function centred(text: string): string {
  const left = Math.floor((size.step - text.length + 1) / 2);
  return `${' '.repeat(Math.max(0, left))}${text}`.padEnd(size.step);
}
