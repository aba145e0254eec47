import { looseTime } from '#formats/loose-time.ts';
import { readTable } from '#formats/table.ts';
import type { TableRow } from '#formats/table.ts';
import { chanceOfHour, learnHour, rhythmSize } from '#learn/behaviour/rhythm.ts';
import type { RhythmLaw } from '#learn/behaviour/rhythm.ts';
import { replay } from '#learn/series/replay.ts';
import { hoursOfWeek } from '#model/plot.ts';
import type { SeriesPlot, SeriesPoint, WeekPlot } from '#model/plot.ts';
import { EngineError } from './errors.ts';

/** Rows of a table that is drawn. */
export const rowLimit = 500_000;
const timeNames = ['time', 'timestamp', 'datetime', 'date', 'ts', 'timedt'];
const valueNames = ['value', 'count', 'n'];
const usualMark = 3;
/** Of what is learned from one series of a few thousand values little can be odder: the rank among them is all that is known. */
const learnedMark = 2;
/** Decades of novelty that are news; what lasts is news once. */
const news = 3.5;
const hour = 3_600_000;
const day = 24 * hour;
const rhythm: RhythmLaw = { halfLife: 28 * day };

export interface Columns {
  readonly time: string | undefined;
  readonly value: string | undefined;
}

/** Each value of a table with what was expected of it: from its own columns low, high and surprise where it has them, else learned from the values before it. */
export function seriesOf(text: string, columns: Columns, look: Pick<SeriesPlot, 'title' | 'unit'> & { readonly marked: number | undefined }): { readonly plot: SeriesPlot; readonly omitted: number } {
  const { omitted, rows } = tableOf(text);
  const time = columnOf(rows, 'time', columns.time, timeNames, (cell) => looseTime(cell) !== undefined);
  const value = columnOf(rows, 'value', columns.value, valueNames, isNumber, time);
  const read = rows.flatMap(({ cells }) => {
    const at = looseTime(cells.get(time) ?? '');
    const cell = cells.get(value) ?? '';
    return at === undefined || !isNumber(cell) ? [] : [{ time: at, value: Number(cell), low: numberOf(cells.get('low')), high: numberOf(cells.get('high')), surprise: numberOf(cells.get('surprise')) }];
  });
  if (read.length === 0) throw new EngineError('plot-unusable', `no row holds both a time in \`${time}\` and a number in \`${value}\``);
  const sorted = read.sort((a, b) => a.time - b.time);
  const judged = sorted.every(({ surprise }) => Number.isFinite(surprise));
  const marked = look.marked ?? (judged ? usualMark : supported(sorted.length));
  return { plot: { ...look, marked, points: judged ? sorted : learned(sorted, look.marked === undefined) }, omitted: omitted + rows.length - read.length };
}

/** A series in which nothing can be so odd yet is marked where it is odder than nearly all of it. */
function supported(points: number): number {
  return Math.round(10 * Math.min(learnedMark, Math.max(1.5, Math.log10(points / 2) - 0.15))) / 10;
}

/** What the model for single series makes of it; where it knows too little its band is the value itself. */
function learned(points: readonly { readonly time: number; readonly value: number }[], newsOnly: boolean): SeriesPoint[] {
  return replay(points.map(({ time, value }) => [time, value] as const)).map(({ alarm, high, low, surprise, time, value }) => ({
    time, value, ...(low === value && high === value ? { low: NaN, high: NaN } : { low, high }), surprise, ...(newsOnly ? { news: alarm >= news } : {}),
  }));
}

/** The newest seven days of a table of events, hour by hour, against what the days before them made usual. */
export function weekOf(text: string, columns: Pick<Columns, 'time'>, look: Pick<WeekPlot, 'title' | 'marked'>): { readonly plot: WeekPlot; readonly omitted: number } {
  const { omitted, rows } = tableOf(text);
  const column = columnOf(rows, 'time', columns.time, timeNames, (cell) => looseTime(cell) !== undefined);
  const times = rows.flatMap(({ cells }) => looseTime(cells.get(column) ?? '') ?? []).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) throw new EngineError('plot-unusable', `no row holds a time in \`${column}\``);
  const start = (Math.floor(last / day) - 6) * day;
  const state = new Float32Array(rhythmSize);
  for (const time of times) if (time < start) learnHour(state, time, rhythm);
  const week = activeShares(times, start);
  const counts = new Map<number, number>();
  for (const time of times) if (time >= start) counts.set(Math.floor((time - start) / hour), (counts.get(Math.floor((time - start) / hour)) ?? 0) + 1);
  const hours = Array.from({ length: hoursOfWeek }, (_, at) => {
    const [count, time] = [counts.get(at) ?? 0, start + at * hour];
    const surprise = count === 0 ? 0 : -Math.log10(Math.max(1e-12, chanceOfHour(state, time, rhythm)));
    // Asked, then learned: what comes again and again in this week is no news.
    if (count > 0) learnHour(state, time, rhythm);
    return { count, surprise: Math.max(0, surprise), usual: week[at] ?? 0 };
  });
  return { plot: { ...look, start, hours, days: Math.max(0, Math.round((start - first) / day)) }, omitted: omitted + rows.length - times.length };
}

/** For each hour from `start` on, in which share of the weeks before there was anything in the same hour; older weeks count less. */
function activeShares(times: readonly number[], start: number): readonly number[] {
  const active = new Set(times.filter((time) => time < start).map((time) => Math.floor((time - start) / hour)));
  const first = Math.min(0, ...[...active].slice(0, 1));
  const weeks = Math.ceil(-first / hoursOfWeek);
  const weights = Array.from({ length: weeks }, (_, ago) => 2 ** (-((ago + 0.5) * 7 * day) / rhythm.halfLife));
  return Array.from({ length: hoursOfWeek }, (_, at) => {
    // A week that the history does not reach back to says nothing of its hour.
    const known = weights.filter((_unused, ago) => at - (ago + 1) * hoursOfWeek >= first);
    const all = known.reduce((sum, weight) => sum + weight, 0);
    return all === 0 ? 0 : known.reduce((sum, weight, ago) => sum + (active.has(at - (ago + 1) * hoursOfWeek) ? weight : 0), 0) / all;
  });
}

function tableOf(text: string): ReturnType<typeof readTable> {
  try {
    return readTable(text, rowLimit);
  } catch (cause) {
    throw new EngineError('plot-unusable', `the table cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** The column that was named, else the first of the usual names, else the first that holds such cells. */
function columnOf(rows: readonly TableRow[], what: string, named: string | undefined, usual: readonly string[], fits: (cell: string) => boolean, taken?: string): string {
  const [first] = rows;
  if (first === undefined) throw new EngineError('plot-unusable', 'the table holds no rows; give CSV with a line of names, JSON or JSON lines, as `watchward query` prints them');
  const names = [...first.cells.keys()];
  if (named !== undefined) {
    const name = named.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (names.includes(name)) return name;
    throw new EngineError('plot-unusable', `the table has no column \`${named}\`; it has ${names.slice(0, 20).join(', ')}`);
  }
  const free = names.filter((name) => name !== taken);
  const found = usual.find((name) => free.includes(name)) ?? free.find((name) => fits(first.cells.get(name) ?? ''));
  if (found === undefined) throw new EngineError('plot-unusable', `no column looks like a ${what}; name one with --${what}: ${names.slice(0, 20).join(', ')}`);
  return found;
}

function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell === '' ? NaN : Number(cell);
}
