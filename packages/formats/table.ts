/** Tables that people keep: CSV with a header, a JSON list of objects, or one JSON object a line. */
import { csvRows } from './csv.ts';

export interface TableRow {
  /** Line of CSV, else number of the object. */
  readonly at: number;
  /** By the name of the column in lower case, letters and digits only: `IP Address` is `ipaddress`. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  /** Rows that the limit left out. */
  readonly omitted: number;
}

/** Throws an `Error` that says what is wrong, without quoting the text. */
export function readTable(text: string, limit: number): Table {
  const start = text.replace(/^\ufeff/, '').trimStart();
  return start.startsWith('[') || start.startsWith('{') ? fromJson(start, limit) : fromCsv(text, limit);
}

function fromCsv(text: string, limit: number): Table {
  const first = text.slice(0, Math.max(0, text.indexOf('\n')) || text.length);
  const separator = [',', ';', '\t'].find((one) => first.includes(one)) ?? ',';
  const rows: TableRow[] = [];
  let header: readonly string[] | undefined;
  let omitted = 0;
  for (const { line, cells } of csvRows(text, separator)) {
    if (header === undefined) header = cells.map(columnName);
    else if (rows.length < limit) rows.push({ at: line, cells: new Map(header.map((name, at) => [name, (cells[at] ?? '').trim()])) });
    else omitted += 1;
  }
  if (header === undefined) throw new Error('it is empty');
  return { rows, omitted };
}

function fromJson(text: string, limit: number): Table {
  const list = listOf(text);
  const rows = list.slice(0, limit).map((item, at) => ({ at: at + 1, cells: cellsOf(item) }));
  return { rows, omitted: Math.max(0, list.length - limit) };
}

/** A list, an object that holds one list, or lines of objects. */
function listOf(text: string): readonly unknown[] {
  const whole = parsed(text);
  if (Array.isArray(whole)) return whole;
  if (typeof whole === 'object' && whole !== null) return Object.values(whole).find((value): value is unknown[] => Array.isArray(value) && value.some((item) => typeof item === 'object')) ?? [whole];
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const objects = lines.map(parsed);
  const broken = objects.findIndex((object) => typeof object !== 'object' || object === null);
  if (broken >= 0) throw new Error(lines.length === 1 || broken === 0 ? 'it is not valid JSON' : `its line ${broken + 1} is not valid JSON`);
  return objects;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cellsOf(item: unknown): ReadonlyMap<string, string> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return new Map();
  return new Map(Object.entries(item).map(([name, value]) => [columnName(name), textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function columnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The first of the columns that holds something. */
export function cellOf({ cells }: TableRow, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const cell = cells.get(name);
    if (cell !== undefined && cell !== '') return cell.slice(0, 512);
  }
  return undefined;
}
