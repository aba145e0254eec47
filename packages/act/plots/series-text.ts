import { isMarked } from '#model/plot.ts';
import type { SeriesPlot } from '#model/plot.ts';
import { say } from '../incident-words.ts';
import { makePen } from '../pretty/pen.ts';
import { linear, short, timeline } from './scale.ts';
import { pointWords, summaryWords, wentUp } from './series.ts';
import { bucketsOf, valueRange } from './series-buckets.ts';

export interface TextLook {
  readonly color: boolean;
  readonly width: number;
}

const rows = 14;
const label = 10;
const toldMost = 8;

type Cell = ' ' | '░' | '█' | '▀' | '▄' | '▲' | '▼';

/** A series for a terminal: values as half blocks over the shaded band, and a triangle below each column in which something odd came. */
export function seriesText(plot: SeriesPlot, look: TextLook): string {
  const pen = makePen(look.color);
  const room = Math.max(20, Math.min(look.width, 160) - label - 2);
  const { points, title, unit } = plot;
  const range = valueRange(points);
  const buckets = bucketsOf(points, room);
  const [from, to] = [points[0]?.time ?? 0, points.at(-1)?.time ?? 1];
  const column = (time: number): number => Math.min(room - 1, Math.max(0, Math.floor(((time - from) / Math.max(1, to - from)) * room)));
  // Half rows from the top; a value lies in one.
  const half = linear(range, [rows * 2 - 1, 0]);
  const at = (value: number): number => Math.min(rows * 2 - 1, Math.max(0, Math.round(half.at(value))));
  const values = new Set<string>();
  const shaded = new Set<string>();
  for (const bucket of buckets) {
    const x = column(bucket.time);
    for (let y = at(bucket.most); y <= at(bucket.least); y++) values.add(`${x} ${y}`);
    if (Number.isFinite(bucket.low) && Number.isFinite(bucket.high)) for (let y = Math.floor(at(bucket.high) / 2); y <= Math.floor(at(bucket.low) / 2); y++) shaded.add(`${x} ${y}`);
  }
  const marked = markedColumns(plot, column);
  const y = linear(range, [rows - 1, 0], 4);
  const labels = new Map(y.ticks.map((tick) => [Math.round(y.at(tick)), short(tick)]));
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: room }, (_unused, x) => cellOf(values.has(`${x} ${row * 2}`), values.has(`${x} ${row * 2 + 1}`), shaded.has(`${x} ${row}`)));
    return `${pen.dim((labels.get(row) ?? '').padStart(label))} ${labels.has(row) ? '┤' : '│'}${inked(cells, marked, pen)}`;
  });
  const triangles = Array.from({ length: room }, (_, x) => marked.get(x) ?? ' ');
  const axis = `${' '.repeat(label + 1)}└${'─'.repeat(room)}`;
  const odd = points.filter((point) => isMarked(point, plot)).sort((a, b) => b.surprise - a.surprise);
  return [
    pen.bold(say(`${title}${unit === '' ? '' : ` (${unit})`}`, 200)), ...lines, axis,
    ...(marked.size === 0 ? [] : [`${' '.repeat(label + 2)}${pen.alarm(triangles.join('').trimEnd())}`]), pen.dim(timeAxis(from, to, room)),
    summaryWords(plot), ...odd.slice(0, toldMost).map((point) => `  ${pen.alarm(wentUp(point) ? '▲' : '▼')} ${pointWords(point, unit)}`),
    ...(odd.length > toldMost ? [`  and ${odd.length - toldMost} more`] : []), pen.dim('  ░ where a value was expected, █ where it was, ▲ ▼ what was odd and where it went'),
  ].map((line) => line.trimEnd()).join('\n').concat('\n');
}

function markedColumns(plot: SeriesPlot, column: (time: number) => number): ReadonlyMap<number, Cell> {
  return new Map(plot.points.filter((point) => isMarked(point, plot)).map((point) => [column(point.time), wentUp(point) ? '▲' : '▼']));
}

function cellOf(upper: boolean, lower: boolean, band: boolean): Cell {
  if (upper && lower) return '█';
  if (upper) return '▀';
  if (lower) return '▄';
  return band ? '░' : ' ';
}

/** Runs of one look share their escape sequences. */
function inked(cells: readonly Cell[], marked: ReadonlyMap<number, Cell>, pen: ReturnType<typeof makePen>): string {
  const look = (cell: Cell, x: number): 'dim' | 'alarm' | 'plain' => (cell === '░' ? 'dim' : cell !== ' ' && marked.has(x) ? 'alarm' : 'plain');
  let text = '';
  for (let from = 0; from < cells.length; ) {
    const kind = look(cells[from] as Cell, from);
    let end = from + 1;
    while (end < cells.length && look(cells[end] as Cell, end) === kind) end++;
    const run = cells.slice(from, end).join('');
    text += kind === 'plain' ? run : pen[kind](run);
    from = end;
  }
  return text;
}

function timeAxis(from: number, to: number, room: number): string {
  const x = timeline([from, to], [0, room - 1], Math.max(2, Math.floor(room / 16)));
  const line = Array.from({ length: room + 8 }, () => ' ');
  for (const tick of x.ticks) {
    const text = x.label(tick);
    const start = Math.max(0, Math.round(x.at(tick)) - Math.floor(text.length / 2));
    if (line.slice(Math.max(0, start - 1), start + text.length).some((cell) => cell !== ' ')) continue;
    [...text].forEach((character, at) => (line[start + at] = character));
  }
  return `${' '.repeat(label + 2)}${line.join('')}`;
}
