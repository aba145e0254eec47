import { clip } from '#formats/clip.ts';
import { htmlText } from '#formats/html-text.ts';
import { visibleText } from '#formats/visible-text.ts';
import { stages } from '#model/incident.ts';
import type { IncidentStep, Stage } from '#model/incident.ts';
import { duration, moment, stageName } from '../incident-words.ts';
import { lanesOf, leadingStage } from '../lanes.ts';
import type { Lane } from '../lanes.ts';

/** Steps side by side, so that minutes and days both can be read; what time passed stands between them. */
const size = { columns: 10, label: 230, room: 850, widest: 150, top: 96, lane: 38, lanesMost: 16, radius: 12, foot: 12 } as const;

/** One panel for each ten steps: on paper nothing runs out of the page. */
export function lanePanels(steps: readonly IncidentStep[]): string {
  const panels: string[] = [];
  for (let from = 0; from < steps.length; from += size.columns) panels.push(panel(steps, from));
  return panels.join('');
}

function panel(all: readonly IncidentStep[], from: number): string {
  const steps = all.slice(from, from + size.columns);
  const lanes = lanesOf(steps);
  const shown = lanes.slice(0, size.lanesMost);
  const grid = gridOf(all.length);
  const width = size.label + size.room;
  const height = size.top + Math.max(1, shown.length) * size.lane + size.foot;
  const parts = [bands(steps, height, grid), heads(all, steps, from, grid), ...shown.map((lane, row) => laneLine(lane, row, grid)), marks(steps, shown, from, grid)];
  const more = lanes.length > shown.length ? `<p class="note">${lanes.length - shown.length} more take part; they are named with the steps below.</p>` : '';
  const label = `Steps ${from + 1} to ${from + steps.length}, and who takes part in each; the list of evidence says the same in words`;
  return `<figure class="lanes"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${parts.join('')}</svg>${more}</figure>`;
}

interface Grid {
  readonly column: number;
  middle(column: number): number;
}

/** Few steps get wide columns; panels of one incident share theirs. */
function gridOf(steps: number): Grid {
  const column = Math.min(size.widest, size.room / Math.min(size.columns, steps));
  return { column, middle: (at) => size.label + at * column + column / 2 };
}

/** Neighbours with the same leading stage share a band. */
function bands(steps: readonly IncidentStep[], height: number, { column }: Grid): string {
  const parts: string[] = [];
  for (let start = 0; start < steps.length; ) {
    const stage = leadingStage(steps[start]);
    let end = start + 1;
    while (end < steps.length && leadingStage(steps[end]) === stage) end++;
    const [x, width] = [size.label + start * column, (end - start) * column];
    const words = stage === undefined ? '' : lines(stageName(stage), width);
    parts.push(`<rect class="band ${phase(stage)}" x="${x + 2}" y="2" width="${width - 4}" height="${height - 4}" rx="6"/>${words.replaceAll('@x', String(x + width / 2))}`);
    start = end;
  }
  return parts.join('');
}

/** Two lines where a band is narrow. */
function lines(name: string, width: number): string {
  const words = width > 140 || !name.includes(' ') ? [name] : [name.slice(0, name.indexOf(' ')), name.slice(name.indexOf(' ') + 1)];
  return words.map((word, at) => `<text class="stage" x="@x" y="${20 + at * 14}" text-anchor="middle">${word}</text>`).join('');
}

/** Four tints: coming in, settling in, reaching further, the goal. */
function phase(stage: Stage | undefined): string {
  if (stage === undefined) return 'none';
  const at = stages.indexOf(stage);
  if (at <= stages.indexOf('initial-access')) return 'entry';
  if (at <= stages.indexOf('defense-impairment')) return 'foothold';
  return at <= stages.indexOf('lateral-movement') ? 'reach' : 'goal';
}

/** Time of each step, its day where that changes, and what passed since the one before. */
function heads(all: readonly IncidentStep[], steps: readonly IncidentStep[], from: number, { middle }: Grid): string {
  return steps.map((step, column) => {
    const [day = '', time = ''] = moment(step.first).split(' ');
    const before = all[from + column - 1];
    const newDay = before === undefined || column === 0 || moment(before.first).slice(0, 10) !== day;
    const since = before === undefined ? '' : `<text class="gap" x="${middle(column)}" y="84" text-anchor="middle">+${duration(Math.max(0, step.first - before.first))}</text>`;
    return `${newDay ? `<text class="day" x="${middle(column)}" y="54" text-anchor="middle">${day}</text>` : ''}<text class="time" x="${middle(column)}" y="69" text-anchor="middle">${time}</text>${since}`;
  }).join('');
}

function laneLine({ at, entity }: Lane, row: number, { middle }: Grid): string {
  const y = size.top + row * size.lane + size.lane / 2;
  const [first = 0] = at;
  const name = ends(visibleText(clip(entity.name, 400)));
  return `<g><title>${htmlText(clip(`${entity.kind} ${entity.name}`, 300))}</title>`
    + `<line class="lane" x1="${size.label}" y1="${y}" x2="${size.label + size.room}" y2="${y}"/><line class="busy" x1="${middle(first)}" y1="${y}" x2="${middle(at.at(-1) ?? first)}" y2="${y}"/>`
    + `<text class="kind" x="0" y="${y - 3}">${entity.kind}</text><text class="name" x="0" y="${y + 12}">${htmlText(name)}</text></g>`;
}

/** Long names differ at their end: the middle goes. */
function ends(name: string): string {
  return name.length <= 30 ? name : `${name.slice(0, 12)}…${name.slice(-16)}`.toWellFormed();
}

function marks(steps: readonly IncidentStep[], lanes: readonly Lane[], from: number, { middle }: Grid): string {
  return steps.map((step, column) => {
    const rows = lanes.flatMap(({ at }, row) => (at.includes(column) ? [size.top + row * size.lane + size.lane / 2] : []));
    const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
    const link = rows.length > 1 ? `<line class="link" x1="${middle(column)}" y1="${top}" x2="${middle(column)}" y2="${bottom}"/>` : '';
    const number = from + column + 1;
    const dots = rows.map((y) => `<circle class="dot ${step.severity}" cx="${middle(column)}" cy="${y}" r="${size.radius}"/><text class="number" x="${middle(column)}" y="${y + 4}" text-anchor="middle">${number}</text>`);
    return `<g><title>${number}. ${htmlText(clip(step.message, 300))}</title>${link}${dots.join('')}</g>`;
  }).join('');
}
