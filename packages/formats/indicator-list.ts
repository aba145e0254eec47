/** Plain lists of indicators: one a line, in the first column, or as JSON; in the form of a hosts file too. */
import { csvRow } from './csv.ts';
import { indicatorOf } from './indicator.ts';
import type { Indicator, ListProblem } from './indicator.ts';

export interface IndicatorList {
  readonly indicators: readonly Indicator[];
  readonly problems: readonly ListProblem[];
  /** Entries that the limit left out. */
  readonly omitted: number;
}

const nameColumns = ['name', 'description', 'comment', 'threat', 'malware', 'tag', 'tags', 'label'];
const valueColumns = ['indicator', 'value', 'ioc', 'ip', 'address', 'domain', 'url', 'host', 'hash', 'sha256', 'md5', 'sha1', 'email'];

export function readIndicatorText(text: string, limit: number): IndicatorList {
  const indicators: Indicator[] = [];
  const problems: ListProblem[] = [];
  let omitted = 0;
  let header: readonly string[] | undefined;
  let line = 0;
  for (const whole of lines(text)) {
    line += 1;
    const row = cellsOf(whole);
    if (row.length === 0) continue;
    if (header === undefined && indicators.length === 0) {
      header = headerOf(row);
      if (header.length > 0) continue;
    }
    const found = fromRow(row, header ?? []);
    if ('reason' in found) problems.push({ at: line, reason: found.reason });
    else if (indicators.length < limit) indicators.push(found);
    else omitted += 1;
  }
  return { indicators, problems, omitted };
}

function* lines(text: string): Generator<string> {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
  }
}

/** A hosts file writes a dead address before the name; other lists put columns between commas, semicolons or tabs. */
function cellsOf(line: string): readonly string[] {
  const text = line.replace(/^\s*(?:#|;|\/\/|!).*$/s, '').replace(/\s#.*$/s, '').trim();
  if (text === '') return [];
  const hosts = /^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(\S+)/.exec(text);
  if (hosts !== null) return [hosts[1] ?? ''];
  if (text.includes(',')) return csvRow(text).map((cell) => cell.trim());
  return text.split(/[;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
}

function headerOf(row: readonly string[]): readonly string[] {
  const names = row.map((cell) => cell.toLowerCase());
  return names.some((name) => valueColumns.includes(name)) ? names : [];
}

function fromRow(row: readonly string[], header: readonly string[]): Indicator | { readonly reason: string } {
  const columns = header.length === 0 ? [0] : valueColumns.map((name) => header.indexOf(name)).filter((at) => at >= 0);
  const named = header.findIndex((name) => nameColumns.includes(name));
  const name = (header.length === 0 ? row[1] : row[named]) || undefined;
  const found = columns.map((at) => row[at] ?? '').filter((cell) => cell !== '').map(indicatorOf);
  const usable = found.find((one) => !('reason' in one));
  if (usable === undefined || 'reason' in usable) return found.find((one) => 'reason' in one) ?? { reason: 'it is empty' };
  return { ...usable, ...(name === undefined ? {} : { name: name.slice(0, 200) }) };
}

/** A JSON list of texts, or of objects that name their value in one of the usual ways. */
export function readIndicatorJson(list: readonly unknown[], limit: number): IndicatorList {
  const indicators: Indicator[] = [];
  const problems: ListProblem[] = [];
  let omitted = 0;
  list.forEach((item, at) => {
    const found = fromItem(item);
    if ('reason' in found) problems.push({ at: at + 1, reason: found.reason });
    else if (indicators.length < limit) indicators.push(found);
    else omitted += 1;
  });
  return { indicators, problems, omitted };
}

function fromItem(item: unknown): Indicator | { readonly reason: string } {
  if (typeof item === 'string') return indicatorOf(item);
  if (typeof item !== 'object' || item === null) return { reason: 'it is neither a text nor an object' };
  const members = new Map(Object.entries(item).map(([name, value]) => [name.toLowerCase(), value as unknown]));
  const text = (names: readonly string[]): string | undefined => names.map((name) => members.get(name)).find((value): value is string => typeof value === 'string' && value !== '');
  const value = text(valueColumns);
  if (value === undefined) return { reason: 'it names no value' };
  const found = indicatorOf(value);
  return 'reason' in found ? found : { ...found, name: text(nameColumns)?.slice(0, 200) };
}
