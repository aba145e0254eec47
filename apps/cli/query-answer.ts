import { visibleText } from '#formats/visible-text.ts';
import type { Cell, QueryAnswer } from '#engine/lake.ts';
import type { Io } from './command.ts';

export const queryFormats = ['table', 'json', 'csv', 'ndjson'] as const;
export type QueryFormat = (typeof queryFormats)[number];

export interface Shown {
  readonly rows: number;
  /** There were more than the limit let through. */
  readonly more: boolean;
}

/** Prints an answer as its rows come; a table needs all of them first. */
export async function printAnswer(answer: QueryAnswer, format: QueryFormat, limit: number, io: Io): Promise<Shown> {
  const names = distinct(answer.columns.map(({ name }) => name));
  const json = answer.columns.map(({ type }) => type === 'JSON');
  const rows: (readonly Cell[])[] = [];
  let count = 0;
  let more = false;
  const write = writerFor(format, names, json, io);
  for await (const row of answer.rows) {
    more = count >= limit;
    if (more || io.closed) break;
    count++;
    if (format === 'table') rows.push(row);
    else write(row, count);
    await io.drained();
  }
  if (format === 'table') io.stdout(table(names, rows, io));
  else if (format === 'json') io.stdout(count === 0 ? '[]\n' : '\n]\n');
  else if (format === 'csv' && count === 0) io.stdout(csvLine(names));
  return { rows: count, more };
}

function writerFor(format: QueryFormat, names: readonly string[], json: readonly boolean[], io: Io): (row: readonly Cell[], number: number) => void {
  const object = (row: readonly Cell[]): string => `{${names.map((name, at) => `${JSON.stringify(name)}:${asJson(row[at] ?? null, json[at] === true)}`).join(',')}}`;
  if (format === 'csv') return (row, number) => io.stdout(`${number === 1 ? csvLine(names) : ''}${csvLine(row.map(asText))}`);
  if (format === 'json') return (row, number) => io.stdout(`${number === 1 ? '[\n' : ',\n'}${object(row)}`);
  return (row) => io.stdout(`${object(row)}\n`);
}

/** Two columns of one name would be one member of an object. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name}_${times}`;
  });
}

/** A column of JSON is put in as it is. */
function asJson(cell: Cell, json: boolean): string {
  return json && typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function asText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** RFC 4180, section 2: quoted where it must be, quotes doubled. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

const gap = '  ';
const narrowest = 8;
/** Off a terminal nothing says how wide a line may be. */
const widestCell = 120;

function table(names: readonly string[], rows: readonly (readonly Cell[])[], io: Io): string {
  const cells = rows.map((row) => names.map((_, at) => visibleText(asText(row[at] ?? null))));
  const numeric = names.map((_, at) => rows.some((row) => typeof row[at] === 'number') && rows.every((row) => row[at] === null || typeof row[at] === 'number'));
  const widths = fitted(names.map((name, at) => Math.min(widestCell, cells.reduce((most, row) => Math.max(most, (row[at] ?? '').length), name.length))), io.stdoutIsTTY ? io.columns : undefined);
  const line = (row: readonly string[]): string =>
    `${row.map((cell, at) => pad(cell, widths[at] ?? 0, numeric[at] === true)).join(gap).trimEnd()}\n`;
  const rule = `${widths.map((width) => '─'.repeat(width)).join(gap)}\n`;
  return `${line(names.map(visibleText))}${rule}${cells.map(line).join('')}`;
}

/** Takes from the widest columns until the line fits. */
function fitted(wanted: readonly number[], columns: number | undefined): number[] {
  const widths = [...wanted];
  if (columns === undefined) return widths;
  let over = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - columns;
  for (; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= narrowest) break;
    widths[widest] = width - 1;
  }
  return widths;
}

function pad(cell: string, width: number, right: boolean): string {
  const cut = cell.length > width ? `${cell.slice(0, Math.max(0, width - 1))}…` : cell;
  return right ? cut.padStart(width) : cut.padEnd(width);
}
